package dev.pxekit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.media.InstallTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootImageTest {

    @TempDir
    private Path directory;

    @Test
    void whatStartsWithoutALinuxKernelIsRefusedWithAReason() throws IOException {
        Path image = Files.write(
                directory.resolve("esxi.iso"),
                new FlatImage()
                        .file("B.B00", "kernel")
                        .file("BOOT.CFG", "kernel=/b.b00", "modules=/k.b00", "build=8.0.2-0.0.22380479")
                        .file("K.B00", "module")
                        .build());
        assertThatThrownBy(() -> BootImage.open(image))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("esxi.iso")
                .hasMessageContaining("VMware ESXi 8.0.2-0.0.22380479")
                .hasMessageContaining("can't serve yet");
        Files.delete(image); // it was closed
    }

    @Test
    void liveSystemsThatWantNfsAreRefused() throws IOException {
        Path casper = Files.createDirectories(directory.resolve("casper"));
        Files.createFile(casper.resolve("vmlinuz"));
        Files.createFile(casper.resolve("initrd"));
        Path info = Files.createDirectory(directory.resolve(".disk")).resolve("info");
        Files.writeString(info, "Ubuntu-Server 18.04.6 LTS \"Bionic Beaver\" - Release amd64 (20210915)");
        assertThat(BootImage.refusal(InstallTree.detect(directory).orElseThrow()))
                .hasValueSatisfying(reason -> assertThat(reason).contains("NFS alone"));
        Files.writeString(info, "Ubuntu-Server 20.04.6 LTS \"Focal Fossa\" - Release amd64 (20230314)");
        assertThat(BootImage.refusal(InstallTree.detect(directory).orElseThrow()))
                .isEmpty();
    }

    @Test
    void whatInstallsNothingIsRefused() throws IOException {
        Path image = Files.write(
                directory.resolve("text.iso"),
                new FlatImage().file("README.TXT", "hello").build());
        assertThatThrownBy(() -> BootImage.open(image)).hasMessageContaining("holds no installer");
    }
}
