package dev.pxekit.iso;

import static dev.pxekit.iso.SystemUseBytes.ce;
import static dev.pxekit.iso.SystemUseBytes.cl;
import static dev.pxekit.iso.SystemUseBytes.component;
import static dev.pxekit.iso.SystemUseBytes.nm;
import static dev.pxekit.iso.SystemUseBytes.pl;
import static dev.pxekit.iso.SystemUseBytes.pn;
import static dev.pxekit.iso.SystemUseBytes.px;
import static dev.pxekit.iso.SystemUseBytes.re;
import static dev.pxekit.iso.SystemUseBytes.sl;
import static dev.pxekit.iso.SystemUseBytes.sp;
import static dev.pxekit.iso.SystemUseBytes.tf;
import static dev.pxekit.iso.TestImage.concat;
import static dev.pxekit.iso.TestImage.directory;
import static dev.pxekit.iso.TestImage.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rock Ridge: each kind of entry. */
class RockRidgeViewTest {

    private static TestImage image(TestImage.Entry... entries) {
        return new TestImage(entries).rockRidge();
    }

    private static String target(byte[]... entries) throws IOException {
        try (FileSystem iso = Images.open(image(file("L", "").use(concat(entries), px(0120777, 1, 0, 0))))) {
            return Files.readSymbolicLink(iso.getPath("/l")).toString();
        }
    }

    @Test
    void isTheRichestView() throws IOException {
        try (FileSystem iso = Images.open(image(file("A.;1", "")))) {
            assertThat(IsoFileSystems.views(iso)).containsExactly(IsoView.ROCK_RIDGE, IsoView.PLAIN);
            assertThat(IsoFileSystems.view(iso)).isEqualTo(IsoView.ROCK_RIDGE);
        }
    }

    @Test
    void hasAlternateNamesWithCase() throws IOException {
        try (FileSystem iso = Images.open(image(file("VMLINUZ.;1", "a").use(nm("vmlinuz-6.1.0_Test"))))) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("vmlinuz-6.1.0_Test");
            assertThatThrownBy(() -> Files.size(iso.getPath("/vmlinuz-6.1.0_TEST")))
                    .isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void joinsContinuedNames() throws IOException {
        TestImage image = image(file("A.;1", "").use(nm(1, "a".repeat(60)), nm(1, "b".repeat(60)), nm(0, "c")));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("a".repeat(60) + "b".repeat(60) + "c");
        }
    }

