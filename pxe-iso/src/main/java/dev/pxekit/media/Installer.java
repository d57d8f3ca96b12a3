package dev.pxekit.media;

import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * What an installer wants on the kernel command line; the rules are told at {@link InstallTree}.
 *
 * @param bootArguments what lets it find its tree, given the URL of that
 * @param answerFileArguments what gives it its answer file, given the URL of that
 * @param loadsImage whether the first URL is that of the image file
 */
record Installer(
        Function<URI, List<String>> bootArguments,
        Function<URI, List<String>> answerFileArguments,
        boolean loadsImage) {

    /** One that takes the URL of the tree. */
    static Installer ofTree(
            Function<URI, List<String>> bootArguments, Function<URI, List<String>> answerFileArguments) {
        return new Installer(bootArguments, answerFileArguments, false);
    }

    /** The URL of something below another URL, which may lack its last slash. */
    static String below(URI directory, String name) {
        String base = directory.toString();
        return base + (base.endsWith("/") ? "" : "/") + name;
    }

    static boolean isNfs(URI url) {
        return "nfs".equalsIgnoreCase(url.getScheme());
    }

    /** {@code HOST:PATH}, as kernels and initrds want it. */
    static String nfsPath(URI url) {
        return url.getHost() + ":" + url.getPath();
    }
}
