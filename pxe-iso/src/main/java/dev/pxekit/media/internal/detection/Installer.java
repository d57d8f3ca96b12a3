package dev.pxekit.media.internal.detection;

import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * What an installer wants on the kernel command line; the rules are told at {@code InstallTree}.
 *
 * @param bootArguments what lets it find its tree, given the URL of that
 * @param answerFileArguments what gives it its answer file, given the URL of that
 * @param source what the first URL is the URL of
 */
public record Installer(
        Function<URI, List<String>> bootArguments, Function<URI, List<String>> answerFileArguments, Source source) {

    /** What an installer finds its tree by. */
    public enum Source {
        /** The URL of the tree. */
        TREE,
        /** An {@code nfs} URL of the tree. */
        TREE_OVER_NFS,
        /** The URL of the image file, or an {@code nfs} URL of the tree. */
        IMAGE
    }

    /** One that takes the URL of the tree. */
    static Installer ofTree(
            Function<URI, List<String>> bootArguments, Function<URI, List<String>> answerFileArguments) {
        return new Installer(bootArguments, answerFileArguments, Source.TREE);
    }

    /** The URL of something below another URL, which may lack its last slash. */
    static String below(URI directory, String name) {
        String base = directory.toString();
        return base + (base.endsWith("/") ? "" : "/") + name;
    }

    /** Whether it is an {@code nfs} URL. */
    public static boolean isNfs(URI url) {
        return "nfs".equalsIgnoreCase(url.getScheme());
    }

    /** {@code HOST:PATH}, as kernels and initrds want it. */
    static String nfsPath(URI url) {
        if (url.isOpaque()) {
            return url.getSchemeSpecificPart(); // nfs:HOST:PATH already
        }
        return (url.getHost() == null ? url.getAuthority() : url.getHost()) + ":" + url.getPath();
    }

    /** A URL as Anaconda and kickseed want it: that of NFS is {@code nfs:HOST:PATH} there. */
    static String kickstartUrl(URI url) {
        return isNfs(url) ? "nfs:" + nfsPath(url) : url.toString();
    }
}
