package dev.pxekit.media;

import static dev.pxekit.media.TestTree.ANSWERS;
import static dev.pxekit.media.TestTree.TREE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The discs of the Red Hat family, as their directories and {@code .treeinfo} files are. */
class AnacondaTreesTest {

    private final TestTree tree = new TestTree();

    private TestTree pxeboot() throws IOException {
        return tree.has("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img");
    }

    private TestTree centos6Disc() throws IOException {
        return pxeboot()
                .has("isolinux/vmlinuz", "isolinux/initrd.img", "isolinux/isolinux.bin", "EFI/BOOT/BOOTX64.efi")
                .has("isolinux/isolinux.cfg", "EFI/BOOT/BOOTX64.conf", "images/efiboot.img", "repodata/repomd.xml")
                .text(".discinfo", "1467288207.3", "CentOS 6.8 Final", "x86_64", "1")
                .text(
                        ".treeinfo",
                        "[general]",
                        "family = CentOS",
                        "timestamp = 1463906200.8",
                        "variant = ",
                        "totaldiscs = 1",
                        "version = 6.8",
                        "discnum = 1",
                        "packagedir = ",
                        "arch = x86_64",
                        "",
                        "[images-x86_64]",
                        "kernel = images/pxeboot/vmlinuz",
                        "initrd = images/pxeboot/initrd.img",
                        "boot.iso = images/boot.iso",
                        "",
                        "[images-xen]",
                        "kernel = images/pxeboot/vmlinuz",
                        "initrd = images/pxeboot/initrd.img");
    }

    @Test
    void centos6() throws Exception {
        InstallTree found = centos6Disc().text("ks.cfg", "install").detect();
        assertThat(found).hasToString("CentOS 6.8 x86_64");
        assertThat(found.family()).isEqualTo(DistributionFamily.RED_HAT);
        assertThat(found.variant()).isEmpty();
        assertThat(found.architectures()).containsExactly("x86_64");
        assertThat(found.protocol()).isEqualTo(BootProtocol.LINUX);
        assertThat(found.bootFiles()).as("Xen's are the same files").hasSize(1);
        assertThat(tree.name(found.kernel())).isEqualTo("images/pxeboot/vmlinuz");
        assertThat(tree.names(found.packageRepositories())).containsExactly("");
        assertThat(tree.names(found.biosLoaders())).containsExactly("isolinux/isolinux.bin");
        assertThat(tree.names(found.uefiLoaders())).containsExactly("EFI/BOOT/BOOTX64.efi", "images/efiboot.img");
        assertThat(tree.names(found.bootMenus())).containsExactly("isolinux/isolinux.cfg");
        assertThat(tree.names(found.answerFiles())).containsExactly("ks.cfg");
        assertThat(found.bootArguments(TREE)).containsExactly("method=http://10.0.0.1/tree");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly("ks=http://10.0.0.1/answers");
        assertThat(found.loadsWholeImage()).isFalse();
    }

    @Test
    void aSecondDiscWithPackagesAloneIsNoTree() throws Exception {
        tree.has("Packages/zsh-4.3.11-4.el6.centos.2.x86_64.rpm", "RPM-GPG-KEY-CentOS-6")
                .text(".discinfo", "1463906200.8", "CentOS 6.8 Final", "x86_64", "2");
        assertThat(tree.isNone()).isTrue();
    }

    @Test
    void twoDiscsInOneTreeAreTheFirst() throws Exception {
        TestTree second = new TestTree()
                .has("Packages/zsh-4.3.11-4.el6.centos.2.x86_64.rpm")
                .text(".discinfo", "1463906200.8", "CentOS 6.8 Final", "x86_64", "2");
        try (FileSystem discs = Overlay.of(second.root(), centos6Disc().root())) {
            InstallTree found = InstallTree.detect(discs.getPath("/")).orElseThrow();
            assertThat(found).hasToString("CentOS 6.8 x86_64");
            assertThat(found.kernel()).isEqualTo(discs.getPath("/images/pxeboot/vmlinuz"));
            assertThat(discs.getPath("/Packages/zsh-4.3.11-4.el6.centos.2.x86_64.rpm"))
                    .isRegularFile();
        }
    }

    @Test
    void centos7KeepsItsInstallerInLiveOs() throws Exception {
        pxeboot()
                .has("LiveOS/squashfs.img", "repodata/repomd.xml", "isolinux/isolinux.bin")
                .text(
                        ".treeinfo",
                        "[general]",
                        "name = CentOS Linux-7",
                        "family = CentOS Linux",
                        "timestamp = 1480944027.47",
                        "variant = ",
                        "version = 7",
                        "packagedir = ",
                        "arch = x86_64",
                        "[stage2]",
                        "mainimage = LiveOS/squashfs.img",
                        "[images-x86_64]",
                        "kernel = images/pxeboot/vmlinuz",
                        "initrd = images/pxeboot/initrd.img");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("CentOS Linux 7 x86_64");
        assertThat(found.bootArguments(TREE)).containsExactly("inst.repo=http://10.0.0.1/tree");
    }

