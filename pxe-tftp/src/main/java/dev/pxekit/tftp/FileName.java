package dev.pxekit.tftp;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rule for names off the wire: which are refused, and what the others mean. */
final class FileName {

    /** A whole request has 512 octets at most (RFC 2347), so no honest name is longer; what is done with one stays cheap. */
    static final int LONGEST = 1024;

    /** {@code C:} as a first element: a drive, to a server on Windows. */
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    private FileName() {}

    /**
     * The elements of a name, none of them empty or {@code .}.
     *
     * @throws AccessDeniedException if the name tries to leave the root, or is made to confuse
     * @throws NoSuchFileException if it is longer than a name gets
     */
    static List<String> elements(String name) throws AccessDeniedException, NoSuchFileException {
        if (name.length() > LONGEST) {
            throw new NoSuchFileException(Printable.of(name), null, "longer than " + LONGEST + " characters");
        }
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

    /** The name in its one plain form: its elements with a slash between them. Refuses as {@link #elements} does. */
    static String plain(String name) throws AccessDeniedException, NoSuchFileException {
        return String.join("/", elements(name));
    }

    /**
     * The plain form of a name that does not come off the wire but from the program.
     *
     * @throws IllegalArgumentException if it would be refused
     */
    static String ofProgram(String name) {
        try {
            return plain(name);
        } catch (FileSystemException e) {
            throw new IllegalArgumentException("name: " + e.getMessage() + " (expected: a relative file name)", e);
        }
    }

    /** The same request for another file. */
    static TftpRequest renamed(TftpRequest request, String name) {
        return new TftpRequest(request.client(), name, request.mode(), request.options());
    }

    static AccessDeniedException refused(String name, String why) {
        return new AccessDeniedException(Printable.of(name), null, why);
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
}
