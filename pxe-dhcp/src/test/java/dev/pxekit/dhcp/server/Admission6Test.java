package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.Link6.CLIENT;
import static dev.pxekit.dhcp.server.Link6.address;
import static dev.pxekit.dhcp.server.Link6.answer;
import static dev.pxekit.dhcp.server.Link6.association;
import static dev.pxekit.dhcp.server.Link6.lease;
import static dev.pxekit.dhcp.server.Link6.message;
import static dev.pxekit.dhcp.server.Link6.multicast;
import static dev.pxekit.dhcp.server.Link6.solicit;
import static dev.pxekit.dhcp.server.Link6.status;
import static dev.pxekit.dhcp.server.Link6.subnet;
import static dev.pxekit.dhcp.server.Link6.toServer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.IaNa;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is served by a DHCPv6 server, of which pools, on which terms, and what happens when many come. */
class Admission6Test {

    private static final String TOO_MANY = "ignored: more new clients than the limit";

    private final Link6 link = Link6.ordinary();

    private static Duid duid(int client) {
        return Duid.linkLayer(HardwareAddress.of(new byte[] {2, 0, 0, 0, (byte) (client >> 8), (byte) client}));
    }

    private static boolean isEven(dev.pxekit.dhcp.pxe.BootClient client) {
        return client.hardwareAddress().bytes()[5] % 2 == 0;
    }

    private int served(Engine6 responder, int from, int clients) {
        int served = 0;
        for (int client = from; client < from + clients; client++) {
            served += responder
                            .respond(solicit(duid(client), 1).build(), multicast())
                            .isPresent()
                    ? 1
                    : 0;
        }
        return served;
    }

    @Test
    void takesOnSoManyNewClientsInASecondAndServesThoseItKnows() {
        link.settings.newClientsPerSecond(3);
        Engine6 responder = link.responder();
        String known = lease(responder, CLIENT, 7);
        assertThat(served(responder, 100, 100)).isEqualTo(2);
        assertThat(link.recorder.events).endsWith(TOO_MANY);
        assertThat(address(answer(responder, solicit(CLIENT, 7).build()))).isEqualTo(known);
        Dhcp6Message request = toServer(Dhcp6MessageType.REQUEST, duid(300))
                .addOption(Dhcp6Option.IA_NA, association(1, "fd77::1f0"))
                .build();
        assertThat(responder.respond(request, multicast())).isEmpty();
        assertThat(link.recorder.events).endsWith(TOO_MANY);
        link.clock.advance(Duration.ofSeconds(1));
        assertThat(served(responder, 400, 100)).isEqualTo(3);
    }

    @Test
    void aClientIsAsManyNewOnesAsItHasAssociationsThatAreNotKnown() {
        link.settings.newClientsPerSecond(4);
        Engine6 responder = link.responder();
        lease(responder, CLIENT, 0);
        Dhcp6Message.Builder many = message(Dhcp6MessageType.SOLICIT, CLIENT);
        for (int i = 0; i < 16; i++) {
            many.addOption(Dhcp6Option.IA_NA, association(i));
        }
        assertThat(answer(responder, many.build()).options().getAll(Dhcp6Option.IA_NA))
                .as("a client that is admitted gets all that it asks for, and others wait the longer")
                .hasSize(16)
                .allMatch(given -> given.addresses().size() == 1);
        link.clock.advance(Duration.ofSeconds(3));
        assertThat(served(responder, 100, 1)).isZero();
        link.clock.advance(Duration.ofSeconds(1));
        assertThat(served(responder, 100, 1)).isOne();
    }

