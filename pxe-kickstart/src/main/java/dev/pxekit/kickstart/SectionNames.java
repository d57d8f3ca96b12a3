package dev.pxekit.kickstart;

import java.util.Set;

/** The sections, which are the same in all syntax versions, and the versions in which they changed meaning. */
final class SectionNames {

    static final String END = "%end";

    private static final Set<String> KNOWN = Set.of(
            "%packages",
            "%pre", "%pre-install", "%post", "%onerror", "%traceback", "%addon", "%anaconda", "%certificate");

    /** From here on a section needs its {@code %end}; before, the next section or the end of the file would do. */
    private static final SyntaxVersion END_REQUIRED = SyntaxVersion.fedora(8);

    private static final SyntaxVersion TRACEBACK_DEPRECATED = SyntaxVersion.fedora(34);

    private SectionNames() {}

    static boolean isKnown(String name) {
        return KNOWN.contains(name);
    }

    static boolean isInclude(String name) {
        return name.equals("%include") || name.equals("%ksappend");
    }

    static boolean needsEnd(SyntaxVersion version) {
        return version.isAtLeast(END_REQUIRED);
    }

    static boolean isDeprecated(String name, SyntaxVersion version) {
        return name.equals("%traceback") && version.isAtLeast(TRACEBACK_DEPRECATED);
    }
}
