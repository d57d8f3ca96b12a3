package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.Link6.CLIENT;
import static dev.pxekit.dhcp.server.Link6.SERVER;
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

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.IaNa;
import dev.pxekit.dhcp.v6.IaPd;
import dev.pxekit.dhcp.v6.IaTa;
import dev.pxekit.dhcp.v6.IdentityAssociation;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8415 §18.3, rule by rule. */
class Dhcp6ResponderTest {

    private static final Duid OTHER = Duid.linkLayer(HardwareAddress.parse("52:54:00:77:00:02"));

    private final Link6 link = Link6.ordinary();

    private static Dhcp6Message with(Dhcp6MessageType type, Duid client, IaNa... associations) {
        boolean toServer = !type.equals(Dhcp6MessageType.REBIND) && !type.equals(Dhcp6MessageType.CONFIRM);
        Dhcp6Message.Builder message = toServer ? toServer(type, client) : message(type, client);
        for (IaNa association : associations) {
            message.addOption(Dhcp6Option.IA_NA, association);
        }
        return message.build();
    }

    private static IaNa only(Dhcp6Message answer) {
        List<IaNa> associations = answer.options().getAll(Dhcp6Option.IA_NA);
        assertThat(associations).hasSize(1);
        return associations.get(0);
    }

    @Test
    void advertisesAnAddressWithItsTimes() {
        Dhcp6Message advertise = answer(link.responder(), solicit(CLIENT, 7).build());
        assertThat(advertise.type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
        IaNa given = only(advertise);
        assertThat(given.iaid()).isEqualTo(7);
        assertThat(given.renewalTime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(given.rebindingTime()).isEqualTo(Duration.ofMinutes(48));
        assertThat(given.addresses().get(0).preferredLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(given.addresses().get(0).validLifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(address(advertise)).startsWith("fd77::1");
        assertThat(link.recorder.events).containsExactly("advertise");
    }

    @Test
    void leasesWithoutEnd() throws Exception {
        LeaseStore store = LeaseStore.inMemory();
        Link6 forever = Link6.of(subnet().lifetimes(IdentityAssociation.INFINITY, IdentityAssociation.INFINITY)
                .build());
        forever.settings.leaseStore(store);
        Engine6 responder = forever.responder();
        String leased = lease(responder, CLIENT, 7);
        IaNa renewed = only(answer(responder, with(Dhcp6MessageType.RENEW, CLIENT, association(7, leased))));
        assertThat(renewed.renewalTime()).isEqualTo(IdentityAssociation.INFINITY);
        assertThat(renewed.rebindingTime()).isEqualTo(IdentityAssociation.INFINITY);
        assertThat(store.find(Ipv6.parse(leased)).orElseThrow().expiresAt()).isEqualTo(Lease.NEVER);
    }

    @Test
    void tellsItsPreferenceInOffersOnly() {
        link.settings.preference(255);
        Engine6 responder = link.responder();
        Dhcp6Message advertise = answer(responder, solicit(CLIENT, 7).build());
        assertThat(advertise.options().get(Dhcp6Option.PREFERENCE)).contains(255);
        Dhcp6Message reply =
                answer(responder, with(Dhcp6MessageType.REQUEST, CLIENT, association(7, address(advertise))));
        assertThat(reply.options().contains(Dhcp6Option.PREFERENCE)).isFalse();
    }

    @Test
    void leasesWhatItOffered() throws Exception {
        LeaseStore store = LeaseStore.inMemory();
        link.settings.leaseStore(store);
        String leased = lease(link.responder(), CLIENT, 7);
        Lease lease = store.find(Ipv6.parse(leased)).orElseThrow();
        assertThat(lease.state()).isEqualTo(Lease.State.BOUND);
        assertThat(lease.expiresAt()).isEqualTo(link.clock.instant().plus(Duration.ofHours(2)));
        assertThat(lease.hardwareAddress()).isEqualTo(HardwareAddress.parse("52:54:00:77:00:01"));
        assertThat(lease.client())
                .as("octet 255, IAID, DUID: RFC 4361 §6.1")
                .isEqualTo(ClientIdentifier.parse("ff:00:00:00:07:" + CLIENT));
        assertThat(link.recorder.events).containsExactly("advertise", "leased " + leased, "reply");
    }

    @Test
    void answersSolicitWithALeaseAtOnceIfBothSidesWant() {
        Dhcp6Message asking =
                solicit(CLIENT, 7).option(Dhcp6Option.RAPID_COMMIT, true).build();
        assertThat(answer(link.responder(), asking).type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
        link.settings.rapidCommit(true);
        Engine6 responder = link.responder();
        Dhcp6Message reply = answer(responder, asking);
        assertThat(reply.type()).isEqualTo(Dhcp6MessageType.REPLY);
        assertThat(reply.options().contains(Dhcp6Option.RAPID_COMMIT)).isTrue();
        assertThat(link.recorder.events).contains("leased " + address(reply));
        assertThat(answer(responder, solicit(OTHER, 7).build()).type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
    }

    @Test
    void givesEachAssociationItsOwnAddress() {
        Engine6 responder = link.responder();
        Dhcp6Message advertise = answer(
                responder,
                message(Dhcp6MessageType.SOLICIT, CLIENT)
                        .addOption(Dhcp6Option.IA_NA, association(1))
                        .addOption(Dhcp6Option.IA_NA, association(2))
                        .addOption(Dhcp6Option.IA_NA, association(1))
                        .build());
        List<IaNa> given = advertise.options().getAll(Dhcp6Option.IA_NA);
        assertThat(given).extracting(IaNa::iaid).containsExactly(1L, 2L);
        assertThat(given.get(0).addresses()).isNotEqualTo(given.get(1).addresses());
    }

    @Test
    void doesNotAnswerMoreAssociationsThanAClientHasInterfaces() {
        Dhcp6Message.Builder many = message(Dhcp6MessageType.SOLICIT, CLIENT);
        for (int i = 0; i < 17; i++) {
            many.addOption(Dhcp6Option.IA_NA, association(i));
        }
        assertThat(link.responder().respond(many.build(), multicast())).isEmpty();
        assertThat(link.recorder.events).containsExactly("ignored: 17 identity associations (expected: at most 16)");
    }

    @Test
    void doesNotAnswerMoreAddressesThanAClientCanHave() {
        String[] listed = IntStream.rangeClosed(1, 65)
                .mapToObj(i -> "fd77::1:" + Integer.toHexString(i))
                .toArray(String[]::new);
        Dhcp6Message many = message(Dhcp6MessageType.SOLICIT, CLIENT)
                .addOption(Dhcp6Option.IA_NA, association(1, listed))
                .build();
        assertThat(link.responder().respond(many, multicast())).isEmpty();
        assertThat(link.recorder.events).containsExactly("ignored: 65 addresses (expected: at most 64)");
    }

    @Test
    void refusesTemporaryAddressesAndPrefixes() {
        Dhcp6Message.Builder asking = solicit(CLIENT, 7)
                .addOption(Dhcp6Option.IA_TA, new IaTa(8, Dhcp6Options.EMPTY))
                .addOption(Dhcp6Option.IA_PD, new IaPd(9, Duration.ZERO, Duration.ZERO, Dhcp6Options.EMPTY));
        Dhcp6Message advertise = answer(link.responder(), asking.build());
        assertThat(address(advertise)).isNotEmpty();
        assertThat(status(
                        advertise.options().get(Dhcp6Option.IA_TA).orElseThrow().options()))
                .contains("NoAddrsAvail");
        assertThat(status(
                        advertise.options().get(Dhcp6Option.IA_PD).orElseThrow().options()))
                .contains("NoPrefixAvail");
        assertThat(link.recorder.events).contains("refused 8: NoAddrsAvail", "refused 9: NoPrefixAvail");
    }

    @Test
    void saysInTheAssociationThatNoAddressIsFree() {
        Link6 small = Link6.of(
                Subnet6.builder("fd77::/64").pool("fd77::100", "fd77::100").build());
        Engine6 responder = small.responder();
        lease(responder, CLIENT, 7);
        Dhcp6Message advertise = answer(responder, solicit(OTHER, 7).build());
        assertThat(only(advertise).addresses()).isEmpty();
        assertThat(status(only(advertise).options())).contains("NoAddrsAvail");
        assertThat(status(advertise.options())).isEmpty();
        Dhcp6Message reply = answer(responder, with(Dhcp6MessageType.REQUEST, OTHER, association(7, "fd77::100")));
        assertThat(status(only(reply).options())).contains("NoAddrsAvail");
    }

    @Test
    void givesNoAddressOfItsOwn() {
        Link6 small =
                Link6.of(Subnet6.builder("fd77::/64").pool("fd77::1", "fd77::2").build());
        Engine6 responder = small.responder();
        assertThat(lease(responder, CLIENT, 7)).isEqualTo("fd77::2");
        assertThat(status(only(answer(responder, solicit(OTHER, 7).build())).options()))
                .contains("NoAddrsAvail");
    }

    @Test
    void refusesToLeaseAnAddressOfAnotherLink() {
        Dhcp6Message reply =
                answer(link.responder(), with(Dhcp6MessageType.REQUEST, CLIENT, association(7, "fd88::100")));
        assertThat(reply.type()).isEqualTo(Dhcp6MessageType.REPLY);
        assertThat(status(only(reply).options())).contains("NotOnLink");
        assertThat(only(reply).addresses()).isEmpty();
    }

    @Test
    void keepsSilentAboutMessagesForOtherServers() {
        Dhcp6Message request = message(Dhcp6MessageType.REQUEST, CLIENT)
                .option(Dhcp6Option.SERVER_IDENTIFIER, OTHER)
                .addOption(Dhcp6Option.IA_NA, association(7, "fd77::100"))
                .build();
        assertThat(link.responder().respond(request, multicast())).isEmpty();
        assertThat(link.recorder.events).containsExactly("ignored: the message is for server " + OTHER);
    }

    @Test
    void returningClientGetsItsAddressAgain() {
        Engine6 responder = link.responder();
        String leased = lease(responder, CLIENT, 7);
        link.clock.advance(Duration.ofDays(3));
        assertThat(address(answer(responder, solicit(CLIENT, 7).build()))).isEqualTo(leased);
        assertThat(address(
                        answer(Link6.ordinary().responder(), solicit(CLIENT, 7).build())))
                .as("by a server that lost its leases")
                .isEqualTo(leased);
    }

    @Test
    void givesTheAddressThatIsAskedForIfFree() {
        Engine6 responder = link.responder();
        Dhcp6Message asking = message(Dhcp6MessageType.SOLICIT, CLIENT)
                .addOption(Dhcp6Option.IA_NA, association(7, "fd77::177"))
                .build();
        assertThat(address(answer(responder, asking))).isEqualTo("fd77::177");
    }

    @Test
    void renews() {
        Engine6 responder = link.responder();
        String leased = lease(responder, CLIENT, 7);
        link.clock.advance(Duration.ofMinutes(30));
        Dhcp6Message reply = answer(responder, with(Dhcp6MessageType.RENEW, CLIENT, association(7, leased)));
        assertThat(address(reply)).isEqualTo(leased);
        assertThat(only(reply).addresses().get(0).validLifetime()).isEqualTo(Duration.ofHours(2));
        assertThat(link.recorder.events).endsWith("leased " + leased, "reply");
    }

    @Test
    void endsAddressesThatAreNotTheClientsWhenItRenews() {
        Engine6 responder = link.responder();
        String leased = lease(responder, CLIENT, 7);
        String others = lease(responder, OTHER, 7);
        IaNa renewed = only(
                answer(responder, with(Dhcp6MessageType.RENEW, CLIENT, association(7, others, "fd88::1", leased))));
        assertThat(renewed.addresses())
                .extracting(each -> Ipv6.toString(each.address()) + " " + each.validLifetime())
                .containsExactly(leased + " PT2H", others + " PT0S", "fd88::1 PT0S");
    }

    @Test
    void renewsAnAssociationWithoutAddressByItsFirst() {
        Engine6 responder = link.responder();
        assertThat(address(answer(responder, with(Dhcp6MessageType.RENEW, CLIENT, association(7)))))
                .startsWith("fd77::1");
    }

    @Test
    void renewsAnUnknownClientsAddressIfNobodyElseHasIt() {
        Engine6 responder = link.responder();
        String others = lease(responder, OTHER, 7);
        assertThat(address(answer(responder, with(Dhcp6MessageType.RENEW, CLIENT, association(7, "fd77::177")))))
                .isEqualTo("fd77::177");
        Duid third = Duid.linkLayer(HardwareAddress.parse("52:54:00:77:00:03"));
        for (String wrong : List.of(others, "fd77::5", "fd88::100")) {
            IaNa refused = only(answer(responder, with(Dhcp6MessageType.RENEW, third, association(7, wrong))));
            assertThat(refused.addresses()).as(wrong).isEmpty();
            assertThat(status(refused.options())).as(wrong).contains("NoBinding");
        }
    }

    @Test
    void renewsNoTemporaryAddressesAndPrefixes() {
        Dhcp6Message renew = toServer(Dhcp6MessageType.RENEW, CLIENT)
                .addOption(Dhcp6Option.IA_TA, new IaTa(8, Dhcp6Options.EMPTY))
                .addOption(Dhcp6Option.IA_PD, new IaPd(9, Duration.ZERO, Duration.ZERO, Dhcp6Options.EMPTY))
                .build();
        Dhcp6Message reply = answer(link.responder(), renew);
        assertThat(status(reply.options().get(Dhcp6Option.IA_TA).orElseThrow().options()))
                .contains("NoBinding");
        assertThat(status(reply.options().get(Dhcp6Option.IA_PD).orElseThrow().options()))
                .contains("NoBinding");
    }

    @Test
    void rebindsItsOwnAndWhatIsFree() {
        Engine6 responder = link.responder();
        String leased = lease(responder, CLIENT, 7);
        assertThat(address(answer(responder, with(Dhcp6MessageType.REBIND, CLIENT, association(7, leased)))))
                .isEqualTo(leased);
        assertThat(address(answer(responder, with(Dhcp6MessageType.REBIND, OTHER, association(7, "fd77::177")))))
                .isEqualTo("fd77::177");
    }

    @Test
    void endsWhatCannotBeReboundAndLeavesTheRestToOtherServers() {
        Engine6 responder = link.responder();
        String leased = lease(responder, CLIENT, 7);
        for (String wrong : List.of(leased, "fd88::100")) {
            IaNa ended = only(answer(responder, with(Dhcp6MessageType.REBIND, OTHER, association(7, wrong))));
            assertThat(ended.addresses())
                    .extracting(each -> Ipv6.toString(each.address()) + " " + each.validLifetime())
                    .containsExactly(wrong + " PT0S");
        }
        Dhcp6Message anothers = with(Dhcp6MessageType.REBIND, OTHER, association(7, "fd77::5"));
        assertThat(responder.respond(anothers, multicast())).isEmpty();
        assertThat(link.recorder.events)
                .endsWith("ignored: addresses of a client without a lease may be another server's");
    }

    @Test
    void confirmsAddressesOfTheLinkWhoeverGaveThem() {
        Engine6 responder = link.responder();
        assertThat(status(answer(responder, with(Dhcp6MessageType.CONFIRM, CLIENT, association(7, "fd77::5")))
                        .options()))
                .contains("Success");
        assertThat(status(
                        answer(responder, with(Dhcp6MessageType.CONFIRM, CLIENT, association(7, "fd77::5", "fd88::5")))
                                .options()))
                .contains("NotOnLink");
        assertThat(responder.respond(with(Dhcp6MessageType.CONFIRM, CLIENT, association(7)), multicast()))
                .isEmpty();
        assertThat(link.recorder.events).containsExactly("reply", "reply", "ignored: CONFIRM without addresses");
    }

    @Test
    void releases() throws Exception {
        LeaseStore store = LeaseStore.inMemory();
        link.settings.leaseStore(store);
        Engine6 responder = link.responder();
        String leased = lease(responder, CLIENT, 7);
        Dhcp6Message stranger = answer(responder, with(Dhcp6MessageType.RELEASE, OTHER, association(7, leased)));
        assertThat(status(only(stranger).options())).contains("NoBinding");
        assertThat(status(stranger.options())).contains("Success");
        assertThat(store.find(Ipv6.parse(leased)).orElseThrow().state()).isEqualTo(Lease.State.BOUND);

        Dhcp6Message reply = answer(responder, with(Dhcp6MessageType.RELEASE, CLIENT, association(7, leased)));
        assertThat(status(reply.options())).contains("Success");
        assertThat(reply.options().contains(Dhcp6Option.IA_NA)).isFalse();
        assertThat(store.find(Ipv6.parse(leased)).orElseThrow().state()).isEqualTo(Lease.State.RELEASED);
        assertThat(link.recorder.events).contains("refused 7: NoBinding", "released " + leased);
    }

    @Test
    void declinedAddressRests() {
        Link6 small = Link6.of(
                Subnet6.builder("fd77::/64").pool("fd77::100", "fd77::101").build());
        Engine6 responder = small.responder();
        String leased = lease(responder, CLIENT, 7);
        Dhcp6Message reply = answer(responder, with(Dhcp6MessageType.DECLINE, CLIENT, association(7, leased)));
        assertThat(status(reply.options())).contains("Success");
        assertThat(small.recorder.events).contains("declined " + leased);
        String second = lease(responder, CLIENT, 7);
        assertThat(second).isNotEqualTo(leased);
        assertThat(status(only(answer(responder, solicit(OTHER, 7).build())).options()))
                .contains("NoAddrsAvail");
        small.clock.advance(Duration.ofMinutes(11));
        assertThat(lease(responder, OTHER, 7)).isEqualTo(leased);
    }

    @Test
    void answersStatelessClientsWithWhatTheyAskFor() {
        Link6 stateless = Link6.of(Subnet6.builder("fd77::/64")
                .domainNameServer("fd77::1")
                .searchDomain("lab.example")
                .option(Dhcp6Option.INFORMATION_REFRESH_TIME, Duration.ofHours(1))
                .option(Dhcp6Option.SOL_MAX_RT, Duration.ofMinutes(2))
                .build());
        Engine6 responder = stateless.responder();
        Dhcp6Message anonymous = Dhcp6Message.builder(Dhcp6MessageType.INFORMATION_REQUEST)
                .transactionId(1)
                .option(Dhcp6Option.OPTION_REQUEST, List.of(24, 32, 23, 24, 39))
                .build();
        Dhcp6Message reply = answer(responder, anonymous);
        assertThat(reply.type()).isEqualTo(Dhcp6MessageType.REPLY);
        assertThat(reply.options().codes()).containsExactly(2, 24, 32, 23);
        assertThat(reply.options().get(Dhcp6Option.DOMAIN_SEARCH_LIST)).contains(List.of("lab.example"));

        Dhcp6Message stateful = answer(
                responder,
                solicit(CLIENT, 7)
                        .option(Dhcp6Option.OPTION_REQUEST, List.of(32, 82, 23))
                        .build());
        assertThat(status(only(stateful).options())).contains("NoAddrsAvail");
        assertThat(stateful.options().codes()).containsExactly(1, 2, 3, 82, 23);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST", "RENEW", "RELEASE", "DECLINE"})
    void asksClientsToSendByMulticast(String type) {
        Dhcp6Message request = with(Dhcp6MessageType.parse(type), CLIENT, association(7, "fd77::100"));
        Dhcp6Message reply = link.responder()
                .respond(request, new Arrival6(Link6.SENDER, "eth0", true))
                .orElseThrow();
        assertThat(status(reply.options())).contains("UseMulticast");
        assertThat(reply.options().codes()).containsExactly(1, 2, 13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOLICIT", "CONFIRM", "REBIND", "INFORMATION-REQUEST"})
    void dropsByUnicastWhatMustBeMulticast(String type) {
        Dhcp6Message request = message(Dhcp6MessageType.parse(type), CLIENT).build();
        assertThat(link.responder().respond(request, new Arrival6(Link6.SENDER, "eth0", true)))
                .isEmpty();
        assertThat(link.recorder.events).containsExactly("ignored: " + type + " by unicast");
    }

    @Test
    void dropsWhatBreaksTheRules() {
        Engine6 responder = link.responder();
        Dhcp6Message withoutClient =
                Dhcp6Message.builder(Dhcp6MessageType.SOLICIT).build();
        Dhcp6Message withServer =
                solicit(CLIENT, 7).option(Dhcp6Option.SERVER_IDENTIFIER, SERVER).build();
        Dhcp6Message forClients = message(Dhcp6MessageType.ADVERTISE, CLIENT)
                .option(Dhcp6Option.SERVER_IDENTIFIER, SERVER)
                .build();
        for (Dhcp6Message wrong : List.of(withoutClient, withServer, forClients)) {
            assertThat(responder.respond(wrong, multicast()))
                    .as(wrong.toString())
                    .isEmpty();
        }
        assertThat(link.recorder.events).hasSize(3).allMatch(event -> event.startsWith("ignored: "));
    }

    @Test
    void neverGivesAnAddressTwiceHoweverManyAsk() {
        Engine6 responder = link.responder();
        Set<String> given = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            byte[] mac = {2, 0, 0, 0, 0, (byte) i};
            given.add(lease(responder, Duid.linkLayer(HardwareAddress.of(mac)), 1));
        }
        assertThat(given).hasSize(256);
        assertThat(status(only(answer(responder, solicit(CLIENT, 7).build())).options()))
                .contains("NoAddrsAvail");
    }
}
