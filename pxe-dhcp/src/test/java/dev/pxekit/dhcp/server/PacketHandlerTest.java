package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How clients are told apart before their packets are decoded. */
class PacketHandlerTest {

    private final PacketHandler handler = new PacketHandler(
            (request, received) -> Optional.empty(),
            ReplyDestination.sender(),
            new SafeListener(new DhcpServerListener() {}));

    private long client(byte[] octets) {
        return handler.client(octets, new InetSocketAddress(Ipv4.ANY, 68));
    }

    private static byte[] packet(MessageType type, String hardwareAddress, int clientIdentifier) {
        return packet(type, hardwareAddress, clientIdentifier, Ipv4.ANY);
    }

    private static byte[] packet(
            MessageType type, String hardwareAddress, int clientIdentifier, Inet4Address relayAgent) {
        return DhcpCodec.encode(DhcpPacket.builder()
                .messageType(type)
                .relayAgent(relayAgent)
                .clientHardwareAddress(HardwareAddress.parse(hardwareAddress))
                .option(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.of(new byte[] {0, 1, (byte) clientIdentifier}))
                .build());
    }

    @Test
    void tellsClientsByTheirHardwareAddress() {
        long one = client(packet(MessageType.DISCOVER, "52:54:00:77:00:01", 1));
        assertThat(client(packet(MessageType.REQUEST, "52:54:00:77:00:01", 2))).isEqualTo(one);
        assertThat(client(packet(MessageType.DISCOVER, "52:54:00:77:00:02", 1))).isNotEqualTo(one);
        assertThat(client(packet(MessageType.DISCOVER, "52:54:00:77:01:00", 1))).isNotEqualTo(one);
    }

    @Test
    void tellsClientsWithoutOneByTheirIdentifier() {
        String none = "00:00:00:00:00:00";
        long one = client(packet(MessageType.DISCOVER, none, 1));
        assertThat(client(packet(MessageType.REQUEST, none, 1))).isEqualTo(one);
        assertThat(client(packet(MessageType.DISCOVER, none, 2))).isNotEqualTo(one);
    }

    /** Nobody elsewhere uses up the rate of a client by sending its address, or its identifier. */
    @Test
    void tellsClientsBehindDifferentRelayAgents() {
        for (String address : List.of("52:54:00:77:00:01", "00:00:00:00:00:00")) {
            byte[] here = packet(MessageType.DISCOVER, address, 1);
            byte[] there = packet(MessageType.DISCOVER, address, 1, Ipv4.parse("10.78.0.2"));
            byte[] elsewhere = packet(MessageType.DISCOVER, address, 1, Ipv4.parse("10.79.0.2"));
            assertThat(client(here)).isNotEqualTo(client(there));
            assertThat(client(there)).isNotEqualTo(client(elsewhere));
            assertThat(client(packet(MessageType.REQUEST, address, 1, Ipv4.parse("10.78.0.2"))))
                    .isEqualTo(client(there));
        }
    }

    @Test
    void bearsAnyOctets() {
        Random random = new Random(77);
        for (int length = 0; length < 600; length++) {
            byte[] octets = new byte[length];
            client(octets);
            for (int i = 240; i < length; i++) {
                octets[i] = (byte) random.nextInt();
            }
            client(octets);
        }
    }
}
