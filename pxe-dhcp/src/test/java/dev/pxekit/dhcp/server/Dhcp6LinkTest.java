package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.Link6.CLIENT;
import static dev.pxekit.dhcp.server.Link6.address;
import static dev.pxekit.dhcp.server.Link6.answer;
import static dev.pxekit.dhcp.server.Link6.association;
import static dev.pxekit.dhcp.server.Link6.lease;
import static dev.pxekit.dhcp.server.Link6.message;
import static dev.pxekit.dhcp.server.Link6.solicit;
import static dev.pxekit.dhcp.server.Link6.subnet;
import static dev.pxekit.dhcp.server.Link6.toServer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.v6.ClientLinkLayerAddress;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.IaNa;
import java.net.Inet6Address;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which subnet a client is on, through relay agents and without, and what is reserved for it. */
class Dhcp6LinkTest {

    private static final Inet6Address ANY = Ipv6.ANY;
    private static final Inet6Address PEER = Ipv6.parse("fe80::5054:ff:fe77:9");
    private static final Inet6Address RELAY = Ipv6.parse("fd88::fe");

    private static final Subnet6 NEAR = subnet().build();
    private static final Subnet6 FAR =
            Subnet6.builder("fd88::/64").pool("fd88::100", "fd88::1ff").build();

    private static Dhcp6Message.Builder relayed(Dhcp6Message message, String link) {
        return Dhcp6Message.relay(message, Ipv6.parse(link), PEER);
    }

    private static String through(Engine6 responder, Dhcp6Message relayed) {
        Dhcp6Message answer =
                responder.respond(relayed, new Arrival6(RELAY, "", false)).orElseThrow();
        assertThat(answer.type()).isEqualTo(Dhcp6MessageType.RELAY_REPL);
        assertThat(answer.innermost().isValidForClient()).isTrue();
        return address(answer.innermost());
    }

    @Test
    void goesByTheRelayAgentsLinkAddress() {
        Engine6 responder = Link6.of(NEAR, FAR).responder();
        Dhcp6Message solicit = solicit(CLIENT, 7).build();
        assertThat(through(responder, relayed(solicit, "fd88::1").build())).startsWith("fd88::1");
        assertThat(through(responder, relayed(solicit, "fd77::99").build())).startsWith("fd77::1");
        Dhcp6Message unknown = relayed(solicit, "fd99::1").build();
        assertThat(responder.respond(unknown, new Arrival6(RELAY, "", false))).isEmpty();
    }

    @Test
    void goesByTheFirstLinkAddressFromTheClientOutwards() {
        Engine6 responder = Link6.of(NEAR, FAR).responder();
        Dhcp6Message inner = Dhcp6Message.relay(solicit(CLIENT, 7).build(), ANY, PEER)
                .option(Dhcp6Option.INTERFACE_ID, new byte[] {1})
                .build();
        Dhcp6Message outer =
                Dhcp6Message.relay(inner, Ipv6.parse("fd88::1"), RELAY).build();
        Dhcp6Message outermost =
                Dhcp6Message.relay(outer, Ipv6.parse("fd77::1"), RELAY).build();
        assertThat(through(responder, outermost)).startsWith("fd88::1");
    }

    @Test
    void goesByTheInterfaceIdWhereOneIsSet() {
        Subnet6 port = Subnet6.builder("fd99::/64")
                .pool("fd99::100", "fd99::1ff")
                .relayInterfaceId(new byte[] {'p', '1'})
                .build();
        Engine6 responder = Link6.of(NEAR, FAR, port).responder();
        Dhcp6Message relayed = relayed(solicit(CLIENT, 7).build(), "fd88::1")
                .option(Dhcp6Option.INTERFACE_ID, new byte[] {'p', '1'})
                .build();
        assertThat(through(responder, relayed)).startsWith("fd99::1");
    }

    @Test
    void sendsBackWhatEveryRelayAgentGave() {
        Engine6 responder = Link6.of(FAR).responder();
        Dhcp6Message message = solicit(CLIENT, 7).build();
        for (int hop = 0; hop <= Dhcp6Message.HOP_COUNT_LIMIT; hop++) {
            message = relayed(message, "fd88::1")
                    .option(Dhcp6Option.INTERFACE_ID, new byte[] {(byte) hop})
                    .build();
        }
        Dhcp6Message answer =
                responder.respond(message, new Arrival6(RELAY, "", false)).orElseThrow();
        assertThat(answer.relayChain()).hasSize(9);
        assertThat(answer.relayChain())
                .extracting(relay -> relay.relayHeader().orElseThrow().hopCount())
                .containsExactly(8, 7, 6, 5, 4, 3, 2, 1, 0);
        assertThat(answer.relayChain())
                .extracting(relay -> relay.options().raw(18).orElseThrow()[0])
                .containsExactly(
                        (byte) 8, (byte) 7, (byte) 6, (byte) 5, (byte) 4, (byte) 3, (byte) 2, (byte) 1, (byte) 0);
    }

