package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.ServerLab.hardware;
import static dev.pxekit.dhcp.server.ServerLab.packet;
import static dev.pxekit.dhcp.server.ServerLab.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.client.DhcpClient;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.lease.Lease;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever some machine sends, the others are served. */
@Timeout(60)
class HostileTest {

    private static final int RESERVED = 2;
    private static final int MADE_UP = 10_000;

    private final ServerLab lab = new ServerLab();

    @BeforeEach
    void serve() {
        lab.settings
                .subnet(subnet("10.77.0.0/22", "10.77.1.0", "10.77.2.255"))
                .subnet(Subnet.builder("10.78.0.0/24")
                        .pool("10.78.0.50", "10.78.0.99")
                        .relay("10.78.0.1")
                        .build())
                .reservation(Reservation.builder(hardware(RESERVED))
                        .address("10.77.0.9")
                        .build())
                .newClientsPerSecond(10);
    }

    private static DhcpPacket.Builder renewing(int client, Inet4Address address) {
        return packet(client, MessageType.REQUEST).clientAddress(address);
    }

    private long leases() throws Exception {
        List<Lease> all = new java.util.ArrayList<>();
        lab.settings.leaseStore().forEach(all::add);
        return all.size();
    }

    /** Ten thousand hardware addresses, a millisecond each, and each of them takes what it is offered. */
    @Test
    void takesOnFewOfTheClientsThatSomebodyMakesUpAndServesTheOthers() throws Exception {
        Inet4Address known = lab.lease(1);
        long turnedAway = 0;
        for (int client = 100; client < 100 + MADE_UP; client++) {
            lab.advance(Duration.ofMillis(1));
            Optional<DhcpPacket> offer = lab.respond(packet(client, MessageType.DISCOVER));
            if (offer.isPresent()) {
                lab.respond(packet(client, MessageType.REQUEST)
                        .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)
                        .option(DhcpOption.REQUESTED_ADDRESS, offer.get().yourAddress()));
            } else {
                assertThat(lab.lastEvent()).contains("more new clients than the limit");
                turnedAway++;
            }
            if (client % 1000 == 0) {
                assertThat(lab.type(renewing(1, known))).isEqualTo(MessageType.ACK);
            }
        }
        assertThat(lab.lease(RESERVED)).isEqualTo(Ipv4.parse("10.77.0.9"));
        assertThat(turnedAway).isGreaterThan(MADE_UP - 150);
        assertThat(leases()).as("10 at once, 10 a second, and two of ours").isLessThan(120);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.lease(3)).as("a new client, later").isNotNull();
    }

    /** Of a pool that is used up, those who have something of it keep it, and what is reserved is not of it. */
    @Test
    void servesWhoHasALeaseWhenThePoolIsUsedUp() throws Exception {
        ServerLab small = new ServerLab();
        small.settings
                .subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.53"))
                .reservation(Reservation.builder(hardware(RESERVED))
                        .address("10.77.0.9")
                        .build());
        Inet4Address known = small.lease(1);
        for (int client = 100; client < 103; client++) {
            small.lease(client);
        }
        for (int client = 103; client < 103 + MADE_UP; client++) {
            small.advance(Duration.ofMillis(1));
            assertThat(small.respond(packet(client, MessageType.DISCOVER))).isEmpty();
        }
        assertThat(small.lastEvent()).contains("no free address in subnet 10.77.0.0/24");
        assertThat(small.type(renewing(1, known))).isEqualTo(MessageType.ACK);
        assertThat(small.lease(RESERVED)).isEqualTo(Ipv4.parse("10.77.0.9"));
    }

    /** Relay agents that nobody put up: of networks that are not served, of one whose agents are named, and of one that any may serve. */
    @Test
    void isNotDrainedThroughForgedRelayAgents() throws Exception {
        Inet4Address known = lab.lease(1);
        Random random = new Random(1542);
        long offers = 0;
        for (int client = 100; client < 100 + MADE_UP; client++) {
            Inet4Address relay = Ipv4.parse(
                    switch (client % 4) {
                        case 0 -> "192.0.2." + random.nextInt(256);
                        case 1 -> "10.78.0." + (2 + random.nextInt(250));
                        case 2 -> "10.77." + random.nextInt(4) + "." + (2 + random.nextInt(250));
                        default -> "127.0.0.1";
                    });
            RelayAgentInformation link = RelayAgentInformation.builder()
                    .put(RelayAgentInformation.LINK_SELECTION, Ipv4.parse("10.78.0.0"))
                    .build();
            DhcpPacket.Builder forged = packet(client, MessageType.DISCOVER).relayAgent(relay);
            if (client % 8 > 3) {
                forged.option(DhcpOption.RELAY_AGENT_INFORMATION, link);
            }
            Optional<DhcpPacket> offer = lab.respond(forged);
            offers += offer.isPresent() ? 1 : 0;
            offer.ifPresent(given -> assertThat(given.yourAddress().getHostAddress())
                    .as("%s", relay)
                    .startsWith("10.77."));
        }
        assertThat(offers)
                .as("the limit of new clients holds for relay agents too")
                .isLessThan(20);
        assertThat(lab.type(renewing(1, known))).isEqualTo(MessageType.ACK);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.lease(3)).isNotNull();
        assertThat(lab.answer(packet(4, MessageType.DISCOVER).relayAgent(Ipv4.parse("10.78.0.1")))
                        .yourAddress()
                        .getHostAddress())
                .startsWith("10.78.0.");
    }

    /** What a machine sends in the name of others: it neither ends their leases nor makes the server refuse them. */
    @Test
    void doesNotLetAStrangerEndALease() {
        Inet4Address known = lab.lease(1);
        for (int client = 100; client < 1100; client++) {
            for (MessageType type : List.of(MessageType.RELEASE, MessageType.DECLINE)) {
                lab.respond(packet(client, type)
                        .clientAddress(type.equals(MessageType.RELEASE) ? known : Ipv4.ANY)
                        .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)
                        .option(DhcpOption.REQUESTED_ADDRESS, known));
            }
            lab.respond(renewing(client, known));
        }
        assertThat(lab.type(renewing(1, known))).isEqualTo(MessageType.ACK);
    }

    static Stream<byte[]> datagrams() {
        String fixed = "0101060077777777" + "0000" + "8000" + "00".repeat(16) + "525400770099" + "00".repeat(10);
        String cookie = "63825363" + "350101";
        String fields = "00".repeat(192);
        // Options in file and sname, each of which says again that there are options in both (RFC 2132 §9.3).
        String looping = ("340103" + "370101").repeat(10) + "00".repeat(4);
        String pointers = "7708" + "c000c002c004c006"; // domain search that points at itself (RFC 3397 §2)
        String selfFeeding = "7702" + "c000";
        String empties = "5200" + "2b00" + "4d00" + "3d00" + "af00" + "5d00" + "6100";
        String many = IntStream.range(0, 20_000).mapToObj(i -> "0c0161").reduce("", String::concat);
        String agents = "52ff" + "01fd" + "61".repeat(253);
        String hugeOption = ("2bff" + "06ff".repeat(127) + "06").repeat(60);
        return Stream.of(
                        fixed + fields + cookie + "340103" + "ff",
                        fixed + looping + looping + looping + "00" + "00".repeat(3) + cookie + "340103" + "ff",
                        fixed + fields + cookie + pointers + selfFeeding + "ff",
                        fixed + fields + cookie + empties + "ff",
                        fixed + fields + cookie + many,
                        fixed + fields + cookie + agents + agents + agents + agents,
                        fixed + fields + cookie + hugeOption + "ff",
                        fixed + fields + cookie + "52ff",
                        fixed + fields + cookie + "ff".repeat(65_000),
                        fixed + fields + cookie + "00".repeat(65_000))
                .map(hex -> HexFormat.of().parseHex(hex))
                .map(octets -> Arrays.copyOf(octets, Math.min(octets.length, 65_507)));
    }

    /** Oversized packets, and options that lead nowhere: over a socket, each a hundred times, and somebody else asks after each. */
    @ParameterizedTest
    @MethodSource("datagrams")
    void servesOthersAfter(byte[] octets) throws Exception {
        DhcpServer.Builder builder = DhcpServer.builder()
                .bind("127.0.0.1")
                .port(0)
                .replyToSender()
                .subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.99"));
        try (DhcpServer server = builder.build();
                DatagramSocket hostile = new DatagramSocket()) {
            InetSocketAddress address = server.start();
            for (int i = 0; i < 100; i++) {
                hostile.send(new DatagramPacket(octets, octets.length, address));
            }
            try (DhcpClient client = DhcpClient.builder(ClientIdentity.plain(hardware(1)))
                    .server(address)
                    .open()) {
                DhcpPacket lease = client.request(client.discover().get(0));
                assertThat(client.renew(lease).yourAddress()).isEqualTo(lease.yourAddress());
            }
        }
    }
}
