package dev.pxekit.media.internal.extraction;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which names of a tree can be names in a target. */
final class TargetNames {

    /** What our own files are called while they are incomplete. */
    static final String PART_PREFIX = ".pxekit-part-";

    /** Devices, whatever the ending, and names that Windows strips of their end (Microsoft: "Naming Files, Paths, and Namespaces"). */
    private static final Pattern UNUSABLE_ON_WINDOWS =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\\$|conout\\$) *(\\..*)?|.*[. ]");

    private TargetNames() {}

    /** Why a name can't be stored in a directory; empty if it can. */
    static Optional<String> problem(Path directory, String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return Optional.of("\"" + name + "\" is no name for a file");
        }
        if (name.startsWith(PART_PREFIX)) {
            return Optional.of("names that begin with " + PART_PREFIX + " are those of incomplete files");
        }
        try {
            Path path = directory.resolve(name);
            if (!directory.equals(path.getParent()) || !name.equals(String.valueOf(path.getFileName()))) {
                return Optional.of("the name leads out of its directory");
            }
        } catch (InvalidPathException e) {
            return Optional.of("the target can't store this name: " + e.getReason());
        }
        if (directory.getFileSystem().getSeparator().equals("\\")
                && UNUSABLE_ON_WINDOWS.matcher(name).matches()) {
            return Optional.of("Windows can't store this name");
        }
        return Optional.empty();
    }

    /** The same for all names that some file system takes for one: it may ignore case, or the form of accents. */
    static String folded(String name) {
        String form = isAscii(name) ? name : Normalizer.normalize(name, Normalizer.Form.NFKD);
        return form.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }
}
