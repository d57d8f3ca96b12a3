package dev.pxekit.iso;

import static dev.pxekit.iso.SystemUseBytes.component;
import static dev.pxekit.iso.SystemUseBytes.nm;
import static dev.pxekit.iso.SystemUseBytes.px;
import static dev.pxekit.iso.SystemUseBytes.sl;
import static dev.pxekit.iso.SystemUseBytes.zf;
import static dev.pxekit.iso.TestImage.directory;
import static dev.pxekit.iso.TestImage.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.pxekit.iso.internal.IsoFileSystemProvider;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of {@code java.nio.file} over an image. */
class IsoFileSystemTest {

    private static final byte[] BYTES = bytes(10_000);

    @TempDir
    private Path directory;

    private Path stored;
    private FileSystem iso;

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static TestImage sample() {
        return new TestImage(
                        file("A.BIN;1", Arrays.copyOfRange(BYTES, 0, 8192))
                                .use(nm("big.bin"))
                                .flags(0x80),
                        file("A.BIN;1", Arrays.copyOfRange(BYTES, 8192, 10_000)).use(nm("big.bin")),
                        directory(
                                        "D",
                                        file("F.;1", "content").use(nm("f.txt"), px(0100755, 1, 0, 0)),
                                        directory("E").use(nm("e")))
                                .use(nm("dir")),
                        file("L.;1", "").use(nm("link"), px(0120777, 1, 0, 0), sl(0, component(0, "dir"))),
                        file("H.;1", "").use(nm(".hidden")),
                        file("Z.;1", "").use(nm("empty")))
                .rockRidge();
    }

    @BeforeEach
    void open() throws IOException {
        stored = Files.write(directory.resolve("test image!.iso"), sample().build());
        iso = IsoFileSystems.open(stored);
    }

    @AfterEach
    void close() throws IOException {
        iso.close();
    }

    @Test
    void walksFindsAndLists() throws IOException {
        assertThat(Images.walk(iso))
                .containsExactly("/big.bin", "/dir", "/dir/f.txt", "/dir/e", "/link", "/.hidden", "/empty");
        try (Stream<Path> found = Files.find(iso.getPath("/"), 9, (path, attributes) -> attributes.size() == 7)) {
            assertThat(found).containsExactly(iso.getPath("/dir/f.txt"));
        }
        assertThat(Images.list(iso.getPath("dir"))).containsExactly("f.txt", "e");
    }

