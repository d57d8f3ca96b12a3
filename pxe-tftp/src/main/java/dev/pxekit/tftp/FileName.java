package dev.pxekit.tftp;

import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rule for names off the wire: which are refused, and what the others mean. */
final class FileName {

    /** {@code C:} as a first element: a drive, to a server on Windows. */
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    private FileName() {}

    /**
     * The elements of a name, none of them empty or {@code .}.
     *
     * @throws AccessDeniedException if the name tries to leave the root, or is made to confuse
     */
    static List<String> elements(String name) throws AccessDeniedException {
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw refused(name, "control character");
        }
        // One leading backslash is the Windows boot manager; two are a UNC name. Two slashes are shim.
        if (name.startsWith("\\\\")) {
            throw refused(name, "UNC name");
        }
        if (split(percentDecoded(name)).anyMatch(".."::equals)) {
            throw refused(name, "climbs above the root");
        }
        List<String> elements = split(name)
                .filter(element -> !element.isEmpty() && !element.equals("."))
                .toList();
        if (!elements.isEmpty() && DRIVE.matcher(elements.get(0)).matches()) {
            throw refused(name, "drive letter");
        }
        return elements;
    }

    private static Stream<String> split(String name) {
        return SEPARATOR.splitAsStream(name);
    }

    /** Nothing here decodes percent signs, but a name that would climb if something did has no honest use. */
    private static String percentDecoded(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace("%2e", ".")
                .replace("%2f", "/")
                .replace("%5c", "\\");
    }

    private static AccessDeniedException refused(String name, String why) {
        return new AccessDeniedException(Printable.of(name), null, why);
    }
}
