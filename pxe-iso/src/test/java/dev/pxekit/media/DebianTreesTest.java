package dev.pxekit.media;

import static dev.pxekit.media.TestTree.ANSWERS;
import static dev.pxekit.media.TestTree.NFS;
import static dev.pxekit.media.TestTree.TREE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Discs of Debian, Ubuntu and what derives from them. */
class DebianTreesTest {

    private static final String[] SUBIQUITY = {"autoinstall", "ds=nocloud-net;s=http://10.0.0.1/answers/"};
    private static final String[] UBIQUITY = {"automatic-ubiquity", "url=http://10.0.0.1/answers"};
    private static final String[] OVER_NFS = {"boot=casper", "ip=dhcp", "netboot=nfs", "nfsroot=10.0.0.1:/srv/tree"};
    private static final URI IMAGE = URI.create("http://10.0.0.1/ubuntu.iso");

    private final TestTree tree = new TestTree();

    @Test
    void debianNetinst() throws Exception {
        tree.has("install.amd/vmlinuz", "install.amd/initrd.gz", "install.amd/gtk/vmlinuz", "install.amd/gtk/initrd.gz")
                .has("isolinux/isolinux.bin", "isolinux/txt.cfg", "boot/grub/efi.img", "EFI/boot/bootx64.efi")
                .has("dists/bookworm/Release", "preseed.cfg")
                .text(
                        ".disk/info",
                        "Debian GNU/Linux 12.5.0 \"Bookworm\" - Official amd64 NETINST with firmware 20240210-11:27");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Debian GNU/Linux 12.5.0 amd64");
        assertThat(found.variant()).contains("NETINST");
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("amd64", "amd64 gtk");
        assertThat(tree.names(found.packageRepositories())).containsExactly("");
        assertThat(tree.names(found.uefiLoaders())).containsExactly("EFI/boot/bootx64.efi", "boot/grub/efi.img");
        assertThat(tree.names(found.answerFiles())).containsExactly("preseed.cfg");
    }

    @Test
    void debianDvdOfTwoArchitectures() throws Exception {
        tree.has("install.amd/vmlinuz", "install.amd/initrd.gz", "install.386/vmlinuz", "install.386/initrd.gz")
                .text(
                        ".disk/info",
                        "Debian GNU/Linux 10.3.0 \"Buster\" - Official Multi-architecture amd64/i386 NETINST #1 20200208-12:07");
        InstallTree found = tree.detect();
        assertThat(found.architectures()).containsExactly("amd64", "i386");
        assertThat(found.variant()).contains("NETINST");
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("amd64", "i386");
    }

    @Test
    void debianWithoutAVersion() throws Exception {
        tree.has("install.a64/vmlinuz", "install.a64/initrd.gz")
                .text(
                        ".disk/info",
                        "Debian GNU/Linux testing \"Trixie\" - Official Snapshot arm64 DVD Binary-1 20240101-10:00");
        InstallTree found = tree.detect();
        assertThat(found.name()).isEqualTo("Debian GNU/Linux testing");
        assertThat(found.version()).isEmpty();
        assertThat(found.variant()).contains("DVD Binary-1");
    }

    @Test
    void debianNetbootArchive() throws Exception {
        tree.has(
                        "debian-installer/amd64/linux",
                        "debian-installer/amd64/initrd.gz",
                        "debian-installer/amd64/pxelinux.0")
                .has("debian-installer/amd64/bootnetx64.efi", "debian-installer/amd64/grub/grub.cfg")
                .text("version.info", "Debian version:  12 (bookworm)", "Installer build: 20230607+deb12u5");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Debian GNU/Linux 12 amd64");
        assertThat(tree.names(found.biosLoaders())).containsExactly("debian-installer/amd64/pxelinux.0");
        assertThat(tree.names(found.uefiLoaders())).containsExactly("debian-installer/amd64/bootnetx64.efi");
        assertThat(tree.names(found.bootMenus())).containsExactly("debian-installer/amd64/grub/grub.cfg");
    }