    @Test
    void rhel6NamesTheMetadataOfItsRepositories() throws Exception {
        pxeboot()
                .has("Server/repodata/repomd.xml", "HighAvailability/repodata/repomd.xml")
                .text(
                        ".treeinfo",
                        "[addon-HighAvailability]",
                        "id = HighAvailability",
                        "repository = HighAvailability/repodata",
                        "[general]",
                        "family = Red Hat Enterprise Linux",
                        "variant = Server",
                        "version = 6.10",
                        "arch = x86_64",
                        "[variant-Server]",
                        "addons = HighAvailability",
                        "repository = Server/repodata",
                        "[images-x86_64]",
                        "kernel = images/pxeboot/vmlinuz",
                        "initrd = images/pxeboot/initrd.img");
        InstallTree found = tree.detect();
        assertThat(found.variant()).contains("Server");
        assertThat(tree.names(found.packageRepositories())).containsExactly("HighAvailability", "Server");
        assertThat(found.bootArguments(TREE)).containsExactly("method=http://10.0.0.1/tree");
    }

    @ParameterizedTest
    @CsvSource({
        "Red Hat Enterprise Linux, RHEL, 8.10",
        "Red Hat Enterprise Linux, RHEL, 10.0",
        "Rocky Linux, Rocky, 9.3",
        "AlmaLinux, AlmaLinux, 9.4",
        "Oracle Linux, OL, 9.4",
        "CentOS Stream, CentOS-Stream, 9"
    })
    void discsWithTwoRepositories(String name, String shortName, String version) throws Exception {
        pxeboot()
                .has("BaseOS/repodata/repomd.xml", "AppStream/repodata/repomd.xml", "images/install.img")
                .has("images/eltorito.img", "EFI/BOOT/BOOTX64.EFI", "EFI/BOOT/grubx64.efi", "EFI/BOOT/grub.cfg")
                .has("boot/grub2/grub.cfg")
                .text(
                        ".treeinfo",
                        "[general]",
                        "; WARNING.0 = This section provides compatibility with pre-productmd treeinfos.",
                        "arch = x86_64",
                        "family = " + name,
                        "name = " + name + " " + version,
                        "packagedir = AppStream/Packages",
                        "platforms = x86_64,xen",
                        "repository = AppStream",
                        "variant = AppStream",
                        "variants = AppStream,BaseOS",
                        "version = " + version,
                        "[header]",
                        "type = productmd.treeinfo",
                        "[images-x86_64]",
                        "efiboot.img = images/efiboot.img",
                        "initrd = images/pxeboot/initrd.img",
                        "kernel = images/pxeboot/vmlinuz",
                        "[release]",
                        "name = " + name,
                        "short = " + shortName,
                        "version = " + version,
                        "[tree]",
                        "arch = x86_64",
                        "variants = BaseOS,AppStream",
                        "[variant-AppStream]",
                        "packages = AppStream/Packages",
                        "repository = AppStream",
                        "[variant-BaseOS]",
                        "packages = BaseOS/Packages",
                        "repository = BaseOS");
        InstallTree found = tree.detect();
        assertThat(found).hasToString(name + " " + version + " x86_64");
        assertThat(found.variant())
                .as("the repositories have variants, the system none")
                .isEmpty();
        assertThat(tree.names(found.packageRepositories())).containsExactly("BaseOS", "AppStream");
        assertThat(tree.names(found.biosLoaders())).containsExactly("images/eltorito.img");
        assertThat(tree.names(found.uefiLoaders())).containsExactly("EFI/BOOT/BOOTX64.EFI", "EFI/BOOT/grubx64.efi");
        assertThat(tree.names(found.bootMenus())).containsExactly("EFI/BOOT/grub.cfg", "boot/grub2/grub.cfg");
        assertThat(found.bootArguments(TREE)).containsExactly("inst.repo=http://10.0.0.1/tree");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly("inst.ks=http://10.0.0.1/answers");
    }

    @Test
    void repositoriesOutsideOfTheTreeDoNotCount() throws Exception {
        pxeboot()
                .has("../AppStream/repodata/repomd.xml", "repodata/repomd.xml")
                .text(
                        ".treeinfo",
                        "[tree]",
                        "arch = x86_64",
                        "variants = BaseOS,AppStream",
                        "[variant-AppStream]",
                        "repository = ../AppStream",
                        "[variant-BaseOS]",
                        "repository = .");
        assertThat(tree.names(tree.detect().packageRepositories())).containsExactly("");
    }

