package dev.pxekit.tftp;

import static dev.pxekit.tftp.Asking.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is under the root may be links, loops and devices. */
class HostileTreeTest {

    @TempDir
    Path directory;

    private Path root;
    private List<TftpFiles> sources;

    @BeforeEach
    void makeFiles() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        Files.writeString(root.resolve("pxelinux.0"), "nbp");
        Files.createDirectories(directory.resolve("rooted"));
        Files.writeString(directory.resolve("secret"), "secret");
        Files.writeString(directory.resolve("rooted/secret"), "secret");
        sources = List.of(
                TftpFiles.under(root),
                TftpFiles.under(root).ignoringCase(),
                TftpFiles.under(root).perClientAddress());
    }

    private void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(root.resolve(name), target);
    }

    private void assertFails(String name, Class<? extends IOException> how) {
        for (TftpFiles files : sources) {
            assertThatThrownBy(() -> read(files, name)).isExactlyInstanceOf(how);
        }
    }

    @Test
    void refusesLinkToFileOutside() throws Exception {
        link("absolute", directory.resolve("secret"));
        link("relative", Path.of("../secret"));
        link("chain", Path.of("relative"));
        assertFails("absolute", AccessDeniedException.class);
        assertFails("relative", AccessDeniedException.class);
        assertFails("chain", AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out/secret", "out", "out/", "out/absent", "out/absent/more", "out/secret/more"})
    void refusesAllBehindLinkToDirectoryOutside(String name) throws Exception {
        link("out", directory.resolve("rooted"));
        assertFails(name, AccessDeniedException.class);
    }

    @Test
    void linkOutMayLeadBackIn() throws Exception {
        link("up", Path.of(".."));
        for (TftpFiles files : sources) {
            // the real path is inside, so this shows nothing that the root does not
            assertThat(read(files, "up/root/pxelinux.0")).isEqualTo("nbp");
        }
        assertFails("up/secret", AccessDeniedException.class);
        assertFails("up/absent", AccessDeniedException.class);
    }

    @Test
    void loopOfLinksIsNoSuchFile() throws Exception {
        link("a", Path.of("b"));
        link("b", Path.of("a"));
        link("self", Path.of("self"));
        assertFails("a", NoSuchFileException.class);
        assertFails("a/pxelinux.0", NoSuchFileException.class);
        assertFails("self", NoSuchFileException.class);
    }

    @Test
    @Timeout(30)
    void directoryThatHoldsItselfIsSearchedInBoundedTime() throws Exception {
        link("boot", Path.of("."));
        assertThat(read(sources.get(1), "BOOT/Boot/PXELINUX.0")).isEqualTo("nbp");
        assertFails("boot/".repeat(200) + "absent", NoSuchFileException.class);
        assertFails("BOOT/".repeat(200) + "absent", NoSuchFileException.class);
    }

    @Test
    void linkToNothingIsNoSuchFile() throws Exception {
        link("dangling", Path.of("absent"));
        assertFails("dangling", NoSuchFileException.class);
    }

    @Test
    void deviceIsNoSuchFile() {
        assumeThat(Path.of("/dev/zero")).exists();
        assertThatThrownBy(() -> read(TftpFiles.under(Path.of("/dev")), "zero"))
                .isExactlyInstanceOf(NoSuchFileException.class);
    }

    @Test
    @Timeout(30)
    void pipeIsNoSuchFileAndNobodyWaitsForItsWriter() throws Exception {
        assumeThat(Path.of("/usr/bin/mkfifo")).isExecutable();
        Process process =
                new ProcessBuilder("/usr/bin/mkfifo", root.resolve("pipe").toString()).start();
        assertThat(process.waitFor()).isZero();
        assertFails("pipe", NoSuchFileException.class);
    }

    @Test
    void fileThatTheServerMayNotReadIsRefused() throws Exception {
        Path file = root.resolve("unreadable");
        Files.writeString(file, "secret");
        assumeThat(file.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();
        assertFails("unreadable", AccessDeniedException.class);
    }

    @Test
    void fileThatNobodyMayReadIsRefused() {
        // write only, to root as well, which the permissions of files on disk do not stop
        Path bus = Path.of("/sys/bus/platform");
        assumeThat(bus.resolve("drivers_probe")).isRegularFile();
        assertThatThrownBy(() -> read(TftpFiles.under(bus), "drivers_probe"))
                .isExactlyInstanceOf(AccessDeniedException.class);
    }

    @Test
    void missingRootIsNoSuchFile() throws Exception {
        TftpFiles files = TftpFiles.under(directory.resolve("later"));
        assertThatThrownBy(() -> read(files, "pxelinux.0")).isExactlyInstanceOf(NoSuchFileException.class);
        Files.move(root, directory.resolve("later"));
        assertThat(read(files, "pxelinux.0")).isEqualTo("nbp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "out/secret", "absent", "a", "C:/x", "", "\\\\host\\x"})
    void clientLearnsNoPathOfTheServer(String name) throws Exception {
        link("out", directory.resolve("rooted"));
        link("a", Path.of("a"));
        for (TftpFiles files : sources) {
            assertThat(errorText(files, name)).isIn("access violation", "file not found");
        }
    }

    private static String errorText(TftpFiles files, String name) throws IOException {
        try (TftpServer server =
                TftpServer.builder().bind(Addresses.loopback()).files(files).build()) {
            TftpClient client = TftpClient.builder().server(server.start()).build();
            try {
                return new String(client.get(name), UTF_8);
            } catch (TftpErrorException e) {
                return e.text();
            }
        }
    }
}