    @Test
    void ubuntu1604Server() throws Exception {
        String netboot = "install/netboot/ubuntu-installer/amd64/";
        tree.has("install/vmlinuz", "install/initrd.gz", "install/hwe-vmlinuz", "install/hwe-initrd.gz")
                .has(netboot + "linux", netboot + "initrd.gz", netboot + "pxelinux.0", netboot + "boot-screens/txt.cfg")
                .has("preseed/ubuntu-server.seed", "preseed/cli.seed", "ks.cfg", "isolinux/isolinux.cfg")
                .has("dists/xenial/Release", "install/filesystem.squashfs")
                .text(".disk/info", "Ubuntu-Server 16.04.7 LTS \"Xenial Xerus\" - Release amd64 (20200806)");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Ubuntu-Server 16.04.7 amd64");
        assertThat(found.family()).isEqualTo(DistributionFamily.UBUNTU);
        assertThat(tree.name(found.kernel())).isEqualTo(netboot + "linux");
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("amd64", "disc", "disc hwe");
        assertThat(tree.names(found.answerFiles()))
                .containsExactly("preseed/cli.seed", "preseed/ubuntu-server.seed", "ks.cfg");
        assertThat(tree.names(found.bootMenus()))
                .containsExactly("isolinux/isolinux.cfg", netboot + "boot-screens/txt.cfg");
        assertThat(found.loadsWholeImage()).isFalse();
        assertThat(found.bootArguments(URI.create("http://10.0.0.1:8080/tree/")))
                .containsExactly(
                        "mirror/country=manual",
                        "mirror/http/hostname=10.0.0.1:8080",
                        "mirror/http/directory=/tree",
                        "mirror/http/proxy=",
                        "live-installer/net-image=http://10.0.0.1:8080/tree/install/filesystem.squashfs");
        assertThat(found.bootArguments(URI.create("http://ubuntu/"))).contains("mirror/http/directory=/");
        assertThat(found.bootArguments(NFS)).as("no mirror").isEmpty();
        assertThat(found.answerFileArguments(URI.create("http://10.0.0.1/ks.cfg")))
                .containsExactly("ks=http://10.0.0.1/ks.cfg");
    }

    @Test
    void kernelsOfTheDiscBesideThoseForNetworkBoot() throws Exception {
        tree.has("debian-installer/amd64/linux", "debian-installer/amd64/initrd.gz")
                .has("install.amd/vmlinuz", "install.amd/initrd.gz", "install.amd/gtk/initrd.gz")
                .has("install.amd/gtk/vmlinuz", "install/gtk/vmlinuz", "install/gtk/initrd.gz");
        assertThat(tree.detect().bootFiles())
                .extracting(BootFiles::label)
                .containsExactly("amd64", "disc amd64", "disc amd64 gtk", "disc gtk");
    }

    @Test
    void kernelsOfADiscForItselfNeedNoWord() throws Exception {
        tree.has("install/vmlinuz", "install/initrd.gz", "install/hwe-vmlinuz", "install/hwe-initrd.gz")
                .has("install/gtk/vmlinuz", "install/gtk/initrd.gz");
        assertThat(tree.detect().bootFiles()).extracting(BootFiles::label).containsExactly("", "hwe", "gtk");
    }

    @Test
    void ubuntuDiscWithoutItsNetworkInitrdIsNoMirror() throws Exception {
        tree.has("install/vmlinuz", "install/initrd.gz", "install/filesystem.squashfs", "dists/xenial/Release");
        assertThat(tree.detect().bootArguments(TREE)).isEmpty();
    }

    @Test
    void ubuntu2004DesktopHasUbiquity() throws Exception {
        tree.has("casper/vmlinuz", "casper/initrd", "casper/filesystem.squashfs", "preseed/ubuntu.seed")
                .text(".disk/info", "Ubuntu 20.04.6 LTS \"Focal Fossa\" - Release amd64 (20230316)");
        InstallTree found = tree.detect();
        assertThat(found.bootArguments(IMAGE))
                .containsExactly("boot=casper", "ip=dhcp", "netboot=url", "url=http://10.0.0.1/ubuntu.iso");
        assertThat(found.bootArguments(NFS)).containsExactly(OVER_NFS);
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly(UBIQUITY);
        assertThat(found.loadsWholeImage()).isTrue();
        assertThat(found.needsNfs()).isFalse();
        assertThat(tree.names(found.answerFiles())).containsExactly("preseed/ubuntu.seed");
    }

    private InstallTree casper(String info) throws Exception {
        return tree.has("casper/vmlinuz", "casper/initrd", "casper/filesystem.squashfs")
                .text(".disk/info", info)
                .detect();
    }

