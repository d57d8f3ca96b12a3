package dev.pxekit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.pxekit.iso.BootCatalog;
import dev.pxekit.iso.BootEntry;
import dev.pxekit.iso.IsoFileSystems;
import dev.pxekit.iso.IsoOptions;
import dev.pxekit.iso.IsoView;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Disc images against the manifests of independent readers. */
class MediaConformanceTest {

    private static final Duration BOUND = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> showsEveryViewAsTheManifestDoes() throws IOException {
        return Medium.in(Needs.conformance("media").resolve("discs")).stream()
                .filter(medium -> medium.manifest().flag("wellformed"))
                .flatMap(medium -> medium.manifest().object("views").keys().stream()
                        .map(view -> DynamicTest.dynamicTest(medium.name() + " " + view, () -> compare(medium, view))));
    }

    private void compare(Medium medium, String viewName) throws IOException {
        IsoView view = view(viewName);
        Map<String, String> expected = new TreeMap<>();
        for (JsonObject entry : medium.manifest().object("views").objects(viewName)) {
            String path = entry.text("path");
            expected.put(view == IsoView.PLAIN ? withoutVersions(path) : path, describe(entry));
        }
        Map<String, String> found = new TreeMap<>();
        IsoOptions options = IsoOptions.builder().view(view).build();
        try (FileSystem image = IsoFileSystems.open(medium.unpack(directory), options);
                Stream<Path> files = Files.walk(image.getPath("/"))) {
            for (Path file : files.skip(1).toList()) {
                found.put(file.toString().substring(1), describe(file));
            }
        }
        leaveOutEmptiedRelocationDirectory(found, expected);
        assertThat(differences(found, expected)).as(medium.name()).isEmpty();
    }

    private static IsoView view(String name) {
        return switch (name) {
            case "rockridge" -> IsoView.ROCK_RIDGE;
            case "joliet" -> IsoView.JOLIET;
            case "udf" -> IsoView.UDF;
            default -> IsoView.PLAIN;
        };
    }

    @TestFactory
    Stream<DynamicTest> showsTheRichestViewUnlessTold() throws IOException {
        return Medium.in(Needs.conformance("media").resolve("discs")).stream()
                .filter(medium -> medium.manifest().flag("wellformed"))
                .map(medium -> DynamicTest.dynamicTest(medium.name(), () -> compareDefaultView(medium)));
    }

    /** A manifest lists no Rock Ridge tree where that shows no other names than Joliet: then either may come first. */
    private void compareDefaultView(Medium medium) throws IOException {
        List<IsoView> listed = medium.manifest().object("views").keys().stream()
                .map(MediaConformanceTest::view)
                .toList();
        try (FileSystem image = IsoFileSystems.open(medium.unpack(directory))) {
            assertThat(IsoFileSystems.views(image)).containsAll(listed);
            IsoView first = IsoFileSystems.views(image).stream()
                    .filter(listed::contains)
                    .findFirst()
                    .orElseThrow();
            assertThat(first).isEqualTo(view(medium.manifest().text("best_view")));
        }
    }

    private static List<String> differences(Map<String, String> found, Map<String, String> expected) {
        Set<String> paths = new TreeSet<>(expected.keySet());
        paths.addAll(found.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(found.get(path), expected.get(path)))
                .map(path -> path + ": found " + found.get(path) + ", expected " + expected.get(path))
                .toList();
    }

    /** The manifests say: whether it shows is a matter of taste. */
    private static void leaveOutEmptiedRelocationDirectory(Map<String, String> found, Map<String, String> expected) {
        for (String name : List.of("rr_moved", ".rr_moved")) {
            if (found.containsKey(name) != expected.containsKey(name)) {
                found.remove(name);
                expected.remove(name);
            }
        }
    }

    private static String withoutVersions(String path) {
        return Stream.of(path.split("/"))
                .map(name -> {
                    String unversioned = name.replaceFirst(";[0-9]+$", "");
                    return unversioned.indexOf('.') == unversioned.length() - 1
                            ? unversioned.replace(".", "")
                            : unversioned;
                })
                .reduce((a, b) -> a + "/" + b)
                .orElseThrow();
    }

