package dev.pxekit.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.iso.IsoFileSystems;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Standard output is the process's own, past that of Java. */
@Timeout(120)
class CatProcessIT {

    @TempDir
    private Path directory;

    private Path image = Path.of("");
    private final ByteArrayOutputStream expected = new ByteArrayOutputStream();
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void unpack() throws IOException {
        image = directory.resolve("demo.iso");
        try (DemoImage demo = DemoImage.unpack()) {
            Files.copy(demo.file(), image);
        }
        try (FileSystem iso = IsoFileSystems.open(image)) {
            Files.copy(iso.getPath("/images/pxeboot/vmlinuz"), expected);
            Files.copy(iso.getPath("/README.txt"), expected);
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process cat(ProcessBuilder.Redirect output, String... paths) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                PxeKit.class.getName(),
                "cat",
                image.toString()));
        command.addAll(List.of(paths));
        Process process = new ProcessBuilder(command).redirectOutput(output).start();
        processes.add(process);
        return process;
    }

    @Test
    void runsFromTheScript() throws Exception {
        Process cat = new ProcessBuilder(
                        "sh", "pxekit", "cat", image.toString(), "README.txt", "images/pxeboot/vmlinuz")
                .redirectErrorStream(true)
                .start();
        processes.add(cat);
        assertThat(cat.getInputStream().readAllBytes()).hasSize(expected.size());
        assertThat(cat.waitFor()).isZero();
    }

    @Test
    void putsFilesIntoAPipe() throws Exception {
        Process cat = cat(ProcessBuilder.Redirect.PIPE, "/images/pxeboot/vmlinuz", "README.txt");
        assertThat(cat.getInputStream().readAllBytes()).isEqualTo(expected.toByteArray());
        assertThat(cat.waitFor()).isZero();
    }

    @Test
    void putsFilesIntoAFileAndAtTheEndOfOne() throws Exception {
        File file = directory.resolve("out").toFile();
        assertThat(cat(ProcessBuilder.Redirect.to(file), "images/pxeboot/vmlinuz")
                        .waitFor())
                .isZero();
        assertThat(cat(ProcessBuilder.Redirect.appendTo(file), "README.txt").waitFor())
                .isZero();
        assertThat(file).hasBinaryContent(expected.toByteArray());
    }

    @Test
    void failsIfNobodyReadsOn() throws Exception {
        Process cat = cat(ProcessBuilder.Redirect.PIPE, "images/pxeboot/vmlinuz", "images/pxeboot/initrd.img");
        cat.getInputStream().close();
        String said = new String(cat.getErrorStream().readAllBytes(), UTF_8);
        assertThat(cat.waitFor()).isEqualTo(1);
        assertThat(said.strip().lines()).singleElement().asString().startsWith("pxekit: ");
    }
}
