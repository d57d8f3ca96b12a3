package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.client.DhcpClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.Subnet;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The first snippet of the README, compiled and run. */
class ReadmeTest {

    @Test
    void snippetRuns() throws Exception {
        // begin of the snippet
        BootPolicy policy = BootPolicy.ipxe(URI.create("http://10.77.0.1:8080/boot.ipxe"))
                .orElse(BootPolicy.byArchitecture(Map.of(
                        ClientArchitecture.X86_BIOS, "undionly.kpxe",
                        ClientArchitecture.X64_UEFI, "snponly.efi")));
        try (DhcpServer server = DhcpServer.builder()
                .bind("127.0.0.1") // the address of the interface to serve
                .port(0) // left out: 67
                .replyToSender() // for loopback only
                .subnet(Subnet.builder("10.77.0.0/24")
                        .router("10.77.0.1")
                        .pool("10.77.0.50", "10.77.0.150")
                        .build())
                .policy(policy)
                .build()) {
            HardwareAddress address = HardwareAddress.parse("52:54:00:77:00:01");
            ClientIdentity firmware = ClientIdentity.uefiPxe(address, UUID.randomUUID());
            try (DhcpClient client =
                    DhcpClient.builder(firmware).server(server.start()).open()) {
                DhcpPacket acknowledgement = client.request(client.discover().get(0));
                System.out.println(acknowledgement.yourAddress() + " boots "
                        + acknowledgement.effectiveBootFileName().orElseThrow());
            }
        }
        // end of the snippet
    }

    @Test
    void snippetIsTheOneOfTheReadme() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String inReadme = readme.substring(readme.indexOf("```java") + "```java".length());
        String test = Files.readString(Path.of("src/test/java/dev/pxekit/dhcp/ReadmeTest.java"));
        String inTest = test.substring(test.indexOf("// begin of the snippet") + "// begin of the snippet".length());
        assertThat(withoutBlanks(inTest.substring(0, inTest.indexOf("// end of the snippet"))))
                .isEqualTo(withoutBlanks(inReadme.substring(0, inReadme.indexOf("```"))));
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s", "");
    }
}
