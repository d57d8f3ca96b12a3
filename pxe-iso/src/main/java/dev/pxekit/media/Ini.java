package dev.pxekit.media;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The sections of a {@code .treeinfo}, as Python's configuration files are written. */
final class Ini {

    private final Map<String, Map<String, String>> sections = new HashMap<>();

    private Ini() {}

    static Ini parse(String text) {
        Ini ini = new Ini();
        Map<String, String> section = new HashMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("[") && line.endsWith("]")) {
                section = ini.sections.computeIfAbsent(line.substring(1, line.length() - 1), name -> new HashMap<>());
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

    private static int separator(String line) {
        int equals = line.indexOf('=');
        int colon = line.indexOf(':');
        return equals < 0 || (colon >= 0 && colon < equals) ? colon : equals;
    }

    /** A value that is not empty. */
    Optional<String> get(String section, String key) {
        return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(key))
                .filter(value -> !value.isEmpty());
    }
}
