package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What debian-installer installs, where the text files around its network boot files say so.
 *
 * @param system "Debian" or "Ubuntu"
 * @param version the number, or the code name of a version without one
 */
record DebianRelease(String system, String version) {

    /** In {@code version.info} of the netboot archive. */
    private static final Pattern STATED = Pattern.compile("(Debian|Ubuntu) version:\\s{0,20}(\\S+)");

    /** In the first help screen of a {@code mini.iso}: "This is a Debian 9 (stretch) installation netboot image." */
    private static final Pattern MENTIONED =
            Pattern.compile("(Debian|Ubuntu)(?: GNU/Linux)? (\\d{1,4}(?:\\.\\d{1,4}){0,2})");

    static Optional<DebianRelease> ofNetboot(TreeFiles tree) throws IOException {
        for (String root : DebianNetboot.roots(tree)) {
            Optional<DebianRelease> release = find(tree, root + "version.info", STATED);
            if (release.isPresent()) {
                return release;
            }
        }
        return Optional.empty();
    }

    static Optional<DebianRelease> ofHelpScreen(TreeFiles tree) throws IOException {
        return find(tree, "f1.txt", MENTIONED);
    }

    private static Optional<DebianRelease> find(TreeFiles tree, String file, Pattern pattern) throws IOException {
        return tree.text(file)
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(matcher -> new DebianRelease(matcher.group(1), matcher.group(2)));
    }

    boolean isUbuntu() {
        return system.equals("Ubuntu");
    }
}
