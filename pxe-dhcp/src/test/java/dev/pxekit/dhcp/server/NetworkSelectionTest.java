package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.ServerLab.packet;
import static dev.pxekit.dhcp.server.ServerLab.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which subnet a client gets an address of, and which server it hears of. */
class NetworkSelectionTest {

    private static final Inet4Address SECOND_SERVER = Ipv4.parse("10.78.0.1");

    private final ServerLab lab = new ServerLab();

    @BeforeEach
    void serveThreeNetworks() {
        lab.settings
                .subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59"))
                .subnet(subnet("10.78.0.0/24", "10.78.0.50", "10.78.0.59"))
                .subnet(Subnet.builder("10.79.0.0/24")
                        .pool("10.79.0.50", "10.79.0.59")
                        .relay("10.79.0.2")
                        .relay("192.0.2.9")
                        .build());
    }

    private static DhcpPacket.Builder discover() {
        return packet(1, MessageType.DISCOVER);
    }

    private static RelayAgentInformation link(String address) {
        return RelayAgentInformation.builder()
                .put(RelayAgentInformation.LINK_SELECTION, Ipv4.parse(address))
                .build();
    }

    @Test
    void takesTheSubnetOfTheAddressWhereTheRequestCameIn() {
        assertThat(lab.respond(discover()).orElseThrow().yourAddress().getHostAddress())
                .startsWith("10.77.");
        DhcpPacket offer = lab.respond(discover(), SECOND_SERVER).orElseThrow();
        assertThat(offer.yourAddress().getHostAddress()).startsWith("10.78.");
        assertThat(offer.options().get(DhcpOption.SERVER_IDENTIFIER)).contains(SECOND_SERVER);
        assertThat(lab.respond(discover(), Ipv4.parse("172.16.0.1"))).isEmpty();
    }

    @Test
    void takesTheSubnetOfTheRelayAgent() {
        assertThat(lab.answer(discover().relayAgent(Ipv4.parse("10.78.0.2")))
                        .yourAddress()
                        .getHostAddress())
                .startsWith("10.78.");
        assertThat(lab.respond(discover().relayAgent(Ipv4.parse("172.16.0.1")))).isEmpty();
        assertThat(lab.lastEvent()).contains("no subnet for this client");
    }

    @Test
    void takesNoRelayAgentButThoseThatAreNamed() {
        assertThat(lab.answer(discover().relayAgent(Ipv4.parse("10.79.0.2")))
                        .yourAddress()
                        .getHostAddress())
                .startsWith("10.79.");
        assertThat(lab.answer(discover().relayAgent(Ipv4.parse("192.0.2.9")))
                        .yourAddress()
                        .getHostAddress())
                .startsWith("10.79.");
        assertThat(lab.respond(discover().relayAgent(Ipv4.parse("10.79.0.3")))).isEmpty();
        assertThat(lab.respond(discover()
                        .relayAgent(Ipv4.parse("10.79.0.3"))
                        .option(DhcpOption.RELAY_AGENT_INFORMATION, link("10.79.0.0"))))
                .isEmpty();
    }

    @Test
    void aRelayAgentThatSeveralNetworksNameServesTheOneThatItIsOnUnlessItSelectsAnother() {
        Inet4Address relay = Ipv4.parse("10.78.0.1");
        ServerLab both = new ServerLab();
        both.settings
                .subnet(Subnet.builder("10.78.0.0/24")
                        .pool("10.78.0.50", "10.78.0.59")
                        .relay(relay)
                        .relay("192.0.2.9")
                        .build())
                .subnet(Subnet.builder("10.79.0.0/24")
                        .pool("10.79.0.50", "10.79.0.59")
                        .relay(relay)
                        .relay("192.0.2.9")
                        .build());
        assertThat(both.answer(discover().relayAgent(relay)).yourAddress().getHostAddress())
                .startsWith("10.78.");
        assertThat(both.answer(discover()
                                .relayAgent(relay)
                                .option(DhcpOption.RELAY_AGENT_INFORMATION, link("10.79.0.0")))
                        .yourAddress()
                        .getHostAddress())
                .startsWith("10.79.");
        assertThat(both.respond(discover().relayAgent(Ipv4.parse("192.0.2.9")))).isEmpty();
    }

    @Test
    void takesTheLinkThatTheRelayAgentSelectsBeforeItsOwnAndTheClientsSelection() {
        DhcpPacket offer = lab.answer(discover()
                .relayAgent(Ipv4.parse("172.16.0.1"))
                .option(DhcpOption.SUBNET_SELECTION, Ipv4.parse("10.77.0.0"))
                .option(DhcpOption.RELAY_AGENT_INFORMATION, link("10.78.0.0")));
        assertThat(offer.yourAddress().getHostAddress()).startsWith("10.78.");
        assertThat(offer.relayAgent()).isEqualTo(Ipv4.parse("172.16.0.1"));
        assertThat(offer.options().contains(DhcpOption.SUBNET_SELECTION)).isFalse();
        assertThat(offer.options().get(DhcpOption.RELAY_AGENT_INFORMATION)).contains(link("10.78.0.0"));
    }

    @Test
    void takesTheSubnetThatTheClientSelectsAndSaysSo() {
        DhcpPacket offer = lab.answer(discover().option(DhcpOption.SUBNET_SELECTION, Ipv4.parse("10.78.0.0")));
        assertThat(offer.yourAddress().getHostAddress()).startsWith("10.78.");
        assertThat(offer.options().get(DhcpOption.SUBNET_SELECTION)).contains(Ipv4.parse("10.78.0.0"));
    }

