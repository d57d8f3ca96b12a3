package dev.pxekit.media;

import static dev.pxekit.media.TestTree.ANSWERS;
import static dev.pxekit.media.TestTree.NFS;
import static dev.pxekit.media.TestTree.TREE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Discs with a live system. */
class LiveTreesTest {

    private final TestTree tree = new TestTree();

    @Test
    void fedoraWorkstation() throws Exception {
        tree.has("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img", "LiveOS/squashfs.img", "EFI/BOOT/BOOTX64.EFI")
                .text(
                        "EFI/BOOT/grub.cfg",
                        "set timeout=60",
                        "menuentry 'Start Fedora-Workstation-Live 39' --class fedora --class gnu-linux {",
                        "\tlinux /images/pxeboot/vmlinuz root=live:CDLABEL=Fedora-WS-Live-39-1-5  rd.live.image quiet");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Fedora 39 x86_64");
        assertThat(found.family()).isEqualTo(DistributionFamily.RED_HAT);
        assertThat(found.variant()).contains("Workstation-Live");
        assertThat(found.bootArguments(TREE))
                .containsExactly("root=live:http://10.0.0.1/tree/LiveOS/squashfs.img", "rd.live.image", "ip=dhcp");
        assertThat(found.answerFileArguments(ANSWERS)).isEmpty();
    }

    @Test
    void fedoraThatKiwiMade() throws Exception {
        tree.has("boot/x86_64/loader/linux", "boot/x86_64/loader/initrd", "LiveOS/squashfs.img")
                .text("boot/grub2/grub.cfg", "menuentry \"Start Fedora-KDE-Live\" --class os {");
        InstallTree found = tree.detect();
        assertThat(found.family()).isEqualTo(DistributionFamily.RED_HAT);
        assertThat(found.variant()).contains("KDE-Live");
        assertThat(found.version()).isEmpty();
        assertThat(tree.name(found.kernel())).isEqualTo("boot/x86_64/loader/linux");
    }

    @Test
    void agama() throws Exception {
        tree.has("boot/x86_64/loader/linux", "boot/x86_64/loader/initrd", "LiveOS/squashfs.img")
                .text("boot/grub2/grub.cfg", "menuentry \"Install openSUSE Leap 16.0\" --class os {");
        InstallTree found = tree.detect();
        assertThat(found.family()).isEqualTo(DistributionFamily.SUSE);
        assertThat(found).hasToString("openSUSE Leap 16.0");
        assertThat(found.bootArguments(TREE)).first().isEqualTo("root=live:http://10.0.0.1/tree/LiveOS/squashfs.img");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly("inst.auto=http://10.0.0.1/answers");
    }

    @Test
    void fedoraCoreOs() throws Exception {
        tree.has("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img", "images/pxeboot/rootfs.img")
                .has("images/ignition.img", "coreos/igninfo.json", "coreos/kargs.json", "EFI/BOOT/BOOTAA64.EFI")
                .text(
                        "EFI/fedora/grub.cfg",
                        "menuentry 'Fedora CoreOS (Live)' --class fedora {",
                        "\tlinux /images/pxeboot/vmlinuz coreos.liveiso=fedora-coreos-39.20240210.3.0 ignition.firstboot");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Fedora CoreOS 39.20240210.3.0 aarch64");
        assertThat(found.family()).isEqualTo(DistributionFamily.COREOS);
        assertThat(tree.names(found.bootMenus())).containsExactly("EFI/fedora/grub.cfg");
        assertThat(found.bootArguments(TREE))
                .containsExactly(
                        "coreos.live.rootfs_url=http://10.0.0.1/tree/images/pxeboot/rootfs.img",
                        "ignition.firstboot",
                        "ignition.platform.id=metal");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly("ignition.config.url=http://10.0.0.1/answers");
    }

    @Test
    void rhelCoreOs() throws Exception {
        tree.has("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img", "images/pxeboot/rootfs.img", "config.ign")
                .text(
                        "isolinux/isolinux.cfg",
                        "label linux",
                        "  menu label ^RHEL CoreOS (Live)",
                        "  append initrd=/images/pxeboot/initrd.img coreos.liveiso=rhcos-414.92.202310210434-0 ignition.firstboot");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("RHEL CoreOS 414.92.202310210434-0");
        assertThat(tree.names(found.answerFiles())).containsExactly("config.ign");
    }

