package dev.pxekit.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.media.ExtractionProblem;
import dev.pxekit.media.ExtractionResult;
import dev.pxekit.media.Extractor;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What images that lie do to a directory that they are extracted to. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageExtractionTest {

    private static final int REGULAR = 0100644;
    private static final int LINK = 0120777;

    @TempDir
    private Path directory;

    private ExtractionResult extract(TestImage image) throws IOException {
        return extract(image, Extractor.builder().build());
    }

    private ExtractionResult extract(TestImage image, Extractor extractor) throws IOException {
        try (FileSystem iso = Images.open(image)) {
            return extractor.extract(iso.getPath("/"), target());
        }
    }

    private Path target() {
        return directory.resolve("a/target");
    }

    private static TestImage.Entry link(String name, String... components) {
        byte[][] parts = Stream.of(components)
                .map(text -> switch (text) {
                    case ".." -> SystemUseBytes.component(4, "");
                    case "/" -> SystemUseBytes.component(8, "");
                    default -> SystemUseBytes.component(0, text);
                })
                .toArray(byte[][]::new);
        return TestImage.file(name.toUpperCase(Locale.ROOT), "")
                .use(SystemUseBytes.px(LINK, 1, 0, 0), SystemUseBytes.nm(name), SystemUseBytes.sl(0, parts));
    }

    @Test
    void extractsARockRidgeImage() throws IOException {
        ExtractionResult result = extract(new TestImage(TestImage.directory(
                        "D",
                        TestImage.file("F.;1", "content")
                                .use(SystemUseBytes.px(0100640, 1, 0, 0), SystemUseBytes.nm("File")),
                        link("inside", "..", "D", "File")))
                .rockRidge());
        assertThat(result.problems()).isEmpty();
        assertThat(target().resolve("d/File")).hasContent("content");
        assertThat(Files.getLastModifiedTime(target().resolve("d/File")))
                .isEqualTo(FileTime.from(1_700_000_000, TimeUnit.SECONDS));
    }

    @Test
    void namesThatLeadOutOfTheirDirectoryStayInIt() throws IOException {
        extract(new TestImage(
                        TestImage.file("A.;1", "evil").use(SystemUseBytes.nm("..")),
                        TestImage.file("B.;1", "evil").use(SystemUseBytes.nm("../../evil")),
                        TestImage.file("C.;1", "evil").use(SystemUseBytes.nm("/evil")),
                        TestImage.directory("D", TestImage.file("E.;1", "evil")).use(SystemUseBytes.nm("..")))
                .rockRidge());
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(file).startsWith(target()));
        }
    }

    @Test
    void aLinkAndADirectoryOfOneNameDoNotMeet() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        ExtractionResult result = extract(
                new TestImage(
                                link("etc", "..", "..", "outside"),
                                TestImage.directory("X", TestImage.file("EVIL.;1", "evil"))
                                        .use(SystemUseBytes.px(040755, 2, 0, 0), SystemUseBytes.nm("etc")))
                        .rockRidge(),
                Extractor.builder().keepOutwardLinks(true).build());
        assertThat(outside).isEmptyDirectory();
        assertThat(result.files()).isZero();
    }

    @Test
    void linksOutOfTheTreeAreRefusedAndLoopsAreKept() throws IOException {
        ExtractionResult result = extract(
                new TestImage(link("root", "/", "etc"), link("up", "..", "x"), link("one", "two"), link("two", "one"))
                        .rockRidge());
        assertThat(result.problems())
                .extracting(problem -> problem.path().toString())
                .containsExactlyInAnyOrder("root", "up");
        assertThat(Files.readSymbolicLink(target().resolve("one"))).hasToString("two");
    }

    @Test
    void devicesAndPipesAreRefused() throws IOException {
        ExtractionResult result = extract(new TestImage(
                        TestImage.file("NULL.;1", "").use(SystemUseBytes.px(0020666, 1, 0, 0), SystemUseBytes.pn(1, 3)),
                        TestImage.file("PIPE.;1", "").use(SystemUseBytes.px(0010666, 1, 0, 0)),
                        TestImage.file("FILE.;1", "x").use(SystemUseBytes.px(REGULAR, 1, 0, 0)))
                .rockRidge());
        assertThat(result.problems())
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.kind()).isEqualTo(ExtractionProblem.Kind.REFUSED));
        assertThat(result.files()).isEqualTo(1);
    }

    @Test
    void aFileThatClaimsMoreThanTheImageHasFailsAndNothingOfItStays() throws IOException {
        ExtractionResult result = extract(new TestImage(
                TestImage.file("A.;1", "a".repeat(5000)),
                TestImage.file("BIG.;1", "b").length(1_000_000),
                TestImage.file("C.;1", "c")));
        assertThat(result.files()).isEqualTo(2);
        assertThat(result.problems())
                .anySatisfy(
                        problem -> assertThat(problem.cause().orElseThrow()).isInstanceOf(IsoFormatException.class));
        try (Stream<Path> files = Files.list(target())) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("BIG");
        }
    }

    @Test
    void aSmallImageThatClaimsGigabytesIsHeldToTheBound() {
        TestImage image = new TestImage(TestImage.file("BIG.;1", "b").length(0xffff_f800L));
        Extractor extractor = Extractor.builder().maximumBytes(1 << 30).build();
        assertThatThrownBy(() -> extract(image, extractor))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("more than 1073741824 bytes");
        assertThat(target()).doesNotExist();
    }

    @Test
    void hardLinksAreThoseOfOneExtentAndSeveralLinks() throws IOException {
        TestImage image = new TestImage(
                        TestImage.file("A.;1", "same").use(SystemUseBytes.px(REGULAR, 2, 0, 0), SystemUseBytes.nm("a")),
                        TestImage.file("B.;1", "same")
                                .use(SystemUseBytes.px(REGULAR, 2, 0, 0))
                                .location(22),
                        TestImage.file("C.;1", "same")
                                .use(SystemUseBytes.px(REGULAR, 1, 0, 0))
                                .location(22))
                .rockRidge();
        ExtractionResult result = extract(image);
        assertThat(result.hardLinks()).isEqualTo(1);
        assertThat(Files.isSameFile(target().resolve("a"), target().resolve("b")))
                .isTrue();
        assertThat(Files.isSameFile(target().resolve("a"), target().resolve("c")))
                .isFalse();
    }

    @Test
    void aDamagedDirectoryGivesItsSoundEntriesAndAFailure() throws IOException {
        byte[] broken = new byte[40];
        broken[0] = 40;
        broken[32] = 60;
        ExtractionResult result = extract(new TestImage(TestImage.file("A.;1", "a"), TestImage.raw(broken)));
        assertThat(target().resolve("A")).hasContent("a");
        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).hasToString(""));
    }
}