    @Test
    void letsNoClientSelectASubnetWhoseRelayAgentsAreNamed() {
        assertThat(lab.respond(discover().option(DhcpOption.SUBNET_SELECTION, Ipv4.parse("10.79.0.0"))))
                .isEmpty();
        DhcpPacket offer = lab.answer(discover().option(DhcpOption.RELAY_AGENT_INFORMATION, link("10.78.0.0")));
        assertThat(offer.yourAddress().getHostAddress()).startsWith("10.77.");
    }

    @Test
    void leavesTheClientsOfALinkAloneThatHasNoSubnetHere() {
        ServerLab remote = new ServerLab();
        remote.settings.subnet(subnet("10.99.0.0/24", "10.99.0.50", "10.99.0.59"));
        assertThat(remote.respond(discover())).isEmpty();
        assertThat(remote.respond(
                        packet(1, MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, Ipv4.parse("10.77.0.50"))))
                .isEmpty();
    }

    @Test
    void answersAsTheServerThatTheRelayAgentNames() {
        Inet4Address relay = Ipv4.parse("10.78.0.2");
        RelayAgentInformation override = RelayAgentInformation.builder()
                .put(RelayAgentInformation.SERVER_IDENTIFIER_OVERRIDE, relay)
                .build();
        DhcpPacket.Builder packet = discover().relayAgent(relay).option(DhcpOption.RELAY_AGENT_INFORMATION, override);
        DhcpPacket offer = lab.answer(packet);
        assertThat(offer.options().get(DhcpOption.SERVER_IDENTIFIER)).contains(relay);
        packet.messageType(MessageType.REQUEST)
                .option(DhcpOption.SERVER_IDENTIFIER, relay)
                .option(DhcpOption.REQUESTED_ADDRESS, offer.yourAddress());
        assertThat(lab.type(packet)).isEqualTo(MessageType.ACK);
        packet.messageType(MessageType.REQUEST)
                .removeOption(50)
                .clientAddress(offer.yourAddress())
                .option(DhcpOption.SERVER_IDENTIFIER, relay);
        assertThat(lab.type(packet)).isEqualTo(MessageType.ACK);
        packet.messageType(MessageType.RELEASE);
        assertThat(lab.respond(packet)).isEmpty();
        assertThat(lab.lastEvent()).startsWith("released");
    }

    @Test
    void servesAClientThatRenewsFromItsOwnSubnetWhereverTheRequestComesIn() {
        Inet4Address address = lab.lease(discover().relayAgent(Ipv4.parse("10.78.0.2")));
        assertThat(lab.type(packet(1, MessageType.REQUEST).clientAddress(address)))
                .isEqualTo(MessageType.ACK);
    }

    @Test
    void leasesOneAddressOfASharedNetworkToAClientAndUsesTheSecondSubnetWhenTheFirstIsFull() {
        ServerLab shared = new ServerLab();
        shared.settings.sharedNetwork(
                subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.50"),
                Subnet.builder("10.80.0.0/24")
                        .router("10.80.0.1")
                        .pool("10.80.0.50", "10.80.0.50")
                        .build());
        Inet4Address first = shared.lease(1);
        Inet4Address second = shared.lease(2);
        assertThat(first).isNotEqualTo(second);
        Inet4Address other = Ipv4.parse("10.80.0.50");
        int holder = first.equals(other) ? 1 : 2;
        DhcpPacket renewed = shared.answer(packet(holder, MessageType.REQUEST).clientAddress(other));
        assertThat(renewed.options().get(DhcpOption.ROUTERS)).isPresent();
        assertThat(renewed.yourAddress()).isEqualTo(other);
        assertThat(shared.respond(packet(3, MessageType.DISCOVER))).isEmpty();
        assertThat(shared.lastEvent()).contains("no free address in subnet 10.77.0.0/24 + 10.80.0.0/24");
    }

    @Test
    void offersEveryAddressOfASharedNetworkBeforeOneThatIsOffered() {
        ServerLab shared = new ServerLab();
        shared.settings.sharedNetwork(
                subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.53"), subnet("10.80.0.0/24", "10.80.0.50", "10.80.0.65"));
        Set<Inet4Address> offered = new HashSet<>();
        for (int client = 1; client <= 20; client++) {
            offered.add(shared.discover(client).yourAddress());
            shared.advance(Duration.ofMillis(10));
        }
        assertThat(offered).hasSize(20);
        assertThat(shared.discover(21).yourAddress())
                .as("offered longest ago, of the first pool that has an offer")
                .isIn(offered);
    }

    /** Such a request has not come through a router: it was broadcast on the server's link. */
    @Test
    void takesTheLinkOfAClientThatRebindsWithoutASenderAddressWhateverAddressItHas() {
        Inet4Address address = lab.lease(discover().relayAgent(Ipv4.parse("10.78.0.2")));
        DhcpPacket.Builder rebinding = packet(1, MessageType.REQUEST).clientAddress(address);
        assertThat(lab.respond(rebinding, ServerLab.SERVER, Ipv4.ANY)).isEmpty();
        assertThat(lab.respond(rebinding, SECOND_SERVER, Ipv4.ANY))
                .flatMap(DhcpPacket::messageType)
                .contains(MessageType.ACK);
    }

    @Test
    void takesTheLinkOfTheRelayAgentOfAClientThatRebindsWhateverAddressItHas() {
        Inet4Address address = lab.lease(discover().relayAgent(Ipv4.parse("10.78.0.2")));
        DhcpPacket.Builder rebinding = packet(1, MessageType.REQUEST).clientAddress(address);
        assertThat(lab.respond(rebinding.relayAgent(Ipv4.parse("10.79.0.2")))).isEmpty();
        assertThat(lab.type(rebinding.relayAgent(Ipv4.parse("10.78.0.2")))).isEqualTo(MessageType.ACK);
    }
}
