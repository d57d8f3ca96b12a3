package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TftpFilesTest {

    @TempDir
    Path directory;

    private Path root;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectories(directory.resolve("root"));
        Files.createDirectories(root.resolve("Boot/Fonts"));
        Files.writeString(root.resolve("pxelinux.0"), "nbp");
        Files.writeString(root.resolve("Boot/BCD"), "bcd");
        Files.writeString(root.resolve("%41.txt"), "percent");
        Files.writeString(directory.resolve("secret"), "secret");
        Files.createDirectories(directory.resolve("rooted"));
        Files.writeString(directory.resolve("rooted/secret"), "secret");
    }

    private static String read(TftpFiles files, String name) throws IOException {
        TftpRequest request = new TftpRequest(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 2070),
                name,
                TransferMode.OCTET,
                TftpOptions.none());
        try (TftpFile file = files.open(request)) {
            ByteBuffer content = ByteBuffer.allocate(100);
            int length = file.read(content, 0);
            assertThat(length).isEqualTo((int) file.size());
            assertThat(file.read(content, file.size())).isEqualTo(-1);
            return new String(content.array(), 0, length, UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Boot/BCD", "/Boot/BCD", "//Boot//BCD", "\\Boot\\BCD", "Boot\\BCD", "./Boot/./BCD", "/Boot\\BCD"
            })
    void bothSeparatorsSeparateAndMayLead(String name) throws Exception {
        assertThat(read(TftpFiles.under(root), name)).isEqualTo("bcd");
    }

    @Test
    void percentSignsAreOrdinary() throws Exception {
        assertThat(read(TftpFiles.under(root), "%41.txt")).isEqualTo("percent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "Boot/../../secret",
                "Boot/../pxelinux.0",
                "..",
                "/..",
                "..\\secret",
                "Boot\\..\\..\\secret",
                "%2e%2e/secret",
                "%2E%2e%2fsecret",
                "..%2fsecret",
                "..%5Csecret",
                "pxelinux.0\0.txt",
                "pxelinux.0\n",
                "\\\\server\\share\\file",
                "C:\\Windows\\win.ini",
                "c:/secret",
                "/C:/secret"
            })
    void refusesNamesThatTryToLeaveTheRoot(String name) {
        assertThatThrownBy(() -> read(TftpFiles.under(root), name)).isInstanceOf(AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "absent", "Boot", "Boot/", "pxelinux.0/x", "PXELINUX.0x", "....//secret", "/etc/passwd"
            })
    void whatIsNotRegularFileUnderTheRootIsNoSuchFile(String name) {
        assertThatThrownBy(() -> read(TftpFiles.under(root), name)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void nameLongerThanTheFileSystemTakesIsNoSuchFile() {
        assertThatThrownBy(() -> read(TftpFiles.under(root), "x".repeat(5000))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void absolutePathOfFileOutsideIsLookedUpUnderTheRoot() {
        assertThatThrownBy(() ->
                        read(TftpFiles.under(root), directory.resolve("secret").toString()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesSymbolicLinksThatLeadOutside() throws Exception {
        Files.createSymbolicLink(root.resolve("file"), directory.resolve("secret"));
        Files.createSymbolicLink(root.resolve("dir"), directory.resolve("rooted"));
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../secret"));
        for (String name : new String[] {"file", "dir/secret", "relative"}) {
            assertThatThrownBy(() -> read(TftpFiles.under(root), name))
                    .describedAs(name)
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void followsSymbolicLinksThatStayInside() throws Exception {
        Files.createSymbolicLink(root.resolve("default"), Path.of("pxelinux.0"));
        assertThat(read(TftpFiles.under(root), "default")).isEqualTo("nbp");
    }

    @Test
    void loopOfLinksIsNoSuchFile() throws Exception {
        Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
        assertThatThrownBy(() -> read(TftpFiles.under(root), "a")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theRootMayBeLink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("current"), root);
        assertThat(read(TftpFiles.under(link), "pxelinux.0")).isEqualTo("nbp");
    }

    @Test
    void servesAnyFileSystem() throws Exception {
        try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("files.zip"), Map.of("create", "true"))) {
            Files.createDirectories(zip.getPath("/pub/images"));
            Files.writeString(zip.getPath("/pub/images/linux"), "kernel");
            Files.writeString(zip.getPath("/secret"), "secret");
            TftpFiles files = TftpFiles.under(zip.getPath("/pub"));
            assertThat(read(files, "/images/linux")).isEqualTo("kernel");
            assertThatThrownBy(() -> read(files, "../secret")).isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> read(files, "images")).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void servesBytesUnderOneName() throws Exception {
        TftpFiles files = TftpFiles.of("/menu/boot.ipxe", "#!ipxe".getBytes(UTF_8));
        assertThat(read(files, "menu\\boot.ipxe")).isEqualTo("#!ipxe");
        assertThatThrownBy(() -> read(files, "boot.ipxe")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> TftpFiles.of("../x", new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksTheNextWhereFileIsNot() throws Exception {
        TftpFiles files = TftpFiles.of("a", "1".getBytes(UTF_8))
                .orElse(TftpFiles.of("a", "2".getBytes(UTF_8)))
                .orElse(TftpFiles.under(root));
        assertThat(read(files, "a")).isEqualTo("1");
        assertThat(read(files, "pxelinux.0")).isEqualTo("nbp");
        assertThatThrownBy(() -> read(files, "absent")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusalIsFinal() {
        TftpFiles refusing = request -> {
            throw new AccessDeniedException(request.fileName());
        };
        assertThatThrownBy(() -> read(refusing.orElse(TftpFiles.under(root)), "pxelinux.0"))
                .isInstanceOf(AccessDeniedException.class);
    }
}
