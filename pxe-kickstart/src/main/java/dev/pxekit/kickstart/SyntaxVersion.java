package dev.pxekit.kickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A version of the kickstart syntax: that of a release of Fedora or RHEL. Versions are ordered by age, with each RHEL
 * release between the Fedora releases that it stems from: RHEL 9 is newer than Fedora 34 and older than Fedora 35.
 *
 * <p>Known are Fedora Core 3 to Fedora 45 and RHEL 3 to RHEL 11.
 */
public final class SyntaxVersion implements Comparable<SyntaxVersion> {

    /** Whose syntax a version is. */
    public enum Family {
        /** Fedora Core and Fedora. */
        FEDORA,
        /** Red Hat Enterprise Linux and what is built from it. */
        RHEL
    }

    /** All names by age of the syntax. */
    private static final String BY_AGE = """
            RHEL3 FC3 RHEL4 FC4 FC5 FC6 RHEL5 F7 F8 F9 F10 F11 F12 F13 RHEL6 F14 F15 F16 F17 F18 F19 F20 F21 RHEL7
            F22 F23 F24 F25 F26 F27 F28 RHEL8 F29 F30 F31 F32 F33 F34 RHEL9 F35 F36 F37 F38 F39 F40 RHEL10
            F41 F42 F43 F44 F45 RHEL11""";

    private static final Map<String, SyntaxVersion> BY_NAME = new LinkedHashMap<>();

    static {
        for (String name : BY_AGE.split("\\s+", -1)) {
            BY_NAME.put(name, new SyntaxVersion(name, BY_NAME.size()));
        }
    }

    private final String name;
    private final int age;

    private SyntaxVersion(String name, int age) {
        this.name = name;
        this.age = age;
    }

    /**
     * Finds a version by its name.
     *
     * @param name such as {@code F43}, {@code FC6} or {@code RHEL9}; case does not matter
     * @return the version
     * @throws IllegalArgumentException if there is none of that name
     */
    public static SyntaxVersion of(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "syntax version: " + name + " (expected: FC3..FC6, F7..F45 or RHEL3..RHEL11)"));
    }

    /**
     * Finds the version of a Fedora release.
     *
     * @param release 3 to 45
     * @return the version
     * @throws IllegalArgumentException if the release is not known
     */
    public static SyntaxVersion fedora(int release) {
        return of((release < 7 ? "FC" : "F") + release);
    }

    /**
     * Finds the version of a RHEL release.
     *
     * @param release 3 to 11, the major release
     * @return the version
     * @throws IllegalArgumentException if the release is not known
     */
    public static SyntaxVersion rhel(int release) {
        return of("RHEL" + release);
    }

    /**
     * Finds a version by its name, as a {@code #version=} comment has it: {@code DEVEL} is the newest Fedora.
     *
     * @param name the name; case does not matter
     * @return the version, or empty if there is none of that name
     */
    public static Optional<SyntaxVersion> find(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.equals("DEVEL") ? Optional.of(latestFedora()) : Optional.ofNullable(BY_NAME.get(upper));
    }

    /** {@return the newest version of Fedora} */
    public static SyntaxVersion latestFedora() {
        return newestOf(Family.FEDORA);
    }

    /** {@return the newest version of RHEL} */
    public static SyntaxVersion latestRhel() {
        return newestOf(Family.RHEL);
    }

    private static SyntaxVersion newestOf(Family family) {
        return BY_NAME.values().stream()
                .filter(version -> version.family() == family)
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    /** {@return all versions, oldest first} */
    public static List<SyntaxVersion> all() {
        return List.copyOf(new ArrayList<>(BY_NAME.values()));
    }

    /** {@return whose syntax it is} */
    public Family family() {
        return name.startsWith("RHEL") ? Family.RHEL : Family.FEDORA;
    }

    /** {@return the number of the release, such as 43 or 9} */
    public int release() {
        return Integer.parseInt(name.replaceAll("[A-Z]", ""));
    }

    /** {@return the name, such as {@code F43} or {@code RHEL9}} */
    public String name() {
        return name;
    }

    /**
     * Compares the ages of two versions.
     *
     * @param other another version
     * @return whether this one is as old as the other, or newer
     */
    public boolean isAtLeast(SyntaxVersion other) {
        return age >= other.age;
    }

    /** Orders by age, oldest first. */
    @Override
    public int compareTo(SyntaxVersion other) {
        return Integer.compare(age, other.age);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SyntaxVersion version && age == version.age;
    }

    @Override
    public int hashCode() {
        return age;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
