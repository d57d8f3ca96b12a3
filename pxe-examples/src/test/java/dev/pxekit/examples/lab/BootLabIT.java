package dev.pxekit.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.cli.PxeKit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real firmware boots a real kernel out of an image that is never mounted, from our servers alone. */
@Tag("lab")
class BootLabIT {

    private static final Path LOGS = Path.of("target", "lab");

    /** Some five times what a boot takes on an idle machine with two cores. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    private LabNetwork network;

    @BeforeEach
    void makeNetwork() throws Exception {
        network = LabNetwork.create();
    }

    @AfterEach
    void removeNetwork() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void biosWithIpxeRomGoesStraightToTheScript() throws Exception {
        assertThat(bootTinyInitrd("bios-rom", Guest::bios)).doesNotContain("undionly.kpxe");
    }

    @Test
    void biosChainedThroughUndionlyByAPolicyForThatMachine() throws Exception {
        String name = "bios-undionly";
        String image = LabImage.withTinyInitrd(directory).toString();
        try (LabServer server = LabServer.start(
                        network, LOGS, name, ChainOnceServer.class, image, LabNetwork.BRIDGE, arguments(name));
                Guest guest = Guest.bios(network, LOGS, name, 512)) {
            assertBooted(server, guest, name);
            assertThat(server.log()).contains("undionly.kpxe");
        }
    }

    @Test
    void uefiLoadsSnponlyOverTftp() throws Exception {
        assertThat(bootTinyInitrd("uefi", Guest::uefi))
                .contains("snponly.efi: completed, 1", "blksize=1468 windowsize=4");
    }

    @Test
    void uefiLoadsSnponlyOverHttp() throws Exception {
        assertThat(bootTinyInitrd("uefi-http", Guest::uefiHttp)).contains("GET /ipxe/snponly.efi: 200");
    }

    @Test
    void uefiBesideAnOrdinaryDhcpServerAsksTheProxy() throws Exception {
        network.startOrdinaryDhcpServer(LOGS.resolve("uefi-proxy.dnsmasq.log"));
        assertThat(bootTinyInitrd("uefi-proxy", Guest::uefi, "--proxy-dhcp"))
                .contains("offered boot options")
                .contains("snponly.efi: completed, 1", "blksize=1468 windowsize=4")
                .doesNotContain("offered 10.77");
    }

    @Test
    void biosBesideAnOrdinaryDhcpServerAsksTheProxy() throws Exception {
        network.startOrdinaryDhcpServer(LOGS.resolve("bios-proxy.dnsmasq.log"));
        assertThat(bootTinyInitrd("bios-proxy", Guest::bios, "--proxy-dhcp"))
                .contains("offered boot options")
                .doesNotContain("offered 10.77");
    }

    @Test
    void uefiBootsTheRealInstaller() throws Exception {
        String name = "uefi-installer";
        Path image = LabImage.withInstallerInitrd(directory);
        try (LabServer server = serve(name, image);
                Guest guest = Guest.uefi(network, LOGS, name, 1024)) {
            assertThat(await(server, guest, "Command line: (.*)").group(1)).contains(arguments(name));
            await(server, guest, "Unpacking initramfs|Freeing initrd memory");
        }
    }

    /** One of the machines of {@link Guest}. */
    @FunctionalInterface
    private interface Machine {
        Guest start(LabNetwork network, Path logs, String name, int megabytes) throws IOException;
    }

    /** Boots a machine from {@code pxekit serve} as far as its initrd, and gives what the server said. */
    private String bootTinyInitrd(String name, Machine machine, String... more) throws Exception {
        try (LabServer server = serve(name, LabImage.withTinyInitrd(directory), more);
                Guest guest = machine.start(network, LOGS, name, 512)) {
            assertBooted(server, guest, name);
            return server.log();
        }
    }

    private LabServer serve(String name, Path image, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("serve", "--iso", image.toString()));
        command.addAll(List.of("--interface", LabNetwork.BRIDGE, "--append", arguments(name)));
        command.addAll(List.of(more));
        return LabServer.start(network, LOGS, name, PxeKit.class, command.toArray(String[]::new));
    }

    /** What the kernel is to get at the end of its command line. */
    private static String arguments(String name) {
        return "console=ttyS0,115200n8 lab=" + name;
    }

    /** The kernel prints the command line that we built, and its initrd runs and sees the same. */
    private static void assertBooted(LabServer server, Guest guest, String name) throws Exception {
        assertThat(await(server, guest, "Command line: (.*)").group(1)).contains(arguments(name));
        assertThat(await(server, guest, "LAB-INIT-OK (.*)").group(1)).contains(arguments(name));
    }

    private static Matcher await(LabServer server, Guest guest, String line) throws Exception {
        try {
            return guest.awaitLine(Pattern.compile(line), LIMIT);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + server.lastLines(), e);
        }
    }
}
