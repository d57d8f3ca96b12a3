package dev.pxekit.iso;

import static dev.pxekit.iso.TestImage.concat;
import static dev.pxekit.iso.TestImage.directory;
import static dev.pxekit.iso.TestImage.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ISO 9660 without extensions, and Joliet. */
class PlainViewTest {

    @Test
    void stripsVersionAndDotOfEmptyExtension() throws IOException {
        TestImage image = new TestImage(
                file("VMLINUZ.;1", "a"), file("README.TXT;1", "b"), file("NODOT", "c"), file("EMPTY.", "d"));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("VMLINUZ", "README.TXT", "NODOT", "EMPTY");
        }
    }

    @Test
    void keepsDotsAndSemicolonsOfNamesThatAreNoInterchangeNames() throws IOException {
        TestImage image = new TestImage(file("trailing.dot.", "a"), file("semi;colon.txt", "b"), file("a.tar.gz", "c"));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("trailing.dot.", "semi;colon.txt", "a.tar.gz");
        }
    }

    @Test
    void showsHighestVersion() throws IOException {
        TestImage image = new TestImage(file("A.TXT;1", "old"), file("A.TXT;3", "new"), file("A.TXT;2", "middle"));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("A.TXT");
            assertThat(Files.readString(iso.getPath("/A.TXT"))).isEqualTo("new");
        }
    }

    @Test
    void findsNamesRegardlessOfCaseAndTellsTheRealOne() throws IOException {
        TestImage image = new TestImage(directory("IMAGES", file("INITRD.IMG;1", "x")));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readString(iso.getPath("/images/initrd.img"))).isEqualTo("x");
            assertThat(iso.getPath("/images/initrd.img").toRealPath()).hasToString("/IMAGES/INITRD.IMG");
        }
    }

    @Test
    void prefersExactCase() throws IOException {
        TestImage image = new TestImage(file("FILE", "upper"), file("file", "lower"));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readString(iso.getPath("/file"))).isEqualTo("lower");
            assertThat(Files.readString(iso.getPath("/FILE"))).isEqualTo("upper");
        }
    }

    @Test
    void joinsExtentsOfOneFile() throws IOException {
        TestImage image = new TestImage(
                file("BIG.BIN;1", "a".repeat(2048)).flags(0x80),
                file("BIG.BIN;1", "b".repeat(2048)).flags(0x80),
                file("BIG.BIN;1", "c"),
                file("NEXT.BIN;1", "d"));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("BIG.BIN", "NEXT.BIN");
            assertThat(Files.readString(iso.getPath("/BIG.BIN"))).isEqualTo("a".repeat(2048) + "b".repeat(2048) + "c");
        }
    }

    @Test
    void takesMoreExtentsThanFollowForWhatThereIs() throws IOException {
        try (FileSystem iso = Images.open(new TestImage(file("M.BIN;1", "all").flags(0x80)))) {
            assertThat(Files.readString(iso.getPath("/M.BIN"))).isEqualTo("all");
        }
    }

    @Test
    void doesNotJoinExtentsOfAnotherName() throws IOException {
        TestImage image = new TestImage(file("A.BIN;1", "a").flags(0x80), file("B.BIN;1", "b"));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readString(iso.getPath("/B.BIN"))).isEqualTo("b");
            assertThatThrownBy(() -> Files.readString(iso.getPath("/A.BIN")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("another name");
        }
    }

    @Test
    void skipsExtendedAttributeRecords() throws IOException {
        TestImage image = new TestImage(
                file("A.TXT;1", "content").extendedAttributes(2),
                directory("D", file("B.TXT;1", "inside")).extendedAttributes(3),
                file("M.TXT;1", "a".repeat(2048)).extendedAttributes(1).flags(0x80),
                file("M.TXT;1", "b").extendedAttributes(2));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readString(iso.getPath("/A.TXT"))).isEqualTo("content");
            assertThat(Files.readString(iso.getPath("/D/B.TXT"))).isEqualTo("inside");
            assertThat(Files.readString(iso.getPath("/M.TXT"))).isEqualTo("a".repeat(2048) + "b");
        }
    }

    @Test
    void readsSizesAsUnsigned() throws IOException {
        try (FileSystem iso = Images.open(new TestImage(file("HUGE;1", "x").length(0xffff_f800L)))) {
            assertThat(Files.size(iso.getPath("/HUGE"))).isEqualTo(4_294_965_248L);
        }
    }

    @Test
    void joinsRecordsToFilesOfMoreThanFourGigabytes(@TempDir Path directory) throws IOException {
        long longest = 0xffff_f800L;
        int blocks = (int) (longest / 2048);
        TestImage image = new TestImage(
                file("BIG;1", "").length(longest).location(30).flags(0x80),
                file("BIG;1", "").length(5000).location(30 + blocks),
                file("APART;1", "").length(longest).location(31).flags(0x80),
                file("APART;1", "").length(5000).location(30));
        Path path = Files.write(directory.resolve("sparse.iso"), image.build());
        try (FileChannel sparse = FileChannel.open(path, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}), 30 * 2048L + longest - 1);
            sparse.write(ByteBuffer.wrap(new byte[1]), 30 * 2048L + longest + 4999);
        }
        try (FileSystem iso = IsoFileSystems.open(path);
                FileChannel big = FileChannel.open(iso.getPath("/BIG"));
                FileChannel apart = FileChannel.open(iso.getPath("/APART"))) {
            assertThat(Files.size(iso.getPath("/BIG"))).isEqualTo(4_294_970_248L);
            assertThat(big.size()).isEqualTo(4_294_970_248L);
            ByteBuffer buffer = ByteBuffer.allocate(4);
            assertThat(big.read(buffer, longest - 2)).isEqualTo(4);
            assertThat(buffer.array()).containsExactly(0, 'a', 'b', 'c');
            assertThat(big.map(FileChannel.MapMode.READ_ONLY, longest - 1, 3).get(1))
                    .isEqualTo((byte) 'b');
            assertThat(apart.read(buffer.clear(), longest - 2048)).isEqualTo(4);
            assertThat(buffer.array()).containsExactly('b', 'c', 0, 0);
            assertThat(apart.read(buffer.clear(), longest + 4998)).isEqualTo(2);
        }
    }

    @Test
    void countsExtentsInSmallBlocks() throws IOException {
        TestImage image = new TestImage(directory("D", file("A.TXT;1", "content"))).blockSize(512);
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readString(iso.getPath("/D/A.TXT"))).isEqualTo("content");
        }
    }

    @Test
    void readsDirectoriesOfManySectors() throws IOException {
        TestImage.Entry[] files = new TestImage.Entry[200];
        for (int i = 0; i < files.length; i++) {
            files[i] = file("FILE%04d.TXT;1".formatted(i), "" + i);
        }
        try (FileSystem iso = Images.open(new TestImage(directory("D", files).sectors(8)))) {
            assertThat(Images.list(iso.getPath("/D"))).hasSize(200).contains("FILE0000.TXT", "FILE0199.TXT");
        }
    }

    @Test
    void hidesAssociatedFiles() throws IOException {
        TestImage image = new TestImage(file("A.TXT;1", "fork").flags(4), file("A.TXT;1", "data"));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readString(iso.getPath("/A.TXT"))).isEqualTo("data");
        }
    }

    @Test
    void readsInterleavedFiles() throws IOException {
        byte[] extent = concat(block('a'), block('b'), block('A'), block('c'), block('d'), block('B'), block('e'));
        TestImage image = new TestImage(
                file("TWO.TXT;1", extent).length(4 * 2048 + 3).interleaved(2, 1),
                file("ONE.TXT;1", block('x')).length(5).interleaved(2, 1),
                file("TOUCH.TXT;1", concat(block('y'), block('z'))).interleaved(1, 0));
        try (FileSystem iso = Images.open(image)) {
            byte[] two = concat(block('a'), block('b'), block('c'), block('d'), "eee".getBytes(StandardCharsets.UTF_8));
            assertThat(Files.readAllBytes(iso.getPath("/TWO.TXT"))).isEqualTo(two);
            assertThat(Files.readString(iso.getPath("/ONE.TXT"))).isEqualTo("xxxxx");
            assertThat(Files.readAllBytes(iso.getPath("/TOUCH.TXT"))).isEqualTo(concat(block('y'), block('z')));
            try (FileChannel channel = FileChannel.open(iso.getPath("/TWO.TXT"))) {
                ByteBuffer buffer = ByteBuffer.allocate(4);
                channel.read(buffer, 2 * 2048 - 2);
                assertThat(buffer.array()).isEqualTo("bbcc".getBytes(StandardCharsets.UTF_8));
                ByteArrayOutputStream sent = new ByteArrayOutputStream();
                channel.transferTo(0, Long.MAX_VALUE, Channels.newChannel(sent));
                assertThat(sent.toByteArray()).isEqualTo(two);
            }
            assertThat(Files.readAttributes(iso.getPath("/TWO.TXT"), "iso:extents,contiguous"))
                    .containsEntry("extents", 3)
                    .containsEntry("contiguous", false);
            assertThat(Files.getAttribute(iso.getPath("/ONE.TXT"), "iso:contiguous"))
                    .isEqualTo(true);
        }
    }

    @Test
    void joinsInterleavedSections() throws IOException {
        TestImage image = new TestImage(
                file("A;1", concat(block('a'), block('-'), block('b')))
                        .length(2 * 2048)
                        .interleaved(1, 1)
                        .flags(0x80),
                file("A;1", concat(block('c'), block('-'), block('-'), block('d')))
                        .length(2048 + 1)
                        .interleaved(1, 2));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readAllBytes(iso.getPath("/A")))
                    .isEqualTo(concat(block('a'), block('b'), block('c'), new byte[] {'d'}));
        }
    }

    @Test
    void interleavedFilesInSmallestUnitsTakeNoMoreMemoryThanOthers() throws IOException {
        TestImage image = new TestImage(file("A;1", new byte[0])
                        .length(0xffff_ffffL)
                        .interleaved(1, 1)
                        .location(30 * 4))
                .blockSize(512);
        byte[] bytes = Arrays.copyOf(image.build(), 1 << 18);
        Arrays.fill(bytes, 30 * 2048 + 512 * 2 * 9, 30 * 2048 + 512 * 2 * 9 + 512, (byte) 'n');
        try (FileSystem iso = IsoFileSystems.open(Images.store(bytes));
                FileChannel channel = FileChannel.open(iso.getPath("/A"))) {
            ByteBuffer buffer = ByteBuffer.allocate(514);
            channel.read(buffer, 9 * 512 - 1);
            assertThat(buffer.array()).startsWith(0, 'n').endsWith('n', 0);
            assertThat(channel.size()).isEqualTo(0xffff_ffffL);
        }
    }

    @Test
    void extendedAttributesOfInterleavedFileHaveItsFirstUnit() throws IOException {
        TestImage image = new TestImage(file("A;1", concat(block('a'), block('a'), block('-'), block('b')))
                .length(2 * 2048 + 1)
                .interleaved(2, 1)
                .extendedAttributes(1, 3));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readAllBytes(iso.getPath("/A")))
                    .isEqualTo(concat(block('a'), block('a'), new byte[] {'b'}));
        }
    }

    private static byte[] block(char letter) {
        return String.valueOf(letter).repeat(2048).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void hasDatesOfTheRecordAndFixedModes() throws IOException {
        try (FileSystem iso = Images.open(new TestImage(file("A.TXT;1", "a")))) {
            assertThat(Files.getLastModifiedTime(iso.getPath("/A.TXT")))
                    .isEqualTo(FileTime.fromMillis(1_700_000_000_000L));
            assertThat(Files.getPosixFilePermissions(iso.getPath("/A.TXT")))
                    .isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
        }
    }

    @Test
    void showsJolietNamesBeyondLatin() throws IOException {
        TestImage image = new TestImage(
                        file("Grüße-日本.txt;1", "x").ucs2(),
                        file("emoji-🚀", "y").ucs2())
                .joliet();
        try (FileSystem iso = Images.open(image)) {
            assertThat(IsoFileSystems.view(iso)).isEqualTo(IsoView.JOLIET);
            assertThat(IsoFileSystems.views(iso)).containsExactly(IsoView.JOLIET, IsoView.PLAIN);
            assertThat(Images.list(iso.getPath("/"))).containsExactly("Grüße-日本.txt", "emoji-🚀");
            assertThat(Files.readString(iso.getPath("/grüße-日本.TXT"))).isEqualTo("x");
        }
    }

    @Test
    void keepsLoneSurrogatesOfJolietNames() throws IOException {
        TestImage image = new TestImage(
                        new TestImage.Entry(new byte[] {(byte) 0xd8, 0, 0, 'a'}),
                        new TestImage.Entry(new byte[] {(byte) 0xdc, 0}),
                        file("ok", "x").ucs2())
                .joliet();
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("\ud800a", "\udc00", "ok");
            assertThat(Files.size(iso.getPath("/\ud800a"))).isZero();
            assertThat(iso.getPath("/\udc00").toUri()).isNotNull();
        }
    }

    @Test
    void keepsJolietNamesThatDifferInCase() throws IOException {
        TestImage image = new TestImage(
                        file("File.txt", "1").ucs2(),
                        file("FILE.TXT", "2").ucs2(),
                        file("file.txt", "3").ucs2())
                .joliet();
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("File.txt", "FILE.TXT", "file.txt");
            assertThat(Files.readString(iso.getPath("/FILE.TXT"))).isEqualTo("2");
            assertThat(Files.readString(iso.getPath("/file.txt"))).isEqualTo("3");
            assertThat(Files.readString(iso.getPath("/FiLe.TxT"))).isEqualTo("1");
        }
    }

    @Test
    void doesNotNormalizeNames() throws IOException {
        TestImage image = new TestImage(
                        file("e\u0301", "decomposed").ucs2(),
                        file("\u00e9", "composed").ucs2())
                .joliet();
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("e\u0301", "\u00e9");
            assertThat(Files.readString(iso.getPath("/e\u0301"))).isEqualTo("decomposed");
            assertThat(Files.readString(iso.getPath("/\u00e9"))).isEqualTo("composed");
        }
    }

    @Test
    void doesNotTrustPathTables() throws IOException {
        byte[] image = new TestImage(directory("D", file("A.TXT;1", "content")))
                .joliet()
                .build();
        for (int descriptor : new int[] {16, 17}) {
            Arrays.fill(image, descriptor * 2048 + 132, descriptor * 2048 + 156, (byte) 0xff);
        }
        try (FileSystem iso = IsoFileSystems.open(
                Images.store(image), IsoOptions.builder().view(IsoView.PLAIN).build())) {
            assertThat(Images.walk(iso)).containsExactly("/D", "/D/A.TXT");
        }
    }

    @Test
    void leavesTheTreeOfAnEnhancedDescriptorAlone() throws IOException {
        byte[] image = new TestImage(file("PRIMARY.TXT;1", "content")).joliet().build();
        image[17 * 2048 + 6] = 2; // ISO 9660:1999: version 2, no escape sequences
        Arrays.fill(image, 17 * 2048 + 88, 17 * 2048 + 120, (byte) 0);
        try (FileSystem iso = IsoFileSystems.open(Images.store(image))) {
            assertThat(IsoFileSystems.views(iso)).containsExactly(IsoView.PLAIN);
            assertThat(Images.walk(iso)).containsExactly("/PRIMARY.TXT");
        }
    }

    @Test
    void dropsOddByteOfJolietName() throws IOException {
        TestImage image = new TestImage(
                        new TestImage.Entry("a\0b".getBytes(StandardCharsets.ISO_8859_1)),
                        file("ok", "x").ucs2())
                .joliet();
        try (FileSystem iso = Images.open(image, IsoView.JOLIET)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("愀", "ok");
        }
    }

    @Test
    void saysWhichViewsThereAreWhenOneIsMissing() {
        assertThatThrownBy(() -> Images.open(new TestImage(), IsoView.ROCK_RIDGE))
                .isInstanceOf(IsoFormatException.class)
                .hasMessageContaining("view: ROCK_RIDGE (the image has: [PLAIN])");
    }

    @Test
    void tellsMissingFiles() throws IOException {
        try (FileSystem iso = Images.open(new TestImage(file("A.TXT;1", "a")))) {
            assertThatThrownBy(() -> Files.size(iso.getPath("/B.TXT"))).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> Files.size(iso.getPath("/A.TXT/B"))).isInstanceOf(NoSuchFileException.class);
        }
    }
}
