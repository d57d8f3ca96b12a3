package dev.pxekit.media.internal.detection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sections of keys and values, as in {@code .treeinfo} (Python's configuration files), {@code .kyinfo} and Windows'
 * {@code .ini} files. Names of sections are compared as written, keys without regard to case; the first of two equal keys counts. Keys
 * before the first section are in that of the empty name, which alone makes it a reader of plain {@code key=value} files.
 */
final class Ini {

    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    private Ini() {}

    static Ini parse(String text) {
        Ini ini = new Ini();
        Map<String, String> section = ini.section("");
        for (String line : (Iterable<String>) text.lines().map(String::strip)::iterator) {
            if (line.startsWith("[") && line.endsWith("]")) {
                section = ini.section(line.substring(1, line.length() - 1));
            } else if (!line.startsWith("#") && !line.startsWith(";")) {
                int equals = separator(line);
                if (equals > 0) {
                    section.putIfAbsent(
                            line.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                            line.substring(equals + 1).strip());
                }
            }
        }
        return ini;
    }

    private Map<String, String> section(String name) {
        return sections.computeIfAbsent(name, key -> new LinkedHashMap<>());
    }

    private static int separator(String line) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(':');
        return equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
    }

    /** The names of the sections in their order. */
    List<String> sections() {
        return List.copyOf(sections.keySet());
    }

    /** A value that is not empty. */
    Optional<String> get(String section, String key) {
        return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(key.toLowerCase(Locale.ROOT)))
                .filter(value -> !value.isEmpty());
    }

    /** A value of a file without sections. */
    Optional<String> get(String key) {
        return get("", key);
    }
}
