package dev.pxekit.media;

import static dev.pxekit.media.TestTree.ANSWERS;
import static dev.pxekit.media.TestTree.TREE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The network boot files of debian-installer: {@code mini.iso}, the unpacked archive, directories of mirrors. */
class DebianNetbootTest {

    private static final String[] PRESEED = {"auto=true", "priority=critical", "url=http://10.0.0.1/answers"};
    private static final String PACKAGE = "/usr/lib/debian-installer/images/12/amd64/";
    private static final URI KICKSTART = URI.create("http://10.0.0.1/ks.cfg");

    private final TestTree tree = new TestTree();

    private TestTree mini() throws IOException {
        return tree.has(
                "linux", "initrd.gz", "isolinux.bin", "boot.cat", "isolinux.cfg", "menu.cfg", "txt.cfg", "adtxt.cfg");
    }

    private TestTree miniWithGrub(String platform) throws IOException {
        return mini().has("boot/grub/efi.img", "boot/grub/grub.cfg", "boot/grub/" + platform + "/linux.mod");
    }

    @Test
    void miniIsoOfDebian() throws Exception {
        miniWithGrub("x86_64-efi")
                .text(".disk/info", "Debian GNU/Linux 12 (bookworm) amd64 - netboot mini.iso 20230607+deb12u5");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Debian GNU/Linux 12 amd64");
        assertThat(found.family()).isEqualTo(DistributionFamily.DEBIAN);
        assertThat(found.variant()).contains("netboot mini.iso");
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("");
        assertThat(tree.name(found.kernel())).isEqualTo("linux");
        assertThat(tree.names(found.initrds())).containsExactly("initrd.gz");
        assertThat(tree.names(found.biosLoaders())).containsExactly("isolinux.bin");
        assertThat(tree.names(found.uefiLoaders())).containsExactly("boot/grub/efi.img");
        assertThat(tree.names(found.bootMenus()))
                .containsExactly("isolinux.cfg", "menu.cfg", "adtxt.cfg", "txt.cfg", "boot/grub/grub.cfg");
        assertThat(found.bootArguments(TREE)).isEmpty();
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly(PRESEED);
    }

    @Test
    void miniIsoOfDebianTesting() throws Exception {
        miniWithGrub("arm64-efi").text(".disk/info", "Debian GNU/Linux testing arm64 - netboot mini.iso 20250101");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Debian GNU/Linux testing arm64");
        assertThat(found.variant()).contains("netboot mini.iso");
    }

    @ParameterizedTest
    @CsvSource({"16.04, 20101020ubuntu451.29", "18.04, 20101020ubuntu543.15", "20.04, 20101020ubuntu614.5"})
    void miniIsoOfUbuntu(String version, String build) throws Exception {
        miniWithGrub("x86_64-efi").text(".disk/mini-info", "Ubuntu " + version + " - netboot mini.iso " + build);
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Ubuntu " + version + " amd64");
        assertThat(found.family()).isEqualTo(DistributionFamily.UBUNTU);
        assertThat(found.variant()).contains("netboot mini.iso");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly(PRESEED);
    }

    @ParameterizedTest
    @CsvSource({
        "This is a Debian 9 (stretch) installation netboot image., Debian GNU/Linux 9, DEBIAN",
        "This is an installation system for Ubuntu 14.04. It was built on 20101020ubuntu318., Ubuntu 14.04, UBUNTU"
    })
    void miniIsoThatSaysItInItsHelpScreenAlone(String line, String name, DistributionFamily family) throws Exception {
        mini().text("f1.txt", "\u0019\f  \u000f0fWelcome to the installer!\u000f07", "", line);
        assertThat(tree.detect()).hasToString(name);
        assertThat(tree.detect().family()).isEqualTo(family);
    }

    @Test
    void miniIsoThatSaysNothing() throws Exception {
        mini();
        assertThat(tree.detect()).hasToString("a distribution with debian-installer");
    }

    @Test
    void miniIsoWithTheMenuOfGrubAlone() throws Exception {
        tree.has("linux", "initrd.gz", "boot/grub/arm64-efi/linux.mod")
                .text(
                        "boot/grub/grub.cfg",
                        "menuentry 'Install' {",
                        "    linux    /linux --- quiet",
                        "}",
                        "menuentry '... Expert install' {",
                        "    linux    /linux priority=low ---",
                        "}");
        assertThat(tree.detect()).hasToString("a distribution with debian-installer arm64");
    }

    @Test
    void miniIsoOfAnotherDistribution() throws Exception {
        tree.has("linux", "initrd.gz", "isolinux.bin", "isolinux.cfg")
                .text("f1.txt", "This is a Kali installation netboot image.");
        assertThat(tree.detect()).hasToString("a distribution with debian-installer");
    }

    @Test
    void rescueDiscWithGrubIsNoMiniIso() throws Exception {
        tree.has("linux", "initrd.gz", "boot/grub/x86_64-efi/linux.mod")
                .text(
                        "boot/grub/grub.cfg",
                        "set title=\"Super Rescue Disk\"",
                        "menuentry 'Rescue' {",
                        "    linux /linux quiet",
                        "    initrd /initrd.gz",
                        "}");
        assertThat(tree.isNone()).isTrue();
    }

