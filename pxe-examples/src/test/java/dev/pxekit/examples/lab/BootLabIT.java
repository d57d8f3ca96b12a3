package dev.pxekit.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.cli.PxeKit;
import java.nio.file.Files;
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
    private static final String CONSOLE = "console=ttyS0,115200n8";

    /** Three times what a boot takes on an idle machine with two cores. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Duration UNDI_LIMIT = Duration.ofMinutes(5);

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
        Path image = LabImage.withTinyInitrd(directory);
        try (LabServer server = serve("bios-rom", image);
                Guest guest = Guest.bios(network, LOGS, "bios-rom", 512)) {
            assertBooted(server, guest, "bios-rom", LIMIT);
            assertThat(server.log()).doesNotContain("undionly.kpxe");
        }
    }

    @Test
    void biosChainedThroughUndionlyByAPolicyForThatMachine() throws Exception {
        Path image = LabImage.withTinyInitrd(directory);
        try (LabServer server = LabServer.start(
                        network,
                        LOGS,
                        "bios-undionly",
                        ChainOnceServer.class,
                        image.toString(),
                        LabNetwork.BRIDGE,
                        CONSOLE + " lab=bios-undionly");
                Guest guest = Guest.bios(network, LOGS, "bios-undionly", 512)) {
            assertBooted(server, guest, "bios-undionly", UNDI_LIMIT);
            assertThat(server.log()).contains("undionly.kpxe");
        }
    }

    @Test
    void uefiLoadsSnponlyOverTftp() throws Exception {
        Path image = LabImage.withTinyInitrd(directory);
        try (LabServer server = serve("uefi", image);
                Guest guest = Guest.uefi(network, LOGS, "uefi", 512)) {
            assertBooted(server, guest, "uefi", LIMIT);
            assertThat(server.log()).contains("snponly.efi");
        }
    }

    @Test
    void uefiLoadsSnponlyOverHttp() throws Exception {
        Path image = LabImage.withTinyInitrd(directory);
        try (LabServer server = serve("uefi-http", image);
                Guest guest = Guest.uefiHttp(network, LOGS, "uefi-http", 512)) {
            assertBooted(server, guest, "uefi-http", LIMIT);
            assertThat(server.log()).contains("/ipxe/snponly.efi");
        }
    }

    @Test
    void uefiBesideAnOrdinaryDhcpServerAsksTheProxy() throws Exception {
        Path image = LabImage.withTinyInitrd(directory);
        Process ordinary =
                network.startOrdinaryDhcpServer(Files.createDirectories(LOGS).resolve("uefi-proxy.dnsmasq.log"));
        try (LabServer server = serve("uefi-proxy", image, "--proxy-dhcp");
                Guest guest = Guest.uefi(network, LOGS, "uefi-proxy", 512)) {
            assertBooted(server, guest, "uefi-proxy", LIMIT);
            assertThat(server.log()).contains("proxy").contains("snponly.efi").doesNotContain("offered 10.77");
        } finally {
            Processes.end(ordinary);
        }
    }

    @Test
    void biosBesideAnOrdinaryDhcpServerAsksTheProxy() throws Exception {
        Path image = LabImage.withTinyInitrd(directory);
        Process ordinary =
                network.startOrdinaryDhcpServer(Files.createDirectories(LOGS).resolve("bios-proxy.dnsmasq.log"));
        try (LabServer server = serve("bios-proxy", image, "--proxy-dhcp");
                Guest guest = Guest.bios(network, LOGS, "bios-proxy", 512)) {
            assertBooted(server, guest, "bios-proxy", LIMIT);
        } finally {
            Processes.end(ordinary);
        }
    }

    @Test
    void uefiBootsTheRealInstaller() throws Exception {
        Path image = LabImage.withInstallerInitrd(directory);
        try (LabServer server = serve("uefi-installer", image);
                Guest guest = Guest.uefi(network, LOGS, "uefi-installer", 1024)) {
            Matcher kernel = await(server, guest, "Command line: (.*)", UNDI_LIMIT);
            assertThat(kernel.group(1)).contains(CONSOLE + " lab=uefi-installer");
            await(server, guest, "Unpacking initramfs|Freeing initrd memory", UNDI_LIMIT);
        }
    }

    private LabServer serve(String name, Path image, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("serve", "--iso", image.toString()));
        arguments.addAll(List.of("--interface", LabNetwork.BRIDGE, "--append", CONSOLE + " lab=" + name));
        arguments.addAll(List.of(more));
        return LabServer.start(network, LOGS, name, PxeKit.class, arguments.toArray(String[]::new));
    }

    /** The kernel prints the command line that we built, and its initrd runs and sees the same. */
    private static void assertBooted(LabServer server, Guest guest, String name, Duration limit) throws Exception {
        Matcher kernel = await(server, guest, "Command line: (.*)", limit);
        assertThat(kernel.group(1)).contains(CONSOLE + " lab=" + name);
        Matcher init = await(server, guest, "LAB-INIT-OK (.*)", limit);
        assertThat(init.group(1)).contains("lab=" + name);
    }

    private static Matcher await(LabServer server, Guest guest, String line, Duration limit) throws Exception {
        try {
            return guest.awaitLine(Pattern.compile(line), limit);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + server.lastLines(), e);
        }
    }
}
