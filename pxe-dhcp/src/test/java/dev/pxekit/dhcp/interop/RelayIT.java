package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.RawOption;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.testkit.Needs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * ISC's relay agent between our server and two segments: br1 with 10.78.0.0/24 and br2 with 10.79.0.0/24. The relay agent, also
 * their router, is 10.77.0.2 on the segment of the server.
 */
@Tag("interop")
@Timeout(240)
class RelayIT {

    @TempDir
    private static Path directory;

    private static Lab lab;
    private static Namespace host;
    private static Namespace relay;
    private static Program server;

    /** Between relay agent and server. */
    private static Wire upstream;

    @BeforeAll
    static void open() throws Exception {
        Needs.program("dhcrelay", "isc-dhcp-relay");
        Needs.program("tcpdump", "tcpdump");
        Needs.networkNamespaces();
        Dhclient.need();
        Dhcpcd.need();
        Udhcpc.need();
        lab = new Lab();
        host = lab.namespace("server");
        host.addBridge("br0", "10.77.0.1/24");
        relay = lab.client(host, "br0");
        relay.run("ip", "address", "add", "10.77.0.2/24", "dev", "eth0");
        relay.addBridge("br1", "10.78.0.1/24");
        relay.addBridge("br2", "10.79.0.1/24");
        relay.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        host.run("ip", "route", "add", "10.78.0.0/15", "via", "10.77.0.2");
        upstream = Wire.tap(host, "br0");
        server = host.start(ServerProgram.class, "true", "10.77.0.1", "10.77.0", "10.78.0", "10.79.0");
        server.await("READY");
        Program dhcrelay = relay.start(
                "dhcrelay", "-4", "-d", "--no-pid", "-a", "-id", "br1", "-id", "br2", "-iu", "eth0", "10.77.0.1");
        dhcrelay.await("Sending on   Socket/fallback");
    }

    @AfterAll
    static void close() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void leasesFromTheSubnetOfTheRelayAgentAndReturnsItsInformationLast() throws Exception {
        for (String segment : List.of("br1", "br2")) {
            String network = segment.equals("br1") ? "10.78.0." : "10.79.0.";
            Namespace client = lab.client(relay, segment);
            Conversation relayed = upstream.conversation(client);
            Program dhclient = new Dhclient(client, directory.resolve(segment)).start();
            for (String reply : List.of("OFFER", "ACK")) {
                Message request = relayed.next(reply.equals("ACK") ? "REQUEST selecting" : "DISCOVER");
                RelayAgentInformation information = relayAgentInformation(request.packet());
                assertThat(information.get(RelayAgentInformation.CIRCUIT_ID))
                        .hasValueSatisfying(id -> assertThat(new String(id, StandardCharsets.US_ASCII))
                                .startsWith(segment));
                Message answer = relayed.next(reply);
                assertThat(answer.destination().getHostAddress())
                        .as("RFC 2131 §4.1: to giaddr")
                        .isEqualTo(network + "1");
                assertThat(answer.datagram().destination().getPort()).isEqualTo(67);
                assertThat(answer.packet().relayAgent())
                        .isEqualTo(request.packet().relayAgent());
                assertThat(answer.packet().yourAddress().getHostAddress()).startsWith(network);
                assertThat(relayAgentInformation(answer.packet())).isEqualTo(information);
                List<RawOption> options = answer.packet().options().entries();
                assertThat(options.get(options.size() - 1).code())
                        .as("RFC 3046 §2.2: last")
                        .isEqualTo(82);
            }
            assertThat(dhclient.await("event BOUND")).contains(network, "routers=" + network + "1");
        }
    }

    private static RelayAgentInformation relayAgentInformation(DhcpPacket packet) {
        return packet.options().get(DhcpOption.RELAY_AGENT_INFORMATION).orElseThrow();
    }