    private static String describe(JsonObject entry) {
        String type = entry.text("type");
        int mode = Integer.parseInt(entry.text("mode"), 8);
        int time = (int) entry.number("mtime"); // Linux, which made the manifests, cuts to 32 bits
        String text = type + " " + Integer.toOctalString(mode) + " " + time;
        return switch (type) {
            case "file" -> text + " " + entry.number("size") + " " + entry.text("sha256");
            case "symlink" -> text + " " + entry.text("target").replaceAll("/+", "/"); // as Path does
            case "block", "char" -> text + " " + entry.text("rdev");
            default -> text;
        };
    }

    private static String describe(Path file) throws IOException {
        Map<String, Object> unix = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) unix.get("mode");
        int time = (int) ((FileTime) unix.get("lastModifiedTime")).to(TimeUnit.SECONDS);
        String text = Integer.toOctalString(mode & 07777) + " " + time;
        return switch (mode >> 12) {
            case 4 -> "dir " + text;
            case 8 -> "file " + text + " " + unix.get("size") + " " + digest(file);
            case 10 -> "symlink " + text + " " + Files.readSymbolicLink(file);
            case 2 -> "char " + text + " " + device((Long) unix.get("rdev"));
            case 6 -> "block " + text + " " + device((Long) unix.get("rdev"));
            case 1 -> "fifo " + text;
            case 12 -> "socket " + text;
            default -> "unknown " + text;
        };
    }

    private static String device(long device) {
        return (device >> 8 & 0xfff) + "," + (device & 0xff);
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> readsBootCatalogs() throws IOException {
        return Medium.in(Needs.conformance("media").resolve("discs")).stream()
                .filter(medium -> medium.manifest().flag("wellformed"))
                .map(medium -> DynamicTest.dynamicTest(medium.name(), () -> compareBootCatalog(medium)));
    }

    private void compareBootCatalog(Medium medium) throws IOException {
        List<String> expected = new ArrayList<>();
        for (JsonObject entry : medium.manifest().objects("boot")) {
            expected.add(entry.text("platform") + " " + entry.flag("bootable") + " " + entry.text("emulation") + " "
                    + entry.number("load_sectors_512") + " " + entry.number("lba") + " "
                    + entry.optionalText("path").orElse("-"));
        }
        List<String> found = new ArrayList<>();
        try (FileSystem image = IsoFileSystems.open(medium.unpack(directory))) {
            List<BootEntry> entries =
                    BootCatalog.read(image).map(BootCatalog::entries).orElse(List.of());
            for (BootEntry entry : entries) {
                String emulation = entry.emulation() == BootEntry.Emulation.FLOPPY_1440K
                        ? "fd1.4"
                        : entry.emulation().name().toLowerCase(Locale.ROOT);
                found.add(entry.platform() + " " + entry.bootable() + " " + emulation + " " + entry.sectorCount() + " "
                        + entry.loadSector() + " "
                        + entry.path().map(Path::toString).orElse("-"));
                assertThat(Files.size(entry.image()))
                        .as("boot image at " + entry.loadSector())
                        .isPositive();
            }
        }
        assertThat(found).as(medium.name()).isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> endsOnMalformedDiscs() throws IOException {
        Path media = Needs.conformance("media");
        return Stream.concat(Medium.in(media.resolve("malformed")).stream(), Medium.in(media.resolve("discs")).stream())
                .filter(medium -> !medium.manifest().flag("wellformed"))
                .filter(medium -> medium.name().endsWith(".iso"))
                .map(medium -> DynamicTest.dynamicTest(
                        medium.name(), () -> assertTimeoutPreemptively(BOUND, () -> readAll(medium))));
    }

    private void readAll(Medium medium) throws IOException {
        Path file = medium.unpack(directory);
        for (IsoView view : IsoView.values()) {
            try (FileSystem image =
                    IsoFileSystems.open(file, IsoOptions.builder().view(view).build())) {
                BootCatalog.read(image);
                readAll(image);
            } catch (IOException e) {
                assertThat(e.getMessage()).isNotBlank(); // the declared way to say that an image is malformed
            }
        }
    }

    private static void readAll(FileSystem image) throws IOException {
        try (Stream<Path> files = Files.walk(image.getPath("/"))) {
            files.forEach(file -> {
                assertThat(file.toString()).doesNotContain("..").doesNotContain("\0");
                try {
                    describe(file);
                } catch (IOException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