    @Test
    void copiesOut() throws IOException {
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            Path target = Files.copy(iso.getPath("/big.bin"), memory.getPath("/copy"));
            assertThat(Files.readAllBytes(target)).isEqualTo(BYTES);
        }
        assertThat(Files.copy(iso.getPath("/dir/f.txt"), directory.resolve("copy")))
                .hasContent("content");
    }

    @Test
    void readsFromAnywhere() throws IOException {
        try (FileChannel channel = FileChannel.open(iso.getPath("/big.bin"))) {
            assertThat(channel.size()).isEqualTo(10_000);
            channel.position(8190);
            ByteBuffer buffer = ByteBuffer.allocate(5);
            assertThat(channel.read(buffer)).isEqualTo(5);
            assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(BYTES, 8190, 8195));
            assertThat(channel.position()).isEqualTo(8195);
            assertThat(channel.read(ByteBuffer.allocate(10), 10_000)).isEqualTo(-1);
            assertThat(channel.read(ByteBuffer.allocate(0), 0)).isZero();
            ByteBuffer[] parts = {ByteBuffer.allocate(1000), ByteBuffer.allocate(2000)};
            assertThat(channel.read(parts)).isEqualTo(1805);
            assertThat(channel.read(parts)).isEqualTo(-1);
        }
    }

    @Test
    void readsAtManyPositionsFromManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (FileChannel channel = FileChannel.open(iso.getPath("/big.bin"))) {
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int seed = 0; seed < 8; seed++) {
                Random random = new Random(seed);
                tasks.add(() -> {
                    for (int i = 0; i < 500; i++) {
                        int from = random.nextInt(BYTES.length);
                        ByteBuffer buffer = ByteBuffer.allocate(1 + random.nextInt(BYTES.length - from));
                        channel.read(buffer, from);
                        if (!Arrays.equals(buffer.array(), Arrays.copyOfRange(BYTES, from, from + buffer.capacity()))) {
                            return false;
                        }
                    }
                    return Images.walk(iso).size() == 7;
                });
            }
            for (Future<Boolean> result : threads.invokeAll(tasks, 20, TimeUnit.SECONDS)) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void transfersToAnotherChannel() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FileChannel channel = FileChannel.open(iso.getPath("/big.bin"))) {
            assertThat(channel.transferTo(100, Long.MAX_VALUE, Channels.newChannel(bytes)))
                    .isEqualTo(9_900);
            assertThat(channel.transferTo(20_000, 10, Channels.newChannel(bytes)))
                    .isZero();
        }
        assertThat(bytes.toByteArray()).isEqualTo(Arrays.copyOfRange(BYTES, 100, 10_000));
    }

    @Test
    void mapsContiguousFilesOfTheDefaultFileSystem() throws IOException {
        try (FileChannel channel = FileChannel.open(iso.getPath("/big.bin"))) {
            MappedByteBuffer mapped = channel.map(MapMode.READ_ONLY, 1000, 9000);
            byte[] bytes = new byte[9000];
            mapped.get(bytes);
            assertThat(bytes).isEqualTo(Arrays.copyOfRange(BYTES, 1000, 10_000));
            assertThat(mapped.isDirect()).isTrue();
            assertThat(channel.map(MapMode.READ_ONLY, 0, 0).capacity()).isZero();
            assertThatThrownBy(() -> channel.map(MapMode.READ_ONLY, 1, 10_000)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> channel.map(MapMode.READ_WRITE, 0, 1))
                    .isInstanceOf(NonWritableChannelException.class);
        }
    }

    @Test
    void saysThatFilesInPiecesCannotBeMapped() throws IOException {
        TestImage image = new TestImage(
                file("A;1", "a".repeat(2048)).flags(0x80), file("A;1", "b").location(TestImage.FIRST_DIRECTORY));
        Path path = Files.write(directory.resolve("pieces.iso"), image.build());
        try (FileSystem pieces = IsoFileSystems.open(path);
                FileChannel channel = FileChannel.open(pieces.getPath("/A"))) {
            assertThat(channel.map(MapMode.READ_ONLY, 0, 2048).get(0)).isEqualTo((byte) 'a');
            assertThatThrownBy(() -> channel.map(MapMode.READ_ONLY, 0, 2049))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("not contiguous");
        }
    }

    @Test
    void opensImageWithinImage() throws IOException {
        TestImage outer = new TestImage(directory("D", file("INNER.ISO;1", sample().build())));
        Path path = Files.write(directory.resolve("outer.iso"), outer.build());
        try (FileSystem one = IsoFileSystems.open(path);
                FileSystem two = IsoFileSystems.open(one.getPath("/d/inner.iso"));
                FileChannel channel = FileChannel.open(two.getPath("/big.bin"))) {
            assertThat(Files.readAllBytes(two.getPath("/big.bin"))).isEqualTo(BYTES);
            assertThat(channel.map(MapMode.READ_ONLY, 0, 10).get(9)).isEqualTo(BYTES[9]);
            assertThat(Path.of(two.getPath("/dir/f.txt").toUri())).isEqualTo(two.getPath("/dir/f.txt"));
        }
    }

    @Test
    void opensImageOfFileSystemWithoutFileChannels() throws IOException {
        Path zip = directory.resolve("images.zip");
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Files.copy(stored, archive.getPath("/test.iso"));
        }
        try (FileSystem archive = FileSystems.newFileSystem(zip);
                FileSystem inner = IsoFileSystems.open(archive.getPath("/test.iso"));
                FileChannel channel = FileChannel.open(inner.getPath("/big.bin"))) {
            assertThat(Files.readAllBytes(inner.getPath("/big.bin"))).isEqualTo(BYTES);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            assertThat(channel.transferTo(0, 10_000, Channels.newChannel(bytes)))
                    .isEqualTo(10_000);
            assertThat(bytes.toByteArray()).isEqualTo(BYTES);
            assertThatThrownBy(() -> channel.map(MapMode.READ_ONLY, 0, 1))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void survivesInterruptedReaders() throws IOException {
        try (FileChannel channel = FileChannel.open(iso.getPath("/big.bin"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 0))
                    .isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Files.readAllBytes(iso.getPath("/big.bin"))).isEqualTo(BYTES);
    }

    @Test
    void refusesEveryWayOfWriting() {
        Path file = iso.getPath("/dir/f.txt");
        Path fresh = iso.getPath("/fresh");
        List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> writes = List.of(
                () -> Files.delete(file),
                () -> Files.deleteIfExists(file),
                () -> Files.createDirectory(fresh),
                () -> Files.createFile(fresh),
                () -> Files.createLink(fresh, file),
                () -> Files.createSymbolicLink(fresh, file),
                () -> Files.copy(file, fresh),
                () -> Files.move(file, fresh),
                () -> Files.writeString(file, "x"),
                () -> Files.newByteChannel(file, StandardOpenOption.APPEND),
                () -> Files.newByteChannel(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
                () -> Files.newByteChannel(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE),
                () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)),
                () -> Files.setAttribute(file, "unix:mode", 0),
                () -> Files.setOwner(file, Files.getOwner(file)),
                () -> Files.setPosixFilePermissions(file, java.util.Set.of()),
                () -> Files.newOutputStream(file),
                () -> Files.createTempFile(iso.getPath("/"), "a", "b"),
                () -> Files.getFileAttributeView(file, PosixFileAttributeView.class)
                        .setPermissions(java.util.Set.of()));
        for (int i = 0; i < writes.size(); i++) {
            assertThatThrownBy(writes.get(i)).as("way " + i).isInstanceOf(ReadOnlyFileSystemException.class);
        }
        assertThat(iso.isReadOnly()).isTrue();
        assertThat(Files.isWritable(file)).isFalse();
    }

    @Test
    void refusesToWriteToChannel() throws IOException {
        try (FileChannel channel = FileChannel.open(iso.getPath("/big.bin"))) {
            assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
                    .isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> channel.truncate(0)).isInstanceOf(NonWritableChannelException.class);
            assertThatThrownBy(() -> channel.lock()).isInstanceOf(NonWritableChannelException.class);
            assertThat(channel.lock(0, 10, true).isShared()).isTrue();
        }
    }

    @Test
    void closesChannelsAndStreamsWithTheFileSystem() throws IOException {
        Path path = iso.getPath("/");
        try (FileChannel channel = FileChannel.open(iso.getPath("/big.bin"));
                DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            iso.close();
            iso.close();
            assertThat(iso.isOpen()).isFalse();
            assertThat(channel.isOpen()).isFalse();
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 0))
                    .isInstanceOf(ClosedChannelException.class);
            assertThatThrownBy(stream::iterator).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Images.list(path)).isInstanceOf(ClosedFileSystemException.class);
            assertThatThrownBy(() -> iso.getPath("/")).isInstanceOf(ClosedFileSystemException.class);
            assertThatThrownBy(() -> Files.readAllBytes(path.resolve("big.bin")))
                    .isInstanceOf(ClosedFileSystemException.class);
        }
    }

    @Test
    void roundTripsUris() throws IOException {
        for (String name : List.of(
                "/",
                "/dir/f.txt",
                "/a b!/c%d#e?f",
                "/Grüße/é-nfd/日本/🚀",
                "/semi;colon",
                "/\ud800a/\udc00",
                "/\ud83d%\ude80")) {
            Path path = iso.getPath(name);
            URI uri = path.toUri();
            assertThat(uri.getScheme()).isEqualTo("iso");
            assertThat(Path.of(uri)).isEqualTo(path);
        }
        assertThat(iso.getPath("/dir/f.txt").toUri().toString())
                .startsWith("iso:file:///")
                .endsWith("!/dir/f.txt");
    }

    @Test
    void isFoundByUriWhileOpen() throws IOException {
        URI uri = iso.getPath("/").toUri();
        assertThat(FileSystems.getFileSystem(uri)).isSameAs(iso);
        assertThatThrownBy(() -> FileSystems.newFileSystem(uri, Map.of()))
                .isInstanceOf(FileSystemAlreadyExistsException.class);
        iso.close();
        assertThatThrownBy(() -> FileSystems.getFileSystem(uri)).isInstanceOf(FileSystemNotFoundException.class);
        try (FileSystem again = FileSystems.newFileSystem(uri, Map.of("view", "PLAIN"))) {
            assertThat(IsoFileSystems.view(again)).isEqualTo(IsoView.PLAIN);
        }
    }

    @Test
    void isFoundByTheInstalledProviders() throws IOException {
        try (FileSystem found = FileSystems.newFileSystem(stored)) {
            assertThat(Files.readString(found.getPath("/dir/f.txt"))).isEqualTo("content");
        }
        Path text = Files.writeString(directory.resolve("no.iso"), "text");
        assertThatThrownBy(() -> FileSystems.newFileSystem(text))
                .isInstanceOf(java.nio.file.ProviderNotFoundException.class);
    }

    @Test
    void readsAttributesByName() throws IOException {
        Path file = iso.getPath("/dir/f.txt");
        assertThat(Files.readAttributes(file, "size,isDirectory")).isEqualTo(Map.of("size", 7L, "isDirectory", false));
        assertThat(Files.readAttributes(file, "posix:*")).containsKeys("permissions", "group", "lastModifiedTime");
        assertThat(Files.readAttributes(file, "owner:*")).containsOnlyKeys("owner");
        assertThatThrownBy(() -> Files.getAttribute(file, "basic:mode")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Files.getAttribute(file, "dos:hidden"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(Files.getFileAttributeView(file, BasicFileAttributeView.class)
                        .readAttributes()
                        .size())
                .isEqualTo(7);
        assertThat(iso.supportedFileAttributeViews())
                .containsExactlyInAnyOrder("basic", "owner", "posix", "unix", "iso");
    }

    @Test
    void tellsWhereFilesAreInTheImage() throws IOException {
        Map<String, Object> big = Files.readAttributes(iso.getPath("/big.bin"), "iso:*");
        assertThat(big).containsOnlyKeys("recordOffset", "offset", "extents", "contiguous");
        assertThat(big).containsEntry("extents", 1).containsEntry("contiguous", true);
        try (FileChannel channel = FileChannel.open(stored)) {
            ByteBuffer found = ByteBuffer.allocate(BYTES.length);
            channel.read(found, (Long) Files.getAttribute(iso.getPath("/big.bin"), "iso:offset"));
            assertThat(found.array()).isEqualTo(BYTES);
            ByteBuffer record = ByteBuffer.allocate(40);
            channel.read(record, (Long) Files.getAttribute(iso.getPath("/big.bin"), "iso:recordOffset"));
            assertThat(new String(record.array(), 33, 7, java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("A.BIN;1");
        }
        assertThat(Files.readAttributes(iso.getPath("/empty"), "iso:offset,extents,contiguous"))
                .isEqualTo(Map.of("offset", -1L, "extents", 0, "contiguous", true));
        assertThat(Files.getAttribute(iso.getPath("/dir"), "iso:offset"))
                .isEqualTo(Files.getAttribute(iso.getPath("/dir"), "unix:ino"));
    }

    @Test
    void tellsThatFilesInPiecesAreNotContiguous() throws IOException {
        TestImage image = new TestImage(
                file("A;1", "a".repeat(2048)).flags(0x80), file("A;1", "b").location(TestImage.FIRST_DIRECTORY));
        try (FileSystem pieces = Images.open(image)) {
            assertThat(Files.readAttributes(pieces.getPath("/A"), "iso:extents,contiguous"))
                    .isEqualTo(Map.of("extents", 2, "contiguous", false));
        }
    }

    @Test
    void tellsThatCompressedFilesAreNotContiguous() throws IOException {
        TestImage image = new TestImage(
                        file("Z;1", ZisofsBytes.version1(BYTES, 15)).use(nm("z"), zf(15, BYTES.length)))
                .rockRidge();
        try (FileSystem compressed = Images.open(image)) {
            assertThat(Files.readAttributes(compressed.getPath("/z"), "iso:extents,contiguous"))
                    .isEqualTo(Map.of("extents", 1, "contiguous", false));
        }
    }

    @Test
    void knowsUsersAndGroupsByNumber() throws IOException {
        UserPrincipalLookupService users = iso.getUserPrincipalLookupService();
        Path file = iso.getPath("/dir/f.txt");
        assertThat(users.lookupPrincipalByName("0"))
                .isEqualTo(Files.getOwner(file))
                .hasToString("0");
        assertThat(users.lookupPrincipalByGroupName("0"))
                .isEqualTo(Files.readAttributes(file, PosixFileAttributes.class).group());
        assertThat(users.lookupPrincipalByName("4294967295").getName()).isEqualTo("4294967295");
        for (String name : List.of("root", "-1", "4294967296", "")) {
            assertThatThrownBy(() -> users.lookupPrincipalByName(name))
                    .as(name)
                    .isInstanceOf(UserPrincipalNotFoundException.class);
        }
    }

    @Test
    void servesEveryAttributeViewByType() throws IOException {
        Path file = iso.getPath("/link");
        BasicFileAttributeView basic = Files.getFileAttributeView(file, BasicFileAttributeView.class);
        FileOwnerAttributeView owner =
                Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        PosixFileAttributeView posix =
                Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        assertThat(basic.name()).isEqualTo("basic");
        assertThat(basic.readAttributes().isDirectory()).isTrue();
        assertThat(owner.name()).isEqualTo("owner");
        assertThat(owner.getOwner()).isEqualTo(posix.readAttributes().owner());
        assertThat(posix.name()).isEqualTo("posix");
        assertThat(posix.readAttributes().isSymbolicLink()).isTrue();
        assertThat(Files.getFileAttributeView(file, DosFileAttributeView.class)).isNull();
        assertThatThrownBy(() -> Files.readAttributes(file, DosFileAttributes.class))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void listedPathsLeadWhereResolvedOnesDo() throws IOException {
        try (Stream<Path> listed = Files.walk(iso.getPath("link/../"), 3)) {
            for (Path path : (Iterable<Path>) listed::iterator) {
                Path fresh = iso.getPath(path.toString());
                assertThat(path).isEqualTo(fresh).hasSameHashCodeAs(fresh);
                assertThat(path.toRealPath()).isEqualTo(fresh.toRealPath());
                for (String more : List.of("", ".", "..", "f.txt", "../link/f.txt", "./e/../f.txt", "none")) {
                    for (LinkOption[] options :
                            List.of(new LinkOption[0], new LinkOption[] {LinkOption.NOFOLLOW_LINKS})) {
                        assertThat(Files.exists(path.resolve(more), options))
                                .as(path + " " + more)
                                .isEqualTo(Files.exists(fresh.resolve(more), options));
                        if (Files.exists(fresh.resolve(more), options)) {
                            assertThat(Files.readAttributes(path.resolve(more), "unix:*", options))
                                    .isEqualTo(Files.readAttributes(fresh.resolve(more), "unix:*", options));
                        }
                    }
                }
            }
        }
    }

    @Test
    void tellsMissingFilesWithoutException() throws IOException {
        IsoFileSystemProvider provider = (IsoFileSystemProvider) iso.provider();
        for (String name : List.of("/none", "/none/none", "/big.bin/none", "/link/none", "/link/none/none")) {
            assertThat(provider.readAttributesIfExists(iso.getPath(name), BasicFileAttributes.class))
                    .as(name)
                    .isNull();
        }
        PosixFileAttributes found =
                provider.readAttributesIfExists(iso.getPath("/link/f.txt"), PosixFileAttributes.class);
        assertThat(found).isNotNull().extracting(PosixFileAttributes::size).isEqualTo(7L);
        assertThatThrownBy(() -> provider.readAttributesIfExists(iso.getPath("/dir"), DosFileAttributes.class))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void listedPathsEndWithTheFileSystem() throws IOException {
        Path listed;
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(iso.getPath("/"))) {
            listed = stream.iterator().next();
        }
        iso.close();
        assertThatThrownBy(() -> Files.size(listed)).isInstanceOf(ClosedFileSystemException.class);
    }

    @Test
    void readsLinesOfFiles() throws IOException {
        assertThat(Files.readAllLines(iso.getPath("/link/f.txt"))).containsExactly("content");
        assertThat(Files.newBufferedReader(iso.getPath("/dir/f.txt")).readLine())
                .isEqualTo("content");
        assertThat(Files.mismatch(iso.getPath("/dir/f.txt"), iso.getPath("/link/f.txt")))
                .isEqualTo(-1);
    }

    @Test
    void tellsRealPaths() throws IOException {
        assertThat(iso.getPath("link/./e/../f.txt").toRealPath()).hasToString("/dir/f.txt");
        assertThat(iso.getPath("link").toRealPath(LinkOption.NOFOLLOW_LINKS)).hasToString("/link");
        assertThat(iso.getPath("").toRealPath()).hasToString("/");
        assertThat(iso.getPath("/../..").toRealPath()).hasToString("/");
        assertThatThrownBy(() -> iso.getPath("none").toRealPath()).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.isSameFile(iso.getPath("/none"), iso.getPath("/dir")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void hasNothingToWatch() {
        assertThatThrownBy(() -> iso.newWatchService()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> iso.getPath("/dir").toFile()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void tellsAccessHiddenFilesAndKeys() throws IOException {
        assertThat(Files.isExecutable(iso.getPath("/dir/f.txt"))).isTrue();
        assertThat(Files.isReadable(iso.getPath("/dir/f.txt"))).isTrue();
        assertThat(Files.isReadable(iso.getPath("/none"))).isFalse();
        assertThat(Files.isExecutable(iso.getPath("/none"))).isFalse();
        assertThat(Files.isHidden(iso.getPath("/.hidden"))).isTrue();
        assertThat(Files.isHidden(iso.getPath("/dir"))).isFalse();
        Object key = Files.readAttributes(iso.getPath("/dir"), BasicFileAttributes.class)
                .fileKey();
        assertThat(Files.readAttributes(iso.getPath("/link"), BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(key);
        assertThat(Files.isSameFile(iso.getPath("/dir"), iso.getPath("/link"))).isTrue();
        assertThat(Files.isSameFile(iso.getPath("/dir"), stored)).isFalse();
    }

    @Test
    void refusesDirectoriesAndLinksWhereFilesAreAsked() {
        assertThatThrownBy(() -> Files.readAllBytes(iso.getPath("/dir"))).hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> Files.newByteChannel(iso.getPath("/link"), LinkOption.NOFOLLOW_LINKS))
                .hasMessageContaining("not a regular file");
        assertThatThrownBy(() -> Images.list(iso.getPath("/big.bin"))).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> Files.readSymbolicLink(iso.getPath("/dir"))).isInstanceOf(NotLinkException.class);
    }

    @Test
    void givesOneIteratorPerDirectoryStream() throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(iso.getPath("/dir"), "*.txt")) {
            assertThat(stream).containsExactly(iso.getPath("/dir/f.txt"));
            assertThatThrownBy(stream::iterator).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void isAFullReadOnlyFileStore() throws IOException {
        FileStore store = Files.getFileStore(iso.getPath("/dir"));
        assertThat(store.name()).isEqualTo("TEST");
        assertThat(store.type()).isEqualTo("iso9660");
        assertThat(store.isReadOnly()).isTrue();
        assertThat(store.getTotalSpace()).isEqualTo(Files.size(stored));
        assertThat(store.getUsableSpace()).isZero();
        assertThat(store.supportsFileAttributeView("posix")).isTrue();
        assertThat(iso.getFileStores()).hasSize(1);
    }

    @Test
    void readsEvictedDirectoriesAgain() throws IOException {
        IsoOptions options = IsoOptions.builder().cachedEntries(0).build();
        try (FileSystem small = IsoFileSystems.open(stored, options)) {
            assertThat(Images.walk(small)).hasSize(7).isEqualTo(Images.walk(small));
        }
        assertThatThrownBy(() -> IsoOptions.builder().cachedEntries(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
