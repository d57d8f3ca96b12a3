package dev.pxekit.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.iso.BootCatalog;
import dev.pxekit.iso.IsoFileSystems;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The snippets of README.md, kept compiling; the text must stand there as it stands here. */
class ReadmeTest {

    static void openImage() throws IOException {
        try (FileSystem image = IsoFileSystems.open(Path.of("rocky-9.iso"))) {
            InstallTree tree = InstallTree.detect(image.getPath("/")).orElseThrow();
            System.out.println(tree + ", kernel " + tree.kernel());
            System.out.println(tree.bootArguments(URI.create("http://10.0.0.1/rocky/")));
            Files.copy(tree.kernel(), Path.of("vmlinuz"));
        }
    }

    @SuppressWarnings("StreamResourceLeak") // for a shell
    static void shell() throws IOException {
        var image = IsoFileSystems.open(Path.of("rocky-9.iso"));
        Files.walk(image.getPath("/"), 2).forEach(System.out::println);
        BootCatalog.read(image).ifPresent(System.out::println);
    }

    @Test
    void snippetsAreWhatIsCompiledHere() throws IOException {
        List<String> source = lines(Path.of("src/test/java/dev/pxekit/media/ReadmeTest.java"));
        try (Stream<String> readme = Files.lines(Path.of("README.md"))) {
            List<String> snippets = readme.map(String::strip)
                    .filter(line -> line.endsWith(";") || line.startsWith("try ("))
                    .filter(line -> !line.startsWith("import"))
                    .toList();
            assertThat(snippets).hasSizeGreaterThan(5);
            assertThat(source).containsAll(snippets);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readString(file).lines().map(String::strip).toList();
    }
}