    @Test
    void limitsNeitherStatelessClientsNorThoseWithAReservationNorWhatOtherServersLease() {
        Link6 kept = Link6.of(subnet().reserve(CLIENT, Ipv6.parse("fd77::20")).build());
        kept.settings.newClientsPerSecond(1);
        Engine6 responder = kept.responder();
        for (int i = 0; i < 10; i++) {
            Dhcp6Message rebind = message(Dhcp6MessageType.REBIND, duid(i))
                    .addOption(Dhcp6Option.IA_NA, association(1, "fd77::5"))
                    .build();
            assertThat(responder.respond(rebind, multicast())).isEmpty();
        }
        assertThat(served(responder, 100, 1)).isOne();
        assertThat(served(responder, 200, 1)).isZero();
        assertThat(lease(responder, CLIENT, 1)).isEqualTo("fd77::20");
        Dhcp6Message stateless =
                message(Dhcp6MessageType.INFORMATION_REQUEST, duid(300)).build();
        assertThat(responder.respond(stateless, multicast())).isPresent();
    }

    @Test
    void servesAllowedClientsOnlyAndIgnoredOnesNever() {
        link.settings
                .allow(client -> client.duid().filter(duid(1)::equals).isPresent())
                .allow(client -> client.duid().filter(duid(2)::equals).isPresent())
                .ignore(client -> client.duid().filter(duid(2)::equals).isPresent());
        Engine6 responder = link.responder();
        assertThat(lease(responder, duid(1), 1)).isNotEmpty();
        assertThat(served(responder, 2, 1)).isZero();
        assertThat(link.recorder.events).endsWith("ignored: on the list of ignored clients");
        assertThat(served(responder, 3, 1)).isZero();
        assertThat(link.recorder.events).endsWith("ignored: not on the list of allowed clients");
        Dhcp6Message unicast = toServer(Dhcp6MessageType.RENEW, duid(3)).build();
        assertThat(responder.respond(unicast, new Arrival6(Link6.SENDER, "eth0", true)))
                .isEmpty();
    }

    @Test
    void keepsPoolsForTheirClasses() {
        ClientClass even = ClientClass.builder("even", Admission6Test::isEven).build();
        Link6 divided = Link6.of(Subnet6.builder("fd77::/64")
                .pool("fd77::50", "fd77::51", even)
                .pool("fd77::60", "fd77::60")
                .build());
        Engine6 responder = divided.responder();
        assertThat(lease(responder, duid(1), 1)).isEqualTo("fd77::60");
        assertThat(status(answer(responder, solicit(duid(3), 1).build())
                        .options()
                        .get(Dhcp6Option.IA_NA)
                        .orElseThrow()
                        .options()))
                .contains("NoAddrsAvail");
        assertThat(Set.of(lease(responder, duid(2), 1), lease(responder, duid(4), 1)))
                .containsExactlyInAnyOrder("fd77::50", "fd77::51");
        IaNa ended = answer(
                        responder,
                        message(Dhcp6MessageType.REBIND, duid(5))
                                .addOption(Dhcp6Option.IA_NA, association(1, "fd77::50"))
                                .build())
                .options()
                .get(Dhcp6Option.IA_NA)
                .orElseThrow();
        assertThat(ended.addresses().get(0).validLifetime())
                .as("it is no other server's")
                .isZero();
    }

