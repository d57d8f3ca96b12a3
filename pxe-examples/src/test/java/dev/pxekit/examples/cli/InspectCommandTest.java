package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.FlatImage;
import dev.pxekit.testkit.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

    private static final byte[] EFI_SYSTEM_PARTITION = {
        0x28,
        0x73,
        0x2a,
        (byte) 0xc1,
        0x1f,
        (byte) 0xf8,
        (byte) 0xd2,
        0x11,
        (byte) 0xba,
        0x4b,
        0,
        (byte) 0xa0,
        (byte) 0xc9,
        0x3e,
        (byte) 0xc9,
        0x3b
    };

    @TempDir
    private Path directory;

    private Path demo() throws IOException {
        Path copy = directory.resolve("demo.iso");
        try (DemoImage demo = DemoImage.unpack()) {
            Files.copy(demo.file(), copy);
        }
        return copy;
    }

    private Path flat(String name, FlatImage image) throws IOException {
        return Files.write(directory.resolve(name), image.build());
    }

    private Path esxi() throws IOException {
        return flat(
                "esxi.iso",
                new FlatImage()
                        .file("B.B00", "kernel")
                        .file(
                                "BOOT.CFG",
                                "kernel=/b.b00",
                                "kernelopt=runweasel cdromBoot",
                                "modules=/k.b00",
                                "build=8.0.2")
                        .file("K.B00", "module"));
    }

    private Path tree(String... files) throws IOException {
        Path root = directory.resolve("tree");
        for (String file : files) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "");
        }
        return root;
    }

    private static JsonObject json(CommandRun run) {
        return JsonObject.parse(run.assertDone().out());
    }

    @Test
    void showsAnImageToPeople() throws IOException {
        Path image = demo();
        String out = CommandRun.of("inspect", image.toString()).assertDone().out();
        assertThat(out)
                .startsWith(image.toString())
                .containsPattern("views +rock_ridge \\(shown\\)")
                .containsPattern("installs +PXE Kit Demo 9\\.0")
                .containsPattern("architectures +x86_64")
                .containsPattern("starts +images/pxeboot/vmlinuz with images/pxeboot/initrd\\.img")
                .containsPattern("with \\(tree URL\\) +inst\\.repo=URL")
                .containsPattern("answers by +inst\\.ks=URL");
    }

    @Test
    void printsAnObjectForEachImage() throws IOException {
        List<String> lines = CommandRun.of("inspect", "--json", demo().toString(), esxi().toString())
                .assertDone()
                .out()
                .lines()
                .toList();
        assertThat(lines).hasSize(2);
        JsonObject demo = JsonObject.parse(lines.get(0));
        assertThat(demo.text("kind")).isEqualTo("image");
        assertThat(demo.number("size")).isEqualTo(Files.size(directory.resolve("demo.iso")));
        assertThat(demo.texts("views")).contains("rock_ridge");
        assertThat(demo.text("view")).isEqualTo("rock_ridge");
        JsonObject tree = demo.object("installTree");
        assertThat(tree.text("family")).isEqualTo("red_hat");
        assertThat(tree.text("name")).isEqualTo("PXE Kit Demo");
        assertThat(tree.text("protocol")).isEqualTo("linux");
        assertThat(tree.texts("bootArguments")).containsExactly("inst.repo=URL");
        assertThat(tree.objects("bootFiles").get(0).text("kernel")).isEqualTo("images/pxeboot/vmlinuz");
        JsonObject esxi = JsonObject.parse(lines.get(1));
        assertThat(esxi.text("volume")).isEqualTo("FLAT");
        assertThat(esxi.texts("views")).containsExactly("plain");
        assertThat(esxi.object("installTree").text("family")).isEqualTo("esxi");
        assertThat(esxi.object("installTree").texts("bootArguments")).containsExactly("runweasel");
        assertThat(esxi.object("installTree").objects("bootFiles").get(0).texts("modules"))
                .containsExactly("K.B00");
    }

    @Test
    void countsTheModulesOfEsxi() throws IOException {
        assertThat(CommandRun.of("inspect", esxi().toString()).assertDone().out())
                .containsPattern("installs +VMware ESXi 8\\.0\\.2")
                .containsPattern("starts +B\\.B00 with 1 modules from K\\.B00 to K\\.B00")
                .contains("boot menus      BOOT.CFG");
    }

    @Test
    void showsADirectoryToo() throws IOException {
        Path root = tree(
                "casper/vmlinuz", "casper/initrd", "casper/hwe-vmlinuz", "casper/hwe-initrd", "dists/jammy/Release");
        JsonObject found = json(CommandRun.of("inspect", "--json", root.toString()));
        assertThat(found.text("kind")).isEqualTo("directory");
        assertThat(found.has("views")).isFalse();
        JsonObject tree = found.object("installTree");
        assertThat(tree.text("urlOf")).isEqualTo("image");
        assertThat(tree.texts("packageRepositories")).containsExactly(".");
        assertThat(tree.objects("bootFiles").get(1).text("label")).isEqualTo("hwe");
        assertThat(CommandRun.of("inspect", root.toString()).assertDone().out())
                .contains("casper/vmlinuz with casper/initrd")
                .contains("hwe: casper/hwe-vmlinuz with casper/hwe-initrd")
                .containsPattern("with \\(image URL\\) +boot=casper");
    }

    @Test
    void showsThatALiveSystemWantsNfs() throws IOException {
        Path root = tree("casper/vmlinuz", "casper/initrd", ".disk/info");
        Files.writeString(
                root.resolve(".disk/info"), "Ubuntu-Server 18.04.6 LTS \"Bionic Beaver\" - Release amd64 (20210915)");
        assertThat(CommandRun.of("inspect", root.toString()).assertDone().out())
                .contains("with (NFS URL)  boot=casper ip=dhcp netboot=nfs nfsroot=HOST:/PATH")
                .doesNotContain("answers by");
        JsonObject found =
                json(CommandRun.of("inspect", "--json", root.toString())).object("installTree");
        assertThat(found.text("urlOf")).isEqualTo("nfs");
        assertThat(found.texts("bootArguments")).contains("nfsroot=HOST:/PATH");
        assertThat(found.texts("answerFileArguments")).isEmpty();
    }

    @Test
    void showsThePartsOfTheUrlWhereTheInstallerWantsThem() throws IOException {
        String netboot = "install/netboot/ubuntu-installer/amd64/";
        Path root = tree(netboot + "linux", netboot + "initrd.gz", "install/filesystem.squashfs");
        assertThat(CommandRun.of("inspect", root.toString()).assertDone().out())
                .contains("mirror/http/hostname=HOST mirror/http/directory=/PATH")
                .contains("live-installer/net-image=http://HOST/PATH/install/filesystem.squashfs");
    }

    @Test
    void showsAMiniIsoOfDebian() throws IOException {
        Path root = tree("linux", "initrd.gz", "isolinux.bin", "boot/grub/x86_64-efi/linux.mod", ".disk/info");
        Files.writeString(
                root.resolve(".disk/info"),
                "Debian GNU/Linux 12 (bookworm) amd64 - netboot mini.iso 20230607+deb12u5\n");
        assertThat(CommandRun.of("inspect", root.toString()).assertDone().out())
                .containsPattern("installs +Debian GNU/Linux 12\\R")
                .containsPattern("variant +netboot mini\\.iso")
                .containsPattern("starts +linux with initrd\\.gz");
    }

    @Test
    void showsBothHalvesOfWindowsMedia() throws IOException {
        Path root = tree(
                "x64/bootmgr",
                "x64/boot/bcd",
                "x64/boot/boot.sdi",
                "x64/sources/boot.wim",
                "x86/bootmgr",
                "x86/boot/bcd",
                "x86/boot/boot.sdi",
                "x86/sources/boot.wim");
        assertThat(CommandRun.of("inspect", root.toString()).assertDone().out())
                .containsPattern("architectures +amd64, x86")
                .contains("amd64: x64/bootmgr with x64/boot/bcd x64/boot/boot.sdi x64/sources/boot.wim")
                .contains("x86: x86/bootmgr with x86/boot/bcd x86/boot/boot.sdi x86/sources/boot.wim");
    }

    @Test
    void whatInstallsNothingIsNoFailure() throws IOException {
        Path image = flat("text.iso", new FlatImage().file("README.TXT", "hello"));
        assertThat(CommandRun.of("inspect", image.toString()).assertDone().out())
                .contains("nothing that PXE Kit knows");
        assertThat(json(CommandRun.of("inspect", "--json", image.toString())).has("installTree"))
                .isFalse();
    }

    @Test
    void showsThePartitionsOfHybridImages() throws IOException {
        byte[] image = Arrays.copyOf(new FlatImage().file("README.TXT", "hello").build(), 1 << 20);
        ByteBuffer table = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        table.put(446 + 16 + 4, (byte) 0xef).putInt(446 + 16 + 8, 100).putInt(446 + 16 + 12, 200);
        table.putShort(510, (short) 0xaa55);
        table.put(512, "EFI PART".getBytes(StandardCharsets.US_ASCII));
        table.putLong(512 + 72, 2).putInt(512 + 80, 4).putInt(512 + 84, 128);
        table.put(1024, EFI_SYSTEM_PARTITION).putLong(1024 + 32, 100).putLong(1024 + 40, 299);
        Path file = Files.write(directory.resolve("hybrid.iso"), image);
        List<JsonObject> partitions =
                json(CommandRun.of("inspect", "--json", file.toString())).objects("partitions");
        assertThat(partitions).extracting(partition -> partition.text("table")).containsExactly("MBR", "GPT");
        assertThat(partitions)
                .extracting(partition -> partition.number("number"))
                .containsExactly(2L, 1L);
        assertThat(partitions.get(1).text("type")).isEqualTo("c12a7328-f81f-11d2-ba4b-00a0c93ec93b");
        assertThat(partitions)
                .extracting(partition -> partition.number("firstSector"))
                .containsExactly(100L, 100L);
        assertThat(partitions)
                .extracting(partition -> partition.number("sectors"))
                .containsExactly(200L, 200L);
        assertThat(CommandRun.of("inspect", file.toString()).assertDone().out())
                .contains("MBR 2: type 0xef (EFI system partition), 102,400 bytes at sector 100");
    }

    @Test
    void partitionTablesThatLieAreLeftOut() throws IOException {
        byte[] image = new FlatImage().file("README.TXT", "hello").build();
        ByteBuffer table = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        table.putShort(510, (short) 0xaa55);
        table.put(512, "EFI PART".getBytes(StandardCharsets.US_ASCII));
        for (long[] header :
                new long[][] {{Long.MAX_VALUE, 4, 128}, {-1, 4, 128}, {2, -1, 128}, {2, 4, 1 << 30}, {2, 4, 0}}) {
            table.putLong(512 + 72, header[0]).putInt(512 + 80, (int) header[1]).putInt(512 + 84, (int) header[2]);
            Path file = Files.write(directory.resolve("lies.iso"), image);
            assertThat(json(CommandRun.of("inspect", "--json", file.toString())).objects("partitions"))
                    .isEmpty();
        }
    }

    /** An image that boots, whose root has a record after the first that is shorter than any can be. */
    private Path damaged() throws IOException {
        byte[] image = new FlatImage()
                .file("FIRST.TXT", "boot")
                .file("SECOND.TXT", "x")
                .build();
        ByteBuffer buffer =
                ByteBuffer.wrap(Arrays.copyOf(image, image.length + 2048)).order(ByteOrder.LITTLE_ENDIAN);
        int root = 18 * 2048;
        buffer.put(root + 2 * 34 + 44, (byte) 20);
        int terminator = 17 * 2048;
        buffer.put(terminator, "\0CD001\1EL TORITO SPECIFICATION".getBytes(StandardCharsets.US_ASCII));
        int catalog = image.length;
        buffer.putInt(terminator + 0x47, catalog / 2048);
        buffer.put(catalog, (byte) 1).putShort(catalog + 28, (short) 0x55aa).putShort(catalog + 30, (short) 0xaa55);
        buffer.put(catalog + 32, (byte) 0x88).putShort(catalog + 38, (short) 4).putInt(catalog + 40, 19);
        return Files.write(directory.resolve("damaged.iso"), buffer.array());
    }

    @Test
    void showsWhatItCanOfADamagedImage() throws IOException {
        Path image = damaged();
        assertThat(CommandRun.of("inspect", image.toString()).assertDone().out())
                .containsPattern("volume +FLAT")
                .containsPattern("views +plain")
                .contains("2,048 bytes at sector 19: /FIRST.TXT")
                .containsPattern("installs +unknown: directory record length: 20 .*");
        JsonObject found = json(CommandRun.of("inspect", "--json", image.toString()));
        assertThat(found.text("volume")).isEqualTo("FLAT");
        assertThat(found.objects("boots").get(0).text("path")).isEqualTo("/FIRST.TXT");
        assertThat(found.text("bootFault")).isEmpty();
        assertThat(found.has("installTree")).isFalse();
        assertThat(found.text("treeFault")).startsWith("directory record length: 20");
    }

    @Test
    void showsBootEntriesWhoseFileADamagedImageMayHave() throws IOException {
        Path image = damaged();
        byte[] bytes = Files.readAllBytes(image);
        bytes[bytes.length - 2048 + 40] = 20;
        Files.write(image, bytes);
        assertThat(CommandRun.of("inspect", image.toString()).assertDone().out())
                .contains("2,048 bytes at sector 20: file unknown: directory record length: 20");
        JsonObject entry = json(CommandRun.of("inspect", "--json", image.toString()))
                .objects("boots")
                .get(0);
        assertThat(entry.text("path")).isEmpty();
        assertThat(entry.text("pathFault")).startsWith("directory record length: 20");
    }

    @Test
    void showsTheViewThatIsAskedFor() throws IOException {
        JsonObject found = json(CommandRun.of("inspect", "--json", "--view", "plain", demo().toString()));
        assertThat(found.text("view")).isEqualTo("plain");
        assertThat(found.object("installTree").objects("bootFiles").get(0).text("kernel"))
                .isEqualTo("IMAGES/PXEBOOT/VMLINUZ");
    }

    @Test
    void viewsThatAreNotThere() throws IOException {
        CommandRun.of("inspect", "--view", "joliet", esxi().toString()).assertFailed("esxi.iso", "JOLIET");
        CommandRun.of("inspect", "--view", "nope", esxi().toString()).assertWrongUsage("--view");
        CommandRun.of("inspect", "--view", "plain", directory.toString()).assertFailed("--view", "is a directory");
    }

    @Test
    void goesOnAfterAnImageThatCannotBeRead() throws IOException {
        Path none = Files.writeString(directory.resolve("none.iso"), "no image");
        CommandRun run = CommandRun.of("inspect", "--json", none.toString(), demo().toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("none.iso");
        assertThat(run.out().lines()).hasSize(1);
    }

    @Test
    void whatIsNoImage() throws IOException {
        CommandRun.of("inspect", directory.resolve("nope.iso").toString()).assertFailed("no such image", "nope.iso");
        Path text = Files.writeString(directory.resolve("text.iso"), "no image at all");
        CommandRun.of("inspect", text.toString()).assertFailed("text.iso", "can't be read as an image");
        CommandRun.of("inspect").assertWrongUsage("IMAGE");
    }

    @Test
    void namesFromImagesCannotSteerTheTerminal() throws IOException {
        Path root = tree("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img");
        Files.writeString(root.resolve(".treeinfo"), "[general]\nfamily = E\u001b[31mvil\nversion = 9\n");
        assertThat(CommandRun.of("inspect", root.toString()).assertDone().out())
                .contains("E\\u001b[31mvil 9")
                .doesNotContain("\u001b");
    }
}
