package dev.pxekit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.pxekit.rpm.RpmFormatException;
import dev.pxekit.rpm.RpmPackage;
import dev.pxekit.rpm.RpmTag;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Packages against what rpm itself reads in them. */
class PackageConformanceTest {

    private static final Map<String, RpmTag<?>> TAGS = Map.ofEntries(
            Map.entry("name", RpmTag.NAME),
            Map.entry("epoch", RpmTag.EPOCH),
            Map.entry("version", RpmTag.VERSION),
            Map.entry("release", RpmTag.RELEASE),
            Map.entry("arch", RpmTag.ARCH),
            Map.entry("os", RpmTag.OS),
            Map.entry("license", RpmTag.LICENSE),
            Map.entry("payloadformat", RpmTag.PAYLOAD_FORMAT),
            Map.entry("payloadcompressor", RpmTag.PAYLOAD_COMPRESSOR),
            Map.entry("payloadflags", RpmTag.PAYLOAD_FLAGS),
            Map.entry("sourcerpm", RpmTag.SOURCE_RPM),
            Map.entry("rpmversion", RpmTag.RPM_VERSION),
            Map.entry("buildtime", RpmTag.BUILD_TIME),
            Map.entry("size", RpmTag.SIZE));

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> readsHeadersAndFileNamesAsRpmDoes() throws IOException {
        return Medium.in(Needs.conformance("media").resolve("packages")).stream()
                .filter(medium -> medium.manifest().text("kind").equals("rpm"))
                .map(medium -> DynamicTest.dynamicTest(medium.name(), () -> compare(medium)));
    }

    private void compare(Medium medium) throws IOException {
        RpmPackage rpm = RpmPackage.open(medium.unpack(directory));
        JsonObject header = medium.manifest().object("header");
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, RpmTag<?>> tag : TAGS.entrySet()) {
            Optional<?> value = rpm.header().get(tag.getValue());
            value.ifPresent(known -> found.put(tag.getKey(), known.toString()));
            header.optionalText(tag.getKey()).ifPresent(known -> expected.put(tag.getKey(), known));
        }
        assertThat(found).containsAllEntriesOf(expected);
        assertThat(rpm.fileNames())
                .isEqualTo(medium.manifest().objects("files").stream()
                        .map(file -> file.text("path"))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> endsOnMalformedPackages() throws IOException {
        return Medium.in(Needs.conformance("media").resolve("malformed")).stream()
                .filter(medium -> medium.name().endsWith(".rpm"))
                .map(medium -> DynamicTest.dynamicTest(
                        medium.name(), () -> assertTimeoutPreemptively(Duration.ofSeconds(10), () -> readAll(medium))));
    }

    private void readAll(Medium medium) throws IOException {
        try {
            RpmPackage rpm = RpmPackage.open(medium.unpack(directory));
            rpm.fileNames();
            for (int number : rpm.header().tagNumbers()) {
                rpm.header().get(RpmTag.strings(number));
            }
        } catch (RpmFormatException e) {
            assertThat(e.offset()).isNotNegative(); // the declared way to say that a package is malformed
        }
    }
}