    /** From RENEWING on a client talks to the server itself, and its address says which subnet it is in. */
    @Test
    void renewsPastTheRelayAgentAndRebindsThroughIt() throws Exception {
        Namespace client = lab.client(relay, "br1");
        Conversation conversation = upstream.conversation(client);
        Program udhcpc = Udhcpc.start(client, directory);
        DhcpPacket lease = conversation.lease();
        String address = lease.yourAddress().getHostAddress();
        udhcpc.await("event bound " + address);
        client.run("ip", "route", "replace", "default", "via", "10.78.0.1");
        udhcpc.signal("USR1");
        DhcpPacket renewed = conversation.exchange("REQUEST renewing", "ACK");
        assertThat(renewed.yourAddress()).isEqualTo(lease.yourAddress());
        assertThat(renewed.options().get(DhcpOption.ROUTERS))
                .isEqualTo(lease.options().get(DhcpOption.ROUTERS));
        udhcpc.await("event renew");

        // Without an answer to that it broadcasts, and the relay agent is back.
        client.cut("10.78.0.1");
        udhcpc.signal("USR1");
        assertThat(conversation.exchange("REQUEST rebinding", "ACK").yourAddress())
                .isEqualTo(lease.yourAddress());
        udhcpc.await("event renew");
        client.uncut("10.78.0.1");
        udhcpc.signal("USR2");
        server.await("released " + address);
    }

    @Test
    void tellsAClientThatMovedToAnotherSegmentToStartOver() throws Exception {
        Namespace first = lab.client(relay, "br1");
        Dhclient dhclient = new Dhclient(first, directory.resolve("moved"));
        try (Program running = dhclient.start()) {
            running.await("event BOUND 10.78.0.");
            running.await(Dhclient.REMEMBERED);
        }
        Namespace second = lab.client(relay, "br2");
        Conversation conversation = upstream.conversation(second);
        Program moved = dhclient.movedTo(second).start();
        DhcpPacket refusal = conversation.exchange("REQUEST init-reboot", "NAK");
        assertThat(refusal.isBroadcast())
                .as("RFC 2131 §4.3.2: the relay agent broadcasts a NAK")
                .isTrue();
        moved.await("event BOUND 10.79.0.");
    }

    /** The server is the only one of its subnets. */
    @Test
    void tellsAClientThatItDoesNotKnowToStartOver() throws Exception {
        Namespace client = lab.client(relay, "br1");
        Conversation conversation = upstream.conversation(client);
        Dhclient dhclient = new Dhclient(client, directory.resolve("unknown"));
        dhclient.remember("10.78.0.149");
        dhclient.start();
        conversation.exchange("REQUEST init-reboot", "NAK");
        conversation.lease();
    }

    @Test
    void tellsOptionsOfItsSubnetToAClientWithAnAddressOfItsOwn() throws Exception {
        Namespace client = lab.client(relay, "br2");
        Conversation conversation = upstream.conversation(client);
        Program dhcpcd = Dhcpcd.start(client, directory.resolve("inform"), "-s", "10.79.0.20/24");
        assertThat(conversation.exchange("INFORM", "ACK").options().contains(DhcpOption.LEASE_TIME))
                .isFalse();
        assertThat(dhcpcd.await("event INFORM")).contains("routers=10.79.0.1");
    }

    /** RFC 3527: the relay agent is asked by its address towards the server and names the subnet of the client besides. */
    @Test
    void leasesFromTheSubnetThatTheRelayAgentSelects() throws Exception {
        Namespace other = lab.client(host, "br0");
        other.run("ip", "address", "add", "10.77.0.3/24", "dev", "eth0");
        other.addBridge("br1", "10.78.0.2/24");
        other.start("dhcrelay", "-4", "-d", "--no-pid", "-a", "-id", "br1", "-U", "eth0", "10.77.0.1")
                .await("Sending on   Socket/fallback");
        Namespace client = lab.client(other, "br1");
        Conversation conversation = upstream.conversation(client);
        Program udhcpc = Udhcpc.start(client, directory);
        DhcpPacket lease = conversation.lease();
        assertThat(lease.relayAgent().getHostAddress()).isEqualTo("10.77.0.3");
        assertThat(lease.yourAddress().getHostAddress()).startsWith("10.78.0.");
        assertThat(udhcpc.await("event bound 10.78.0.")).contains("router=10.78.0.1");
    }

    /** RFC 3011. */
    @Test
    void leasesFromTheSubnetThatTheClientSelects() throws Exception {
        Namespace client = lab.client(host, "br0");
        Conversation conversation = upstream.conversation(client);
        Program udhcpc = Udhcpc.start(client, directory, "-x", "0x76:0a4f0000");
        assertThat(conversation.lease().yourAddress().getHostAddress()).startsWith("10.79.0.");
        udhcpc.await("event bound 10.79.0.");
    }
}
