package dev.pxekit.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that describe trees, with a few wrong bytes: detection ends, throws nothing, and names no path outside of the tree. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InstallTreeMutationTest {

    private static final int ROUNDS = 250;
    private static final String[] PIECES = {
        "../",
        "/",
        "//",
        "\0",
        "---",
        "[",
        "]",
        "=",
        ":",
        "\n",
        "\r",
        " ",
        "\"",
        "'",
        "<IMAGE>",
        "</IMAGE>",
        "- ",
        "../../secret",
        "\ufeff",
        "\ud800",
        "-",
        "0",
        "*"
    };

    private final Random random = new Random(6);

    private static String lines(String... lines) {
        return String.join("\n", lines);
    }

    private static Map<String, byte[]> texts(String... namesAndTexts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    @Test
    void anaconda() throws IOException {
        mutate(
                texts(
                        ".treeinfo",
                        lines(
                                "[general]",
                                "arch = x86_64",
                                "family = Rocky Linux",
                                "version = 9.3",
                                "repository = AppStream",
                                "[tree]",
                                "variants = BaseOS,AppStream",
                                "[variant-BaseOS]",
                                "repository = BaseOS",
                                "[images-x86_64]",
                                "kernel = images/pxeboot/vmlinuz",
                                "initrd = images/pxeboot/initrd.img",
                                ""),
                        ".discinfo",
                        lines("1", "Rocky Linux 9.3", "x86_64", ""),
                        ".productinfo",
                        lines("Kylin Linux Advanced Server", "release V10 (SP2) /(Sword)-x86_64", ""),
                        ".kyinfo",
                        lines("[dist]", "name=Kylin", "milestone=Server", "arch=x86_64", "")),
                "images/pxeboot/vmlinuz",
                "images/pxeboot/initrd.img",
                "BaseOS/repodata/repomd.xml");
    }

    @Test
    void esxi() throws IOException {
        mutate(
                texts(
                        "boot.cfg",
                        lines(
                                "prefix=",
                                "kernel=/b.b00",
                                "kernelopt=runweasel cdromBoot",
                                "modules=/k.b00 --- /s.v00",
                                "build=7.0.3-0.1",
                                ""),
                        "isolinux.cfg",
                        lines("MENU TITLE ESXi-7.0U3g-20328353-standard Boot Menu", ""),
                        "upgrade/metadata.xml",
                        "<vum><esxVersion>7.0.3</esxVersion></vum>"),
                "b.b00",
                "k.b00",
                "s.v00");
    }

    @Test
    void windows() throws IOException {
        Map<String, byte[]> files = texts(
                "sources/ei.cfg",
                lines("[EditionID]", "Core", ""),
                "sources/idwbinfo.txt",
                lines("[BUILDINFO]", "BuildArch=amd64", ""));
        files.put(
                "sources/install.wim",
                WindowsTreesTest.image(
                        "<WIM>" + WindowsTreesTest.described("Windows 11 Pro", 9, "Core", "10.0.22631") + "</WIM>"));
        mutate(files, "bootmgr", "boot/bcd", "boot/boot.sdi", "sources/boot.wim");
    }

    @Test
    void casper() throws IOException {
        mutate(
                texts(
                        ".disk/info",
                        lines("Ubuntu-Server 22.04.4 LTS \"Jammy Jellyfish\" - Release amd64 (20240216.1)", ""),
                        "casper/install-sources.yaml",
                        lines("- default: false", "  id: minimal", "- default: true", "  id: ubuntu-server", "")),
                "casper/vmlinuz",
                "casper/initrd");
    }

    @Test
    void liveSystems() throws IOException {
        mutate(
                texts("EFI/BOOT/grub.cfg", lines("menuentry 'Start Fedora-Workstation-Live 39' --class fedora {", "")),
                "images/pxeboot/vmlinuz",
                "images/pxeboot/initrd.img",
                "LiveOS/squashfs.img");
        mutate(
                texts(
                        "EFI/fedora/grub.cfg",
                        lines("menuentry 'Fedora CoreOS (Live)' {", " linux coreos.liveiso=fedora-coreos-39.1 a", "")),
                "images/pxeboot/vmlinuz",
                "images/pxeboot/initrd.img",
                "images/pxeboot/rootfs.img");
    }

    @Test
    void others() throws IOException {
        mutate(
                texts(
                        "media.1/products",
                        lines("/ SLES 15.4-0", ""),
                        "content",
                        lines("LABEL SLES", "DISTRO a,SUSE", "VERSION 11.4-1", "")),
                "boot/x86_64/loader/linux",
                "boot/x86_64/loader/initrd");
        mutate(
                texts(".alpine-release", lines("alpine-standard-3.19.1 240126", "")),
                "boot/vmlinuz-lts",
                "boot/initramfs-lts",
                "boot/modloop-lts");
        mutate(
                texts("version.info", lines("Debian version:  12 (bookworm)", "")),
                "debian-installer/amd64/linux",
                "debian-installer/amd64/initrd.gz");
        mutate(
                texts(
                        ".disk/mini-info",
                        lines("Ubuntu 16.04 - netboot mini.iso 20101020ubuntu451.29", ""),
                        "f1.txt",
                        lines("This is a Debian 9 (stretch) installation netboot image.", "")),
                "linux",
                "initrd.gz",
                "isolinux.bin");
    }

    private void mutate(Map<String, byte[]> described, String... present) throws IOException {
        TestTree tree = new TestTree().has(present).has("../secret");
        for (Map.Entry<String, byte[]> file : described.entrySet()) {
            tree.has(file.getKey(), file.getValue());
        }
        assertThat(tree.isNone()).as("as it is").isFalse();
        List<String> names = new ArrayList<>(described.keySet());
        for (int round = 0; round < ROUNDS; round++) {
            String name = names.get(random.nextInt(names.size()));
            byte[] sound = described.getOrDefault(name, new byte[0]);
            tree.has(name, mutated(sound));
            InstallTree.detect(tree.root()).ifPresent(found -> checked(tree.root(), found));
            tree.has(name, sound);
        }
    }

    /** One to four bytes changed, cut out or put in. */
    private byte[] mutated(byte[] sound) {
        StringBuilder text = new StringBuilder(new String(sound, StandardCharsets.ISO_8859_1));
        for (int count = 1 + random.nextInt(4); count > 0 && text.length() > 0; count--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 2 -> text.setLength(at);
                default -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void checked(Path root, InstallTree tree) {
        List<Path> paths = new ArrayList<>(tree.packageRepositories());
        paths.addAll(tree.answerFiles());
        paths.addAll(tree.bootMenus());
        paths.addAll(tree.biosLoaders());
        paths.addAll(tree.uefiLoaders());
        for (BootFiles files : tree.bootFiles()) {
            paths.add(files.kernel());
            paths.addAll(files.modules());
        }
        assertThat(paths).allMatch(path -> path.normalize().startsWith(root) && Files.exists(path));
        assertThat(tree.toString()).hasSizeLessThan(1_000);
        assertThat(tree.bootArguments(tree.needsNfs() ? TestTree.NFS : TestTree.TREE))
                .isNotNull();
        assertThat(tree.answerFileArguments(TestTree.ANSWERS)).isNotNull();
    }
}