    @Test
    void tellsMembersOfAClassItsOptionsAndLifetimes() throws Exception {
        Duid member = duid(2);
        ClientClass first = ClientClass.builder("first", Admission6Test::isEven)
                .option(Dhcp6Option.DOMAIN_SEARCH_LIST, List.of("first.example"))
                .lifetimes(Duration.ofMinutes(10), Duration.ofMinutes(20))
                .build();
        ClientClass second = ClientClass.builder("second", Admission6Test::isEven)
                .option(Dhcp6Option.DOMAIN_SEARCH_LIST, List.of("second.example"))
                .build();
        Link6 classes = Link6.of(
                subnet().searchDomain("lab.example").domainNameServer("fd77::1").build());
        classes.settings.clientClass(first).clientClass(second);
        Engine6 responder = classes.responder();
        Dhcp6Message told = answer(
                responder,
                solicit(member, 1)
                        .option(Dhcp6Option.OPTION_REQUEST, List.of(23, 24))
                        .build());
        assertThat(told.options().get(Dhcp6Option.DOMAIN_SEARCH_LIST)).contains(List.of("second.example"));
        assertThat(told.options().contains(Dhcp6Option.DNS_SERVERS)).isTrue();
        IaNa given = told.options().get(Dhcp6Option.IA_NA).orElseThrow();
        assertThat(given.renewalTime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(given.addresses().get(0).validLifetime()).isEqualTo(Duration.ofMinutes(20));
        String leased = lease(responder, member, 1);
        assertThat(classes.settings
                        .leaseStore()
                        .find(Ipv6.parse(leased))
                        .orElseThrow()
                        .expiresAt())
                .isEqualTo(classes.clock.instant().plus(Duration.ofMinutes(20)));
        Dhcp6Message other = answer(
                responder,
                solicit(duid(3), 1)
                        .option(Dhcp6Option.OPTION_REQUEST, List.of(24))
                        .build());
        assertThat(other.options().get(Dhcp6Option.DOMAIN_SEARCH_LIST)).contains(List.of("lab.example"));
    }

    private static Link6 shared() {
        Link6 link = new Link6();
        link.settings.sharedNetwork(
                Subnet6.builder("fd77::/64")
                        .pool("fd77::100", "fd77::101")
                        .searchDomain("near.example")
                        .build(),
                Subnet6.builder("fd88::/64")
                        .pool("fd88::100", "fd88::101")
                        .searchDomain("far.example")
                        .lifetimes(Duration.ofMinutes(2), Duration.ofMinutes(4))
                        .reserve(CLIENT, Ipv6.parse("fd88::20"))
                        .build());
        return link;
    }

    @Test
    void leasesFromAllSubnetsOfALink() {
        Link6 two = shared();
        Engine6 responder = two.responder();
        Set<String> leased = new HashSet<>();
        for (int client = 1; client <= 4; client++) {
            Dhcp6Message asking = solicit(duid(client), 1)
                    .option(Dhcp6Option.OPTION_REQUEST, List.of(24))
                    .build();
            Dhcp6Message offer = answer(responder, asking);
            boolean far = address(offer).startsWith("fd88::1");
            assertThat(offer.options().get(Dhcp6Option.DOMAIN_SEARCH_LIST))
                    .contains(List.of(far ? "far.example" : "near.example"));
            assertThat(offer.options()
                            .get(Dhcp6Option.IA_NA)
                            .orElseThrow()
                            .addresses()
                            .get(0)
                            .validLifetime())
                    .isEqualTo(far ? Duration.ofMinutes(4) : Duration.ofHours(2));
            leased.add(lease(responder, duid(client), 1));
        }
        assertThat(leased).containsExactlyInAnyOrder("fd77::100", "fd77::101", "fd88::100", "fd88::101");
        assertThat(lease(responder, CLIENT, 1)).isEqualTo("fd88::20");
        Dhcp6Message confirm = message(Dhcp6MessageType.CONFIRM, CLIENT)
                .addOption(Dhcp6Option.IA_NA, association(1, "fd77::5", "fd88::5"))
                .build();
        assertThat(status(answer(responder, confirm).options())).contains("Success");
    }

    @Test
    void findsASharedNetworkByAnyOfItsSubnets() {
        Engine6 responder = shared().responder();
        for (String relay : List.of("fd77::fe", "fd88::fe")) {
            Dhcp6Message relayed = Dhcp6Message.relay(solicit(CLIENT, 1).build(), Ipv6.parse(relay), Link6.SENDER)
                    .build();
            Dhcp6Message answer = responder
                    .respond(relayed, new Arrival6(Ipv6.parse(relay), "", true))
                    .orElseThrow();
            assertThat(address(answer.innermost())).isEqualTo("fd88::20");
        }
    }
}