    @Test
    void joinsNamesThatAreSplitWithinACharacter() throws IOException {
        byte[] name = "ü".getBytes(StandardCharsets.UTF_8);
        TestImage image = image(file("A.;1", "")
                .use(
                        SystemUseBytes.entry("NM", new byte[] {1, 'x', name[0]}),
                        SystemUseBytes.entry("NM", new byte[] {0, name[1]})));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("xü");
        }
    }

    @Test
    void readsNamesThatAreNotUtf8AsLatin1() throws IOException {
        TestImage image = image(file("A.;1", "").use(SystemUseBytes.entry("NM", new byte[] {0, 'x', (byte) 0xfc})));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("xü");
        }
    }

    @Test
    void lowersNamesWithoutAlternate() throws IOException {
        try (FileSystem iso = Images.open(image(file("README.TXT;1", "").use(px(0100644, 1, 0, 0))))) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("readme.txt");
        }
    }

    @Test
    void followsContinuationAreas() throws IOException {
        byte[] continuation = concat(nm("long"), px(0100600, 1, 0, 0));
        TestImage image = image(
                file("A.;1", "a").use(built -> ce(built.blockOf("CE.BIN"), 4, continuation.length)),
                file("CE.BIN", concat(new byte[4], continuation)));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("long", "ce.bin");
            assertThat(Files.getAttribute(iso.getPath("/long"), "unix:mode")).isEqualTo(0100600);
        }
    }

    @Test
    void followsContinuationAreaFromContinuationArea() throws IOException {
        byte[] second = nm(0, "-end");
        TestImage image = image(
                file("A.;1", "a").use(built -> concat(nm(1, "begin"), ce(built.blockOf("CE1.BIN"), 0, 37))),
                file("CE1.BIN", new byte[37]),
                file("CE2.BIN", second));
        byte[] bytes = image.build();
        byte[] first = concat(ce(image.blockOf("CE2.BIN"), 0, second.length), nm(1, "-mid"));
        System.arraycopy(first, 0, bytes, image.blockOf("CE1.BIN") * TestImage.SECTOR, first.length);
        try (FileSystem iso = IsoFileSystems.open(Images.store(bytes))) {
            assertThat(Images.list(iso.getPath("/"))).contains("begin-mid-end");
        }
    }

    @Test
    void skipsEntriesThatAppleAndLibisofsBothCallAa() throws IOException {
        byte[] apple = SystemUseBytes.entry("AA", new byte[] {2, 'T', 'E', 'X', 'T', 't', 't', 'x', 't', 0});
        byte[] accessControlList = SystemUseBytes.entry("AA", new byte[] {1, 0, 3, 0x17, 0x25, 0x34, 5, 0, 'x'});
        byte[] attributes = SystemUseBytes.entry("AL", new byte[] {0, 0, 4, 'n', 'a', 'm', 'e'});
        TestImage image = image(
                file("A.;1", "a").use(apple, nm("apple"), px(0100600, 1, 0, 0)),
                file("B.;1", "b").use(accessControlList, attributes, nm("acl"), px(0100640, 1, 0, 0)));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("apple", "acl");
            assertThat(Files.getAttribute(iso.getPath("/apple"), "unix:mode")).isEqualTo(0100600);
            assertThat(Files.getAttribute(iso.getPath("/acl"), "unix:mode")).isEqualTo(0100640);
        }
    }

    @Test
    void skipsBytesBeforeEntriesAsTheRootSays() throws IOException {
        TestImage image = new TestImage(file("A.;1", "a").use(new byte[14], nm("skipped")))
                .rootUse(built -> concat(sp(14), px(040755, 2, 0, 0)));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("skipped");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 14, 15})
    void skipsNothingBeforeTheEntriesOfTheRoot(int skip) throws IOException {
        TestImage image = new TestImage(file("A.;1", "a").use(new byte[skip], nm("skipped")))
                .rootUse(built -> concat(sp(skip), px(040711, 2, 0, 0)));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("skipped");
            assertThat(Files.getPosixFilePermissions(iso.getPath("/")))
                    .isEqualTo(PosixFilePermissions.fromString("rwx--x--x"));
        }
    }

    @Test
    void takesAttributesOfADirectoryFromItsOwnRecord() throws IOException {
        TestImage image = image(
                directory("SAME").use(nm("same"), px(040700, 1, 1, 1)).selfUse(px(040750, 2, 7, 8)),
                directory("BARE").use(nm("bare"), px(040700, 1, 1, 1)),
                directory("BAD").use(nm("bad"), px(040700, 1, 1, 1)).location(10_000));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readAttributes(iso.getPath("/same"), "unix:mode,uid,gid"))
                    .isEqualTo(Map.of("mode", 040750, "uid", 7, "gid", 8));
            assertThat(Files.getAttribute(iso.getPath("/bare"), "unix:mode")).isEqualTo(040555);
            assertThat(Files.getAttribute(iso.getPath("/bad"), "unix:mode"))
                    .as("of a directory that cannot be read")
                    .isEqualTo(040700);
        }
    }

    @Test
    void completesTheLastRecordOfAFileInSeveralExtentsByTheFirst() throws IOException {
        byte[] first = new byte[2048];
        TestImage image = image(
                file("A;1", first).flags(0x80),
                file("A;1", "a").use(nm("last"), px(0100640, 1, 0, 0)),
                file("B;1", first).use(nm("first"), px(0100640, 1, 0, 0)).flags(0x80),
                file("B;1", "b"),
                file("C;1", first).use(nm("other"), px(0100600, 1, 0, 0)).flags(0x80),
                file("C;1", "c").use(nm("both")));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactlyInAnyOrder("last", "first", "both");
            assertThat(Files.getAttribute(iso.getPath("/last"), "unix:mode")).isEqualTo(0100640);
            assertThat(Files.getAttribute(iso.getPath("/first"), "unix:mode")).isEqualTo(0100640);
            assertThat(Files.getAttribute(iso.getPath("/both"), "unix:mode")).isEqualTo(0100600);
            assertThat(Files.size(iso.getPath("/both"))).isEqualTo(2049);
        }
    }

    @Test
    void hasPosixAttributes() throws IOException {
        TestImage image = image(file("A.;1", "abc").use(nm("a"), px(0104750, 2, 1000, 100)));
        try (FileSystem iso = Images.open(image)) {
            Map<String, Object> unix = Files.readAttributes(iso.getPath("/a"), "unix:*");
            assertThat(unix)
                    .containsEntry("mode", 0104750)
                    .containsEntry("nlink", 2)
                    .containsEntry("uid", 1000)
                    .containsEntry("gid", 100)
                    .containsEntry("size", 3L)
                    .containsEntry("isRegularFile", true)
                    .containsEntry("permissions", PosixFilePermissions.fromString("rwxr-x---"));
            assertThat(Files.getOwner(iso.getPath("/a")).getName()).isEqualTo("1000");
        }
    }

    @Test
    void hasShortTimestamps() throws IOException {
        byte[] modified = {100, 1, 2, 3, 4, 5, 8};
        byte[] accessed = {101, 1, 2, 3, 4, 5, 0};
        byte[] changed = {102, 1, 2, 3, 4, 5, 0};
        TestImage image = image(file("A.;1", "").use(nm("a"), tf(0x0e, modified, accessed, changed)));
        try (FileSystem iso = Images.open(image)) {
            Map<String, Object> unix = Files.readAttributes(iso.getPath("/a"), "unix:*");
            assertThat(unix.get("lastModifiedTime")).hasToString("2000-01-02T01:04:05Z");
            assertThat(unix.get("lastAccessTime")).hasToString("2001-01-02T03:04:05Z");
            assertThat(unix.get("ctime")).hasToString("2002-01-02T03:04:05Z");
        }
    }

    @Test
    void hasLongTimestamps() throws IOException {
        byte[] created = concat("1999123123595942".getBytes(StandardCharsets.US_ASCII), new byte[] {-4});
        byte[] modified = concat("2040010100000000".getBytes(StandardCharsets.US_ASCII), new byte[] {0});
        TestImage image = image(file("A.;1", "").use(nm("a"), tf(0x83, created, modified)));
        try (FileSystem iso = Images.open(image)) {
            Map<String, Object> basic = Files.readAttributes(iso.getPath("/a"), "*");
            assertThat(basic.get("creationTime")).hasToString("2000-01-01T00:59:59.42Z");
            assertThat(Files.getLastModifiedTime(iso.getPath("/a")).toInstant())
                    .isEqualTo(Instant.parse("2040-01-01T00:00:00Z"));
        }
    }

    @Test
    void takesImpossibleDatesForTheEpoch() throws IOException {
        byte[] impossible = {100, 13, 32, 25, 61, 61, 127};
        TestImage image = image(file("A.;1", "").use(nm("a"), tf(0x02, impossible)));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.getLastModifiedTime(iso.getPath("/a")).toMillis()).isZero();
        }
    }

    @Test
    void hasDevices() throws IOException {
        TestImage image = image(
                file("C.;1", "").use(nm("console"), px(020600, 1, 0, 0), pn(5, 1)),
                file("O.;1", "").use(nm("old"), px(060600, 1, 0, 0), pn(0, 0x0703)));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.getAttribute(iso.getPath("/console"), "unix:rdev")).isEqualTo(0x0501L);
            assertThat(Files.getAttribute(iso.getPath("/old"), "unix:rdev")).isEqualTo(0x0703L);
            assertThat(Files.getAttribute(iso.getPath("/old"), "isOther")).isEqualTo(true);
            assertThatThrownBy(() -> Files.readAllBytes(iso.getPath("/old")))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("not a regular file");
        }
    }

    @Test
    void joinsLinkComponents() throws IOException {
        assertThat(target(sl(0, component(4, ""), component(2, ""), component(0, "a"), component(0, "b"))))
                .isEqualTo(".././a/b");
        assertThat(target(sl(0, component(8, ""), component(0, "etc"), component(0, "passwd"))))
                .isEqualTo("/etc/passwd");
        assertThat(target(sl(0, component(8, "")))).isEqualTo("/");
    }

    @Test
    void tellsContinuedComponentsFromContinuedEntries() throws IOException {
        assertThat(target(sl(1, component(0, "dir")), sl(0, component(0, "file"))))
                .isEqualTo("dir/file");
        assertThat(target(sl(1, component(0, "a"), component(1, "long")), sl(0, component(0, "er"), component(0, "b"))))
                .isEqualTo("a/longer/b");
    }

    @Test
    void followsLinks() throws IOException {
        TestImage image = image(
                directory("D", file("F.;1", "content").use(nm("f"))).use(nm("d")),
                file("R.;1", "").use(nm("relative"), px(0120777, 1, 0, 0), sl(0, component(0, "d"), component(0, "f"))),
                file("A.;1", "").use(nm("absolute"), px(0120777, 1, 0, 0), sl(0, component(8, ""), component(0, "d"))),
                file("U.;1", "")
                        .use(
                                nm("up"),
                                px(0120777, 1, 0, 0),
                                sl(0, component(4, ""), component(4, ""), component(0, "d"))));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readString(iso.getPath("/relative"))).isEqualTo("content");
            assertThat(Files.readString(iso.getPath("/absolute/f"))).isEqualTo("content");
            assertThat(iso.getPath("up/f").toRealPath()).hasToString("/d/f");
            assertThat(iso.getPath("up/f").toRealPath(LinkOption.NOFOLLOW_LINKS))
                    .hasToString("/d/f");
            assertThat(Files.isSymbolicLink(iso.getPath("/absolute"))).isTrue();
            assertThat(Files.isDirectory(iso.getPath("/absolute"))).isTrue();
            assertThat(Files.isDirectory(iso.getPath("/absolute"), LinkOption.NOFOLLOW_LINKS))
                    .isFalse();
            assertThat(Files.isSameFile(iso.getPath("/relative"), iso.getPath("/d/f")))
                    .isTrue();
            assertThat(Images.list(iso.getPath("/up"))).containsExactly("f");
        }
    }

    @Test
    void showsRelocatedDirectoriesWhereTheyBelong() throws IOException {
        TestImage image = image(
                directory(
                                "RR_MOVED",
                                directory("DEEP", file("F.;1", "x").use(nm("f")))
                                        .use(nm("deep"), re())
                                        .selfUse(px(040700, 2, 7, 7)))
                        .use(nm("rr_moved")),
                directory("A", file("PLACE", "").use(built -> concat(nm("deep"), cl(built.blockOf("DEEP")))))
                        .use(nm("a"))
                        .selfUse(pl(TestImage.FIRST_DIRECTORY)));
        try (FileSystem iso = Images.open(image)) {
            assertThat(Images.walk(iso)).containsExactly("/rr_moved", "/a", "/a/deep", "/a/deep/f");
            assertThat(Files.getAttribute(iso.getPath("/a/deep"), "unix:mode")).isEqualTo(040700);
            assertThat(Files.getAttribute(iso.getPath("/a/deep"), "unix:uid")).isEqualTo(7);
        }
    }

    @Test
    void plainViewKnowsNothingOfIt() throws IOException {
        try (FileSystem iso = Images.open(image(file("VMLINUZ.;1", "a").use(nm("vmlinuz"))), IsoView.PLAIN)) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("VMLINUZ");
        }
    }

    @Test
    void linksToSelfEndInAnError() throws IOException {
        TestImage image = image(file("L.;1", "").use(nm("l"), px(0120777, 1, 0, 0), sl(0, component(0, "l"))));
        try (FileSystem iso = Images.open(image)) {
            Path link = iso.getPath("/l");
            assertThatThrownBy(() -> Files.size(link)).isInstanceOf(java.nio.file.FileSystemLoopException.class);
            assertThat(Files.readSymbolicLink(link)).hasToString("l");
        }
    }
}
