package dev.pxekit.iso;

import static dev.pxekit.iso.SystemUseBytes.ce;
import static dev.pxekit.iso.SystemUseBytes.cl;
import static dev.pxekit.iso.SystemUseBytes.component;
import static dev.pxekit.iso.SystemUseBytes.nm;
import static dev.pxekit.iso.SystemUseBytes.px;
import static dev.pxekit.iso.SystemUseBytes.sl;
import static dev.pxekit.iso.SystemUseBytes.sp;
import static dev.pxekit.iso.SystemUseBytes.tf;
import static dev.pxekit.iso.TestImage.concat;
import static dev.pxekit.iso.TestImage.directory;
import static dev.pxekit.iso.TestImage.file;
import static dev.pxekit.iso.TestImage.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images made to break a reader. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileImageTest {

    private static TestImage rockRidge(TestImage.Entry... entries) {
        return new TestImage(entries).rockRidge();
    }

    private static void assertOtherFileIsReadableAndListingThrows(TestImage image, String problem) throws IOException {
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readString(iso.getPath("/ok"))).isEqualTo("fine");
            assertThatThrownBy(() -> Images.walk(iso))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining(problem);
        }
    }

    private static TestImage.Entry ok() {
        return file("OK", "fine").use(nm("ok"));
    }

    @Test
    void refusesWhatIsNoImageAndSaysWhere() {
        assertThatExceptionOfType(IsoFormatException.class)
                .isThrownBy(() -> IsoFileSystems.open(Images.store(new byte[40_000])))
                .withMessageContaining("no primary volume descriptor")
                .satisfies(e -> assertThat(e.offset()).isEqualTo(32768));
    }

    @Test
    void refusesEmptyFile() {
        assertThatThrownBy(() -> IsoFileSystems.open(Images.store(new byte[0]))).isInstanceOf(IsoFormatException.class);
    }

    @Test
    void refusesImpossibleBlockSize() {
        assertThatThrownBy(() -> Images.open(new TestImage().blockSize(1))).isInstanceOf(Exception.class);
        byte[] image = new TestImage().build();
        image[32768 + 128] = 3;
        assertThatThrownBy(() -> IsoFileSystems.open(Images.store(image)))
                .isInstanceOf(IsoFormatException.class)
                .hasMessageContaining("logical block size");
    }

    @Test
    void skipsDamagedSupplementaryDescriptor() throws IOException {
        byte[] image = new TestImage(file("A", "a")).joliet().build();
        image[17 * TestImage.SECTOR + 128] = 3;
        try (FileSystem iso = IsoFileSystems.open(Images.store(image))) {
            assertThat(Images.walk(iso)).containsExactly("/A");
            assertThat(IsoFileSystems.views(iso)).containsExactly(IsoView.PLAIN);
        }
    }

    @Test
    void endsDescriptorsWithoutTerminator() throws IOException {
        byte[] image = Arrays.copyOf(new TestImage(file("A", "a")).build(), 2048 * 3000);
        for (int sector = 40; sector < 3000; sector++) {
            System.arraycopy(image, 32768, image, sector * 2048, 2048);
        }
        try (FileSystem iso = IsoFileSystems.open(Images.store(image))) {
            assertThat(Images.walk(iso)).containsExactly("/A");
        }
    }

    @Test
    void endsChainOfContinuationAreasThatBitesItsTail() throws IOException {
        TestImage image = rockRidge(
                ok(),
                file("A", "a").use(built -> ce(built.blockOf("LOOP"), 0, 28)),
                file("LOOP", new byte[2048]).use(nm("loop")));
        byte[] bytes = image.build();
        int loop = image.blockOf("LOOP");
        byte[] self = ce(loop, 0, 28);
        System.arraycopy(self, 0, bytes, loop * 2048, self.length);
        try (FileSystem iso = IsoFileSystems.open(Images.store(bytes))) {
            assertThat(Files.readString(iso.getPath("/ok"))).isEqualTo("fine");
            assertThatThrownBy(() -> Images.walk(iso)).hasMessageContaining("chain of continuation areas");
        }
    }

    @Test
    void keepsRockRidgeIfTheRootsOwnEntriesAreDamaged() throws IOException {
        for (byte[] damaged : List.of(ce(-1, 0, 237), tf(0x7f), ce(30, 0, -1))) {
            TestImage image = new TestImage(file("A", "a").use(nm("Name"), px(0100600, 1, 0, 0)))
                    .rootUse(built -> concat(sp(0), px(040700, 2, 0, 0), damaged));
            try (FileSystem iso = Images.open(image)) {
                assertThat(Images.list(iso.getPath("/"))).containsExactly("Name");
                assertThat(Files.getPosixFilePermissions(iso.getPath("/")))
                        .isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
            }
        }
    }

    @Test
    void readsLongContinuationAreasOfDirectoriesWithManyRecords() throws IOException {
        byte[] area = concat(nm("n".repeat(100)), SystemUseBytes.entry("AL", new byte[245]), new byte[800]);
        TestImage.Entry[] files = new TestImage.Entry[18_000];
        Arrays.setAll(
                files,
                i -> file("F%05d".formatted(i), "")
                        .use(built ->
                                concat(SystemUseBytes.entry("XX", new byte[150]), ce(built.blockOf("CE"), 0, 1000))));
        TestImage image = rockRidge(directory("D", files).sectors(3000), file("CE", area), ok());
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/d"))).hasSize(1); // all have one name
        }
    }

    @Test
    void boundsContinuationAreas() throws IOException {
        assertOtherFileIsReadableAndListingThrows(
                rockRidge(ok(), file("A", "a").use(ce(30, 0, -1))), "length of continuation areas");
        assertOtherFileIsReadableAndListingThrows(
                rockRidge(ok(), file("A", "a").use(ce(Integer.MAX_VALUE, 0, 100))), "the image ends early");
    }

    @Test
    void boundsNamesAndLinkTargets() throws IOException {
        byte[] name = concat(nm(1, "n".repeat(200)), nm(0, "n".repeat(56)));
        assertOtherFileIsReadableAndListingThrows(
                rockRidge(ok(), file("A", "a").use(built -> ce(built.blockOf("CE"), 0, name.length)), file("CE", name)),
                "length of name: 256");
        byte[] target = repeat(sl(1, component(1, "t".repeat(240))), 18);
        assertOtherFileIsReadableAndListingThrows(
                rockRidge(
                        ok(),
                        file("A", "").use(built -> ce(built.blockOf("CE"), 0, target.length)),
                        file("CE", target)),
                "length of link target: 4320");
    }

    @Test
    void boundsContinuationAreasThatAllRecordsShare() throws IOException {
        byte[] shared = repeat(sl(1, component(1, "")), 1 << 13);
        TestImage.Entry[] links = new TestImage.Entry[400];
        Arrays.setAll(
                links,
                i -> file("LINK%03d".formatted(i), "")
                        .use(built -> concat(px(0120777, 1, 0, 0), ce(built.blockOf("CE"), 0, shared.length))));
        TestImage image = rockRidge(directory("D", links).sectors(30), file("CE", shared), ok());
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.isSymbolicLink(iso.getPath("/d/link000"))).isTrue();
            assertThatThrownBy(() -> Images.list(iso.getPath("/d")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("of one directory");
        }
    }

    private static byte[] repeat(byte[] bytes, int times) {
        byte[][] all = new byte[times][];
        Arrays.fill(all, bytes);
        return concat(all);
    }

    @Test
    void refusesLinkTargetsThatNoSystemCanStore() throws IOException {
        TestImage image = rockRidge(
                file("A", "").use(nm("nul"), px(0120777, 1, 0, 0), sl(0, component(0, "a\0b"))),
                file("B", "").use(nm("empty"), px(0120777, 1, 0, 0)));
        try (FileSystem iso = Images.open(image)) {
            for (String link : List.of("/nul", "/empty")) {
                assertThatThrownBy(() -> Files.readSymbolicLink(iso.getPath(link)))
                        .isInstanceOf(IsoFormatException.class)
                        .hasMessageContaining("target of symbolic link");
                assertThatThrownBy(() -> Files.size(iso.getPath(link))).isInstanceOf(IsoFormatException.class);
            }
        }
    }

    @Test
    void endsSystemUseAtEntryOfLengthZero() throws IOException {
        TestImage image = rockRidge(file("A", "a").use(nm("name"), new byte[] {'N', 'M', 0, 1, 0, 'x'}));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.walk(iso)).containsExactly("/name");
        }
    }

    @Test
    void keepsEntriesAfterOneWithDamagedSystemUse() throws IOException {
        assertOtherFileIsReadableAndListingThrows(
                rockRidge(file("A", "a").use(new byte[] {'N', 'M', 100, 1, 0, 'x'}), ok()),
                "length of System Use entry: 100");
        assertOtherFileIsReadableAndListingThrows(
                rockRidge(file("A", "a").use(new byte[] {'P', 'X', 8, 1, 0, 0, 0, 0}), ok()), "length of PX entry: 8");
        assertOtherFileIsReadableAndListingThrows(
                rockRidge(file("A", "a").use(new byte[] {'T', 'F', 6, 1, 0xf, 0}), ok()), "length of TF entry: 6");
        assertOtherFileIsReadableAndListingThrows(
                rockRidge(file("A", "a").use(sl(0, new byte[] {0, 50, 'x'})), ok()), "length of SL component: 50");
    }

    @Test
    void neverShowsNamesThatLeaveTheirDirectory() throws IOException {
        TestImage image = rockRidge(
                file("A", "a").use(nm("..")),
                file("B", "b").use(nm("../../etc/passwd")),
                file("C", "c").use(nm("c\0d")),
                file("D", "d").use(nm("")),
                file("E", "e").use(nm(2, "")),
                file("F", "f").use(nm(4, "")));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.walk(iso)).containsExactly("/a", "/b", "/c", "/d", "/e", "/f");
        }
    }

    @Test
    void refusesRecordsWhoseEveryNameLeavesTheDirectory() throws IOException {
        assertOtherFileIsReadableAndListingThrows(rockRidge(file("..", "a").use(nm("..")), ok()), "name: \"..\"");
        assertOtherFileIsReadableAndListingThrows(rockRidge(file("A/B", "a"), ok()), "name: \"a/b\"");
    }

    @Test
    void keepsRecordsBeforeOneThatCrossesItsSector() throws IOException {
        byte[] overlong = new byte[33];
        overlong[0] = (byte) 255;
        TestImage.Entry[] entries = new TestImage.Entry[50];
        Arrays.setAll(entries, i -> file("FILE%02d".formatted(i), ""));
        entries[49] = raw(overlong);
        try (FileSystem iso = Images.open(new TestImage(directory("D", entries).sectors(2)))) {
            assertThat(Files.size(iso.getPath("/D/FILE48"))).isZero();
            assertThatThrownBy(() -> Images.list(iso.getPath("/D")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("directory record length: 255");
            assertThatThrownBy(() -> Files.size(iso.getPath("/D/LOST"))).isInstanceOf(IsoFormatException.class);
        }
    }

    @Test
    void stopsAtRecordThatIsTooShort() throws IOException {
        byte[] tooShort = new byte[20];
        tooShort[0] = 20;
        assertOtherFileIsReadableAndListingThrows(rockRidge(ok(), raw(tooShort)), "directory record length: 20");
    }

    @Test
    void refusesIdentifierLongerThanItsRecord() throws IOException {
        byte[] record = new byte[40];
        record[0] = 40;
        record[32] = 39;
        assertOtherFileIsReadableAndListingThrows(rockRidge(ok(), raw(record)), "identifier length: 39");
    }

    @Test
    void endsDirectoryThatContainsItself() throws IOException {
        TestImage image = new TestImage(
                file("OK.TXT;1", "fine"), directory("LOOP").location(TestImage.FIRST_DIRECTORY), directory("SOUND"));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.walk(iso)).containsExactly("/OK.TXT", "/LOOP", "/LOOP/OK.TXT", "/SOUND");
        }
    }

    @Test
    void endsDirectoriesWhoseExtentsOverlap() throws IOException {
        TestImage.Entry[] entries = new TestImage.Entry[60];
        Arrays.setAll(entries, i -> file("FILE%02d".formatted(i), ""));
        entries[59] = directory("X").location(TestImage.FIRST_DIRECTORY + 1);
        TestImage image = new TestImage(entries).rootSectors(2);
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.walk(iso))
                    .contains("/X", "/X/FILE58")
                    .doesNotContain("/X/X")
                    .hasSizeLessThan(100);
            assertThat(Files.exists(iso.getPath("/X/X"))).isFalse();
            assertThat(Files.isDirectory(iso.getPath("/X"))).isTrue();
        }
    }

    @Test
    void boundsDirectoriesThatShareTheirRecords() throws IOException {
        TestImage.Entry[] sharing = new TestImage.Entry[1000];
        Arrays.setAll(
                sharing,
                i -> i % 2 == 0
                        ? file("FILE%03d".formatted(i), "")
                        : directory("DIR%03d".formatted(i))
                                .location(TestImage.FIRST_DIRECTORY)
                                .length(30 * 2048));
        Path stored = Images.store(new TestImage(sharing).rootSectors(30).build());
        try (FileSystem iso = IsoFileSystems.open(stored)) {
            long listed = 0;
            for (String name : Images.list(iso.getPath("/"))) {
                if (name.startsWith("DIR")) {
                    listed += listable(iso.getPath(name));
                }
            }
            assertThat(listed).isBetween(500L, 2 * Files.size(stored) / 34);
            assertThatThrownBy(() -> Images.list(iso.getPath("/DIR999")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("share their records");
        }
    }

    @Test
    void listsTheFirstOfTooManyRecords() throws IOException {
        byte[] record = new byte[34];
        record[0] = 34;
        record[32] = 1;
        record[33] = 'A';
        byte[] first = concat(repeat(record, 58), new byte[8]); // behind the two records that every directory has
        byte[] sector = concat(repeat(record, 60), new byte[8]);
        TestImage image = new TestImage(directory("D", raw(concat(first, repeat(sector, 17_500))))
                .sectors(17_501));
        try (FileSystem iso = Images.open(image)) {
            assertThat(listable(iso.getPath("/D"))).isEqualTo(1);
            assertThatThrownBy(() -> Images.list(iso.getPath("/D")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("more than 1048576 records");
        }
    }

    private static long listable(Path directory) throws IOException {
        long count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Iterator<Path> each = entries.iterator(); each.hasNext(); count++) {
                each.next();
            }
        } catch (DirectoryIteratorException e) {
            assertThat(e.getCause()).isInstanceOf(IsoFormatException.class);
        }
        return count;
    }

    @Test
    void boundsPathsThatRememberWhatTheyLeadTo() throws IOException {
        TestImage image = new TestImage(
                file("OK.TXT;1", "fine"), directory("LOOP").location(TestImage.FIRST_DIRECTORY), directory("SOUND"));
        try (FileSystem iso = Images.open(image);
                DirectoryStream<Path> listed = Files.newDirectoryStream(iso.getPath("/"), "LOOP")) {
            Path loop = listed.iterator().next();
            assertThat(Files.readString(loop.resolve("OK.TXT"))).isEqualTo("fine");
            assertThat(Files.exists(loop.resolve("LOOP"))).isFalse();
            assertThat(Files.exists(loop.resolve("SOUND"))).isFalse();
            assertThat(Images.list(loop)).containsExactly("OK.TXT");
        }
    }

    @Test
    void refusesDirectoriesNestedWithoutReason() throws IOException {
        TestImage.Entry nested = directory("D");
        for (int i = 0; i < 1100; i++) {
            nested = directory("D", nested);
        }
        try (FileSystem iso = Images.open(new TestImage(nested))) {
            assertThatThrownBy(() -> Images.walk(iso))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("within one another: more than 1024");
            assertThatThrownBy(() -> Files.size(iso.getPath("/D".repeat(1025)))).isInstanceOf(IsoFormatException.class);
            assertThat(Files.isDirectory(iso.getPath("/D".repeat(1024)))).isTrue();
        }
    }

    @Test
    void endsTreeOfSharedBranches() throws IOException {
        TestImage.Entry[] levels = new TestImage.Entry[9];
        for (int i = levels.length - 1; i >= 0; i--) {
            TestImage.Entry[] children = new TestImage.Entry[20];
            for (int j = 0; j < children.length && i < levels.length - 1; j++) {
                children[j] = directory("D" + j).location(TestImage.FIRST_DIRECTORY + 2 + i);
            }
            levels[i] = directory("L" + i, i < levels.length - 1 ? children : new TestImage.Entry[0]);
        }
        TestImage image = new TestImage(levels);
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.walk(iso)).hasSizeLessThan(1000);
        }
    }

    @Test
    void endsRelocatedDirectoriesThatPointAtEachOther() throws IOException {
        TestImage image = rockRidge(
                directory("X", file("TOY", "").use(built -> concat(nm("toy"), cl(built.blockOf("Y")))))
                        .use(nm("x")),
                directory("Y", file("TOX", "").use(built -> concat(nm("tox"), cl(built.blockOf("X")))))
                        .use(nm("y")),
                ok());
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.walk(iso)).contains("/ok", "/x", "/y", "/x/toy").hasSizeLessThan(10);
        }
    }

    @Test
    void endsRelocationOfADirectoryIntoItself() throws IOException {
        TestImage image = rockRidge(
                directory(
                                "X",
                                file("SELF", "").use(built -> concat(nm("self"), cl(built.blockOf("X")))),
                                file("ROOT", "").use(concat(nm("root"), cl(TestImage.FIRST_DIRECTORY))))
                        .use(nm("x")),
                ok());
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.walk(iso))
                    .contains("/ok", "/x", "/x/self", "/x/root", "/x/root/ok")
                    .hasSizeLessThan(10);
        }
    }

    @Test
    void refusesRelocationToWhereNoDirectoryBegins() throws IOException {
        assertOtherFileIsReadableAndListingThrows(
                rockRidge(file("A", "a").use(built -> cl(built.blockOf("OK"))), ok()), "identifier length: 0");
        assertOtherFileIsReadableAndListingThrows(rockRidge(file("A", "a").use(cl(-1)), ok()), "the image ends early");
    }

    @Test
    void readsDirectoryThatSaysItIsHugeUpToTheEndOfTheImage() throws IOException {
        TestImage image = new TestImage(directory("D", file("A", "a")).length(0xffff_ffffL));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readString(iso.getPath("/D/A"))).isEqualTo("a");
            assertThatThrownBy(() -> Images.list(iso.getPath("/D")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("directory length: 4294967295");
        }
    }

    @Test
    void givesBytesOfTruncatedFileThenAnError() throws IOException {
        byte[] image = new TestImage(file("A", "x".repeat(4096))).build();
        byte[] cut = Arrays.copyOf(image, image.length - 1000);
        try (FileSystem iso = IsoFileSystems.open(Images.store(cut));
                InputStream in = Files.newInputStream(iso.getPath("/A"))) {
            assertThat(in.readNBytes(3096)).hasSize(3096);
            assertThatThrownBy(in::read)
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("the image ends early");
        }
    }

    @Test
    void listsFileBeyondTheEndAndRefusesToReadIt() throws IOException {
        try (FileSystem iso = Images.open(new TestImage(file("FAR", "x").location(Integer.MAX_VALUE)))) {
            assertThat(Images.walk(iso)).containsExactly("/FAR");
            assertThatThrownBy(() -> Files.readString(iso.getPath("/FAR"))).isInstanceOf(IsoFormatException.class);
        }
    }

    @Test
    void showsFirstOfSeveralEntriesOfOneName() throws IOException {
        TestImage image = rockRidge(
                file("D1", "").use(nm("d"), px(0120777, 1, 0, 0), sl(0, component(8, ""), component(0, "tmp"))),
                directory("D2", file("F", "x")).use(nm("d")));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.walk(iso)).containsExactly("/d");
            assertThat(Files.isSymbolicLink(iso.getPath("/d"))).isTrue();
        }
    }

    @Test
    void takesLittleEndianHalfWhereHalvesDiffer() throws IOException {
        byte[] image = new TestImage(file("A", "sixsix")).build();
        int record = TestImage.FIRST_DIRECTORY * 2048 + 34 + 34;
        image[record + 10 + 7] = 99;
        try (FileSystem iso = IsoFileSystems.open(Images.store(image))) {
            assertThat(Files.size(iso.getPath("/A"))).isEqualTo(6);
        }
    }
}
