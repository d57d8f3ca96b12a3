package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.server.BootDecision;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BootOptionsTest {

    private static final HardwareAddress PC = HardwareAddress.parse("52:54:00:77:00:01");
    private static final ClientIdentity BIOS = ClientIdentity.biosPxe(PC, UUID.randomUUID());
    private static final ClientIdentity HTTP = ClientIdentity.uefiHttp(PC, UUID.randomUUID());
    private static final ClientIdentity IPXE = ClientIdentity.biosIpxe(PC, UUID.randomUUID());
    private static final ClientIdentity PI = ClientIdentity.raspberryPi(HardwareAddress.parse("b8:27:eb:00:00:01"));

    private static BootDecision decide(ClientIdentity identity, String... options) {
        BootClient client = BootClient.of(DhcpPacket.builder()
                .messageType(MessageType.DISCOVER)
                .clientHardwareAddress(identity.hardwareAddress())
                .addOptions(identity.options())
                .build());
        return CommandLine.populateCommand(new BootOptions(), options).policy().decide(client);
    }

    @Test
    void givesFirmwareItsFileAndIpxeItsScript() {
        String[] options = {
            "--boot", "bios=undionly.kpxe", "--boot", "x64=http://10.77.0.1/a.efi", "--ipxe", "http://10.77.0.1/a.ipxe"
        };
        assertThat(decide(BIOS, options)).isEqualTo(BootDecision.bootFile("undionly.kpxe"));
        assertThat(decide(HTTP, options)).isEqualTo(BootDecision.url(URI.create("http://10.77.0.1/a.efi")));
        assertThat(decide(IPXE, options)).isEqualTo(BootDecision.url(URI.create("http://10.77.0.1/a.ipxe")));
        assertThat(decide(PI, "--ipxe", "http://10.77.0.1/a.ipxe")).isEqualTo(BootDecision.ignore());
    }

    @Test
    void letsRaspberryPisBootTheirOwnFilesBeforeThoseOfABios() {
        assertThat(decide(PI, "--raspberry-pi", "--boot", "bios=undionly.kpxe")).isEqualTo(BootDecision.raspberryPi());
        assertThat(decide(BIOS, "--raspberry-pi", "--boot", "bios=undionly.kpxe"))
                .isEqualTo(BootDecision.bootFile("undionly.kpxe"));
        assertThat(decide(BIOS, "--raspberry-pi")).isEqualTo(BootDecision.ignore());
    }

    @Test
    void sendsEveryoneThatLoadsByTftpToTheNextServer() throws Exception {
        Inet4Address server = (Inet4Address) InetAddress.getByName("10.77.0.9");
        String[] options = {
            "--next-server",
            "10.77.0.9",
            "--raspberry-pi",
            "--boot",
            "bios=undionly.kpxe",
            "--ipxe",
            "http://10.77.0.1/a"
        };
        assertThat(decide(PI, options)).isEqualTo(BootDecision.raspberryPi(server));
        assertThat(decide(BIOS, options)).isEqualTo(BootDecision.bootFile("undionly.kpxe", server));
        assertThat(decide(IPXE, options)).isEqualTo(BootDecision.url(URI.create("http://10.77.0.1/a")));
        assertThat(decide(HTTP, options)).isEqualTo(BootDecision.ignore());
    }

    @Test
    void refusesANextServerThatIsNoAddress() {
        assertThatThrownBy(() -> decide(BIOS, "--next-server", "tftp.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--next-server");
    }
}
