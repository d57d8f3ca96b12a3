package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.ServerLab.packet;
import static dev.pxekit.dhcp.server.ServerLab.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.Await;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.lease.Lease;
import java.io.IOException;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses that another machine uses. */
@Timeout(60)
class ConflictTest {

    private final ServerLab lab = new ServerLab();

    private DhcpPacket answer(DhcpResponder responder, DhcpPacket.Builder packet) {
        return ServerLab.reply(responder.respond(packet.build(), ServerLab.SERVER, Ipv4.ANY))
                .orElseThrow(() -> new AssertionError(lab.lastEvent()));
    }

    private DhcpResponder responder(ConflictWatch watch) {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.51"));
        return new DhcpResponder(lab.settings, watch);
    }

    private static DhcpPacket.Builder selecting(int client, DhcpPacket offer) {
        return packet(client, MessageType.REQUEST)
                .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)
                .option(DhcpOption.REQUESTED_ADDRESS, offer.yourAddress());
    }

    @Test
    void refusesAnAddressThatWasFoundInUseAndLetsItRest() throws Exception {
        Set<Inet4Address> used = ConcurrentHashMap.newKeySet();
        try (ConflictWatch watch = new ConflictWatch((address, client) -> used.contains(address))) {
            DhcpResponder responder = responder(watch);
            used.add(Ipv4.parse("10.77.0.50"));
            used.add(Ipv4.parse("10.77.0.51"));
            DhcpPacket offer = answer(responder, packet(1, MessageType.DISCOVER));
            Await.until(() -> lab.recorder.events.contains("conflict"));
            assertThat(answer(responder, selecting(1, offer)).messageType()).contains(MessageType.NAK);
            used.clear();
            DhcpPacket second = answer(responder, packet(1, MessageType.DISCOVER));
            assertThat(second.yourAddress()).isNotEqualTo(offer.yourAddress());
            assertThat(answer(responder, selecting(1, second)).messageType()).contains(MessageType.ACK);
            assertThat(lab.settings.leaseStore().find(offer.yourAddress()))
                    .map(Lease::state)
                    .contains(Lease.State.DECLINED);
        }
    }

    @Test
    void offersAtOnceAndAcknowledgesSoonWhateverTheDetectorDoes() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ConflictWatch watch = new ConflictWatch((address, client) -> awaited(end))) {
            DhcpResponder responder = responder(watch);
            DhcpPacket offer = answer(responder, packet(1, MessageType.DISCOVER));
            assertThat(answer(responder, selecting(1, offer)).messageType()).contains(MessageType.ACK);
        } finally {
            end.countDown();
        }
    }

    private static boolean awaited(CountDownLatch end) throws IOException {
        try {
            end.await();
            return true;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void takesAFailureOfTheDetectorForAFreeAddress() {
        ConflictDetector failing = (address, client) -> {
            throw new IOException("no such device");
        };
        try (ConflictWatch watch = new ConflictWatch(failing)) {
            DhcpResponder responder = responder(watch);
            DhcpPacket offer = answer(responder, packet(1, MessageType.DISCOVER));
            assertThat(answer(responder, selecting(1, offer)).messageType()).contains(MessageType.ACK);
        }
    }

    @Test
    void readsTheTableOfNeighbours() {
        List<String> table = List.of(
                "IP address       HW type     Flags       HW address            Mask     Device",
                "10.77.0.50       0x1         0x2         52:54:00:77:00:09     *        eth0",
                "10.77.0.51       0x1         0x0         00:00:00:00:00:00     *        eth0");
        assertThat(ArpProbe.holder(Ipv4.parse("10.77.0.50"), table))
                .isEqualTo(Optional.of(HardwareAddress.parse("52:54:00:77:00:09")));
        assertThat(ArpProbe.holder(Ipv4.parse("10.77.0.51"), table)).isEmpty();
        assertThat(ArpProbe.holder(Ipv4.parse("10.77.0.5"), table)).isEmpty();
    }
}
