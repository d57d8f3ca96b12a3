package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Addresses;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import java.io.IOException;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Sequences of messages of a few clients that want the same few addresses, and messages of any octets. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class Dhcp6ResponderFuzzTest {

    private static final Dhcp6MessageType[] TYPES = {
        Dhcp6MessageType.SOLICIT,
        Dhcp6MessageType.REQUEST,
        Dhcp6MessageType.CONFIRM,
        Dhcp6MessageType.RENEW,
        Dhcp6MessageType.REBIND,
        Dhcp6MessageType.RELEASE,
        Dhcp6MessageType.DECLINE,
        Dhcp6MessageType.INFORMATION_REQUEST
    };

    private static final Inet6Address KEPT = Ipv6.parse("fd77::102");

    private final LeaseStore store = LeaseStore.inMemory();
    private final Link6 link = Link6.of(Subnet6.builder("fd77::/64")
            .pool("fd77::100", "fd77::103")
            .reserve(duid(0), KEPT)
            .build());

    private static Duid duid(int client) {
        return Duid.linkLayer(HardwareAddress.of(new byte[] {2, 0, 0, 0, 0, (byte) client}));
    }

    private static ClientIdentifier holder(Duid duid, long iaid) {
        byte[] octets = duid.encode();
        return ClientIdentifier.of(ByteBuffer.allocate(5 + octets.length)
                .put((byte) 0xff)
                .putInt((int) iaid)
                .put(octets)
                .array());
    }

    static Stream<byte[]> sequences() {
        Random random = new Random(8415);
        return Stream.concat(
                Stream.of(new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 1, 5, 0, 0, 0, 6, 0, 0, 1}),
                Stream.generate(() -> {
                            byte[] octets = new byte[400];
                            random.nextBytes(octets);
                            return octets;
                        })
                        .limit(200));
    }

    /** Four octets are a message: type and rapid commit, client, association, address and the time that goes by before. */
    @MethodSource("sequences")
    @FuzzTest
    void sequences(byte[] octets) throws IOException {
        link.settings.leaseStore(store).rapidCommit(true);
        Engine6 responder = link.responder();
        for (int i = 0; i + 4 <= octets.length && i < 4000; i += 4) {
            Dhcp6MessageType type = TYPES[octets[i] & 7];
            Duid client = duid(octets[i + 1] & 3);
            IaNa association = association(octets[i + 2] & 1, octets[i + 3] & 7, octets[i + 2] >> 1 & 7);
            link.clock.advance(Duration.ofMinutes((octets[i + 3] & 0xff) >> 3));
            Dhcp6Message request = message(type, client, association, (octets[i] & 8) != 0);
            Optional<Dhcp6Message> answer = responder.respond(request, Link6.multicast());
            if (answer.isPresent()) {
                check(request, answer.get(), client);
            }
        }
    }

    private static IaNa association(int iaid, int... addresses) {
        return Link6.association(
                iaid,
                java.util.Arrays.stream(addresses)
                        .filter(address -> address < 6)
                        .mapToObj(address -> address == 5 ? "fd88::1" : "fd77::10" + address)
                        .toArray(String[]::new));
    }

    private static Dhcp6Message message(Dhcp6MessageType type, Duid client, IaNa association, boolean rapid) {
        boolean toServer = Stream.of(
                        Dhcp6MessageType.REQUEST,
                        Dhcp6MessageType.RENEW,
                        Dhcp6MessageType.RELEASE,
                        Dhcp6MessageType.DECLINE)
                .anyMatch(type::equals);
        Dhcp6Message.Builder message = toServer ? Link6.toServer(type, client) : Link6.message(type, client);
        if (!type.equals(Dhcp6MessageType.INFORMATION_REQUEST)) {
            message.addOption(Dhcp6Option.IA_NA, association);
        }
        if (rapid) {
            message.option(Dhcp6Option.RAPID_COMMIT, true);
        }
        return message.build();
    }

    /** What a client was given is its own in the store, of the pool, and what was kept for another never. */
    private void check(Dhcp6Message request, Dhcp6Message answer, Duid client) throws IOException {
        assertThat(answer.isValidForClient()).as(answer.toText()).isTrue();
        for (IaNa association : answer.options().getAll(Dhcp6Option.IA_NA)) {
            assertThat(association.rebindingTime()).isGreaterThanOrEqualTo(association.renewalTime());
            for (IaAddress given : association.addresses()) {
                if (!given.validLifetime().isZero()) {
                    Lease lease = store.find(given.address()).orElseThrow();
                    String what = request + " -> " + answer.toText();
                    assertThat(lease.client()).as(what).isEqualTo(holder(client, association.iaid()));
                    assertThat(lease.isActive(link.clock.instant())).as(what).isTrue();
                    if (answer.type().equals(Dhcp6MessageType.REPLY)) {
                        assertThat(lease.state()).as(what).isEqualTo(Lease.State.BOUND);
                    }
                    assertThat(Addresses.toString(given.address())).startsWith("fd77::10");
                    assertThat(given.address().equals(KEPT) && !client.equals(duid(0)))
                            .as(what)
                            .isFalse();
                }
            }
        }
    }

    static Stream<byte[]> messages() {
        return Stream.of(
                        "01abcdef 0001000a00030001525400770001 00060004003b003c 000e0000 0003000c000000010000000000000000",
                        "05abcdef 0001000a00030001525400770001 0002000a000300015254007700ff 00030028 00000001 00000708 00000b40"
                                + " 00050018 fd770000000000000000000000000100 00000e10 00001c20",
                        "0b000001 00060004 00170018",
                        "0c00 fd770000000000000000000000000001 fe80000000000000505400fffe770001 0012 0003 6c616e 004f0008"
                                + " 0001525400770009 0009 0022 01abcdef 0001000a00030001525400770001"
                                + " 0003000c000000010000000000000000")
                .map(message -> HexFormat.of().parseHex(message.replace(" ", "")));
    }

    @MethodSource("messages")
    @FuzzTest
    void octets(byte[] octets) {
        Dhcp6Message message;
        try {
            message = Dhcp6Codec.decode(octets);
        } catch (DhcpFormatException e) {
            return;
        }
        Optional<Dhcp6Message> answer = link.responder().respond(message, Link6.multicast());
        if (answer.isPresent()) {
            assertThat(message.isValidForServer()).isTrue();
            assertThat(answer.get().innermost().isValidForClient())
                    .as(answer.get().toText())
                    .isTrue();
            assertThat(answer.get().relayChain()).hasSameSizeAs(message.relayChain());
        }
    }
}
