package dev.pxekit.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees over one another: directories on disk and trees in memory. */
class OverlayTest {

    @TempDir
    private Path directory;

    private FileSystem memory;
    private Path first;
    private Path second;

    @BeforeEach
    void makeTrees() throws IOException {
        memory = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build());
        first = Files.createDirectory(memory.getPath("/first"));
        second = Files.createDirectory(memory.getPath("/second"));
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    private static void write(Path root, String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static List<String> walk(FileSystem overlay, FileVisitOption... options) throws IOException {
        try (Stream<Path> files = Files.walk(overlay.getPath("/"), options)) {
            return files.skip(1).map(Path::toString).toList();
        }
    }

    private static String text(FileSystem overlay, String path) throws IOException {
        return Files.readString(overlay.getPath(path));
    }

    @Test
    void mergesDirectoriesAndLetsLaterFilesWin() throws IOException {
        write(first, "a/one", "1");
        write(first, "a/both", "first");
        write(second, "a/both", "second");
        write(second, "a/deep/two", "2");
        try (FileSystem overlay = Overlay.of(first, second)) {
            assertThat(walk(overlay)).containsExactly("/a", "/a/both", "/a/deep", "/a/deep/two", "/a/one");
            assertThat(text(overlay, "/a/both")).isEqualTo("second");
            assertThat(text(overlay, "a/one")).isEqualTo("1");
            assertThat(text(overlay, "/a/deep/two")).isEqualTo("2");
        }
    }

    @Test
    void hidesEarlierDirectoryBehindFileAndEarlierFileBehindDirectory() throws IOException {
        write(first, "x/inner", "");
        write(second, "x", "file");
        write(first, "y", "file");
        write(second, "y/inner", "");
        try (FileSystem overlay = Overlay.of(first, second)) {
            assertThat(walk(overlay)).containsExactly("/x", "/y", "/y/inner");
            assertThat(text(overlay, "/x")).isEqualTo("file");
            assertThat(Files.exists(overlay.getPath("/x/inner"))).isFalse();
        }
    }

    @Test
    void hidesWhatIsBeforeHiddenFileWhateverTheGrouping() throws IOException {
        Path third = Files.createDirectory(memory.getPath("/third"));
        write(first, "x/first", "");
        write(second, "x", "file");
        write(third, "x/third", "");
        try (FileSystem flat = Overlay.of(List.of(first, second, third));
                FileSystem early = Overlay.of(first, second);
                FileSystem late = Overlay.of(second, third);
                FileSystem left = Overlay.of(early.getPath("/"), third);
                FileSystem right = Overlay.of(first, late.getPath("/"))) {
            assertThat(walk(flat))
                    .containsExactly("/x", "/x/third")
                    .isEqualTo(walk(left))
                    .isEqualTo(walk(right));
        }
    }

    @Test
    void outlivesOverlayThatItIsMadeOf() throws IOException {
        write(first, "sub/a", "a");
        write(second, "sub/b", "b");
        FileSystem inner = Overlay.of(first, second);
        try (FileSystem overlay = Overlay.of(inner.getPath("/sub"))) {
            inner.close();
            assertThat(walk(overlay)).containsExactly("/b", "/a");
        }
    }

    @Test
    void mergesListingsOfManyNames() throws IOException {
        for (int i = 0; i < 3_000; i++) {
            Files.createFile(first.resolve("f" + i));
            Files.createFile(second.resolve("f" + (i + 1_000)));
        }
        try (FileSystem overlay = Overlay.of(first, second)) {
            assertThat(walk(overlay)).hasSize(4_000).doesNotHaveDuplicates();
        }
    }

    @Test
    void leadsLinksOfOneTreeToFilesOfTheOther() throws IOException {
        write(first, "files/target", "found");
        Files.createSymbolicLink(second.resolve("relative"), memory.getPath("files/target"));
        Files.createSymbolicLink(second.resolve("absolute"), memory.getPath("/files"));
        try (FileSystem overlay = Overlay.of(first, second)) {
            assertThat(text(overlay, "/relative")).isEqualTo("found");
            assertThat(text(overlay, "/absolute/target")).isEqualTo("found");
            assertThat(overlay.getPath("/absolute/target").toRealPath()).hasToString("/files/target");
            assertThat(Files.readSymbolicLink(overlay.getPath("/absolute"))).isEqualTo(overlay.getPath("/files"));
            assertThat(Files.isSymbolicLink(overlay.getPath("/relative"))).isTrue();
            assertThat(walk(overlay, FileVisitOption.FOLLOW_LINKS)).contains("/absolute/target");
        }
    }

    @Test
    void neverFollowsLinksOutOfDirectoriesOnDisk() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        write(outside, "secret", "secret");
        Path layer = Files.createDirectory(directory.resolve("layer"));
        Files.createSymbolicLink(layer.resolve("up"), Path.of("../outside"));
        Files.createSymbolicLink(layer.resolve("file"), Path.of("../outside/secret"));
        Files.createSymbolicLink(layer.resolve("absolute"), outside);
        Files.createSymbolicLink(layer.resolve("root"), Path.of("/"));
        try (FileSystem overlay = Overlay.of(first, layer)) {
            for (String path : List.of("/up/secret", "/file", "/absolute/secret", "/../outside/secret", "/up")) {
                assertThatThrownBy(() -> text(overlay, path)).as(path).isInstanceOf(NoSuchFileException.class);
            }
            assertThat(overlay.getPath("/root").toRealPath()).isEqualTo(overlay.getPath("/"));
            assertThatThrownBy(() -> Files.newByteChannel(overlay.getPath("/file"), LinkOption.NOFOLLOW_LINKS))
                    .hasMessageContaining("not a regular file");
        }
    }

