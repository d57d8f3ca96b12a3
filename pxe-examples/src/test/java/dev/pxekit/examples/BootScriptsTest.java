package dev.pxekit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.ipxe.BootOutcome;
import dev.pxekit.ipxe.IpxeSimulator;
import dev.pxekit.ipxe.Resource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootScriptsTest {

    private final BootScripts scripts =
            new BootScripts(URI.create("http://10.77.0.1:8080/"), List.of("console=ttyS0", "quiet"));

    @TempDir
    private Path directory;

    @Test
    void oneImageIsBootedAtOnce() throws IOException {
        try (BootImage image = open("One Image.iso")) {
            assertThat(scripts.first(List.of(image))).isEqualTo(scripts.boot(image));
            BootOutcome outcome = IpxeSimulator.builder()
                    .resources(uri -> Optional.of(Resource.of("a kernel")))
                    .build()
                    .run(scripts.boot(image), scripts.firstScript());
            assertThat(outcome).isInstanceOfSatisfying(BootOutcome.Booted.class, booted -> {
                assertThat(booted.kernel())
                        .isEqualTo(URI.create("http://10.77.0.1:8080/images/one-image/images/pxeboot/vmlinuz"));
                assertThat(booted.commandLine())
                        .isEqualTo("initrd=initrd.img inst.repo=http://10.77.0.1:8080/images/one-image/"
                                + " inst.ks=http://10.77.0.1:8080/kickstart/one-image.ks console=ttyS0 quiet");
            });
        }
    }

    @Test
    void severalImagesMakeAMenuThatLeadsToTheirScripts() throws IOException {
        try (BootImage one = open("one.iso");
                BootImage two = open("two.iso")) {
            String menu = scripts.first(List.of(one, two)).toString();
            assertThat(menu)
                    .contains("item one PXE Kit Demo 9.0 x86_64 (one)")
                    .contains("item two PXE Kit Demo 9.0 x86_64 (two)")
                    .contains("choose --default one --timeout 15000 image")
                    .contains("chain http://10.77.0.1:8080/boot/${image}.ipxe");
            assertThat(BootScripts.scriptPath(two)).isEqualTo("/boot/two.ipxe");
        }
    }

    private BootImage open(String name) throws IOException {
        return BootImage.open(BootRehearsalTest.demoImage(directory, name));
    }
}