    @Test
    void rescueDiscWithIsolinuxIsNoMiniIso() throws Exception {
        tree.has("linux", "initrd.gz", "isolinux.bin", "boot.cat", "menu.cfg")
                .text("isolinux.cfg", "menu title Super Rescue Disk", "label rescue", "kernel linux")
                .text("f1.txt", "Super Rescue Disk 3, made of Debian 12. It needs no installation.");
        assertThat(tree.isNone()).isTrue();
    }

    @Test
    void aKernelAtTheRootAloneIsNoMiniIso() throws Exception {
        tree.has("linux", "initrd.gz");
        assertThat(tree.isNone()).isTrue();
    }

    @Test
    void ubuntuReadsKickstartFilesUpTo1804() throws Exception {
        mini().text(".disk/mini-info", "Ubuntu 18.04 - netboot mini.iso 20101020ubuntu543.15");
        InstallTree found = tree.detect();
        assertThat(found.answerFileArguments(KICKSTART)).containsExactly("ks=http://10.0.0.1/ks.cfg");
        assertThat(found.answerFileArguments(URI.create("http://10.0.0.1/ks-web.CFG")))
                .containsExactly("ks=http://10.0.0.1/ks-web.CFG");
        assertThat(found.answerFileArguments(URI.create("nfs://10.0.0.1/srv/web.ks")))
                .containsExactly("ks=nfs:10.0.0.1:/srv/web.ks");
        assertThat(found.answerFileArguments(URI.create("http://10.0.0.1/ks/web.seed")))
                .containsExactly("auto=true", "priority=critical", "url=http://10.0.0.1/ks/web.seed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ubuntu 20.04 - netboot mini.iso 1", "Debian GNU/Linux 12 amd64 - netboot mini.iso 1"})
    void othersReadNone(String info) throws Exception {
        mini().text(".disk/info", info);
        assertThat(tree.detect().answerFileArguments(KICKSTART))
                .containsExactly("auto=true", "priority=critical", "url=http://10.0.0.1/ks.cfg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "netboot/", "images/netboot/", "current/images/netboot/", "install/netboot/"})
    void netbootDirectories(String root) throws Exception {
        String directory = root + "debian-installer/arm64/";
        tree.has(directory + "linux", directory + "initrd.gz", directory + "grubaa64.efi", directory + "grub/grub.cfg")
                .text(root + "version.info", "Debian version:  12 (bookworm)", "Installer build: 20230607+deb12u5");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Debian GNU/Linux 12 arm64");
        assertThat(tree.name(found.kernel())).isEqualTo(directory + "linux");
        assertThat(tree.names(found.uefiLoaders())).containsExactly(directory + "grubaa64.efi");
        assertThat(tree.names(found.bootMenus())).containsExactly(directory + "grub/grub.cfg");
    }

    @Test
    void ubuntuDirectoryOfAMirror() throws Exception {
        String plain = "legacy-images/netboot/ubuntu-installer/amd64/";
        String enabled = "legacy-images/hwe-netboot/ubuntu-installer/amd64/";
        tree.has(plain + "linux", plain + "initrd.gz", plain + "pxelinux.0", plain + "boot-screens/txt.cfg")
                .has(enabled + "linux", enabled + "initrd.gz", "legacy-images/netboot/mini.iso");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Ubuntu amd64");
        assertThat(found.family()).isEqualTo(DistributionFamily.UBUNTU);
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("amd64", "amd64 hwe");
        assertThat(tree.name(found.kernel())).isEqualTo(plain + "linux");
        assertThat(tree.names(found.biosLoaders())).containsExactly(plain + "pxelinux.0");
        assertThat(tree.names(found.bootMenus())).containsExactly(plain + "boot-screens/txt.cfg");
    }

    @Test
    void debiansOwnPackage() throws Exception {
        Path text = Needs.file(PACKAGE + "text", "debian-installer-12-netboot-amd64");
        InstallTree found = InstallTree.detect(text).orElseThrow();
        assertThat(found).hasToString("Debian GNU/Linux 12 amd64");
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("amd64");
        Path directory = text.resolve("debian-installer/amd64");
        assertThat(found.kernel()).isEqualTo(directory.resolve("linux")).isNotEmptyFile();
        assertThat(found.initrds()).containsExactly(directory.resolve("initrd.gz"));
        assertThat(found.biosLoaders())
                .as("what the link at the root leads to")
                .containsExactly(directory.resolve("pxelinux.0"));
        assertThat(found.uefiLoaders())
                .containsExactly(directory.resolve("bootnetx64.efi"), directory.resolve("grubx64.efi"));
        assertThat(found.bootMenus())
                .contains(directory.resolve("grub/grub.cfg"), directory.resolve("boot-screens/syslinux.cfg"))
                .contains(directory.resolve("boot-screens/txt.cfg"));
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly(PRESEED);
    }

    @Test
    void bothInstallersOfDebiansOwnPackage() throws Exception {
        Path both = Needs.file(PACKAGE, "debian-installer-12-netboot-amd64");
        InstallTree found = InstallTree.detect(both).orElseThrow();
        assertThat(found).hasToString("Debian GNU/Linux 12 amd64");
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("amd64", "amd64 gtk");
        assertThat(found.kernel()).isEqualTo(both.resolve("text/debian-installer/amd64/linux"));
    }
}
