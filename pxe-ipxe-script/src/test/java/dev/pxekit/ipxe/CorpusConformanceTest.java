package dev.pxekit.ipxe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Scripts of public projects. */
class CorpusConformanceTest {

    @Test
    void printsEveryScriptOfTheCorpusByteForByte() throws IOException {
        Path corpus = Needs.conformance("ipxe").resolve("corpus");
        List<Path> files;
        try (Stream<Path> tree = Files.walk(corpus)) {
            files = tree.filter(Files::isRegularFile).collect(Collectors.toList());
        }
        assertThat(files).hasSizeGreaterThan(10);
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            IpxeScript script = IpxeScript.parse(bytes).value();
            assertThat(script.toBytes()).as(file.toString()).isEqualTo(bytes);
            assertThat(script.lines().stream().map(IpxeLine::text).collect(Collectors.joining()))
                    .as(file.toString())
                    .isEqualTo(script.toString());
        }
        System.out.println("[CONFORMANCE] ipxe corpus: " + files.size() + " files print as they were");
    }
}
