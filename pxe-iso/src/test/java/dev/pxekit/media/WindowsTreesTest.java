package dev.pxekit.media;

import static dev.pxekit.media.TestTree.ANSWERS;
import static dev.pxekit.media.TestTree.TREE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Discs of Windows, with images that have nothing but a header and a description. */
class WindowsTreesTest {

    private final TestTree tree = new TestTree();

    static byte[] image(String xml) {
        byte[] description = ("\ufeff" + xml).getBytes(StandardCharsets.UTF_16LE);
        return ByteBuffer.allocate(208 + description.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("MSWIM\0\0\0".getBytes(StandardCharsets.US_ASCII))
                .putInt(208)
                .putLong(72, description.length | 2L << 56)
                .putLong(80, 208)
                .putLong(88, description.length)
                .put(208, description)
                .array();
    }

    static String described(String name, int architecture, String edition, String version) {
        String[] numbers = version.split("\\.", -1);
        return "<IMAGE INDEX=\"1\"><DIRCOUNT>1</DIRCOUNT><WINDOWS><ARCH>" + architecture + "</ARCH><EDITIONID>"
                + edition
                + "</EDITIONID><INSTALLATIONTYPE>" + (edition.equals("WindowsPE") ? "WindowsPE" : "Client")
                + "</INSTALLATIONTYPE><VERSION><MAJOR>" + numbers[0] + "</MAJOR><MINOR>" + numbers[1]
                + "</MINOR><BUILD>"
                + numbers[2] + "</BUILD><SPBUILD>1</SPBUILD></VERSION></WINDOWS><NAME>" + name + "</NAME></IMAGE>";
    }

    private TestTree disc() throws IOException {
        return tree.has("bootmgr", "bootmgr.efi", "boot/bcd", "boot/boot.sdi", "boot/etfsboot.com", "setup.exe")
                .has("efi/boot/bootx64.efi", "efi/microsoft/boot/bcd", "efi/microsoft/boot/efisys.bin")
                .has("sources/boot.wim");
    }

    @Test
    void windows11() throws Exception {
        disc().has(
                        "sources/install.wim",
                        image("<WIM>" + described("Windows 11 Home", 9, "Core", "10.0.22631")
                                + described("Windows 11 Pro", 9, "Professional", "10.0.22631") + "</WIM>"))
                .has("autounattend.xml");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Windows 11 10.0.22631 amd64");
        assertThat(found.family()).isEqualTo(DistributionFamily.WINDOWS);
        assertThat(found.variant()).contains("Core, Professional");
        assertThat(found.protocol()).isEqualTo(BootProtocol.WINDOWS);
        assertThat(tree.name(found.kernel())).isEqualTo("bootmgr");
        assertThat(tree.names(found.bootFiles().get(0).modules()))
                .as("in wimboot's order")
                .containsExactly("boot/bcd", "boot/boot.sdi", "sources/boot.wim");
        assertThat(found.initrds()).isEmpty();
        assertThat(tree.names(found.biosLoaders())).containsExactly("boot/etfsboot.com");
        assertThat(tree.names(found.uefiLoaders()))
                .containsExactly("efi/boot/bootx64.efi", "bootmgr.efi", "efi/microsoft/boot/efisys.bin");
        assertThat(tree.names(found.answerFiles())).containsExactly("autounattend.xml");
        assertThat(found.bootArguments(TREE)).isEmpty();
        assertThat(found.answerFileArguments(ANSWERS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Windows Server 2022 SERVERSTANDARD, Windows Server 2022",
        "Windows Server 2012 R2 SERVERSTANDARD, Windows Server 2012 R2",
        "Windows 8.1 Pro, Windows 8.1",
        "Windows Vista BUSINESS, Windows Vista",
        "My image, Windows"
    })
    void namesWithoutTheirEdition(String name, String product) throws Exception {
        disc().has("sources/install.wim", image("<WIM>" + described(name, 9, "X", "6.3.9600") + "</WIM>"));
        assertThat(tree.detect().name()).isEqualTo(product);
    }

    @Test
    void theFirstImagesOfAnEsdAreSetupItself() throws Exception {
        disc().has(
                        "sources/install.esd",
                        image("<WIM>" + described("Windows Setup Media", 9, "WindowsPE", "10.0.19041")
                                + described("Windows 10 Home", 12, "Core", "10.0.19045") + "</WIM>"));
        InstallTree found = tree.detect();
        assertThat(found.name()).isEqualTo("Windows 10");
        assertThat(found.version()).contains("10.0.19045");
        assertThat(found.variant()).contains("Core");
    }

    @Test
    void setupsOwnImageSpeaksWhereNoOtherDoes() throws Exception {
        disc().has(
                        "sources/boot.wim",
                        image("<WIM>" + described("Microsoft Windows Setup (x64)", 9, "", "6.1.7601") + "</WIM>"))
                .text("sources/ei.cfg", "[EditionID]", "Professional", "[Channel]", "Retail", "[VL]", "0");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Windows 6.1.7601 amd64");
        assertThat(found.variant()).contains("Professional");
    }

    @Test
    void bothArchitecturesOfTheMediaCreationTool() throws Exception {
        for (String half : new String[] {"x64/", "x86/"}) {
            tree.has(half + "bootmgr", half + "bootmgr.efi", half + "boot/bcd", half + "boot/boot.sdi")
                    .has(half + "boot/etfsboot.com", half + "sources/boot.wim", half + "setup.exe");
        }
        tree.has("bootmgr", "bootmgr.efi", "boot/bcd", "boot/boot.sdi", "boot/etfsboot.com", "setup.exe")
                .has("efi/boot/bootx64.efi", "efi/boot/bootia32.efi", "efi/microsoft/boot/bcd")
                .has(
                        "x64/sources/install.esd",
                        image("<WIM>" + described("Windows 10 Home", 9, "Core", "10.0.19045") + "</WIM>"))
                .text("x64/sources/ei.cfg", "[EditionID]", "", "[Channel]", "Retail");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Windows 10 10.0.19045 amd64");
        assertThat(found.variant()).contains("Core");
        assertThat(found.architectures()).containsExactly("amd64", "x86");
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("amd64", "x86");
        assertThat(tree.name(found.kernel())).isEqualTo("x64/bootmgr");
        assertThat(tree.names(found.bootFiles().get(1).modules()))
                .containsExactly("x86/boot/bcd", "x86/boot/boot.sdi", "x86/sources/boot.wim");
        assertThat(tree.names(found.biosLoaders()))
                .containsExactly("boot/etfsboot.com", "x64/boot/etfsboot.com", "x86/boot/etfsboot.com");
        assertThat(tree.names(found.uefiLoaders()))
                .containsExactly(
                        "efi/boot/bootia32.efi",
                        "efi/boot/bootx64.efi",
                        "bootmgr.efi",
                        "x64/bootmgr.efi",
                        "x86/bootmgr.efi");
    }

    @Test
    void loadersForUefiInBothHalves() throws Exception {
        for (String half : new String[] {"x64/", "x86/"}) {
            tree.has(half + "bootmgr.efi", half + "boot/bcd", half + "boot/boot.sdi", half + "sources/boot.wim");
        }
        tree.has("x64/efi/boot/bootx64.efi", "x86/efi/boot/bootia32.efi");
        InstallTree found = tree.detect();
        assertThat(tree.name(found.kernel())).isEqualTo("x64/bootmgr.efi");
        assertThat(tree.names(found.uefiLoaders()))
                .containsExactly(
                        "x64/efi/boot/bootx64.efi", "x64/bootmgr.efi", "x86/efi/boot/bootia32.efi", "x86/bootmgr.efi");
    }

    @ParameterizedTest
    @CsvSource({"0, x86 amd64", "9, amd64", "12, arm64 amd64"})
    void theDiscAtTheRootComesFirst(int architecture, String all) throws Exception {
        disc().has("x64/bootmgr", "x64/boot/bcd", "x64/boot/boot.sdi", "x64/sources/boot.wim")
                .has(
                        "sources/install.wim",
                        image("<WIM>" + described("Windows 10 Home", architecture, "Core", "10.0.19045") + "</WIM>"));
        InstallTree found = tree.detect();
        assertThat(tree.name(found.kernel())).isEqualTo("bootmgr");
        assertThat(found.bootFiles()).extracting(BootFiles::label).containsExactly("", "amd64");
        assertThat(found.architectures()).containsExactly(all.split(" ", -1));
    }

    @Test
    void theDiscAtTheRootIsKnownByItsLoadersToo() throws Exception {
        tree.has("boot/bcd", "boot/boot.sdi", "sources/boot.wim", "efi/boot/bootaa64.efi")
                .has("x86/bootmgr", "x86/boot/bcd", "x86/boot/boot.sdi", "x86/sources/boot.wim");
        assertThat(tree.detect().architectures()).containsExactly("arm64", "x86");
    }

    @Test
    void thereIsNoHalfForArm64() throws Exception {
        tree.has("arm64/bootmgr.efi", "arm64/boot/bcd", "arm64/boot/boot.sdi", "arm64/sources/boot.wim");
        assertThat(tree.isNone()).isTrue();
    }

    @Test
    void oneHalfOfTwoIsEnough() throws Exception {
        tree.has("x86/bootmgr", "x86/boot/bcd", "x86/boot/boot.sdi", "x86/sources/boot.wim", "x64/sources/boot.wim");
        assertThat(tree.detect().architectures()).containsExactly("x86");
    }

    @Test
    void winPeAlone() throws Exception {
        disc().has(
                        "sources/boot.wim",
                        image("<WIM>" + described("Microsoft Windows PE (amd64)", 9, "WindowsPE", "10.0.22621")
                                + "</WIM>"));
        assertThat(tree.detect()).hasToString("Windows PE 10.0.22621 amd64");
    }

    @Test
    void winPeBesideSetupIsSetup() throws Exception {
        disc().has(
                        "sources/boot.wim",
                        image("<WIM>" + described("Microsoft Windows PE (x64)", 9, "WindowsPE", "6.3.9600")
                                + described("Microsoft Windows Setup (x64)", 9, "WindowsPE", "6.3.9600") + "</WIM>"));
        assertThat(tree.detect()).hasToString("Windows 6.3.9600 amd64");
    }

    @Test
    void buildFilesSpeakWhereNoImageDoes() throws Exception {
        disc().text("sources/idwbinfo.txt", "[BUILDINFO]", "BuildArch=x86", "BuildType=fre", "BuildBranch=win7sp1_rtm");
        InstallTree found = tree.detect();
        assertThat(found).hasToString("Windows win7sp1_rtm x86");
    }

    @Test
    void upperCaseAndUefiAlone() throws Exception {
        tree.has("BOOT/BCD", "BOOT/BOOT.SDI", "SOURCES/BOOT.WIM", "EFI/BOOT/BOOTAA64.EFI");
        InstallTree found = tree.detect();
        assertThat(tree.name(found.kernel())).isEqualTo("EFI/BOOT/BOOTAA64.EFI");
        assertThat(found.architectures()).containsExactly("arm64");
    }

    @Test
    void descriptionsThatPointAstrayAreLeftOut() throws Exception {
        byte[] sound = image("<WIM>" + described("Windows 11 Pro", 9, "Core", "10.0.1") + "</WIM>");
        long[][] wrong = {
            {1L << 40, 208},
            {100, Long.MAX_VALUE},
            {100, -1},
            {100, 0},
            {0xff_ffff_ffff_ffffL, 208},
            {100 | 4L << 56, 208}
        };
        for (long[] header : wrong) {
            byte[] bent = ByteBuffer.wrap(sound.clone())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(72, header[0])
                    .putLong(80, header[1])
                    .array();
            disc().has("sources/install.wim", bent);
            assertThat(tree.detect().name())
                    .as("%x at %x", header[0], header[1])
                    .isEqualTo("Windows");
        }
        disc().has("sources/install.wim", new byte[100]);
        assertThat(tree.detect().version()).isEmpty();
    }
}
