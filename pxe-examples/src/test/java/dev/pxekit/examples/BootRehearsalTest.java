package dev.pxekit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.server.BootDecision;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.Subnet;
import dev.pxekit.examples.Transcript.Step.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BootRehearsalTest {

    @TempDir
    private Path directory;

    private BootImage image;
    private NetworkBootstrapPrograms programs;

    @BeforeEach
    void openTheDemoImage() throws IOException {
        image = BootImage.open(demoImage(directory, "demo.iso"));
        programs = NetworkBootstrapPrograms.in(image.root().resolve("ipxe")).orElseThrow();
    }

    @AfterEach
    void closeTheImage() throws IOException {
        image.close();
    }

    @ParameterizedTest
    @MethodSource("usualMachines")
    void everyUsualMachineComesToItsInstaller(RehearsedMachine machine) throws IOException {
        try (BootServer server =
                builder().kernelArguments(List.of("console=ttyS0")).build()) {
            BootServer.Endpoints endpoints = server.start();
            Transcript transcript = new BootRehearsal(endpoints).rehearse(machine);
            assertThat(transcript.failure()).isEmpty();
            assertThat(transcript.step(Kind.COMMAND_LINE).orElseThrow().detail())
                    .isEqualTo("initrd=initrd.img inst.repo=" + endpoints.http() + "images/demo/ inst.ks="
                            + endpoints.http() + "kickstart/demo.ks console=ttyS0");
            assertThat(transcript.step(Kind.KERNEL).orElseThrow().detail())
                    .startsWith("vmlinuz over HTTP, 164,864 bytes");
            assertThat(transcript.step(Kind.INITRD).orElseThrow().detail()).startsWith("initrd.img over HTTP, ");
            assertThat(transcript.step(Kind.INSTALL_TREE)).isPresent();
            assertThat(transcript.step(Kind.KICKSTART).orElseThrow().detail()).contains("accepted for RHEL9");
        }
    }

    static List<RehearsedMachine> usualMachines() {
        return RehearsedMachine.usual();
    }

    @Test
    void ipxeRomIsNeverGivenItself() throws IOException {
        assertThat(kinds(RehearsedMachine.biosWithIpxeRom())).doesNotContain(Kind.PROGRAM);
    }

    @Test
    void uefiGetsItsProgramBeforeTheScript() throws IOException {
        assertThat(kinds(RehearsedMachine.uefiX64()))
                .startsWith(Kind.OFFER, Kind.PROGRAM, Kind.OFFER, Kind.SCRIPT, Kind.KERNEL);
    }

    private List<Kind> kinds(RehearsedMachine machine) throws IOException {
        List<Kind> observed = new ArrayList<>();
        try (BootServer server = builder().build()) {
            new BootRehearsal(server.start(), (who, step) -> observed.add(step.kind())).rehearse(machine);
        }
        return observed;
    }

    @Test
    void aKickstartWithErrorsFailsTheRehearsal() throws IOException {
        Transcript transcript = rehearse(builder().kickstart("#version=RHEL9\nlang en_US.UTF-8\nnosuchcommand\n"));
        assertThat(transcript.failure().orElseThrow()).contains("RHEL9").contains("nosuchcommand");
    }

    @Test
    void aPolicyThatGivesNothingFailsTheRehearsal() throws IOException {
        Transcript transcript = rehearse(builder().policy(usual -> BootPolicy.always(BootDecision.ignore())));
        assertThat(transcript.failure()).contains("the acknowledgement names nothing to boot");
    }

    @Test
    void aProgramThatIsNotThereFailsTheRehearsal() throws IOException {
        Transcript transcript =
                rehearse(builder().policy(usual -> BootPolicy.always(BootDecision.bootFile("nothing.efi"))));
        assertThat(transcript.isSuccess()).isFalse();
        assertThat(transcript.failure().orElseThrow()).contains("nothing.efi");
    }

    private static Transcript rehearse(BootServer.Builder builder) throws IOException {
        try (BootServer server = builder.build()) {
            return new BootRehearsal(server.start()).rehearse(RehearsedMachine.uefiX64());
        }
    }

    private BootServer.Builder builder() {
        return BootServer.builder()
                .address((Inet4Address) InetAddress.getLoopbackAddress())
                .ports(0, 0, 0)
                .dhcp(Subnet.builder("10.77.0.0/24")
                        .pool("10.77.0.50", "10.77.0.150")
                        .build())
                .programs(programs)
                .image(image);
    }

    /** Copies the image that the command line brings. */
    static Path demoImage(Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        try (InputStream demo = BootRehearsalTest.class.getResourceAsStream("/dev/pxekit/examples/demo.iso")) {
            Files.write(file, demo.readAllBytes());
        }
        return file;
    }
}
