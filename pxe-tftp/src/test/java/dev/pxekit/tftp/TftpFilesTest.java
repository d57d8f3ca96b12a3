package dev.pxekit.tftp;

import static dev.pxekit.tftp.Addresses.client;
import static dev.pxekit.tftp.Asking.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Boot/BCD", "/Boot/BCD", "//Boot//BCD", "\\Boot\\BCD", "Boot\\BCD", "./Boot/./BCD", "/Boot\\BCD"
            })
    void bothSeparatorsSeparateAndMayLead(String name) throws Exception {
        assertThat(read(TftpFiles.under(root), name)).isEqualTo("bcd");
    }

    /** As seen on the wire: boot managers, what loads them, and the searches of PXELINUX and GRUB. */
    @ParameterizedTest
    @CsvSource({
        "\\Boot\\BCD, Boot/BCD", // bootmgr
        "/Boot\\BCD, Boot/BCD", // wdsnbp loaded by iPXE
        "\\NWA_PXE\\EFI\\BOOTX64.EFI, NWA_PXE/EFI/BOOTX64.EFI", // UEFI, from a Windows DHCP server
        "grubx64.efi, grubx64.efi", // shim
        "//grubx64.efi, grubx64.efi", // shim, loaded from the root
        "grub2//grub.cfg, grub2/grub.cfg",
        "/grub/x86_64-efi/command.lst, grub/x86_64-efi/command.lst",
        "pxelinux.cfg/b8945908-d6a6-41a9-611d-74a6ab80b83d, pxelinux.cfg/b8945908-d6a6-41a9-611d-74a6ab80b83d",
        "pxelinux.cfg/01-52-54-00-77-00-01, pxelinux.cfg/01-52-54-00-77-00-01",
        "/pxelinux.cfg/0A4D, pxelinux.cfg/0A4D",
        "pxelinux.cfg/default, pxelinux.cfg/default"
    })
    void findsWhatFirmwareAndBootLoadersAskFor(String asked, String file) throws Exception {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), file);
        assertThat(read(TftpFiles.under(root), asked)).isEqualTo(file);
    }

    @Test
    void percentSignsAreOrdinary() throws Exception {
        assertThat(read(TftpFiles.under(root), "%41.txt")).isEqualTo("percent");
    }

    @Test
    void followsSymbolicLinksThatStayInside() throws Exception {
        Files.createSymbolicLink(root.resolve("default"), Path.of("pxelinux.0"));
        assertThat(read(TftpFiles.under(root), "default")).isEqualTo("nbp");
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
    void everyTransferOfBytesUnderOneNameSharesThem() throws Exception {
        TftpFiles files = TftpFiles.of("a", new byte[10]);
        assertThat(Asking.open(files, "a").identity())
                .isEqualTo(Asking.open(files, "/a").identity())
                .isNotEqualTo(Asking.open(TftpFiles.of("a", new byte[10]), "a").identity());
    }

    @Test
    void makesFileForEachClient() throws Exception {
        TftpFiles files = TftpFiles.generated(
                "/menu/boot.ipxe",
                request -> request.client().getAddress().getHostAddress().getBytes(UTF_8));
        for (String client : new String[] {"192.0.2.7", "192.0.2.8"}) {
            assertThat(read(files, client(client), "menu\\boot.ipxe")).isEqualTo(client);
        }
        assertThatThrownBy(() -> read(files, "boot.ipxe")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> TftpFiles.generated("../x", request -> new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void makesFilesOfAnyNameAndShowsThemInPlainForm() throws Exception {
        TftpFiles files = TftpFiles.generated(request -> request.fileName().startsWith("pxelinux.cfg/")
                ? Optional.of(request.fileName().getBytes(UTF_8))
                : Optional.empty());
        assertThat(read(files, "\\pxelinux.cfg//./01-52-54-00-00-00-01"))
                .isEqualTo("pxelinux.cfg/01-52-54-00-00-00-01");
        assertThatThrownBy(() -> read(files, "pxelinux.0")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> read(files, "pxelinux.cfg/../x")).isInstanceOf(AccessDeniedException.class);
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
