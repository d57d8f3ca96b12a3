package dev.pxekit.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A tree in memory, extracted to a directory of the default file system unless a test says otherwise. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExtractorTest {

    private static final FileTime SOME_TIME = FileTime.from(1_234_567_890, TimeUnit.SECONDS);

    @TempDir
    private Path directory;

    private final FileSystem memory = Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("unix").build());
    private final Path root = memory.getPath("/tree");

    private ExtractorTest has(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        Files.setLastModifiedTime(path, SOME_TIME);
        return this;
    }

    private ExtractorTest hasLink(String link, String target) throws IOException {
        Path path = root.resolve(link);
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, memory.getPath(target));
        return this;
    }

    private Path target() {
        return directory.resolve("target");
    }

    private ExtractionResult extract() throws IOException {
        return extract(Extractor.builder());
    }

    private ExtractionResult extract(Extractor.Builder builder) throws IOException {
        return builder.build().extract(root, target());
    }

    private static List<String> refused(ExtractionResult result) {
        return result.problems().stream()
                .filter(problem -> problem.kind() == ExtractionProblem.Kind.REFUSED)
                .map(problem -> problem.path().toString())
                .sorted()
                .toList();
    }

    private static List<String> names(Path start) throws IOException {
        try (Stream<Path> files = Files.walk(start)) {
            return files.skip(1)
                    .map(file -> start.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> contents(Path start) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(start)) {
            for (Path file : files.skip(1).toList()) {
                String name = start.relativize(file).toString();
                if (Files.isSymbolicLink(file)) {
                    contents.put(name, "-> " + Files.readSymbolicLink(file));
                } else if (Files.isRegularFile(file)) {
                    contents.put(name, Files.readString(file));
                } else {
                    contents.put(name, "directory");
                }
            }
        }
        return contents;
    }

    @Test
    void copiesTheWholeTree() throws IOException {
        has("a.txt", "a").has("d/b.txt", "bb").has("d/e/c.txt", "").hasLink("d/link", "../a.txt");
        Files.createDirectories(root.resolve("empty"));
        ExtractionResult result = extract();
        assertThat(contents(target())).isEqualTo(contents(root));
        assertThat(result)
                .hasToString(
                        "3 files, 3 directories, 1 symbolic links, 0 hard links, 0 there already, 3 bytes, 0 problems");
        assertThat(result.isComplete()).isTrue();
        assertThat(result.elapsed()).isPositive();
    }

    @Test
    void makesTheTargetWithTheDirectoriesAboveIt() throws IOException {
        has("a.txt", "a");
        Path deep = directory.resolve("not/there/yet");
        Extractor.builder().build().extract(root, deep);
        assertThat(deep.resolve("a.txt")).hasContent("a");
    }

    @Test
    void keepsPermissionsAndTimesOfFilesAndDirectories() throws IOException {
        has("d/a.txt", "a").has("d/e/b.txt", "b").has("run", "x");
        permissions(root.resolve("d/a.txt"), "r--r-----");
        permissions(root.resolve("run"), "rwxrwxrwx");
        permissions(root.resolve("d/e"), "r-xr-x---");
        permissions(root.resolve("d"), "r-xr-xr-x");
        for (String name : List.of("d", "d/e")) {
            Files.setLastModifiedTime(root.resolve(name), SOME_TIME);
        }
        extract();
        assertThat(permissions(target().resolve("d/a.txt"))).isEqualTo("r--r-----");
        assertThat(permissions(target().resolve("run"))).isEqualTo("rwxrwxrwx");
        assertThat(permissions(target().resolve("d/e"))).isEqualTo("r-xr-x---");
        assertThat(permissions(target().resolve("d"))).isEqualTo("r-xr-xr-x");
        for (String name : List.of("d", "d/e", "d/a.txt", "d/e/b.txt")) {
            assertThat(Files.getLastModifiedTime(target().resolve(name)))
                    .as(name)
                    .isEqualTo(SOME_TIME);
        }
        permissions(target().resolve("d"), "rwxr-xr-x");
        permissions(target().resolve("d/e"), "rwxr-xr-x");
    }

    private static void permissions(Path file, String text) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(text));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void givesNewFilesTheUsualPermissionsIfTheTreesAreNotKept() throws IOException {
        has("d/a.txt", "a");
        permissions(root.resolve("d/a.txt"), "---------");
        permissions(root.resolve("d"), "---------");
        extract(Extractor.builder().keepPermissions(false));
        Path usual = Files.createDirectory(directory.resolve("usual"));
        Path file = Files.createFile(directory.resolve("usual.txt"));
        assertThat(permissions(target().resolve("d"))).isEqualTo(permissions(usual));
        assertThat(permissions(target().resolve("d/a.txt"))).isEqualTo(permissions(file));
    }

    @Test
    void keepsTimesOfSymbolicLinks() throws IOException {
        hasLink("link", "elsewhere");
        Files.setAttribute(root.resolve("link"), "lastModifiedTime", SOME_TIME, LinkOption.NOFOLLOW_LINKS);
        extract();
        assertThat(Files.getLastModifiedTime(target().resolve("link"), LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(SOME_TIME);
    }

    @Test
    void doesNotKeepSetUserIdAndItsLike() throws IOException {
        Path source = Files.createDirectory(directory.resolve("source"));
        Path file = Files.writeString(source.resolve("su"), "x");
        Files.setAttribute(file, "unix:mode", 06755);
        Extractor.builder().build().extract(source, target());
        assertThat((int) Files.getAttribute(target().resolve("su"), "unix:mode") & 07000)
                .isZero();
    }

    @Test
    void leavesTheAttributesOfAnExistingTargetAlone() throws IOException {
        has("a.txt", "a");
        permissions(root, "r-xr-xr-x");
        Files.createDirectory(target());
        permissions(target(), "rwx------");
        extract();
        assertThat(permissions(target())).isEqualTo("rwx------");
    }

    @Test
    void makesHardLinksOfTheNamesOfOneFile() throws IOException {
        has("d/a.txt", "aaa");
        Files.createLink(root.resolve("b.txt"), root.resolve("d/a.txt"));
        has("c.txt", "aaa");
        ExtractionResult result = extract();
        assertThat(result.files()).isEqualTo(2);
        assertThat(result.hardLinks()).isEqualTo(1);
        assertThat(Files.isSameFile(target().resolve("b.txt"), target().resolve("d/a.txt")))
                .isTrue();
        assertThat(Files.isSameFile(target().resolve("c.txt"), target().resolve("d/a.txt")))
                .isFalse();
        assertThat(extract().skipped()).isEqualTo(3);
    }

    @Test
    void copiesTheNamesOfOneFileIfToldTo() throws IOException {
        has("a.txt", "aaa");
        Files.createLink(root.resolve("b.txt"), root.resolve("a.txt"));
        assertThat(extract(Extractor.builder().keepHardLinks(false)).files()).isEqualTo(2);
        assertThat(Files.isSameFile(target().resolve("a.txt"), target().resolve("b.txt")))
                .isFalse();
    }

    @Test
    void countsEachCopyOfAFileWithSeveralNames() throws IOException {
        has("a.txt", "aaa");
        Files.createLink(root.resolve("b.txt"), root.resolve("a.txt"));
        assertThat(extract(Extractor.builder().maximumBytes(3)).isComplete()).isTrue();
        assertThatThrownBy(
                        () -> extract(Extractor.builder().keepHardLinks(false).maximumBytes(3)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("maximumBytes");
    }

    @Test
    void worksFromAndToAnArchive() throws IOException {
        has("d/a.txt", "aaa").has("b.txt", "b");
        Path archive = directory.resolve("tree.zip");
        try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            assertThat(Extractor.builder()
                            .build()
                            .extract(root, zip.getPath("/"))
                            .files())
                    .isEqualTo(2);
        }
        try (FileSystem zip = FileSystems.newFileSystem(archive)) {
            assertThat(Extractor.builder()
                            .build()
                            .extract(zip.getPath("/"), target())
                            .isComplete())
                    .isTrue();
        }
        assertThat(contents(target())).isEqualTo(contents(root));
    }

    @Test
    void givesATargetThatIsReadOnlyItsPermissionsBack() throws IOException {
        has("a.txt", "a");
        extract();
        permissions(target(), "r-xr-xr-x");
        has("b.txt", "b");
        assertThat(extract().isComplete()).isTrue();
        assertThat(permissions(target())).isEqualTo("r-xr-xr-x");
        assertThat(target().resolve("b.txt")).hasContent("b");
    }

    @Test
    void comparesNoMoreThanSomeNamesThatDifferInCaseAlone() throws IOException {
        for (int i = 0; i < 100; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 7; bit++) {
                name.append((i & 1 << bit) == 0 ? 'a' : 'A');
            }
            has(name.toString(), "x");
        }
        ExtractionResult result = extract();
        assertThat(result.files() + result.problemCount()).isEqualTo(100);
        assertThat(result.problemCount()).isEqualTo(35);
        assertThat(result.problems().get(0).reason()).contains("differ from it in case or accents alone");
    }

    @Test
    void anInterruptEndsMeasuring() throws IOException {
        has("a.txt", "a");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(this::extract).isInstanceOf(InterruptedIOException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(target()).doesNotExist();
    }

    @Test
    void extractsOnlyWhatIsIncludedAndNotExcluded() throws IOException {
        has("images/pxeboot/vmlinuz", "k").has("images/install.img", "i").has("Packages/a.rpm", "a");
        has("Packages/b.rpm", "b").has("Packages/c.txt", "c").has("deep/er/d.rpm", "d");
        Files.createDirectories(root.resolve("images/empty"));
        extract(Extractor.builder()
                .include(memory.getPathMatcher("glob:{images,**/*.rpm}"))
                .exclude(memory.getPathMatcher("glob:**/{b.rpm,pxeboot}")));
        assertThat(names(target()))
                .containsExactly(
                        "Packages",
                        "Packages/a.rpm",
                        "deep",
                        "deep/er",
                        "deep/er/d.rpm",
                        "images",
                        "images/empty",
                        "images/install.img");
    }

    @Test
    void refusesLinksThatLeadOutOfTheTree() throws IOException {
        has("d/e/x", "x");
        hasLink("absolute", "/etc/passwd").hasLink("up", "../up").hasLink("d/up2", "../../etc");
        hasLink("d/e/inside", "../../d/./e/x").hasLink("self", ".").hasLink("dangling", "nowhere/at/all");
        ExtractionResult result = extract();
        assertThat(refused(result)).containsExactly("absolute", "d/up2", "up");
        assertThat(result.symbolicLinks()).isEqualTo(3);
        assertThat(result.problems())
                .anySatisfy(problem -> assertThat(problem.reason()).contains("/etc/passwd", "an absolute path"));
    }

    /** Taken by itself each link stays within the tree, together they do not. */
    @Test
    void refusesLinksThatLeadOutThroughOtherLinks() throws IOException {
        has("x/file", "x").hasLink("a/b/c/shallow", "../../../x");
        hasLink("a/b/c/out", "shallow/../../secret").hasLink("a/b/c/missing", "nothing/../../x");
        hasLink("a/b/c/fine", "../c/../../../x/file").hasLink("y", "a/b/c/../../b");
        assertThat(refused(extract())).containsExactly("a/b/c/missing", "a/b/c/out");
    }

    @Test
    void keepsOutwardLinksIfToldToAndDoesNotFollowThem() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        has("d/x", "x").hasLink("out", outside.toString()).hasLink("d/up", "../../..");
        ExtractionResult result = extract(Extractor.builder().keepOutwardLinks(true));
        assertThat(result.isComplete()).isTrue();
        assertThat(target().resolve("out")).isSymbolicLink();
        assertThat(Files.readSymbolicLink(target().resolve("d/up"))).hasToString("../../..");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void doesNotWriteThroughALinkThatStandsInPlaceOfADirectory() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createDirectories(target());
        Files.createSymbolicLink(target().resolve("etc"), outside);
        has("etc/cron.d/evil", "evil").has("etc/passwd", "root").has("fine", "fine");
        ExtractionResult result = extract();
        assertThat(refused(result)).containsExactly("etc");
        assertThat(result.problemCount()).isEqualTo(1);
        assertThat(outside).isEmptyDirectory();
        assertThat(target().resolve("fine")).exists();
        assertThat(target().resolve("etc")).isSymbolicLink();
    }

    @Test
    void replacesALinkThatStandsInPlaceOfAFileAndNotWhatItLeadsTo() throws IOException {
        Path outside = Files.writeString(directory.resolve("outside"), "precious");
        Files.createDirectories(target());
        Files.createSymbolicLink(target().resolve("file"), outside);
        Files.createSymbolicLink(target().resolve("link"), outside);
        has("file", "new").hasLink("link", "file");
        assertThat(extract().isComplete()).isTrue();
        assertThat(outside).hasContent("precious");
        assertThat(target().resolve("file")).isRegularFile().hasContent("new");
        assertThat(Files.readSymbolicLink(target().resolve("link"))).hasToString("file");
    }

    @Test
    void refusesFilesAndLinksWhereTheTargetHasADirectory() throws IOException {
        Files.createDirectories(target().resolve("file/inside"));
        Files.createDirectories(target().resolve("link/inside"));
        has("file", "x").hasLink("link", "file");
        assertThat(refused(extract(Extractor.builder().existing(ExistingFiles.REPLACE))))
                .containsExactly("file", "link");
        assertThat(target().resolve("file/inside")).isDirectory();
    }

    @Test
    void refusesDirectoriesWhereTheTargetHasAFile() throws IOException {
        Files.createDirectories(target());
        Files.writeString(target().resolve("d"), "precious");
        has("d/x", "x");
        assertThat(refused(extract())).containsExactly("d");
        assertThat(target().resolve("d")).hasContent("precious");
    }

    @Test
    void followsTheLinkThatTheTargetIs() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Files.createSymbolicLink(target(), real);
        has("d/x", "x");
        extract();
        assertThat(real.resolve("d/x")).hasContent("x");
        assertThat(target()).isSymbolicLink();
    }

    @Test
    void refusesATargetWithinTheTree() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        assertThatThrownBy(() -> Extractor.builder().build().extract(tree, tree.resolve("a/b")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("lies in the tree");
        assertThat(tree).isEmptyDirectory();
    }

    @Test
    void refusesARootThatIsNoDirectory() throws IOException {
        has("file", "x");
        assertThatThrownBy(() -> Extractor.builder().build().extract(root.resolve("file"), target()))
                .isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void skipsWhatIsThereWithTheSameSizeAndTime() throws IOException {
        has("a", "aaa").has("b", "bbb").has("c", "ccc").hasLink("link", "a");
        extract();
        Files.writeString(target().resolve("a"), "AAA");
        Files.setLastModifiedTime(target().resolve("a"), SOME_TIME);
        Files.writeString(target().resolve("b"), "longer");
        Files.setLastModifiedTime(target().resolve("b"), SOME_TIME);
        Files.setLastModifiedTime(target().resolve("c"), FileTime.fromMillis(0));
        ExtractionResult result = extract();
        assertThat(result.skipped()).isEqualTo(2);
        assertThat(result.files()).isEqualTo(2);
        assertThat(target().resolve("a")).hasContent("AAA");
        assertThat(target().resolve("b")).hasContent("bbb");
        assertThat(Files.getLastModifiedTime(target().resolve("c"))).isEqualTo(SOME_TIME);
    }

    @Test
    void comparesContentIfToldTo() throws IOException {
        has("a", "aaa").has("b", "bbb");
        extract();
        Files.writeString(target().resolve("a"), "AAA");
        Files.setLastModifiedTime(target().resolve("a"), SOME_TIME);
        ExtractionResult result = extract(Extractor.builder().existing(ExistingFiles.KEEP_IF_SAME_CONTENT));
        assertThat(result.skipped()).isEqualTo(1);
        assertThat(target().resolve("a")).hasContent("aaa");
    }

    @Test
    void replacesEverythingIfToldTo() throws IOException {
        has("a", "aaa");
        extract();
        assertThat(extract(Extractor.builder().existing(ExistingFiles.REPLACE)).files())
                .isEqualTo(1);
    }

    @Test
    void leavesOtherFilesOfTheTargetAlone() throws IOException {
        has("d/a", "aaa");
        Files.createDirectories(target().resolve("d"));
        Files.writeString(target().resolve("d/other"), "other");
        extract();
        assertThat(names(target())).containsExactly("d", "d/a", "d/other");
    }

    @Test
    void removesIncompleteFilesOfAnEarlierRun() throws IOException {
        has("d/a", "aaa");
        Files.createDirectories(target().resolve("d"));
        Files.writeString(target().resolve(".pxekit-part-1-1-"), "incomplete");
        Files.writeString(target().resolve("d/.pxekit-part-1-2-"), "incomplete");
        extract();
        assertThat(names(target())).containsExactly("d", "d/a");
    }

    @Test
    void writesIntoDirectoriesThatAnEarlierRunHasMadeReadOnly() throws IOException {
        has("d/a", "aaa").has("d/b", "bbb");
        permissions(root.resolve("d"), "r-xr-xr-x");
        extract();
        Set<PosixFilePermission> writable = PosixFilePermissions.fromString("rwxr-xr-x");
        Files.setPosixFilePermissions(target().resolve("d"), writable);
        Files.delete(target().resolve("d/b"));
        permissions(target().resolve("d"), "r-xr-xr-x");
        extract();
        assertThat(target().resolve("d/b")).hasContent("bbb");
        assertThat(permissions(target().resolve("d"))).isEqualTo("r-xr-xr-x");
        Files.setPosixFilePermissions(target().resolve("d"), writable);
    }

    /** The listener's exception comes at any moment, as a kill would; the last run finds what the others left. */
    @Test
    void goesOnAfterRunsThatEndAtAnyMoment() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            has("d" + i % 7 + "/f" + i, "x".repeat(random.nextInt(5000)));
        }
        hasLink("d1/link", "f1");
        int ended = 0;
        for (int moment = 0; moment < 40; moment++) {
            int last = moment * 3;
            ExtractionListener listener = new ExtractionListener() {
                private int calls;

                @Override
                public void fileStarted(Path path, long size) {
                    count();
                }

                @Override
                public void progress(long bytes, long total) {
                    count();
                }

                private void count() {
                    if (calls++ >= last) {
                        throw new IllegalStateException("ended");
                    }
                }
            };
            try {
                extract(Extractor.builder().listener(listener).threads(1 + moment % 3));
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("ended");
                ended++;
            }
            if (Files.exists(target())) {
                assertThat(names(target())).noneMatch(name -> name.contains(".pxekit-part-"));
                Map<String, String> whole = contents(root);
                assertThat(contents(target()))
                        .allSatisfy((name, content) -> assertThat(whole).containsEntry(name, content));
            }
            if (moment % 13 == 12) {
                Files.delete(target().resolve("d1/f1"));
            }
        }
        assertThat(ended).isPositive();
        extract();
        assertThat(contents(target())).isEqualTo(contents(root));
    }

    @Test
    void anInterruptEndsItAndLeavesNothingIncomplete() throws IOException {
        for (int i = 0; i < 100; i++) {
            has("f" + i, "x".repeat(1000));
        }
        Thread caller = Thread.currentThread();
        ExtractionListener listener = new ExtractionListener() {
            @Override
            public void fileStarted(Path path, long size) {
                caller.interrupt();
            }
        };
        assertThatThrownBy(() -> extract(Extractor.builder().listener(listener)))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names(target())).noneMatch(name -> name.startsWith(".pxekit-part-"));
        assertThat(extract().isComplete()).isTrue();
    }

    @Test
    void tellsTheListenerWhatHappens() throws IOException {
        has("a", "aaa").has("b", "bbbbb").hasLink("out", "/etc");
        List<String> events = new ArrayList<>();
        ExtractionListener listener = new ExtractionListener() {
            @Override
            public void measured(long entries, long bytes) {
                events.add("measured " + entries + " " + bytes);
            }

            @Override
            public void fileStarted(Path path, long size) {
                events.add("started " + path + " " + size);
            }

            @Override
            public void fileFinished(Path path, long size) {
                events.add("finished " + path + " " + size);
            }

            @Override
            public void fileSkipped(Path path, long size) {
                events.add("skipped " + path + " " + size);
            }

            @Override
            public void problem(ExtractionProblem problem) {
                events.add("problem " + problem.path());
            }

            @Override
            public void progress(long bytes, long total) {
                events.add("progress " + bytes + " of " + total);
            }
        };
        extract(Extractor.builder().listener(listener).threads(1));
        assertThat(events)
                .containsExactly(
                        "measured 3 8",
                        "started a 3",
                        "progress 3 of 8",
                        "finished a 3",
                        "started b 5",
                        "progress 8 of 8",
                        "finished b 5",
                        "problem out");
        events.clear();
        extract(Extractor.builder().listener(listener).threads(1));
        assertThat(events)
                .containsExactly(
                        "measured 3 8",
                        "progress 3 of 8",
                        "skipped a 3",
                        "progress 8 of 8",
                        "skipped b 5",
                        "problem out");
    }

    @Test
    void boundsAreCheckedBeforeAnythingIsWritten() throws IOException {
        has("d/e/a", "aaa").has("b", "bbb");
        assertBound(Extractor.builder().maximumEntries(3), "more than 3 entries");
        assertBound(Extractor.builder().maximumBytes(5), "more than 5 bytes");
        assertBound(Extractor.builder().maximumDepth(1), "more than 1 directories in one another");
        extract(Extractor.builder().maximumEntries(4).maximumBytes(6).maximumDepth(2));
    }

    private void assertBound(Extractor.Builder builder, String message) {
        assertThatThrownBy(() -> extract(builder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(message);
        assertThat(target()).doesNotExist();
    }

    @Test
    void refusesBoundsThatAreNone() {
        assertThatThrownBy(() -> Extractor.builder().maximumBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maximumBytes: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> Extractor.builder().threads(65))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads: 65 (expected: 1..64)");
    }

    @Test
    void asksForRoomBeforeAnythingIsWritten() throws IOException {
        has("a", "a".repeat(50_000)).has("b", "b".repeat(50_000));
        Path small = smallFileSystem().getPath("/target");
        assertThatThrownBy(() -> Extractor.builder().build().extract(root, small))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("100,000 bytes are to be written")
                .hasMessageContaining("65,536 are free");
        assertThat(small).doesNotExist();
    }

    @Test
    void asksForNoRoomForWhatIsThereAlready() throws IOException {
        has("a", "a".repeat(40_000));
        Path small = smallFileSystem().getPath("/target");
        assertThat(Extractor.builder().build().extract(root, small).files()).isEqualTo(1);
        has("b", "b".repeat(4_000));
        assertThat(Extractor.builder().build().extract(root, small).files()).isEqualTo(1);
    }

    private static FileSystem smallFileSystem() {
        return Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(1024)
                .setMaxSize(65_536)
                .build());
    }

    @Test
    void refusesNamesThatTheTargetTakesForOne() throws IOException {
        has("README", "first").has("readme", "second").has("d/x", "x").has("D/y", "y");
        Path mac = Jimfs.newFileSystem(Configuration.osX()).getPath("/target");
        ExtractionResult result = Extractor.builder().build().extract(root, mac);
        assertThat(refused(result)).hasSize(2);
        assertThat(names(mac)).hasSize(3);
        assertThat(result.problems().get(0).reason()).contains("which came first");
    }

    @Test
    void extractsNamesThatDifferInCaseWhereThatIsADifference() throws IOException {
        has("README", "first").has("readme", "second");
        assertThat(extract().isComplete()).isTrue();
        assertThat(target().resolve("readme")).hasContent("second");
        assertThat(names(target())).containsExactly("README", "readme");
    }

    @Test
    void refusesNamesThatWindowsCannotStore() throws IOException {
        has("a:b", "x")
                .has("..\\..\\evil", "x")
                .has("C:\\evil", "x")
                .has("nul.txt", "x")
                .has("COM1", "x");
        has("dot.", "x")
                .has("blank ", "x")
                .has("what?", "x")
                .has("fine.txt", "x")
                .has("console", "x");
        hasLink("link", "..\\..\\x");
        Path windows = Jimfs.newFileSystem(Configuration.windows()).getPath("C:\\target");
        ExtractionResult result = Extractor.builder().build().extract(root, windows);
        assertThat(names(windows)).containsExactly("console", "fine.txt");
        assertThat(result.problemCount()).isEqualTo(9);
        assertThat(refused(result)).hasSize(9);
    }

    @Test
    void refusesNamesOfItsOwnIncompleteFiles() throws IOException {
        has(".pxekit-part-1-1-", "x").has("fine", "x");
        assertThat(refused(extract())).containsExactly(".pxekit-part-1-1-");
    }

    @Test
    void reportsWhatFailsAndGoesOn() throws IOException {
        has("a", "aaa").has("z", "zzz").has("n".repeat(300), "name too long").hasLink("l".repeat(300), "a");
        ExtractionResult result = extract();
        assertThat(result.files()).isEqualTo(2);
        assertThat(result.problems()).hasSize(2).allSatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo(ExtractionProblem.Kind.FAILED);
            assertThat(problem.cause()).isPresent();
        });
        assertThat(names(target())).containsExactly("a", "z");
    }

    @Test
    void stopsAtTheFirstFailureIfToldTo() throws IOException {
        has("n".repeat(300), "name too long");
        assertThatThrownBy(() -> extract(Extractor.builder().stopAtFirstFailure(true)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("too long");
        assertThat(target()).isEmptyDirectory();
    }

    @Test
    void keepsAThousandProblemsAndCountsTheRest() throws IOException {
        for (int i = 0; i < 1100; i++) {
            hasLink("link" + i, "/etc");
        }
        ExtractionResult result = extract();
        assertThat(result.problems()).hasSize(1000);
        assertThat(result.problemCount()).isEqualTo(1100);
    }

    @Test
    void worksFromADirectoryOfTheDefaultFileSystem() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source/d"));
        Files.writeString(source.resolve("a"), "a".repeat(100_000));
        Files.createLink(source.resolve("b"), source.resolve("a"));
        Files.createSymbolicLink(source.resolve("l"), Path.of("a"));
        ExtractionResult result = Extractor.builder().build().extract(directory.resolve("source"), target());
        assertThat(result)
                .hasToString(
                        "1 files, 1 directories, 1 symbolic links, 1 hard links, 0 there already, 100000 bytes, 0 problems");
        assertThat(contents(target())).isEqualTo(contents(directory.resolve("source")));
    }

    @Test
    void worksWhereFilesHaveNoHardLinksAndNoPermissions() throws IOException {
        has("d/a.txt", "aaa");
        Files.createLink(root.resolve("b.txt"), root.resolve("d/a.txt"));
        Path plain = Jimfs.newFileSystem(
                        Configuration.unix().toBuilder().setSupportedFeatures().build())
                .getPath("/target");
        ExtractionResult result = Extractor.builder().build().extract(root, plain);
        assertThat(result.isComplete()).isTrue();
        assertThat(result.files()).isEqualTo(2);
        assertThat(plain.resolve("b.txt")).hasContent("aaa");
        assertThat(Files.getLastModifiedTime(plain.resolve("b.txt"))).isEqualTo(SOME_TIME);
    }
}
