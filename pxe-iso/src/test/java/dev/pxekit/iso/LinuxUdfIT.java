package dev.pxekit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images that mkudffs makes and Linux fills: a guest mounts them, copies a tree into them, makes holes, fragments, devices
 * and deleted names, mounts them again and prints what it reads. That and what we read has to be the same.
 */
@Tag("interop")
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxUdfIT {

    private static final String PACKAGE = "linux-image-cloud-amd64";
    private static final Path MODULE_DIRECTORY = Path.of("/lib/modules");
    private static final String UDF_MODULE = "kernel/fs/udf/udf.ko";

    /** In the order that they can be loaded in. */
    private static final List<String> MODULES = List.of(
            "drivers/virtio/virtio_ring.ko",
            "drivers/virtio/virtio.ko",
            "drivers/virtio/virtio_pci_legacy_dev.ko",
            "drivers/virtio/virtio_pci_modern_dev.ko",
            "drivers/virtio/virtio_pci.ko",
            "drivers/block/virtio_blk.ko",
            "lib/crc-itu-t.ko",
            "drivers/cdrom/cdrom.ko",
            "fs/udf/udf.ko");

    private static final List<String> IMAGES = List.of(
            "--blocksize=512 --udfrev=1.02",
            "--blocksize=1024 --udfrev=1.50 --ad=short",
            "--blocksize=2048 --udfrev=2.01",
            "--blocksize=4096 --udfrev=2.00 --ad=long",
            "--blocksize=2048 --media-type=dvdram --udfrev=1.50",
            "--blocksize=2048 --media-type=cdrw --udfrev=1.50",
            "--blocksize=2048 --media-type=dvdrw --udfrev=2.01",
            "--blocksize=2048 --udfrev=1.50 --strategy=4096");

    private static final String INIT = """
            #!/bin/busybox sh
            /bin/busybox --install -s /bin
            export PATH=/bin
            mount -t proc proc /proc
            mount -t devtmpfs dev /dev
            for module in $(cat /modules/order); do insmod /modules/$module || echo NOT LOADED $module; done
            mkdir /tree
            tar -x -f /tree.tar -C /tree
            for disk in $(cd /dev; echo vd?); do
              size=$(cat /sizes/$disk)
              mount -t udf -o bs=$size,rw /dev/$disk /mnt || continue
              cp -a /tree/source/. /mnt/
              rm -r /mnt/many/*1.x86_64.rpm /mnt/deep/d2/d3
              dd if=/init of=/mnt/sparse bs=1k seek=3000 2> /dev/null
              for i in $(seq 120); do dd if=/init bs=5000 count=1 2> /dev/null >> /mnt/one; cat /init >> /mnt/two; sync; done
              mknod /mnt/null c 1 3
              mknod /mnt/disk b 8 17
              mkfifo /mnt/fifo
              ln /mnt/size-2049.bin /mnt/many/hard-link
              chmod 4755 /mnt/size-1.bin
              chmod 1777 /mnt/many
              chown 1000:100 /mnt/size-2048.bin
              umount /mnt
              mount -t udf -o bs=$size,ro /dev/$disk /mnt
              cd /mnt
              echo BEGIN $disk
              find . -mindepth 1 -print0 | xargs -0 stat -c '%f %s %Y %u %g %h %t %T %N'
              find . -type f -print0 | xargs -0 sha256sum
              echo END $disk
              cd /
              umount /mnt
            done
            poweroff -f
            """;

    private static final Pattern STAT =
            Pattern.compile("([0-9a-f]+) (\\d+) (-?\\d+) (\\d+) (\\d+) (\\d+) ([0-9a-f]+) ([0-9a-f]+) (.*)");

    @TempDir
    private static Path directory;

    private static final Map<String, Map<String, String>> SEEN = new HashMap<>();

    @BeforeAll
    static void fillImages() throws Exception {
        String mkudffs = Needs.program("mkudffs", "udftools").toString();
        String version = kernelVersion();
        Path kernel = Needs.file("/boot/vmlinuz-" + version, PACKAGE);
        Path initrd = initrd(MODULE_DIRECTORY.resolve(version).resolve("kernel"));
        List<String> command = new ArrayList<>(List.of(
                Needs.program("qemu-system-x86_64", "qemu-system-x86").toString(),
                "-accel",
                "tcg",
                "-m",
                "512",
                "-nographic",
                "-no-reboot",
                "-nic",
                "none",
                "-kernel",
                kernel.toString(),
                "-initrd",
                initrd.toString(),
                "-append",
                "console=ttyS0 quiet panic=-1"));
        for (int i = 0; i < IMAGES.size(); i++) {
            Path image = image(i);
            List<String> make = new ArrayList<>(List.of(mkudffs, "--new-file"));
            make.addAll(List.of(IMAGES.get(i).split(" ")));
            make.addAll(List.of(image.toString(), String.valueOf((40 << 20) / blockSize(IMAGES.get(i)))));
            SourceTree.run(make);
            command.addAll(List.of("-drive", "if=virtio,format=raw,cache=unsafe,file=" + image));
        }
        parse(SourceTree.run(command));
    }

    private static Path image(int number) {
        return directory.resolve("image" + number + ".udf");
    }

    private static int blockSize(String options) {
        return Integer.parseInt(options.replaceFirst(".*--blocksize=(\\d+).*", "$1"));
    }

    /** A kernel that is installed and has UDF. */
    private static String kernelVersion() throws IOException {
        if (Files.isDirectory(MODULE_DIRECTORY)) {
            try (Stream<Path> directories = Files.list(MODULE_DIRECTORY)) {
                Optional<String> version = directories
                        .filter(kernel -> Files.exists(kernel.resolve(UDF_MODULE)))
                        .map(kernel -> MODULE_DIRECTORY.relativize(kernel).toString())
                        .filter(name -> Files.exists(Path.of("/boot/vmlinuz-" + name)))
                        .findFirst();
                if (version.isPresent()) {
                    return version.get();
                }
            }
        }
        return Needs.file(MODULE_DIRECTORY + "/*/" + UDF_MODULE, PACKAGE).toString();
    }

    private static Path initrd(Path modules) throws Exception {
        Path root = Files.createDirectory(directory.resolve("initrd"));
        for (String name : List.of("bin", "proc", "dev", "mnt", "modules", "sizes")) {
            Files.createDirectory(root.resolve(name));
        }
        Files.copy(Needs.file("/bin/busybox", "busybox-static"), root.resolve("bin/busybox"));
        List<String> order = new ArrayList<>();
        for (String module : MODULES) {
            if (Files.exists(modules.resolve(module))) { // others are built in
                String name = module.replaceFirst(".*/", "");
                Files.copy(modules.resolve(module), root.resolve("modules").resolve(name));
                order.add(name);
            }
        }
        Files.write(root.resolve("modules/order"), order);
        for (int i = 0; i < IMAGES.size(); i++) {
            Files.writeString(root.resolve("sizes/vd" + (char) ('a' + i)), "" + blockSize(IMAGES.get(i)));
        }
        SourceTree.make(directory);
        SourceTree.run(
                List.of("tar", "-c", "-f", root.resolve("tree.tar").toString(), "-C", directory.toString(), "source"));
        Files.writeString(root.resolve("init"), INIT);
        for (String program : List.of("init", "bin/busybox")) {
            Files.setPosixFilePermissions(root.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Path initrd = directory.resolve("initrd.cpio");
        Needs.program("cpio", "cpio");
        SourceTree.run(List.of(
                "sh",
                "-c",
                "cd \"$1\" && find . | cpio --quiet -o -H newc > \"$2\"",
                "sh",
                root.toString(),
                initrd.toString()));
        return initrd;
    }

    private static void parse(List<String> console) {
        Map<String, String> entries = new TreeMap<>();
        Map<String, String> digests = new HashMap<>();
        for (String line : console) {
            Matcher stat = STAT.matcher(line);
            if (line.startsWith("BEGIN ")) {
                entries = new TreeMap<>();
                digests = new HashMap<>();
            } else if (line.startsWith("END ")) {
                for (Map.Entry<String, String> digest : digests.entrySet()) {
                    entries.merge(digest.getKey(), " " + digest.getValue(), String::concat);
                }
                SEEN.put(IMAGES.get(line.charAt(line.length() - 1) - 'a'), entries);
            } else if (stat.matches()) {
                entry(stat, entries);
            } else if (line.matches("[0-9a-f]{64}  \\./.*")) {
                digests.put(line.substring(68), line.substring(0, 64));
            }
        }
    }

    private static void entry(Matcher stat, Map<String, String> entries) {
        String[] names = stat.group(9).split("' -> '", -1);
        String name = names[0].replaceFirst("^'?\\./", "").replaceFirst("'$", "");
        int mode = Integer.parseInt(stat.group(1), 16);
        boolean device = mode >> 12 == 2 || mode >> 12 == 6;
        String text = "%o %s %s %s:%s %s"
                .formatted(mode, stat.group(2), stat.group(3), stat.group(4), stat.group(5), stat.group(6));
        entries.put(
                name,
                text
                        + (device
                                ? " " + Integer.parseInt(stat.group(7), 16) + "," + Integer.parseInt(stat.group(8), 16)
                                : "")
                        + (names.length > 1 ? " -> " + names[1].replaceFirst("'$", "") : ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void readsWhatLinuxWrote(int number) throws Exception {
        String options = IMAGES.get(number);
        Map<String, String> seen = SEEN.getOrDefault(options, Map.of());
        assertThat(seen).hasSizeGreaterThan(250).containsKeys("null", "fifo", "sparse", "one", "many/hard-link");
        Map<String, String> found = new TreeMap<>();
        try (FileSystem udf = IsoFileSystems.open(image(number));
                Stream<Path> walk = Files.walk(udf.getPath("/"))) {
            for (Path file : walk.skip(1).toList()) {
                found.put(file.toString().substring(1), describe(file));
            }
        }
        assertThat(found).as(options).isEqualTo(seen);
    }

    private static String describe(Path file) throws Exception {
        int mode = (int) attribute(file, "mode");
        long time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.SECONDS);
        String text = "%o %s %s %s:%s %s"
                .formatted(
                        mode,
                        attribute(file, "size"),
                        time,
                        attribute(file, "uid"),
                        attribute(file, "gid"),
                        attribute(file, "nlink"));
        return switch (mode >> 12) {
            case 2, 6 -> {
                long device = (long) attribute(file, "rdev");
                yield text + " " + (device >> 8) + "," + (device & 0xff);
            }
            case 8 -> text + " " + digest(file);
            case 10 -> text + " -> " + Files.readSymbolicLink(file);
            default -> text;
        };
    }

    private static Object attribute(Path file, String name) throws IOException {
        return Files.getAttribute(file, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    }

    private static String digest(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
