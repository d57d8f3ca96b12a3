package dev.pxekit.media;

import static dev.pxekit.media.TestTree.ANSWERS;
import static dev.pxekit.media.TestTree.TREE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Discs of VMware ESXi. */
class EsxiTreesTest {

    private final TestTree tree = new TestTree();

    @Test
    void esxi7() throws Exception {
        tree.has("b.b00", "jumpstrt.gz", "useropts.gz", "k.b00", "mboot.c32", "isolinux.bin", "ks.cfg")
                .has("efi/boot/bootx64.efi", "efiboot.img")
                .text("isolinux.cfg", "DEFAULT menu.c32", "MENU TITLE ESXi-7.0U3g-20328353-standard Boot Menu")
                .text(
                        "boot.cfg",
                        "bootstate=0",
                        "title=Loading ESXi installer",
                        "timeout=5",
                        "prefix=",
                        "kernel=/b.b00",
                        "kernelopt=runweasel cdromBoot",
                        "modules=/jumpstrt.gz --- /useropts.gz --- /k.b00",
                        "build=7.0.3-0.50.20328353",
                        "updated=0");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("VMware ESXi 7.0.3-0.50.20328353 x86_64");
        assertThat(found.family()).isEqualTo(DistributionFamily.ESXI);
        assertThat(found.variant()).contains("standard");
        assertThat(found.protocol()).isEqualTo(BootProtocol.ESXI);
        assertThat(tree.name(found.kernel())).isEqualTo("b.b00");
        assertThat(tree.names(found.bootFiles().get(0).modules()))
                .containsExactly("jumpstrt.gz", "useropts.gz", "k.b00");
        assertThat(found.initrds()).as("modules are no initrds").isEmpty();
        assertThat(tree.names(found.biosLoaders())).containsExactly("isolinux.bin", "mboot.c32");
        assertThat(tree.names(found.uefiLoaders())).containsExactly("efi/boot/bootx64.efi", "efiboot.img");
        assertThat(tree.names(found.bootMenus())).containsExactly("isolinux.cfg", "boot.cfg");
        assertThat(tree.names(found.answerFiles())).containsExactly("ks.cfg");
        assertThat(found.bootArguments(TREE)).containsExactly("runweasel");
        assertThat(found.answerFileArguments(ANSWERS)).containsExactly("ks=http://10.0.0.1/answers");
    }

    @Test
    void namesAsADiscWithoutRockRidgeHasThem() throws Exception {
        tree.has("TBOOT.B00", "B.B00", "EFI/BOOT/BOOTX64.EFI")
                .text("BOOT.CFG", "kernel=/tboot.b00", "kernelopt=runweasel", "modules=/b.b00", "build=");
        InstallTree found = tree.detect();
        assertThat(tree.name(found.kernel())).isEqualTo("TBOOT.B00");
        assertThat(tree.names(found.bootFiles().get(0).modules())).containsExactly("B.B00");
        assertThat(found.version()).isEmpty();
    }

    @Test
    void esxi55SaysItsVersionElsewhere() throws Exception {
        tree.has("tboot.b00", "b.b00")
                .text("boot.cfg", "kernel=/tboot.b00", "modules=/b.b00", "build=")
                .text("isolinux.cfg", "MENU TITLE ESXi-5.5.0-1331820-standard Boot Menu");
        assertThat(tree.detect().version()).contains("5.5.0");
        tree.text(
                "upgrade/metadata.xml",
                "<vum><product><esxVersion>5.5.0</esxVersion><esxBuildNumber>1331820</esxBuildNumber></product></vum>");
        assertThat(tree.detect().version()).contains("5.5.0");
        assertThat(tree.detect().architectures()).containsExactly("x86_64");
    }

    @Test
    void answersOnTheDiscAreNotForTheNetwork() throws Exception {
        tree.has("b.b00", "k.b00", "ks_cust.cfg")
                .text(
                        "boot.cfg",
                        "kernel=/b.b00",
                        "kernelopt=runweasel ks=cdrom:/KS_CUST.CFG cdromBoot",
                        "modules=/k.b00");
        assertThat(tree.detect().bootArguments(TREE)).containsExactly("runweasel");
        assertThat(tree.names(tree.detect().answerFiles())).containsExactly("ks_cust.cfg");
    }

    @Test
    void aPrefixStandsBeforeNamesWithoutASlash() throws Exception {
        tree.has("esxi/b.b00", "esxi/k.b00", "root.b00")
                .text("boot.cfg", "prefix=/esxi", "kernel=b.b00", "modules=k.b00 --- /root.b00");
        assertThat(tree.names(tree.detect().bootFiles().get(0).modules())).containsExactly("esxi/k.b00", "root.b00");
    }

    @Test
    void aPrefixThatIsAUrlLeavesTheNames() throws Exception {
        tree.has("b.b00", "k.b00").text("boot.cfg", "prefix=http://10.0.0.1/esxi", "kernel=b.b00", "modules=k.b00");
        assertThat(tree.name(tree.detect().kernel())).isEqualTo("b.b00");
    }

    @Test
    void lacksAModuleAndSoIsNoTree() throws Exception {
        tree.has("b.b00").text("boot.cfg", "kernel=/b.b00", "modules=/k.b00");
        assertThat(tree.isNone()).isTrue();
    }

    @Test
    void namesThatLeadOutDoNotCount() throws Exception {
        tree.has("k.b00").has("../b.b00").text("boot.cfg", "kernel=../b.b00", "modules=/k.b00");
        assertThat(tree.isNone()).isTrue();
    }
}
