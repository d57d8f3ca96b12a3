package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.ServerLab.hardware;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.lease.Lease;
import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences of packets of a few clients that want the same few addresses, and packets of any octets; beside them, a client that behaves. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class DhcpResponderFuzzTest {

    private static final int RESERVED = 0;
    private static final int HONEST = 9;
    private static final Inet4Address KEPT = Ipv4.parse("10.77.0.9");

    /** A pool of four, what is reserved, the server's own, an address of no pool, and one of another network. */
    private static final List<Inet4Address> ADDRESSES = Stream.of(
                    "10.77.0.50",
                    "10.77.0.51",
                    "10.77.0.52",
                    "10.77.0.53",
                    "10.77.0.9",
                    "10.77.0.1",
                    "10.77.0.200",
                    "192.0.2.1")
            .map(Ipv4::parse)
            .toList();

    private ServerLab lab = new ServerLab();
    private Inet4Address held = Ipv4.ANY;

    /** Anew for each input: those of a search come to the same test. */
    private void serve(boolean authoritative) {
        lab = new ServerLab();
        lab.settings
                .subnet(ServerLab.subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.53"))
                .reservation(
                        Reservation.builder(hardware(RESERVED)).address(KEPT).build())
                .authoritative(authoritative)
                .rapidCommit(true)
                .dynamicBootp(authoritative)
                .policy(BootPolicy.always(BootDecision.bootFile("snponly.efi")));
        held = lab.lease(HONEST);
    }

    static Stream<byte[]> sequences() {
        Random random = new Random(2131);
        return Stream.concat(
                Stream.of(new byte[] {0, 1, 0, 0, 1, 1, 0, 0, 3, 1, 0, 1, 5, 1, 0, 0, 4, 1, 0, 0, 6, 2, 1, 9}),
                Stream.generate(() -> {
                            byte[] octets = new byte[400];
                            random.nextBytes(octets);
                            return octets;
                        })
                        .limit(200));
    }

    /** Four octets are a packet: what it is, client and rapid commit, address, and the time that goes by before. The first is also the mode. */
    @MethodSource("sequences")
    @FuzzTest
    void sequences(byte[] octets) throws IOException {
        serve(octets.length > 0 && octets[0] < 0);
        for (int i = 0; i + 4 <= octets.length && i < 4000; i += 4) {
            lab.clock.advance(Duration.ofMinutes((octets[i + 3] & 0xff) >> 3));
            int client = octets[i + 1] & 3;
            DhcpPacket request =
                    request(octets[i] & 7, client, ADDRESSES.get(octets[i + 2] & 7), (octets[i + 1] & 4) != 0);
            Optional<DhcpPacket> reply = lab.respond(request.toBuilder());
            if (reply.isPresent()) {
                check(request, reply.get(), client);
            }
            assertHonestClientIsServed();
        }
    }

    private static DhcpPacket request(int what, int client, Inet4Address address, boolean rapid) {
        DhcpPacket.Builder packet = ServerLab.packet(client, MessageType.DISCOVER);
        if (rapid) {
            packet.option(DhcpOption.RAPID_COMMIT, true);
        }
        switch (what) {
            case 0 -> packet.option(DhcpOption.REQUESTED_ADDRESS, address);
            case 1 ->
                packet.messageType(MessageType.REQUEST)
                        .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)
                        .option(DhcpOption.REQUESTED_ADDRESS, address);
            case 2 -> packet.messageType(MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, address);
            case 3 -> packet.messageType(MessageType.REQUEST).clientAddress(address);
            case 4 ->
                packet.messageType(MessageType.DECLINE)
                        .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)
                        .option(DhcpOption.REQUESTED_ADDRESS, address);
            case 5 ->
                packet.messageType(MessageType.RELEASE)
                        .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)
                        .clientAddress(address);
            case 6 -> packet.messageType(MessageType.INFORM).clientAddress(address);
            default -> packet.removeOption(DhcpOption.MESSAGE_TYPE.code());
        }
        return packet.build();
    }

    /** What a client is given is its own in the store and of the pool, and what is reserved for another never. */
    private void check(DhcpPacket request, DhcpPacket reply, int client) throws IOException {
        String what = request + " -> " + reply;
        assertThat(reply.isRequest()).as(what).isFalse();
        assertThat(reply.transactionId()).as(what).isEqualTo(request.transactionId());
        Inet4Address given = reply.yourAddress();
        if (given.isAnyLocalAddress()) {
            return;
        }
        Lease lease = lab.settings.leaseStore().find(given).orElseThrow();
        assertThat(lease.client()).as(what).isEqualTo(ClientIdentifier.of(hardware(client)));
        assertThat(lease.isActive(lab.clock.instant())).as(what).isTrue();
        if (!reply.messageType().equals(Optional.of(MessageType.OFFER))) {
            assertThat(lease.state()).as(what).isEqualTo(Lease.State.BOUND);
        }
        assertThat(ADDRESSES.indexOf(given)).as(what).isBetween(0, client == RESERVED ? 4 : 3);
        assertThat(given).as(what).isNotEqualTo(held);
    }

    private void assertHonestClientIsServed() {
        DhcpPacket renewed =
                lab.answer(ServerLab.packet(HONEST, MessageType.REQUEST).clientAddress(held));
        assertThat(renewed.messageType()).contains(MessageType.ACK);
        assertThat(renewed.yourAddress()).isEqualTo(held);
    }

    static Stream<byte[]> packets() {
        UUID machine = new UUID(1, 2);
        HardwareAddress address = hardware(3);
        return Stream.concat(
                Stream.of(
                                ClientIdentity.uefiPxe(address, machine),
                                ClientIdentity.biosIpxe(address, machine),
                                ClientIdentity.uefiHttp(address, machine))
                        .map(identity -> DhcpPacket.builder()
                                .clientHardwareAddress(address)
                                .messageType(MessageType.DISCOVER)
                                .addOptions(identity.options())
                                .build())
                        .map(DhcpCodec::encode),
                Stream.iterate(0, i -> i < 8, i -> i + 1)
                        .map(what -> DhcpCodec.encode(request(what, 1, ADDRESSES.get(1), false))));
    }

    /** Any packet but those that say that they are of the client that behaves. */
    @MethodSource("packets")
    @FuzzTest
    void octets(byte[] octets) throws Exception {
        serve(true);
        DhcpPacket request;
        try {
            request = DhcpCodec.decode(octets);
        } catch (DhcpFormatException e) {
            return;
        }
        Optional<ClientIdentifier> named = request.options().get(DhcpOption.CLIENT_IDENTIFIER);
        if (request.clientHardwareAddress().equals(hardware(HONEST))
                || named.equals(Optional.of(ClientIdentifier.of(hardware(HONEST))))) {
            return;
        }
        Optional<DhcpPacket> reply = lab.respond(request.toBuilder());
        if (reply.isPresent()) {
            assertThat(reply.get().isRequest()).isFalse();
            assertThat(reply.get().yourAddress()).isNotEqualTo(held);
            assertThat(DhcpCodec.decode(DhcpCodec.encode(reply.get()))).isEqualTo(reply.get());
        }
        assertHonestClientIsServed();
    }
}