    @ParameterizedTest
    @CsvSource({"Server", "Everything"})
    void fedora(String variant) throws Exception {
        pxeboot()
                .has("images/install.img", "repodata/repomd.xml", "EFI/BOOT/BOOTX64.EFI")
                .text(
                        ".treeinfo",
                        "[general]",
                        "arch = x86_64",
                        "family = Fedora",
                        "name = Fedora 40",
                        "variant = " + variant,
                        "version = 40",
                        "[release]",
                        "name = Fedora",
                        "short = Fedora",
                        "version = 40",
                        "[images-x86_64]",
                        "initrd = images/pxeboot/initrd.img",
                        "kernel = images/pxeboot/vmlinuz",
                        "[tree]",
                        "arch = x86_64",
                        "variants = " + variant,
                        "[variant-" + variant + "]",
                        "repository = .");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Fedora 40 x86_64");
        assertThat(found.variant()).contains(variant);
        assertThat(found.bootArguments(TREE)).containsExactly("inst.repo=http://10.0.0.1/tree");
    }

    @Test
    void openEuler() throws Exception {
        pxeboot()
                .has("images/install.img", "repodata/repomd.xml")
                .text(
                        ".treeinfo",
                        "[general]",
                        "family = openEuler",
                        "name = openEuler-22.03-LTS-SP3",
                        "arch = aarch64",
                        "version = 22.03-LTS-SP3",
                        "packagedir = Packages",
                        "platforms = aarch64",
                        "[stage2]",
                        "mainimage = images/install.img",
                        "[images-aarch64]",
                        "kernel = images/pxeboot/vmlinuz",
                        "initrd = images/pxeboot/initrd.img");
        assertThat(tree.detect()).hasToString("openEuler 22.03-LTS-SP3 aarch64");
    }

    @Test
    void kylinServerSaysItsServicePackInProductinfo() throws Exception {
        pxeboot()
                .has("LiveOS/squashfs.img", "repodata/repomd.xml")
                .text(
                        ".productinfo",
                        "Kylin Linux Advanced Server",
                        "release V10 (SP2) /(Sword)-x86_64-Build09/20210524")
                .text(
                        ".kyinfo",
                        "[dist]",
                        "name=Kylin",
                        "milestone=Server-V10-SP2-Release-20210524",
                        "arch=x86_64",
                        "beta=False",
                        "[os]",
                        "to=")
                .text(
                        ".treeinfo",
                        "[general]",
                        "family = Kylin Linux Advanced Server",
                        "version = V10",
                        "arch = x86_64");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Kylin Linux Advanced Server V10 (SP2) x86_64");
        assertThat(found.variant()).contains("Server-V10-SP2-Release-20210524");
        assertThat(found.bootArguments(TREE)).containsExactly("inst.repo=http://10.0.0.1/tree");
    }

    @Test
    void kylinWithoutTreeinfo() throws Exception {
        pxeboot()
                .has("LiveOS/squashfs.img")
                .text(".productinfo", "Kylin Linux Advanced Server release V10 (Tercel) /aarch64-Build04")
                .text(".kyinfo", "[dist]", "name=Kylin", "arch=aarch64");
        assertThat(tree.detect()).hasToString("Kylin Linux Advanced Server V10 (Tercel) aarch64");
        assertThat(tree.detect().answerFileArguments(ANSWERS)).isNotEmpty();
    }

    @Test
    void otherKernelsOfTheTreeFollowTheFirst() throws Exception {
        pxeboot()
                .has("images/xen/vmlinuz", "images/xen/initrd.img")
                .text(
                        ".treeinfo",
                        "[general]",
                        "arch = x86_64",
                        "[images-xen]",
                        "kernel = images/xen/vmlinuz",
                        "initrd = images/xen/initrd.img",
                        "[images-x86_64]",
                        "kernel = images/pxeboot/vmlinuz",
                        "initrd = images/pxeboot/initrd.img");
        assertThat(tree.detect().bootFiles()).extracting(BootFiles::label).containsExactly("", "xen");
        assertThat(tree.name(tree.detect().kernel())).isEqualTo("images/pxeboot/vmlinuz");
    }

    @Test
    void ibmZAndPower() throws Exception {
        tree.has("images/kernel.img", "images/initrd.img").text(".discinfo", "1", "9.3", "s390x");
        assertThat(tree.name(tree.detect().kernel())).isEqualTo("images/kernel.img");
        TestTree power = new TestTree()
                .has("ppc/ppc64/vmlinuz", "ppc/ppc64/initrd.img")
                .text(".discinfo", "1", "9.3", "ppc64le");
        assertThat(power.detect().architectures()).isEqualTo(List.of("ppc64le"));
    }
}
