package dev.pxekit.ipxe.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A block of settings: a scope. A lookup tries the block itself, then its children by priority and age. */
final class SettingsBlock {

    /** Nesting and number of scopes that a script can make; a real one is bounded by its memory. */
    static final int MAX_DEPTH = 16;

    /** About what an entry takes besides its name and bytes. */
    private static final long OVERHEAD = 64;

    /** A stored setting: its bytes, one a character, and the type it was stored as. */
    record Entry(String octets, SettingType type) {

        static Entry of(byte[] bytes, SettingType type) {
            return new Entry(ByteText.of(bytes), type);
        }

        byte[] bytes() {
            return ByteText.bytes(octets);
        }
    }

    /** Where a lookup ended. */
    record Found(SettingsBlock block, Entry entry) {}

    private final String fullName;
    private final boolean readOnly;
    private final Map<String, Entry> entries = new HashMap<>();
    private final List<SettingsBlock> children = new ArrayList<>();

    SettingsBlock(String fullName, boolean readOnly) {
        this.fullName = fullName;
        this.readOnly = readOnly;
    }

    String fullName() {
        return fullName;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    void put(String key, Entry entry) {
        entries.put(key, entry);
    }

    void remove(String key) {
        entries.remove(key);
    }

    /** What a setting counts for in the budget; zero if there is none. */
    long size(String key) {
        Entry entry = entries.get(key);
        return entry == null ? 0 : size(key, entry);
    }

    static long size(String key, Entry entry) {
        return OVERHEAD + key.length() + entry.octets().length();
    }

    void add(SettingsBlock child) {
        children.add(child);
    }

    Optional<SettingsBlock> child(String name) {
        return children.stream()
                .filter(child -> child.fullName
                        .substring(child.fullName.lastIndexOf('.') + 1)
                        .equals(name))
                .findFirst();
    }

    Optional<Found> find(String key) {
        Entry entry = entries.get(key);
        if (entry != null) {
            return Optional.of(new Found(this, entry));
        }
        return children.stream()
                .sorted(Comparator.comparingInt(SettingsBlock::priority).reversed())
                .map(child -> child.find(key))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private int priority() {
        Entry priority = entries.get("priority");
        return priority == null || priority.octets().isEmpty()
                ? 0
                : (byte) priority.octets().charAt(priority.octets().length() - 1);
    }
}
