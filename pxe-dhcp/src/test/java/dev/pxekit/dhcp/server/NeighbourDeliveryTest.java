package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.transport.Received;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On the loopback interface, whose network 127.0.0.0/8 every machine has. */
class NeighbourDeliveryTest {

    private static final HardwareAddress CLIENT = HardwareAddress.parse("52:54:00:77:00:01");
    private static final InetSocketAddress BROADCAST = new InetSocketAddress(Ipv4.BROADCAST, 68);

    private final List<String> entries = new ArrayList<>();
    private long now = 77;
    private boolean permitted = true;

    private final ReplyDestination delivery = new NeighbourDelivery(
            ReplyDestination.rfc2131(67, 68),
            (address, hardwareAddress, networkInterface) -> {
                entries.add(address.getHostAddress() + " " + hardwareAddress);
                if (!permitted) {
                    throw new IOException("Operation not permitted");
                }
            },
            68,
            () -> now);

    private InetSocketAddress target(String yiaddr, boolean broadcast) throws IOException {
        DhcpPacket request = DhcpPacket.builder()
                .messageType(MessageType.DISCOVER)
                .clientHardwareAddress(CLIENT)
                .broadcast(broadcast)
                .build();
        DhcpPacket reply = DhcpPacket.replyTo(request, MessageType.OFFER)
                .yourAddress(Ipv4.parse(yiaddr))
                .build();
        String loopback =
                NetworkInterface.getByInetAddress(Ipv4.parse("127.0.0.1")).getName();
        InetSocketAddress sender = new InetSocketAddress(Ipv4.ANY, 68);
        return delivery.of(request, reply, new Received(new byte[0], sender, Ipv4.parse("127.0.0.1"), loopback));
    }

    @Test
    void makesAnEntryAndSendsToTheAddress() throws Exception {
        assertThat(target("127.0.0.50", false)).isEqualTo(new InetSocketAddress("127.0.0.50", 68));
        assertThat(entries).containsExactly("127.0.0.50 52:54:00:77:00:01");
    }

    @Test
    void broadcastsToClientsThatAskForIt() throws Exception {
        assertThat(target("127.0.0.50", true)).isEqualTo(BROADCAST);
        assertThat(entries).isEmpty();
    }

    @Test
    void broadcastsWhereTheAddressIsOfAnotherNetworkThanTheInterface() throws Exception {
        assertThat(target("192.0.2.50", false)).isEqualTo(BROADCAST);
        assertThat(entries).isEmpty();
    }

    @Test
    void broadcastsForAMinuteWhereEntriesCannotBeMade() throws Exception {
        permitted = false;
        assertThat(target("127.0.0.50", false)).isEqualTo(BROADCAST);
        assertThat(target("127.0.0.50", false)).isEqualTo(BROADCAST);
        assertThat(entries).hasSize(1);
        permitted = true;
        now += 60_000_000_000L;
        assertThat(target("127.0.0.50", false)).isNotEqualTo(BROADCAST);
    }
}
