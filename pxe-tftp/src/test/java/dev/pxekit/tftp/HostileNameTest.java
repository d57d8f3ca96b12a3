package dev.pxekit.tftp;

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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No name leads out of the root, in any file system and however names are looked up. */
@ParameterizedClass
@EnumSource(HostileNameTest.Place.class)
class HostileNameTest {

    enum Place {
        DISK,
        ZIP
    }

    private final Place place;

    @TempDir
    Path directory;

    private FileSystem zip;
    private Path outside;
    private Path root;

    HostileNameTest(Place place) {
        this.place = place;
    }

    @BeforeEach
    void makeFiles() throws IOException {
        zip = FileSystems.newFileSystem(directory.resolve("files.zip"), Map.of("create", "true"));
        outside = place == Place.ZIP ? zip.getPath("/") : directory;
        root = Files.createDirectory(outside.resolve("root"));
        Files.createDirectories(root.resolve("Boot/Fonts"));
        Files.writeString(root.resolve("pxelinux.0"), "inside");
        Files.writeString(root.resolve("Boot/BCD"), "inside");
        Files.writeString(outside.resolve("secret"), "secret");
        // "root" begins like this, but it is another directory
        Files.createDirectories(outside.resolve("rooted"));
        Files.writeString(outside.resolve("rooted/secret"), "secret");
    }

    @AfterEach
    void closeFiles() throws IOException {
        zip.close();
    }

    private Map<String, TftpFiles> sources() {
        return Map.of(
                "under",
                TftpFiles.under(root),
                "ignoringCase",
                TftpFiles.under(root).ignoringCase(),
                "perClientAddress",
                TftpFiles.under(root).perClientAddress(),
                "perHardwareAddress",
                TftpFiles.under(root).ignoringCase().perHardwareAddress(client -> Optional.of("00:00:00:00:00:00")),
                "rewriting",
                TftpFiles.under(root).rewriting(NameRule.rewriteAll("x", "xx"), NameRule.rewrite("%2[eE]", ".")),
                "orElse",
                TftpFiles.of("a", "inside".getBytes(UTF_8)).orElse(TftpFiles.under(root)));
    }

    private void assertFails(String name, Class<? extends IOException> how) {
        sources()
                .forEach((source, files) -> assertThatThrownBy(() -> read(files, name))
                        .describedAs(source)
                        .isExactlyInstanceOf(how));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "/..",
                "\\..",
                "../",
                "../secret",
                "/../secret",
                "//../secret",
                "./../secret",
                "../root/pxelinux.0",
                "../rooted/secret",
                "Boot/../../secret",
                "Boot/../pxelinux.0",
                "absent/../pxelinux.0",
                "Boot/..",
                "..\\secret",
                "\\..\\secret",
                "Boot\\..\\..\\secret",
                "Boot/..\\../secret",
                "%2e%2e/secret",
                "%2E./secret",
                ".%2e\\secret",
                "%2E%2e%2fsecret",
                "..%2fsecret",
                "..%2Fsecret",
                "..%5Csecret",
                "Boot%2f..%2f..%2fsecret"
            })
    void refusesNamesThatClimb(String name) {
        assertFails(name, AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pxelinux.0\0",
                "pxelinux.0\0.txt",
                "\0",
                "pxelinux.0\n",
                "pxelinux.0\r\nsecond line",
                "pxelinux.0\u007f",
                "pxelinux.0\u009b31m",
                "\u001b[2J",
                "Boot/\t/BCD"
            })
    void refusesControlCharacters(String name) {
        assertFails(name, AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\\\server\\share\\file",
                "\\\\?\\C:\\secret",
                "\\\\.\\PhysicalDrive0",
                "\\\\",
                "\\\\pxelinux.0",
                "C:",
                "C:\\Windows\\win.ini",
                "c:/secret",
                "/C:/secret",
                "\\c:\\secret",
                "./c:/secret"
            })
    void refusesNamesThatLeaveTheFileSystem(String name) {
        assertFails(name, AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "//",
                ".",
                "absent",
                "Boot",
                "Boot/",
                "Boot/Fonts",
                "pxelinux.0/x",
                "pxelinux.0/x/y",
                "pxelinux.0x",
                "...",
                "....//secret",
                ".../secret",
                ". ./secret",
                "%252e%252e/secret",
                "/etc/passwd",
                "/secret",
                "~/secret",
                "~root/secret",
                "$HOME/secret",
                "*",
                "pxelinux.?",
                "Boot/*",
                "::/pxelinux.0",
                "file:///etc/passwd",
                "tftp://192.0.2.1/pxelinux.0",
                "-rf",
                "\u2024\u2024/secret",
                "\uff0e\uff0e/secret",
                "..\u2215secret"
            })
    void whatIsNotRegularFileUnderTheRootIsNoSuchFile(String name) {
        assertFails(name, NoSuchFileException.class);
    }

    @Test
    void absolutePathOfFileOutsideIsLookedUpUnderTheRoot() {
        assertFails(outside.resolve("secret").toAbsolutePath().toString(), NoSuchFileException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 1024, 1025, 5000, 65_000})
    void nameLongerThanFilesHaveIsNoSuchFile(int length) {
        assertFails("x".repeat(length), NoSuchFileException.class);
        assertFails("x/".repeat(length / 2), NoSuchFileException.class);
        assertFails("/".repeat(length), NoSuchFileException.class);
    }

    @Test
    void randomNamesOpenWhatIsInsideOrFailAsDeclared() throws Exception {
        Random random = new Random(1350);
        Map<String, Integer> outcomes = new HashMap<>();
        for (int round = 0; round < 3000; round++) {
            String name = randomName(random);
            for (Map.Entry<String, TftpFiles> source : sources().entrySet()) {
                outcomes.merge(outcome(source.getValue(), name), 1, Integer::sum);
            }
        }
        assertThat(outcomes).containsOnlyKeys("inside", "refused", "no such file");
        assertThat(outcomes.values()).allMatch(count -> count > 100);
    }

    private static String outcome(TftpFiles files, String name) throws IOException {
        try {
            return read(files, name);
        } catch (AccessDeniedException e) {
            return "refused";
        } catch (NoSuchFileException e) {
            return "no such file";
        }
    }

    private static final String[] PIECES = {
        "..",
        ".",
        "/",
        "\\",
        "/",
        "%2e",
        "%2F",
        "%5c",
        "C:",
        "Boot",
        "BCD",
        "boot",
        "bcd",
        "pxelinux.0",
        "root",
        "rooted",
        "secret",
        "127.0.0.1",
        "~",
        "\0",
        " ",
        "$1"
    };

    /** Half of them along the paths that exist, so that checks are reached that plain noise never sees. */
    private static String randomName(Random random) {
        StringBuilder name = new StringBuilder();
        switch (random.nextInt(4)) {
            case 0 -> {
                byte[] noise = new byte[random.nextInt(30)];
                random.nextBytes(noise);
                name.append(new String(noise, UTF_8));
            }
            case 1 -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    name.append(PIECES[random.nextInt(PIECES.length)]);
                }
            }
            default -> {
                name.append(random.nextBoolean() ? "/Boot/BCD" : "pxelinux.0");
                name.insert(random.nextInt(name.length()), PIECES[random.nextInt(PIECES.length)]);
            }
        }
        return name.toString();
    }
}
