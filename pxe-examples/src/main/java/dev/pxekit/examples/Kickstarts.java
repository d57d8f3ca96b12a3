package dev.pxekit.examples;

import dev.pxekit.kickstart.Diagnostic;
import dev.pxekit.kickstart.Kickstart;
import dev.pxekit.kickstart.KickstartParser;
import dev.pxekit.kickstart.KickstartValidator;
import dev.pxekit.kickstart.SyntaxVersion;
import dev.pxekit.media.DistributionFamily;
import dev.pxekit.media.InstallTree;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kickstarts of a boot server: whether an installer reads one, which syntax it knows, what a server hands out by default. */
final class Kickstarts {

    private static final Pattern MAJOR = Pattern.compile("\\d+");

    private Kickstarts() {}

    /** Whether the installer of an image reads kickstarts. */
    static boolean isFor(BootImage image) {
        InstallTree tree = image.tree();
        // Live discs of the family read none.
        return tree.family() == DistributionFamily.RED_HAT
                && !tree.answerFileArguments(URI.create("ks.cfg")).isEmpty();
    }

    /**
     * A kickstart that names the install tree and says nothing of disks, users and packages: the installer then asks whoever sits at the
     * machine. A default that partitions would wipe every machine that happens to boot from the network.
     */
    static Kickstart interactive(InstallTree tree, URI treeUrl) {
        return Kickstart.builder(syntaxOf(tree))
                .comment("Made by PXE Kit. It leaves disks, users and packages to the installer's questions.")
                .lang("en_US.UTF-8")
                .keyboard("us")
                .timezone("UTC", true)
                .url(treeUrl)
                .build();
    }

    /** What an installer of this syntax would refuse, for people. */
    static List<String> errors(String text, SyntaxVersion syntax) {
        return KickstartValidator.of(syntax)
                .validate(KickstartParser.parse(text, syntax).kickstart())
                .stream()
                .filter(Diagnostic::isError)
                .map(error -> error + " (" + syntax + ")")
                .toList();
    }

    /**
     * Checks a kickstart in the version of its {@code #version=} comment, else the newest.
     *
     * @return for people, what was accepted
     * @throws IOException if it has errors; the message has the first
     */
    static String accept(String text) throws IOException {
        Kickstart kickstart = KickstartParser.parse(text).kickstart();
        List<String> errors = errors(text, kickstart.version());
        if (!errors.isEmpty()) {
            throw new IOException("the kickstart has " + errors.size() + " error(s), the first: " + errors.get(0));
        }
        return "accepted for " + kickstart.version() + ", "
                + kickstart.commands().size() + " commands, "
                + kickstart.sections().size() + " sections";
    }

    /**
     * The syntax that an installer reads, from the name and version of its tree. What is not Fedora follows RHEL; openEuler and
     * Kylin count their versions in their own way, so the RHEL release that their installers stem from stands for them.
     */
    static SyntaxVersion syntaxOf(InstallTree tree) {
        String name = tree.name().toLowerCase(Locale.ROOT);
        Optional<Integer> major = tree.version().flatMap(Kickstarts::firstNumber);
        if (name.contains("fedora")) {
            return major.filter(release -> release >= 3)
                    .flatMap(release -> SyntaxVersion.find((release < 7 ? "FC" : "F") + release))
                    .orElseGet(SyntaxVersion::latestFedora);
        }
        if (name.contains("openeuler")) {
            return SyntaxVersion.rhel(major.orElse(22) < 22 ? 8 : 9);
        }
        if (name.contains("kylin")) {
            return SyntaxVersion.rhel(8);
        }
        return major.flatMap(release -> SyntaxVersion.find("RHEL" + release)).orElseGet(SyntaxVersion::latestRhel);
    }

    private static Optional<Integer> firstNumber(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.find() && matcher.group().length() < 9
                ? Optional.of(Integer.parseInt(matcher.group()))
                : Optional.empty();
    }
}
