package dev.pxekit.media.internal.overlay;

import dev.pxekit.tree.internal.TreeListing;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of a directory that several layers have, each once. Takes time that grows with the names, no more. */
final class MergedNames {

    private final boolean caseMatters;
    private final Set<String> names = new LinkedHashSet<>();
    /** The names without case. */
    private final Set<String> shown = new HashSet<>();
    /** All names of layers that ignore case, without it: shown or not, these layers find them. */
    private final Set<String> found = new HashSet<>();

    private @Nullable IOException damage;

    private MergedNames(List<LayerPath> parts) {
        this.caseMatters = parts.size() == 1 || parts.stream().noneMatch(LayerPath::ignoresCase);
    }

    /** Lists the parts of a directory, the last layer first. */
    static TreeListing<OverlayNode> of(List<LayerPath> parts) throws IOException {
        MergedNames names = new MergedNames(parts);
        for (LayerPath part : parts) {
            names.add(part);
        }
        List<TreeListing.Entry<OverlayNode>> entries = new ArrayList<>(names.names.size());
        names.names.forEach(name -> entries.add(new TreeListing.Entry<>(name, null)));
        return new TreeListing<>(entries, names.damage);
    }

    private void add(LayerPath part) throws IOException {
        List<String> added = list(part.path());
        if (caseMatters) {
            names.addAll(added);
            return;
        }
        List<String> folded = added.stream().map(MergedNames::withoutCase).toList();
        List<String> fresh = new ArrayList<>();
        for (int i = 0; i < folded.size(); i++) {
            String name = folded.get(i);
            boolean hidden = found.contains(name) || (part.ignoresCase() && shown.contains(name));
            if (!hidden && names.add(added.get(i))) {
                fresh.add(name);
            }
        }
        shown.addAll(fresh);
        if (part.ignoresCase()) {
            found.addAll(folded);
        }
    }

    private List<String> list(Path directory) throws IOException {
        List<String> list = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                list.add(entry.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            damage = damage == null ? e.getCause() : damage;
        }
        return list;
    }

    /** As {@link String#equalsIgnoreCase} compares. */
    private static String withoutCase(String name) {
        char[] characters = name.toCharArray();
        for (int i = 0; i < characters.length; i++) {
            characters[i] = Character.toLowerCase(Character.toUpperCase(characters[i]));
        }
        return new String(characters);
    }
}