    @Test
    void takesRootBehindLink() throws IOException {
        write(directory.resolve("real"), "a", "a");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real"));
        try (FileSystem overlay = Overlay.of(link)) {
            assertThat(text(overlay, "/a")).isEqualTo("a");
        }
    }

    @Test
    void neverTakesSeparatorsOfLayerForPartOfName() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path root = windows.getPath("C:\\tree");
            write(root, "sub\\file", "file");
            write(windows.getPath("C:\\"), "secret", "secret");
            try (FileSystem overlay = Overlay.of(first, root)) {
                assertThat(text(overlay, "/sub/file")).isEqualTo("file");
                for (String path : List.of("/..\\secret", "/C:\\secret", "/sub\\file", "/sub/..\\..\\secret", "/a:b")) {
                    assertThatThrownBy(() -> text(overlay, path)).as(path).isInstanceOf(NoSuchFileException.class);
                }
            }
        }
    }

    @Test
    void findsNamesThatAreTooLongForOneOfTheFileSystems() throws IOException {
        String name = "日".repeat(100);
        write(first, name, "found");
        try (FileSystem overlay = Overlay.of(first, directory)) {
            assertThat(text(overlay, name)).isEqualTo("found");
        }
    }

    @Test
    void endsLinksInCircles() throws IOException {
        Files.createSymbolicLink(first.resolve("a"), memory.getPath("b"));
        Files.createSymbolicLink(second.resolve("b"), memory.getPath("a"));
        try (FileSystem overlay = Overlay.of(first, second)) {
            assertThatThrownBy(() -> text(overlay, "/a")).isInstanceOf(FileSystemLoopException.class);
        }
    }

    @Test
    void asksTreesThatIgnoreCaseInTheirWay() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path early = windows.getPath("C:\\1");
            Path late = windows.getPath("C:\\2");
            write(early, "Packages\\a.rpm", "a");
            write(early, "Packages\\BOTH.rpm", "early");
            write(late, "PACKAGES\\b.rpm", "b");
            write(late, "PACKAGES\\both.rpm", "late");
            try (FileSystem overlay = Overlay.of(early, late)) {
                assertThat(walk(overlay))
                        .containsExactly("/PACKAGES", "/PACKAGES/b.rpm", "/PACKAGES/both.rpm", "/PACKAGES/a.rpm");
                assertThat(text(overlay, "/packages/A.RPM")).isEqualTo("a");
                assertThat(text(overlay, "/Packages/BOTH.rpm")).isEqualTo("late");
                assertThat(overlay.getPath("/packages/A.rpm").toRealPath()).hasToString("/PACKAGES/a.rpm");
                assertThat(overlay.getPathMatcher("glob:*.rpm").matches(overlay.getPath("B.RPM")))
                        .isTrue();
            }
        }
    }

    @Test
    void showsNamesThatDifferInCaseWhereItMatters() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path ignoring = windows.getPath("C:\\1");
            write(ignoring, "README", "ignoring");
            write(first, "readme", "lower");
            write(first, "ReadMe", "mixed");
            try (FileSystem early = Overlay.of(ignoring, first);
                    FileSystem late = Overlay.of(first, ignoring)) {
                assertThat(walk(early)).containsExactlyInAnyOrder("/readme", "/ReadMe");
                assertThat(text(early, "/readme")).isEqualTo("lower");
                assertThat(text(early, "/README")).isEqualTo("ignoring");
                assertThat(walk(late)).containsExactly("/README");
                assertThat(text(late, "/readme")).isEqualTo("ignoring");
                assertThat(early.getPathMatcher("glob:README").matches(early.getPath("readme")))
                        .isFalse();
            }
        }
    }

    @Test
    void hasAttributesOfTheFileThatIsShown() throws IOException {
        write(first, "f", "12345");
        write(second, "f", "123");
        Files.setPosixFilePermissions(second.resolve("f"), PosixFilePermissions.fromString("rwx--x---"));
        Files.setLastModifiedTime(second.resolve("f"), FileTime.fromMillis(1_000));
        try (FileSystem overlay = Overlay.of(first, second)) {
            Path file = overlay.getPath("/f");
            PosixFileAttributes posix = Files.readAttributes(file, PosixFileAttributes.class);
            assertThat(posix.size()).isEqualTo(3);
            assertThat(posix.lastModifiedTime()).isEqualTo(FileTime.fromMillis(1_000));
            assertThat(PosixFilePermissions.toString(posix.permissions())).isEqualTo("rwx--x---");
            assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(second.resolve("f")));
            assertThat(Files.getAttribute(file, "unix:mode"))
                    .isEqualTo(Files.getAttribute(second.resolve("f"), "unix:mode"));
            assertThat(overlay.supportedFileAttributeViews()).contains("basic", "owner", "posix", "unix");
            assertThat(Files.getFileAttributeView(file, PosixFileAttributeView.class)
                            .readAttributes()
                            .group())
                    .isEqualTo(posix.group());
            assertThat(Files.getFileAttributeView(file, DosFileAttributeView.class))
                    .isNull();
        }
    }

    @Test
    void hasTheAttributeViewsThatAllTreesHave() throws IOException {
        try (FileSystem basic = Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setAttributeViews("basic").build())) {
            write(basic.getPath("/t"), "f", "");
            write(basic.getPath("/t"), "d/x", "");
            write(first, "g", "");
            write(first, "d/y", "");
            try (FileSystem overlay = Overlay.of(first, basic.getPath("/t"))) {
                assertThat(overlay.supportedFileAttributeViews()).containsExactly("basic");
                assertThat(Files.getFileAttributeView(overlay.getPath("/g"), PosixFileAttributeView.class))
                        .isNull();
                assertThat(Files.readAttributes(overlay.getPath("/g"), PosixFileAttributes.class)
                                .permissions())
                        .isNotEmpty();
                for (String path : List.of("/f", "/d")) {
                    assertThatThrownBy(() -> Files.readAttributes(overlay.getPath(path), PosixFileAttributes.class))
                            .isInstanceOf(UnsupportedOperationException.class);
                }
                assertThatThrownBy(() -> Files.getAttribute(overlay.getPath("/f"), "posix:owner"))
                        .isInstanceOf(UnsupportedOperationException.class);
            }
        }
    }

    @Test
    void tellsSameFilesByKey() throws IOException {
        write(first, "d/a", "a");
        write(second, "d/b", "b");
        Files.createLink(second.resolve("hard"), second.resolve("d/b"));
        Files.createSymbolicLink(second.resolve("soft"), memory.getPath("d/b"));
        try (FileSystem overlay = Overlay.of(first, second)) {
            assertThat(Files.isSameFile(overlay.getPath("/hard"), overlay.getPath("/d/b")))
                    .isTrue();
            assertThat(Files.isSameFile(overlay.getPath("/soft"), overlay.getPath("/d/../d/b")))
                    .isTrue();
            assertThat(Files.isSameFile(overlay.getPath("/d/a"), overlay.getPath("/d/b")))
                    .isFalse();
            assertThat(Files.isSameFile(overlay.getPath("/d/b"), second.resolve("d/b")))
                    .isFalse();
            assertThat(Files.getAttribute(overlay.getPath("/d"), "fileKey"))
                    .isEqualTo(Files.readAttributes(overlay.getPath("/d"), BasicFileAttributes.class)
                            .fileKey());
        }
    }

    @Test
    void walksRootThatLiesInAnotherWithLinksFollowed() throws IOException {
        write(first, "updates/f", "new");
        write(first, "f", "old");
        try (FileSystem overlay = Overlay.of(first, first.resolve("updates"))) {
            assertThat(walk(overlay, FileVisitOption.FOLLOW_LINKS)).containsExactly("/f", "/updates", "/updates/f");
            assertThat(text(overlay, "/f")).isEqualTo("new");
        }
    }

    @Test
    void overlaysArchives() throws IOException {
        Path zip = directory.resolve("a.zip");
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            write(archive.getPath("/"), "d/zipped", "zipped");
        }
        write(first, "d/plain", "plain");
        try (FileSystem archive = FileSystems.newFileSystem(zip);
                FileSystem overlay = Overlay.of(first, archive.getPath("/"))) {
            assertThat(walk(overlay)).containsExactly("/d", "/d/zipped", "/d/plain");
            assertThat(text(overlay, "/d/zipped")).isEqualTo("zipped");
            assertThat(Files.isSameFile(overlay.getPath("/d/zipped"), overlay.getPath("/d/./zipped")))
                    .isTrue();
            assertThat(Files.isSameFile(overlay.getPath("/d/zipped"), overlay.getPath("/d/plain")))
                    .isFalse();
            try (FileChannel channel = FileChannel.open(overlay.getPath("/d/zipped"))) {
                assertThat(channel.size()).isEqualTo(6);
            }
        }
    }

    @Test
    void givesChannelsOfTheDefaultFileSystem() throws IOException {
        write(directory, "f", "content");
        try (FileSystem overlay = Overlay.of(first, directory);
                SeekableByteChannel own = Files.newByteChannel(directory.resolve("f"));
                SeekableByteChannel channel = Files.newByteChannel(overlay.getPath("/f"))) {
            assertThat(channel).isInstanceOf(FileChannel.class).hasSameClassAs(own);
        }
    }

    @Test
    void seesChangesOfDirectories() throws IOException {
        try (FileSystem overlay = Overlay.of(first, directory)) {
            Path listed = overlay.getPath("/f");
            assertThat(Files.exists(listed)).isFalse();
            write(first, "f", "one");
            assertThat(text(overlay, "/f")).isEqualTo("one");
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(overlay.getPath("/"))) {
                listed = stream.iterator().next();
            }
            write(directory, "f", "other");
            assertThat(Files.size(listed)).isEqualTo(5);
            FileTime time = FileTime.fromMillis(86_400_000);
            Files.setLastModifiedTime(directory, time);
            assertThat(Files.getLastModifiedTime(overlay.getPath("/"))).isEqualTo(time);
        }
    }

    @Test
    void closesWhatItOpenedAndNothingElse() throws IOException {
        write(first, "f", "content");
        FileSystem overlay = Overlay.of(first, directory);
        Path file = overlay.getPath("/f");
        try (SeekableByteChannel channel = Files.newByteChannel(file);
                DirectoryStream<Path> stream = Files.newDirectoryStream(overlay.getPath("/"))) {
            overlay.close();
            overlay.close();
            assertThat(overlay.isOpen()).isFalse();
            assertThat(channel.isOpen()).isFalse();
            assertThatThrownBy(stream::iterator).isInstanceOf(IllegalStateException.class);
        }
        assertThat(memory.isOpen()).isTrue();
        List<ThrowingCallable> uses = List.of(
                () -> Files.size(file),
                () -> Files.readString(file),
                () -> Files.list(file.getParent()),
                () -> overlay.getPath("/"),
                overlay::getRootDirectories,
                overlay::getFileStores,
                overlay::supportedFileAttributeViews,
                file::toRealPath);
        for (int i = 0; i < uses.size(); i++) {
            assertThatThrownBy(uses.get(i)).as("use " + i).isInstanceOf(ClosedFileSystemException.class);
        }
    }

    @Test
    void keepsOpenChannelsWhileManyComeAndGo() throws IOException {
        write(first, "f", "content");
        FileSystem overlay = Overlay.of(first);
        List<Channel> kept = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            SeekableByteChannel channel = Files.newByteChannel(overlay.getPath("/f"));
            if (i % 100 == 0) {
                kept.add(channel);
            } else {
                channel.close();
            }
        }
        assertThat(kept).allMatch(Channel::isOpen);
        overlay.close();
        assertThat(kept).noneMatch(Channel::isOpen);
    }

    @Test
    void failsAsItsTreeWhenThatIsClosed() throws IOException {
        write(first, "f", "content");
        try (FileSystem overlay = Overlay.of(first, directory)) {
            memory.close();
            assertThatThrownBy(() -> text(overlay, "/f")).isInstanceOf(ClosedFileSystemException.class);
            assertThat(overlay.isOpen()).isTrue();
        }
    }

    @Test
    void refusesEveryWayOfWriting() throws IOException {
        write(first, "f", "content");
        try (FileSystem overlay = Overlay.of(first, directory)) {
            Path file = overlay.getPath("/f");
            Path fresh = overlay.getPath("/fresh");
            List<ThrowingCallable> writes = List.of(
                    () -> Files.delete(file),
                    () -> Files.createDirectory(fresh),
                    () -> Files.createFile(fresh),
                    () -> Files.createLink(fresh, file),
                    () -> Files.createSymbolicLink(fresh, file),
                    () -> Files.copy(file, fresh),
                    () -> Files.move(file, fresh),
                    () -> Files.writeString(file, "x"),
                    () -> Files.newByteChannel(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)),
                    () -> Files.setAttribute(file, "unix:mode", 0),
                    () -> Files.setOwner(file, Files.getOwner(file)));
            for (int i = 0; i < writes.size(); i++) {
                assertThatThrownBy(writes.get(i)).as("way " + i).isInstanceOf(ReadOnlyFileSystemException.class);
            }
            assertThat(overlay.isReadOnly()).isTrue();
            assertThat(Files.isWritable(file)).isFalse();
            assertThat(Files.isReadable(file)).isTrue();
        }
        assertThat(first.resolve("f")).hasContent("content");
    }

    @Test
    void asksTheTreeWhatMayBeExecuted() throws IOException {
        write(directory, "plain", "");
        write(directory, "program", "");
        Files.setPosixFilePermissions(directory.resolve("program"), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (FileSystem overlay = Overlay.of(directory)) {
            assertThat(Files.isExecutable(overlay.getPath("/program"))).isTrue();
            assertThat(Files.isExecutable(overlay.getPath("/plain"))).isFalse();
        }
    }

    @Test
    void knowsUsersOfItsTrees() throws IOException {
        try (FileSystem overlay = Overlay.of(first, directory)) {
            String owner = Files.getOwner(directory).getName();
            assertThat(overlay.getUserPrincipalLookupService().lookupPrincipalByName(owner))
                    .isEqualTo(Files.getOwner(directory));
            assertThat(overlay.getUserPrincipalLookupService().lookupPrincipalByGroupName("0"))
                    .isNotNull();
        }
        try (FileSystem overlay = Overlay.of(directory)) {
            assertThatThrownBy(() -> overlay.getUserPrincipalLookupService().lookupPrincipalByName("no such user"))
                    .isInstanceOf(UserPrincipalNotFoundException.class);
        }
    }

    @Test
    void hasTheStoreOfTheTreeReadOnly() throws IOException {
        write(directory, "f", "");
        try (FileSystem overlay = Overlay.of(first, directory)) {
            FileStore store = Files.getFileStore(overlay.getPath("/f"));
            FileStore own = Files.getFileStore(directory);
            assertThat(store.name()).isEqualTo(own.name());
            assertThat(store.type()).isEqualTo(own.type());
            assertThat(store.getTotalSpace()).isEqualTo(own.getTotalSpace());
            assertThat(store.getUsableSpace()).isZero();
            assertThat(store.getAttribute("unallocatedSpace")).isEqualTo(0L);
            assertThat(store.isReadOnly()).isTrue();
            assertThat(store.supportsFileAttributeView(PosixFileAttributeView.class))
                    .isTrue();
            assertThat(store.supportsFileAttributeView("unix")).isTrue();
            assertThat(overlay.getFileStores()).hasSize(2);
        }
    }

    @Test
    void hasUrisThatTellPathsApartAndOpenNothing() throws IOException {
        try (FileSystem overlay = Overlay.of(first);
                FileSystem other = Overlay.of(first)) {
            Path path = overlay.getPath("/a b/100%/#?ü\ud800");
            assertThat(path.toUri().getScheme()).isEqualTo("overlay");
            assertThat(path.toUri().getPath()).isEqualTo(path.toString());
            assertThat(overlay.getPath("a").toUri())
                    .isEqualTo(overlay.getPath("/a").toUri())
                    .isNotEqualTo(other.getPath("a").toUri());
            assertThatThrownBy(() -> Path.of(path.toUri())).isInstanceOf(FileSystemNotFoundException.class);
            assertThatThrownBy(() -> overlay.provider().getPath(path.toUri()))
                    .isInstanceOf(FileSystemNotFoundException.class);
        }
    }

    @Test
    void keepsPathsOfOverlaysApart() throws IOException {
        try (FileSystem overlay = Overlay.of(first);
                FileSystem other = Overlay.of(first)) {
            Path path = overlay.getPath("/f");
            assertThat(path).isNotEqualTo(other.getPath("/f"));
            assertThatThrownBy(() -> path.resolve(first)).isInstanceOf(ProviderMismatchException.class);
            assertThatThrownBy(() -> overlay.provider().checkAccess(first))
                    .isInstanceOf(ProviderMismatchException.class);
            assertThat(path.getFileSystem()).isSameAs(overlay);
            assertThat(overlay).hasToString("overlay:[" + first + "]");
        }
    }

    @Test
    void findsCopiesAndMatches() throws IOException {
        write(first, "p/a.rpm", "a");
        write(second, "p/b.rpm", "bb");
        write(second, "p/c.txt", "c");
        try (FileSystem overlay = Overlay.of(first, second)) {
            Path packages = overlay.getPath("/p");
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(packages, "*.rpm")) {
                assertThat(stream).containsExactly(packages.resolve("b.rpm"), packages.resolve("a.rpm"));
            }
            try (Stream<Path> found = Files.find(packages, 1, (path, attributes) -> attributes.size() == 2)) {
                assertThat(found).containsExactly(packages.resolve("b.rpm"));
            }
            assertThat(Files.copy(packages.resolve("b.rpm"), directory.resolve("copy")))
                    .hasContent("bb");
            assertThat(Files.newBufferedReader(packages.resolve("a.rpm")).readLine())
                    .isEqualTo("a");
        }
    }

    @Test
    void refusesNoRootsMissingRootsAndFiles() throws IOException {
        write(first, "f", "");
        assertThatThrownBy(() -> Overlay.of(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Overlay.of(first.resolve("none"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Overlay.of(first, first.resolve("f"))).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void servesManyThreads() throws Exception {
        for (int i = 0; i < 50; i++) {
            write(i % 2 == 0 ? first : directory, "d/f" + i, "content " + i);
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (FileSystem overlay = Overlay.of(first, directory)) {
            Callable<Boolean> task = () -> {
                boolean right = walk(overlay).size() == 51;
                for (int i = 0; i < 50; i++) {
                    right &= text(overlay, "/d/f" + i).equals("content " + i);
                }
                return right;
            };
            for (Future<Boolean> result : threads.invokeAll(List.of(task, task, task, task))) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
