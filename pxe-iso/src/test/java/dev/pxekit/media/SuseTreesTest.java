package dev.pxekit.media;

import static dev.pxekit.media.TestTree.ANSWERS;
import static dev.pxekit.media.TestTree.TREE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Discs with YaST. */
class SuseTreesTest {

    private final TestTree tree = new TestTree();

    @Test
    void leap() throws Exception {
        tree.has("boot/x86_64/loader/linux", "boot/x86_64/loader/initrd", "boot/x86_64/loader/isolinux.bin")
                .has("boot/x86_64/loader/isolinux.cfg", "boot/x86_64/efi", "boot/x86_64/root", "repodata/repomd.xml")
                .has("EFI/BOOT/bootx64.efi", "EFI/BOOT/grub.cfg", "autoinst.xml")
                .text("media.1/products", "/ openSUSE-Leap 15.6-1");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("openSUSE-Leap 15.6 x86_64");
        assertThat(found.family()).isEqualTo(DistributionFamily.SUSE);
        assertThat(tree.name(found.kernel())).isEqualTo("boot/x86_64/loader/linux");
        assertThat(tree.names(found.packageRepositories())).containsExactly("");
        assertThat(tree.names(found.biosLoaders())).containsExactly("boot/x86_64/loader/isolinux.bin");
        assertThat(tree.names(found.uefiLoaders())).containsExactly("EFI/BOOT/bootx64.efi", "boot/x86_64/efi");
        assertThat(tree.names(found.bootMenus()))
                .containsExactly("boot/x86_64/loader/isolinux.cfg", "EFI/BOOT/grub.cfg");
        assertThat(tree.names(found.answerFiles())).containsExactly("autoinst.xml");
        assertThat(found.bootArguments(TREE)).containsExactly("install=http://10.0.0.1/tree");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly("autoyast=http://10.0.0.1/answers");
    }

    @Test
    void aRepositoryWithTreeinfoIsNotAnacondas() throws Exception {
        tree.has("boot/aarch64/linux", "boot/aarch64/initrd")
                .text(
                        ".treeinfo",
                        "[release]",
                        "name = openSUSE Tumbleweed",
                        "version = 20240101",
                        "[images-aarch64]",
                        "kernel = boot/aarch64/linux",
                        "initrd = boot/aarch64/initrd");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("openSUSE Tumbleweed 20240101 aarch64");
        assertThat(found.bootArguments(TREE)).containsExactly("install=http://10.0.0.1/tree");
    }

    @Test
    void enterpriseServer11() throws Exception {
        tree.has("boot/x86_64/loader/linux", "boot/x86_64/loader/initrd")
                .text("content", "NAME SUSE_SLES", "VERSION 11.4-1.109", "LABEL SUSE Linux Enterprise Server 11 SP4");
        assertThat(tree.detect()).hasToString("SUSE Linux Enterprise Server 11 SP4 11.4-1.109 x86_64");
    }
}
