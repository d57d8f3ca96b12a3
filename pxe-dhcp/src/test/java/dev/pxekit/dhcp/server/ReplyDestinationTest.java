package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.transport.Received;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2131 §4.1, as a table. */
class ReplyDestinationTest {

    @ParameterizedTest
    @CsvSource({
        // request, giaddr,  ciaddr,  broadcast, sender,    reply, to
        "DISCOVER, 0.0.0.0,  0.0.0.0, true,  0.0.0.0,   OFFER, 255.255.255.255:68",
        "DISCOVER, 0.0.0.0,  0.0.0.0, false, 0.0.0.0,   OFFER, 255.255.255.255:68",
        "DISCOVER, 10.0.9.1, 0.0.0.0, true,  10.0.9.1,  OFFER, 10.0.9.1:67",
        "REQUEST,  0.0.0.0,  0.0.0.0, false, 0.0.0.0,   ACK,   255.255.255.255:68",
        "REQUEST,  0.0.0.0,  10.0.0.5, false, 10.0.0.5, ACK,   10.0.0.5:68",
        "REQUEST,  0.0.0.0,  10.0.0.5, true, 10.0.0.5,  ACK,   10.0.0.5:68",
        "REQUEST,  10.0.9.1, 10.0.9.5, false, 10.0.9.1, ACK,   10.0.9.1:67",
        "REQUEST,  0.0.0.0,  10.0.0.5, false, 10.0.0.5, NAK,   255.255.255.255:68",
        "REQUEST,  10.0.9.1, 0.0.0.0, false, 10.0.9.1,  NAK,   10.0.9.1:67",
        "INFORM,   0.0.0.0,  10.0.0.5, false, 10.0.0.5, ACK,   10.0.0.5:68",
        "INFORM,   0.0.0.0,  0.0.0.0, false, 10.0.0.5,  ACK,   10.0.0.5:68",
        "INFORM,   0.0.0.0,  0.0.0.0, false, 0.0.0.0,   ACK,   255.255.255.255:68",
    })
    void sendsRepliesWhereTheClientCanGetThem(
            String type, String relay, String client, boolean broadcast, String sender, String reply, String expected) {
        DhcpPacket request = DhcpPacket.builder()
                .messageType(type(type))
                .relayAgent(Ipv4.parse(relay))
                .clientAddress(Ipv4.parse(client))
                .broadcast(broadcast)
                .build();
        InetSocketAddress from = new InetSocketAddress(Ipv4.parse(sender), 1068);
        Received received = new Received(new byte[0], from, Ipv4.parse("10.0.0.1"), "eth0");

        InetSocketAddress to = ReplyDestination.rfc2131(67, 68)
                .of(request, DhcpPacket.replyTo(request, type(reply)).build(), received);

        assertThat(to.getAddress().getHostAddress() + ":" + to.getPort()).isEqualTo(expected);
        assertThat(ReplyDestination.sender().of(request, request, received)).isEqualTo(from);
    }

    /** RFC 8357 §5: to the port that the relay agent asks from, if it says so. */
    @Test
    void answersARelayAgentOnThePortThatItAsksFrom() {
        DhcpPacket request = DhcpPacket.builder()
                .messageType(MessageType.DISCOVER)
                .relayAgent(Ipv4.parse("10.0.9.1"))
                .option(
                        DhcpOption.RELAY_AGENT_INFORMATION,
                        RelayAgentInformation.builder()
                                .put(RelayAgentInformation.RELAY_SOURCE_PORT, true)
                                .build())
                .build();
        InetSocketAddress from = new InetSocketAddress(Ipv4.parse("10.0.9.1"), 1067);
        Received received = new Received(new byte[0], from, Ipv4.parse("10.0.0.1"), "eth0");
        DhcpPacket reply = DhcpPacket.replyTo(request, MessageType.OFFER).build();
        assertThat(ReplyDestination.rfc2131(67, 68).of(request, reply, received))
                .isEqualTo(from);
    }

    private static MessageType type(String name) {
        for (int code = 1; code < 9; code++) {
            if (MessageType.of(code).name().equals(name)) {
                return MessageType.of(code);
            }
        }
        throw new IllegalArgumentException(name);
    }
}
