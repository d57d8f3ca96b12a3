package dev.pxekit.kickstart;

import java.util.ArrayList;
import java.util.List;

/** Collects the lines of a {@code %packages} section. Not safe for use by several threads. */
public final class PackageSelection {

    private final List<String> options = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    PackageSelection() {}

    /**
     * Adds an environment, such as {@code minimal-environment}; of several the last one counts.
     *
     * @param id of the environment, without {@code @^}
     * @return this selection
     */
    public PackageSelection environment(String id) {
        return line("@^" + name(id));
    }

    /**
     * Adds a group, such as {@code core}.
     *
     * @param id of the group, without {@code @}
     * @return this selection
     */
    public PackageSelection group(String id) {
        return line("@" + name(id));
    }

    /**
     * Adds packages.
     *
     * @param names names or patterns such as {@code kde*}
     * @return this selection
     */
    public PackageSelection add(String... names) {
        for (String name : names) {
            line(name(name));
        }
        return this;
    }

    /**
     * Excludes packages.
     *
     * @param names names or patterns
     * @return this selection
     */
    public PackageSelection exclude(String... names) {
        for (String name : names) {
            line("-" + name(name));
        }
        return this;
    }

    /**
     * Excludes a group.
     *
     * @param id of the group, without {@code @}
     * @return this selection
     */
    public PackageSelection excludeGroup(String id) {
        return line("-@" + name(id));
    }

    /**
     * Adds {@code --ignoremissing}: the installation goes on without packages that are not there.
     *
     * @return this selection
     */
    public PackageSelection ignoreMissing() {
        return option("--ignoremissing");
    }

    /**
     * Adds {@code --excludedocs}: documentation is not installed.
     *
     * @return this selection
     */
    public PackageSelection excludeDocumentation() {
        return option("--excludedocs");
    }

    private PackageSelection option(String option) {
        if (!options.contains(option)) {
            options.add(option);
        }
        return this;
    }

    private PackageSelection line(String line) {
        lines.add(line);
        return this;
    }

    private static String name(String name) {
        if (name.isBlank() || !name.strip().equals(name) || "-@%#".indexOf(name.charAt(0)) >= 0) {
            throw new IllegalArgumentException(
                    "package or group: \"" + name
                            + "\" is blank, has white space around it, or starts with one of - @ % #, which mean something else");
        }
        if (name.chars().anyMatch(c -> c < ' ' || c == '#' || TextLines.isLineEnd((char) c))) {
            throw new IllegalArgumentException(
                    "package or group: \"" + name + "\" holds a line end, a control character or #");
        }
        return name;
    }

    List<String> options() {
        return options;
    }

    List<String> lines() {
        return lines;
    }
}