    @Test
    void debianLive() throws Exception {
        tree.has("live/vmlinuz-6.1.0-18-amd64", "live/initrd.img-6.1.0-18-amd64", "live/filesystem.squashfs")
                .has("install/vmlinuz", "install/initrd.gz", "isolinux/live.cfg", "boot/grub/grub.cfg")
                .text(".disk/info", "Official Debian GNU/Linux Live 12.5.0 gnome 2024-02-10T12:02")
                .has("EFI/boot/bootx64.efi");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Debian GNU/Linux Live 12.5.0 x86_64");
        assertThat(found.family()).isEqualTo(DistributionFamily.DEBIAN);
        assertThat(found.variant()).contains("gnome");
        assertThat(tree.name(found.kernel())).isEqualTo("live/vmlinuz-6.1.0-18-amd64");
        assertThat(tree.names(found.bootMenus())).containsExactly("isolinux/live.cfg", "boot/grub/grub.cfg");
        assertThat(found.bootArguments(TREE))
                .containsExactly("boot=live", "components", "fetch=http://10.0.0.1/tree/live/filesystem.squashfs");
        assertThat(found.bootArguments(NFS))
                .containsExactly("boot=live", "components", "netboot=nfs", "nfsroot=10.0.0.1:/srv/tree");
        assertThat(found.answerFileArguments(ANSWERS)).isEmpty();
    }

    @Test
    void arch() throws Exception {
        tree.has("arch/boot/x86_64/vmlinuz-linux", "arch/boot/x86_64/initramfs-linux.img")
                .has("arch/boot/amd-ucode.img", "arch/boot/intel-ucode.img", "loader/entries/01-archiso.conf")
                .text("arch/version", "2024.01.01");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Arch Linux 2024.01.01 x86_64");
        assertThat(tree.names(found.initrds()))
                .as("microcode first")
                .containsExactly(
                        "arch/boot/intel-ucode.img", "arch/boot/amd-ucode.img", "arch/boot/x86_64/initramfs-linux.img");
        assertThat(tree.names(found.bootMenus())).containsExactly("loader/entries/01-archiso.conf");
        assertThat(found.bootArguments(TREE))
                .containsExactly("archisobasedir=arch", "archiso_http_srv=http://10.0.0.1/tree/", "ip=dhcp");
        assertThat(found.bootArguments(NFS)).contains("archiso_nfs_srv=10.0.0.1:/srv/tree");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly("script=http://10.0.0.1/answers");
    }

    @Test
    void archBefore2020() throws Exception {
        tree.has("arch/boot/x86_64/vmlinuz", "arch/boot/x86_64/archiso.img");
        assertThat(tree.names(tree.detect().initrds())).containsExactly("arch/boot/x86_64/archiso.img");
    }

    @Test
    void alpine() throws Exception {
        tree.has("boot/vmlinuz-lts", "boot/initramfs-lts", "boot/modloop-lts", "boot/vmlinuz-virt")
                .has("apks/x86_64/APKINDEX.tar.gz", "boot/syslinux/syslinux.cfg", "boot/syslinux/isolinux.bin")
                .text(".alpine-release", "alpine-standard-3.19.1 240126");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Alpine Linux 3.19.1 x86_64");
        assertThat(found.variant()).contains("standard");
        assertThat(found.bootFiles()).as("without initramfs there is no virt").hasSize(1);
        assertThat(tree.names(found.packageRepositories())).containsExactly("apks");
        assertThat(tree.names(found.biosLoaders())).containsExactly("boot/syslinux/isolinux.bin");
        assertThat(found.bootArguments(TREE))
                .containsExactly(
                        "ip=dhcp",
                        "modules=loop,squashfs",
                        "modloop=http://10.0.0.1/tree/boot/modloop-lts",
                        "alpine_repo=http://10.0.0.1/tree/apks");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly("apkovl=http://10.0.0.1/answers");
    }

    @Test
    void rescueDiscsAndMemoryTestsInstallNothing() throws Exception {
        tree.has("boot/grub/grub.cfg", "boot/grub/i386-pc/eltorito.img", "EFI/BOOT/BOOTX64.EFI", "boot/memtest.bin");
        assertThat(tree.isNone()).isTrue();
    }
}
