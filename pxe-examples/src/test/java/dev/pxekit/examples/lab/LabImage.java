package dev.pxekit.examples.lab;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes install images laid out as Debian's discs are, with Debian's real installer kernel. */
final class LabImage {

    private static final String INSTALLER = "/usr/lib/debian-installer/images/12/amd64/text/debian-installer/amd64/";
    private static final String PACKAGE = "debian-installer-12-netboot-amd64";

    private LabImage() {}

    /** With the installer's own initrd, of some 40 MB. */
    static Path withInstallerInitrd(Path directory) throws IOException, InterruptedException {
        return make(directory, Needs.file(INSTALLER + "initrd.gz", PACKAGE));
    }

    /** With an initrd of 1 MB that prints one line, {@code LAB-INIT-OK} and the command line, and powers the guest off. */
    static Path withTinyInitrd(Path directory) throws IOException, InterruptedException {
        Path busybox = Needs.file("/bin/busybox", "busybox-static");
        Needs.program("cpio", "cpio");
        Path root = directory.resolve("initrd");
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("proc"));
        Files.copy(busybox, root.resolve("bin/busybox"));
        Path init = root.resolve("init");
        Files.writeString(init, """
                #!/bin/busybox sh
                /bin/busybox mount -t proc p /proc
                echo LAB-INIT-OK $(/bin/busybox cat /proc/cmdline)
                /bin/busybox poweroff -f
                """);
        Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(root.resolve("bin/busybox"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Path initrd = directory.resolve("initrd.gz");
        Processes.run(
                "sh",
                "-c",
                "cd \"$1\" && find . | cpio --quiet -o -H newc | gzip -9 > \"$2\"",
                "sh",
                root.toString(),
                initrd.toString());
        return make(directory, initrd);
    }

    private static Path make(Path directory, Path initrd) throws IOException, InterruptedException {
        Path kernel = Needs.file(INSTALLER + "linux", PACKAGE);
        Path xorriso = Needs.program("xorriso", "xorriso");
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("install.amd"));
        Files.createDirectories(tree.resolve(".disk"));
        Files.copy(kernel, tree.resolve("install.amd/vmlinuz"));
        Files.copy(initrd, tree.resolve("install.amd/initrd.gz"));
        Files.writeString(
                tree.resolve(".disk/info"), "Debian GNU/Linux 12.0.0 \"Bookworm\" - PXE Kit lab amd64 NETINST\n");
        Path image = directory.resolve("lab.iso");
        Processes.run(
                xorriso.toString(),
                "-as",
                "mkisofs",
                "-quiet",
                "-R",
                "-V",
                "LAB",
                "-o",
                image.toString(),
                tree.toString());
        return image;
    }
}
