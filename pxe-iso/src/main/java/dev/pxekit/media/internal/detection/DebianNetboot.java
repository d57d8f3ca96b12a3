package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where debian-installer's files for network boot lie: its {@code netboot} archive unpacked, the copy on Ubuntu's server discs, and the
 * {@code installer-ARCH} directories of mirrors, from any level of them on. In each there is
 * {@code debian-installer/ARCH} or {@code ubuntu-installer/ARCH}.
 */
final class DebianNetboot {

    /**
     * A directory with a kernel and an initrd.
     *
     * @param name below the root of the tree
     * @param kind what tells it from the usual one of its architecture: "gtk" (graphical), "hwe" (Ubuntu's hardware enablement kernel)
     */
    record Directory(String name, String kind) {

        String architecture() {
            return name.substring(name.lastIndexOf('/') + 1);
        }
    }

    /** Debian's packages {@code debian-installer-12-netboot-ARCH} have {@code text} and {@code gtk}. */
    private static final List<String> ROOTS = Stream.concat(
                    Stream.of("", "text/", "gtk/"),
                    Stream.of("", "install/", "images/", "legacy-images/", "current/images/", "current/legacy-images/")
                            .flatMap(above -> Stream.of("netboot/", "netboot/gtk/", "hwe-netboot/")
                                    .map(archive -> above + archive)))
            .toList();

    private static final List<String> INSTALLERS = List.of("debian-installer/*", "ubuntu-installer/*");

    private DebianNetboot() {}

    /** The roots of archives that are there: an empty name, or one that ends with a slash. */
    static List<String> roots(TreeFiles tree) throws IOException {
        List<String> roots = new ArrayList<>();
        for (String root : ROOTS) {
            if (tree.hasDirectory(root)) {
                roots.add(root);
            }
        }
        return roots;
    }

    static List<Directory> directories(TreeFiles tree) throws IOException {
        List<Directory> directories = new ArrayList<>();
        for (String root : roots(tree)) {
            String kind = root.contains("gtk/") ? "gtk" : root.contains("hwe-") ? "hwe" : "";
            for (String installer : INSTALLERS) {
                for (String name : tree.expand(root + installer)) {
                    directories.add(new Directory(name, kind));
                }
            }
        }
        return directories;
    }

    /** Names of files, or patterns, followed by those in each of the roots and of the directories. */
    static List<String> with(TreeFiles tree, List<String> names, List<String> inRoots, List<String> inDirectories)
            throws IOException {
        List<String> all = new ArrayList<>(names);
        for (String root : roots(tree)) {
            inRoots.forEach(name -> all.add(root + name));
        }
        for (Directory directory : directories(tree)) {
            inDirectories.forEach(name -> all.add(directory.name() + "/" + name));
        }
        return all;
    }
}
