package dev.pxekit.tftp;

import static dev.pxekit.tftp.Addresses.client;
import static dev.pxekit.tftp.Asking.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link DirectoryFiles} does beyond finding a file by its name. */
class DirectoryFilesTest {

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
    }

    /** Writes a file; on a file system that ignores case by itself, the tests of case show nothing. */
    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void assumeCaseMatters() throws IOException {
        write(root.resolve("probe"), "");
        assumeThat(root.resolve("PROBE")).as("file system that tells case").doesNotExist();
    }

    // ---- case

    @ParameterizedTest
    @ValueSource(strings = {"\\boot\\bcd", "BOOT/BCD", "Boot/BCD", "/boot/Bcd"})
    void findsWhateverTheCase(String name) throws Exception {
        write(root.resolve("Boot/BCD"), "bcd");
        assertThat(read(TftpFiles.under(root).ignoringCase(), name)).isEqualTo("bcd");
    }

    @Test
    void caseMattersUnlessToldOtherwise() throws Exception {
        assumeCaseMatters();
        write(root.resolve("Boot/BCD"), "bcd");
        assertThatThrownBy(() -> read(TftpFiles.under(root), "boot/bcd")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void exactNameWins() throws Exception {
        assumeCaseMatters();
        write(root.resolve("A"), "upper");
        write(root.resolve("a"), "lower");
        TftpFiles files = TftpFiles.under(root).ignoringCase();
        assertThat(read(files, "a")).isEqualTo("lower");
        assertThat(read(files, "A")).isEqualTo("upper");
    }

    @Test
    void ambiguousNameIsTheFirstInOrder() throws Exception {
        assumeCaseMatters();
        for (String name : new String[] {"fILE", "File", "FiLE", "fILe"}) {
            write(root.resolve(name), name);
        }
        assertThat(read(TftpFiles.under(root).ignoringCase(), "file")).isEqualTo("FiLE");
    }

    @Test
    void eachElementIsLookedUpByItself() throws Exception {
        assumeCaseMatters();
        write(root.resolve("Boot/BCD"), "bcd");
        Files.createDirectory(root.resolve("boot"));
        TftpFiles files = TftpFiles.under(root).ignoringCase();
        assertThatThrownBy(() -> read(files, "boot/BCD")).isInstanceOf(NoSuchFileException.class);
        assertThat(read(files, "BOOT/bcd")).isEqualTo("bcd");
    }

    @Test
    void ignoresCaseInAnyFileSystem() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(
                URI.create("jar:" + directory.resolve("files.zip").toUri()), Map.of("create", "true"))) {
            write(zip.getPath("/Boot/BCD"), "bcd");
            assertThat(read(TftpFiles.under(zip.getPath("/")).ignoringCase(), "\\boot\\bcd"))
                    .isEqualTo("bcd");
        }
    }

    @Test
    void linkOutIsRefusedWhateverTheCase() throws Exception {
        write(directory.resolve("outside/Secret"), "secret");
        Files.createSymbolicLink(root.resolve("Link"), directory.resolve("outside"));
        TftpFiles files = TftpFiles.under(root).ignoringCase();
        for (String name : new String[] {"link/secret", "LINK/Secret", "link/absent", "Link/secret", "link"}) {
            assertThatThrownBy(() -> read(files, name)).describedAs(name).isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void directoryOutsideIsNotEvenRead() throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        for (int i = 0; i <= PathLookup.MOST_ENTRIES; i++) {
            Files.createFile(outside.resolve("" + i));
        }
        Files.createSymbolicLink(root.resolve("link"), outside);
        // read, it would be too large, which is "no such file"
        assertThatThrownBy(() -> read(TftpFiles.under(root).ignoringCase(), "link/absent"))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void oneRequestReadsBoundedNumberOfEntries() throws Exception {
        assumeCaseMatters();
        try (FileSystem zip = FileSystems.newFileSystem(
                URI.create("jar:" + directory.resolve("large.zip").toUri()), Map.of("create", "true"))) {
            for (int i = 0; i < PathLookup.MOST_ENTRIES / 2; i++) {
                Files.createFile(zip.getPath("/" + i));
            }
            write(zip.getPath("/Directory/file"), "found");
            TftpFiles files = TftpFiles.under(zip.getPath("/")).ignoringCase();
            assertThat(read(files, "directory/FILE")).isEqualTo("found");
            for (int i = PathLookup.MOST_ENTRIES / 2; i < PathLookup.MOST_ENTRIES; i++) {
                Files.createFile(zip.getPath("/" + i));
            }
            assertThat(read(files, "Directory/FILE")).isEqualTo("found");
            assertThatThrownBy(() -> read(files, "directory/FILE"))
                    .isInstanceOf(NoSuchFileException.class)
                    .hasMessageContaining("more than 10000 directory entries");
        }
    }

    // ---- clients

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7,       192.0.2.7",
        "2001:db8:0:0:0:0:0:7, 2001:db8::7",
        "fe80::1,         fe80::1",
        "192.0.2.8,       root"
    })
    void clientWithDirectoryHasItAsRoot(String client, String expected) throws Exception {
        write(root.resolve("file"), "root");
        for (String name : new String[] {"192.0.2.7", "2001:db8::7", "fe80::1"}) {
            write(root.resolve(name).resolve("file"), name);
        }
        TftpFiles files = TftpFiles.under(root).perClientAddress();
        assertThat(read(files, client(client), "/file")).isEqualTo(expected);
    }

    @Test
    void addressOfVersion4SeenBySocketOfVersion6IsTheAddressOfVersion4() throws Exception {
        write(root.resolve("192.0.2.7/file"), "found");
        byte[] mapped = HexFormat.of().parseHex("00000000000000000000ffffc0000207");
        assertThat(read(TftpFiles.under(root).perClientAddress(), Inet6Address.getByAddress(null, mapped, -1), "file"))
                .isEqualTo("found");
    }

    @Test
    void zoneIsNoPartOfTheName() throws Exception {
        write(root.resolve("fe80::1/file"), "found");
        byte[] address = client("fe80::1").getAddress();
        assertThat(read(TftpFiles.under(root).perClientAddress(), Inet6Address.getByAddress(null, address, 3), "file"))
                .isEqualTo("found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"52:54:00:AB:CD:EF", "52-54-00-ab-cd-ef"})
    void clientIsKnownByItsHardwareAddress(String hardwareAddress) throws Exception {
        write(root.resolve("file"), "root");
        write(root.resolve("52-54-00-ab-cd-ef/file"), "client");
        InetAddress known = client("192.0.2.7");
        TftpFiles files = TftpFiles.under(root)
                .perHardwareAddress(client -> client.equals(known) ? Optional.of(hardwareAddress) : Optional.empty());
        assertThat(read(files, known, "file")).isEqualTo("client");
        assertThat(read(files, client("192.0.2.8"), "file")).isEqualTo("root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../52", "52:54:00:AB:CD:EF/..", "525400abcdef", "52:", "/"})
    void whatIsNoHardwareAddressNamesNoDirectory(String hardwareAddress) {
        TftpFiles files = TftpFiles.under(root).perHardwareAddress(client -> Optional.of(hardwareAddress));
        assertThatThrownBy(() -> read(files, "file"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: octets as in 52:54:00:ab:cd:ef");
    }

    @Test
    void fileOnlyInTheRootIsNotThereForClientWithDirectory() throws Exception {
        write(root.resolve("file"), "root");
        Files.createDirectory(root.resolve("127.0.0.1"));
        TftpFiles files = TftpFiles.under(root).perClientAddress();
        InetAddress client = client("127.0.0.1");
        assertThatThrownBy(() -> read(files, client, "file")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> read(files, client, "../file")).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void clientsShareFilesByLinksWithinTheRoot() throws Exception {
        write(root.resolve("common/linux"), "kernel");
        Files.createDirectory(root.resolve("192.0.2.7"));
        Files.createSymbolicLink(root.resolve("192.0.2.7/linux"), Path.of("../common/linux"));
        Files.createSymbolicLink(root.resolve("192.0.2.8"), Path.of("common"));
        TftpFiles files = TftpFiles.under(root).perClientAddress();
        assertThat(read(files, client("192.0.2.7"), "linux")).isEqualTo("kernel");
        assertThat(read(files, client("192.0.2.8"), "linux")).isEqualTo("kernel");
    }

    @Test
    void directoryOfClientThatLeadsOutsideIsRefused() throws Exception {
        write(directory.resolve("outside/file"), "secret");
        Files.createSymbolicLink(root.resolve("192.0.2.7"), directory.resolve("outside"));
        InetAddress client = client("192.0.2.7");
        for (TftpFiles files : new TftpFiles[] {
            TftpFiles.under(root).perClientAddress(),
            TftpFiles.under(root).ignoringCase().perClientAddress()
        }) {
            for (String name : new String[] {"file", "FILE", "absent"}) {
                assertThatThrownBy(() -> read(files, client, name)).isInstanceOf(AccessDeniedException.class);
            }
        }
    }

    @Test
    void fileNamedAsClientIsNoDirectory() throws Exception {
        write(root.resolve("file"), "root");
        write(root.resolve("192.0.2.7"), "not a directory");
        assertThat(read(TftpFiles.under(root).perClientAddress(), client("192.0.2.7"), "file"))
                .isEqualTo("root");
    }

    @Test
    void optionsGoTogether() throws Exception {
        write(root.resolve("52-54-00-AB-CD-EF/Boot/BCD"), "bcd");
        TftpFiles files = TftpFiles.under(root)
                .ignoringCase()
                .perHardwareAddress(client -> Optional.of("52:54:00:ab:cd:ef"))
                .rewriting(NameRule.rewrite("^windows/", ""));
        assertThat(read(files, "\\windows\\boot\\bcd")).isEqualTo("bcd");
    }

    // ---- identity

    private Object identity(String name) throws IOException {
        try (TftpFile file = Asking.open(TftpFiles.under(root), name)) {
            return file.identity();
        }
    }

    @Test
    void oneFileHasOneIdentityByWhateverName() throws Exception {
        write(root.resolve("Boot/BCD"), "bcd");
        Files.createSymbolicLink(root.resolve("link"), Path.of("Boot/BCD"));
        assertThat(identity("Boot/BCD"))
                .isEqualTo(identity("\\Boot\\BCD"))
                .isEqualTo(identity("link"))
                .hasSameHashCodeAs(identity("link"));
    }

    @Test
    void filesOfEqualContentAreNotTheSame() throws Exception {
        FileTime time = FileTime.fromMillis(1_000_000);
        write(root.resolve("a"), "content");
        write(root.resolve("b"), "content");
        Files.setLastModifiedTime(root.resolve("a"), time);
        Files.setLastModifiedTime(root.resolve("b"), time);
        assertThat(identity("a")).isNotEqualTo(identity("b"));
    }

    @Test
    void fileWithAnotherTimeOrSizeIsAnother() throws Exception {
        Path file = root.resolve("file");
        write(file, "content");
        FileTime time = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, time);
        Object before = identity("file");
        Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
        assertThat(identity("file")).isNotEqualTo(before);
        write(file, "more content");
        Files.setLastModifiedTime(file, time);
        assertThat(identity("file")).isNotEqualTo(before);
    }

    @Test
    void replacedFileIsAnotherWhileTheOldOneIsReadToItsEnd() throws Exception {
        FileTime time = FileTime.fromMillis(1_000_000);
        write(root.resolve("file"), "old");
        write(directory.resolve("new"), "NEW");
        Files.setLastModifiedTime(root.resolve("file"), time);
        Files.setLastModifiedTime(directory.resolve("new"), time);
        try (TftpFile old = Asking.open(TftpFiles.under(root), "file")) {
            assumeThat(Files.readAttributes(root.resolve("file"), "fileKey").get("fileKey"))
                    .as("file key")
                    .isNotNull();
            Files.move(directory.resolve("new"), root.resolve("file"), StandardCopyOption.REPLACE_EXISTING);
            assertThat(identity("file")).isNotEqualTo(old.identity());
            ByteBuffer content = ByteBuffer.allocateDirect(300_000);
            assertThat(old.read(content, 0)).isEqualTo(3);
            assertThat(content.get(0)).isEqualTo((byte) 'o');
        }
        assertThat(read(TftpFiles.under(root), "file")).isEqualTo("NEW");
    }
}
