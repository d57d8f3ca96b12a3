package dev.pxekit.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** UEFI boots over IPv6 alone: PXE or HTTP, then iPXE, then a kernel, with addresses and URLs from our DHCPv6 server. */
@Tag("lab")
class Ipv6BootLabIT {

    private static final Path LOGS = Path.of("target", "lab");

    /** Some five times what a boot takes on an idle machine with two cores. */
    private static final Duration LIMIT = Duration.ofMinutes(6);

    private static final String SCRIPT = """
            #!ipxe
            echo LAB-IPXE-SCRIPT ${net0/ip6}
            kernel tftp://[fd77::1]/install.amd/vmlinuz console=ttyS0,115200n8 initrd=initrd.gz lab=ipv6
            initrd tftp://[fd77::1]/install.amd/initrd.gz
            boot
            """;

    @TempDir
    private Path directory;

    private LabNetwork network;

    @BeforeEach
    void makeNetwork() throws Exception {
        network = LabNetwork.create();
        network.startRouter(LOGS.resolve("ipv6-router.dnsmasq.log"));
    }

    @AfterEach
    void removeNetwork() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    @Test
    void uefiLoadsSnponlyByPxe() throws Exception {
        assertThat(boot("uefi6", Guest::uefi6))
                .contains("tftp://[fd77::1]/snponly.efi", "fileName=snponly.efi", "outcome=Completed");
    }

    @Test
    void uefiLoadsSnponlyByHttp() throws Exception {
        assertThat(boot("uefi6-http", Guest::uefiHttp)).contains("http GET snponly.efi", "HTTPClient");
    }

    /** One of the machines of {@link Guest}. */
    @FunctionalInterface
    private interface Machine {
        Guest start(LabNetwork network, Path logs, String name, int megabytes) throws java.io.IOException;
    }

    private String boot(String name, Machine machine) throws Exception {
        LabImage.withTinyInitrd(directory);
        Path files = directory.resolve("tree");
        Files.copy(Needs.file("/usr/lib/ipxe/snponly.efi", "ipxe"), files.resolve("snponly.efi"));
        Files.writeString(files.resolve("boot.ipxe"), SCRIPT);
        try (LabServer server =
                        LabServer.start(network, LOGS, name, Boot6Server.class, files.toString(), LabNetwork.BRIDGE);
                Guest guest = machine.start(network, LOGS, name, 512)) {
            try {
                guest.awaitLine(Pattern.compile("LAB-IPXE-SCRIPT fd77::1"), LIMIT);
                guest.awaitLine(Pattern.compile("LAB-INIT-OK .*lab=ipv6"), LIMIT);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + server.lastLines(), e);
            }
            return server.log();
        }
    }
}