    @Test
    void goesByTheInterfaceThatAMessageCameInBy() {
        Link6 link = new Link6(Map.of("eth0", List.of(Ipv6.parse("fd77::1")), "eth1", List.of(Ipv6.parse("fe80::2"))));
        link.settings
                .networkInterface("eth1")
                .subnet(NEAR)
                .subnet(Subnet6.builder("fd88::/64")
                        .pool("fd88::100", "fd88::1ff")
                        .networkInterface("eth1")
                        .build());
        Engine6 responder = link.responder();
        Dhcp6Message solicit = solicit(CLIENT, 7).build();
        assertThat(address(responder
                        .respond(solicit, new Arrival6(PEER, "eth0", false))
                        .orElseThrow()))
                .startsWith("fd77::1");
        assertThat(address(responder
                        .respond(solicit, new Arrival6(PEER, "eth1", false))
                        .orElseThrow()))
                .startsWith("fd88::1");
        assertThat(responder.respond(solicit, new Arrival6(PEER, "eth2", false)))
                .isEmpty();
    }

    @Test
    void keepsAnAddressForAMachineByItsHardwareAddressWhateverItsDuids() {
        HardwareAddress machine = HardwareAddress.parse("52:54:00:77:00:09");
        Inet6Address kept = Ipv6.parse("fd88::150");
        Engine6 responder = Link6.of(Subnet6.builder("fd88::/64")
                        .pool("fd88::100", "fd88::1ff")
                        .reserve(machine, kept)
                        .build())
                .responder();
        Duid firmware = Duid.uuid(new UUID(1, 2));
        Dhcp6Message fromRelay = Dhcp6Message.relay(solicit(firmware, 1).build(), Ipv6.parse("fd88::1"), Link6.SENDER)
                .option(
                        Dhcp6Option.CLIENT_LINK_LAYER_ADDRESS,
                        new ClientLinkLayerAddress(1, Octets.of(machine.bytes())))
                .build();
        assertThat(through(responder, fromRelay)).as("option 79").isEqualTo("fd88::150");
        assertThat(lease(responder, Duid.linkLayer(machine), 2)).as("DUID").isEqualTo("fd88::150");
        Dhcp6Message direct = solicit(Duid.uuid(new UUID(3, 4)), 3).build();
        assertThat(address(responder
                        .respond(direct, new Arrival6(PEER, "eth0", false))
                        .orElseThrow()))
                .as("EUI-64")
                .isEqualTo("fd88::150");
        assertThat(lease(responder, CLIENT, 1)).isNotEqualTo("fd88::150");
    }

    @Test
    void keepsAnAddressByUuidAndByDuid() {
        UUID machine = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
        Engine6 responder = Link6.of(subnet().reserve(machine, Ipv6.parse("fd77::20"))
                        .reserve(CLIENT, Ipv6.parse("fd77::21"))
                        .build())
                .responder();
        assertThat(lease(responder, Duid.uuid(machine), 1)).isEqualTo("fd77::20");
        assertThat(lease(responder, CLIENT, 1)).isEqualTo("fd77::21");
        Dhcp6Message both = message(Dhcp6MessageType.SOLICIT, Duid.uuid(machine))
                .addOption(Dhcp6Option.IA_NA, association(1))
                .addOption(Dhcp6Option.IA_NA, association(2))
                .build();
        List<IaNa> given = answer(responder, both).options().getAll(Dhcp6Option.IA_NA);
        assertThat(Ipv6.toString(given.get(0).addresses().get(0).address())).isEqualTo("fd77::20");
        assertThat(Ipv6.toString(given.get(1).addresses().get(0).address())).startsWith("fd77::1");
    }

    @Test
    void reservationMadeSinceTakesThePlaceOfALeaseWhenItIsRenewed() throws Exception {
        Link6 before = Link6.ordinary();
        var store = dev.pxekit.dhcp.lease.LeaseStore.inMemory();
        before.settings.leaseStore(store);
        String leased = lease(before.responder(), CLIENT, 7);
        Link6 after = Link6.of(subnet().reserve(CLIENT, Ipv6.parse("fd77::21")).build());
        after.settings.leaseStore(store);
        Dhcp6Message reply = answer(
                after.responder(),
                toServer(Dhcp6MessageType.RENEW, CLIENT)
                        .addOption(Dhcp6Option.IA_NA, association(7, leased))
                        .build());
        IaNa renewed = reply.options().get(Dhcp6Option.IA_NA).orElseThrow();
        assertThat(renewed.addresses())
                .extracting(each -> Ipv6.toString(each.address()) + " " + each.validLifetime())
                .containsExactly("fd77::21 PT2H", leased + " PT0S");
        assertThat(store.find(Ipv6.parse(leased)))
                .map(dev.pxekit.dhcp.lease.Lease::state)
                .contains(dev.pxekit.dhcp.lease.Lease.State.RELEASED);
    }

    @Test
    void endsAnAddressThatIsReservedForAnother() {
        Engine6 responder = Link6.of(
                        subnet().reserve(CLIENT, Ipv6.parse("fd77::21")).build())
                .responder();
        Dhcp6Message rebind = message(Dhcp6MessageType.REBIND, Duid.uuid(new UUID(1, 2)))
                .addOption(Dhcp6Option.IA_NA, association(7, "fd77::21"))
                .build();
        IaNa ended = answer(responder, rebind).options().get(Dhcp6Option.IA_NA).orElseThrow();
        assertThat(ended.addresses())
                .extracting(each -> Ipv6.toString(each.address()) + " " + each.validLifetime())
                .containsExactly("fd77::21 PT0S");
    }
}