    @Test
    void ubuntu1804LiveServerBootsOverNfsAndReadsNoAnswers() throws Exception {
        InstallTree found = casper("Ubuntu-Server 18.04.6 LTS \"Bionic Beaver\" - Release amd64 (20210915)");
        assertThat(found).hasToString("Ubuntu-Server 18.04.6 amd64");
        assertThat(found.needsNfs()).isTrue();
        assertThat(found.loadsWholeImage()).isFalse();
        assertThat(found.bootArguments(NFS)).containsExactly(OVER_NFS);
        assertThat(found.answerFileArguments(ANSWERS)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> found.bootArguments(IMAGE))
                .withMessage("treeUrl: http://10.0.0.1/ubuntu.iso (expected: an nfs URL)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ubuntu 16.04.7 LTS \"Xenial Xerus\" - Release amd64 (20200806)",
                "Ubuntu 18.04.6 LTS \"Bionic Beaver\" - Release amd64 (20210915)",
                "Xubuntu 18.04.5 LTS \"Bionic Beaver\" - Release i386 (20200806.1)",
                "Linux Mint 19.3 \"Tricia\" - Release amd64 20191213"
            })
    void desktopsBefore2004BootOverNfsAndHaveUbiquity(String info) throws Exception {
        InstallTree found = casper(info);
        assertThat(found.needsNfs()).isTrue();
        assertThat(found.bootArguments(NFS)).containsExactly(OVER_NFS);
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly(UBIQUITY);
    }

    @Test
    void derivativesThatCountInTheirOwnWayAreNotTakenForOld() throws Exception {
        assertThat(casper("elementary OS 7.1 \"Horus\" - Stable amd64 (20230926)")
                        .needsNfs())
                .isFalse();
    }

    @Test
    void ubuntu2310FlavourWithoutSourcesHasUbiquity() throws Exception {
        InstallTree found = casper("Kubuntu 23.10 \"Mantic Minotaur\" - Release amd64 (20231011)");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly(UBIQUITY);
    }

    @Test
    void ubuntuServerWithTwoKernels() throws Exception {
        tree.has("casper/vmlinuz", "casper/initrd", "casper/hwe-vmlinuz", "casper/hwe-initrd")
                .has("casper/ubuntu-server-minimal.squashfs", "casper/ubuntu-server-minimal.ubuntu-server.squashfs")
                .text(".disk/info", "Ubuntu-Server 22.04.4 LTS \"Jammy Jellyfish\" - Release amd64 (20240216.1)")
                .text(
                        "casper/install-sources.yaml",
                        "- default: false",
                        "  description:",
                        "    en: This version has been customized to have a small runtime footprint.",
                        "  id: ubuntu-server-minimal",
                        "  locale_support: locale-only",
                        "- default: true",
                        "  description:",
                        "    en: The default install.",
                        "  id: ubuntu-server",
                        "  path: ubuntu-server-minimal.ubuntu-server.squashfs");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Ubuntu-Server 22.04.4 amd64");
        assertThat(found.variant()).contains("ubuntu-server");
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("", "hwe");
        assertThat(tree.name(found.bootFiles().get(1).kernel())).isEqualTo("casper/hwe-vmlinuz");
        assertThat(found.bootArguments(IMAGE))
                .containsExactly(
                        "boot=casper",
                        "ip=dhcp",
                        "netboot=url",
                        "url=http://10.0.0.1/ubuntu.iso",
                        "cloud-config-url=/dev/null");
        assertThat(found.bootArguments(NFS)).containsExactly(OVER_NFS);
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly(SUBIQUITY);
    }

    @Test
    void ubuntuDesktopOfTodayHasSubiquity() throws Exception {
        tree.has("casper/vmlinuz", "casper/initrd", "casper/minimal.squashfs", "autoinstall.yaml")
                .text(".disk/info", "Ubuntu 24.04 LTS \"Noble Numbat\" - Release amd64 (20240424)")
                .text("casper/install-sources.yaml", "- id: ubuntu-desktop-minimal", "  type: fsimage-layered");
        InstallTree found = tree.detect();
        assertThat(found.variant()).contains("ubuntu-desktop-minimal");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly(SUBIQUITY);
        assertThat(tree.names(found.answerFiles())).containsExactly("autoinstall.yaml");
    }

    @Test
    void linuxMint() throws Exception {
        tree.has("casper/vmlinuz", "casper/initrd.lz")
                .text(".disk/info", "Linux Mint 21.3 \"Virginia\" - Release amd64 20240110");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Linux Mint 21.3 amd64");
        assertThat(found.bootArguments(TREE)).contains("boot=casper");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly(UBIQUITY);
    }
}
