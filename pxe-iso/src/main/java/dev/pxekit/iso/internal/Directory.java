package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import dev.pxekit.tree.internal.TreeListing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one directory, in the order of the image, and what was wrong with it. Immutable; entries are found by
 * their exact name, then, where the view asks for it, regardless of case.
 */
final class Directory {

    /** One directory of a sound image has fewer entries. */
    static final int MAXIMUM_ENTRIES = 1 << 20;

    /** In bytes: enough for as many entries with long names. */
    static final long MAXIMUM_LENGTH = 1 << 28;

    /** Of text that one entry may hold without counting for two. */
    private static final int TEXT_OF_ENTRY = 128;

    private final Map<String, Node> entries;
    private final Map<String, String> namesIgnoringCase;
    private final @Nullable IsoFormatException damage;
    private final boolean hasSubdirectories;
    private final long weight;

    private Directory(Builder builder) {
        this.entries = Collections.unmodifiableMap(builder.entries);
        this.damage = builder.damage;
        this.hasSubdirectories = entries.values().stream().anyMatch(Node::isDirectory);
        this.weight = 1
                + entries.entrySet().stream()
                        .mapToLong(entry -> weight(entry.getKey(), entry.getValue()))
                        .sum();
        if (builder.ignoreCase) {
            Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            entries.keySet().forEach(name -> names.putIfAbsent(name, name));
            this.namesIgnoringCase = names;
        } else {
            this.namesIgnoringCase = Map.of();
        }
    }

    /** Finds the node of an entry; {@code null} if there is none. */
    @Nullable
    Node find(String name) {
        Node node = entries.get(name);
        return node != null || namesIgnoringCase.isEmpty() ? node : entries.get(realName(name));
    }

    /** The name of an entry as it is recorded; the name itself if there is none. */
    String realName(String name) {
        return entries.containsKey(name) ? name : namesIgnoringCase.getOrDefault(name, name);
    }

    /** All entries, also subdirectories that are shown elsewhere. */
    Map<String, Node> entries() {
        return entries;
    }

    /** The entries, of subdirectories only those that are shown. */
    List<TreeListing.Entry<Node>> list(Predicate<Node> shown) {
        List<TreeListing.Entry<Node>> list = new ArrayList<>(entries.size());
        entries.forEach((name, node) -> {
            if (!node.isDirectory() || shown.test(node)) {
                list.add(new TreeListing.Entry<>(name, node));
            }
        });
        return list;
    }

    private static long weight(String name, Node node) {
        return 1L + (name.length() + node.linkTarget().length()) / TEXT_OF_ENTRY;
    }

    /** What it takes of a cache, in entries with a short name: long texts count for more than one. */
    long weight() {
        return weight;
    }

    boolean hasSubdirectories() {
        return hasSubdirectories;
    }

    /** The first thing that was wrong, made anew for the thread that throws it; {@code null} for a sound directory. */
    @Nullable
    IsoFormatException damage() {
        return damage == null ? null : new IsoFormatException(damage.problem(), damage.offset());
    }

    static final class Builder {
        private final Map<String, Node> entries = new LinkedHashMap<>();
        private final Map<String, Integer> versions = new HashMap<>();
        private final boolean ignoreCase;
        private @Nullable IsoFormatException damage;

        Builder(boolean ignoreCase) {
            this.ignoreCase = ignoreCase;
        }

        /** Adds an entry; of several with the same name the highest version counts, then the first one. */
        void add(String name, Node node, int version) {
            if (!entries.containsKey(name) || version > versions.getOrDefault(name, 1)) {
                entries.put(name, node);
                if (version != 1) {
                    versions.put(name, version);
                }
            }
        }

        void damage(IsoFormatException what) {
            if (damage == null) {
                damage = what;
            }
        }

        Directory build() {
            return new Directory(this);
        }
    }
}
