package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.ServerLab.hardware;
import static dev.pxekit.dhcp.server.ServerLab.packet;
import static dev.pxekit.dhcp.server.ServerLab.subnet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is served, with what kind of lease, and what happens when many come. */
class AdmissionTest {

    private final ServerLab lab = new ServerLab();

    @Test
    void servesAllowedClientsOnlyAndIgnoredOnesNever() {
        lab.settings
                .subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59"))
                .allow(client -> client.hardwareAddress().equals(hardware(1)))
                .allow(client -> client.hardwareAddress().equals(hardware(2)))
                .ignore(client -> client.hardwareAddress().equals(hardware(2)));
        assertThat(lab.lease(1)).isNotNull();
        assertThat(lab.respond(packet(2, MessageType.DISCOVER))).isEmpty();
        assertThat(lab.lastEvent()).contains("on the list of ignored clients");
        assertThat(lab.respond(packet(3, MessageType.DISCOVER))).isEmpty();
        assertThat(lab.lastEvent()).contains("not on the list of allowed clients");
    }

    @Test
    void keepsPoolsForTheirClasses() {
        ClientClass even = ClientClass.builder(
                        "even", client -> client.hardwareAddress().bytes()[5] % 2 == 0)
                .build();
        lab.settings.subnet(Subnet.builder("10.77.0.0/24")
                .pool("10.77.0.50", "10.77.0.51", even)
                .pool("10.77.0.60", "10.77.0.60")
                .build());
        assertThat(lab.lease(1)).isEqualTo(Ipv4.parse("10.77.0.60"));
        assertThat(lab.respond(packet(3, MessageType.DISCOVER))).isEmpty();
        assertThat(Set.of(lab.lease(2), lab.lease(4)))
                .containsExactlyInAnyOrder(Ipv4.parse("10.77.0.50"), Ipv4.parse("10.77.0.51"));
        assertThat(lab.type(packet(5, MessageType.REQUEST)
                        .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)
                        .option(DhcpOption.REQUESTED_ADDRESS, Ipv4.parse("10.77.0.50"))))
                .isEqualTo(MessageType.NAK);
    }

    @Test
    void leasesNoExcludedAddress() {
        lab.settings.subnet(Subnet.builder("10.77.0.0/24")
                .pool("10.77.0.1", "10.77.0.254")
                .exclude("10.77.0.1")
                .exclude("10.77.0.3", "10.77.0.254")
                .build());
        assertThat(lab.lease(1)).isEqualTo(Ipv4.parse("10.77.0.2"));
        assertThat(lab.respond(packet(2, MessageType.DISCOVER))).isEmpty();
    }

    @Test
    void acknowledgesADiscoverAtOnceIfBothSidesWantTo() {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59")).rapidCommit(true);
        DhcpPacket reply = lab.answer(packet(1, MessageType.DISCOVER).option(DhcpOption.RAPID_COMMIT, true));
        assertThat(reply.messageType()).contains(MessageType.ACK);
        assertThat(reply.options().contains(DhcpOption.RAPID_COMMIT)).isTrue();
        assertThat(lab.type(packet(1, MessageType.REQUEST).clientAddress(reply.yourAddress())))
                .isEqualTo(MessageType.ACK);
        assertThat(lab.type(packet(2, MessageType.DISCOVER))).isEqualTo(MessageType.OFFER);
        ServerLab without = new ServerLab();
        without.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59"));
        assertThat(without.type(packet(1, MessageType.DISCOVER).option(DhcpOption.RAPID_COMMIT, true)))
                .isEqualTo(MessageType.OFFER);
    }

    private static DhcpPacket.Builder bootp(int client) {
        return packet(client, MessageType.DISCOVER).removeOption(53);
    }

    @Test
    void givesBootpClientsTheirReservedAddressForGood() throws Exception {
        lab.settings
                .subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59"))
                .reservation(
                        Reservation.builder(hardware(1)).address("10.77.0.9").build());
        DhcpPacket reply = lab.answer(bootp(1));
        assertThat(reply.yourAddress()).isEqualTo(Ipv4.parse("10.77.0.9"));
        assertThat(reply.options().contains(DhcpOption.SUBNET_MASK)).isTrue();
        assertThat(List.of(51, 53, 54, 58, 59))
                .noneMatch(code -> reply.options().contains(code));
        assertThat(lab.settings.leaseStore().find(Ipv4.parse("10.77.0.9")))
                .map(Lease::expiresAt)
                .contains(Lease.NEVER);
        assertThat(lab.respond(bootp(2))).isEmpty();
        assertThat(lab.lastEvent()).contains("BOOTP client without a reserved address");
    }

    @Test
    void givesBootpClientsAnyAddressWhereThatIsPermitted() {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59")).dynamicBootp(true);
        Inet4Address address = lab.answer(bootp(1)).yourAddress();
        lab.advance(Duration.ofDays(4000));
        assertThat(lab.answer(bootp(1)).yourAddress()).isEqualTo(address);
    }

    /** RFC 951 §3: it has no other purpose than to boot, and nothing to say so with. */
    @Test
    void tellsBootpClientsInTheFieldsWhatToBoot() {
        lab.settings
                .subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59"))
                .dynamicBootp(true)
                .policy(BootPolicy.always(BootDecision.bootFile("kernel.img", Ipv4.parse("10.77.0.9"))));
        DhcpPacket reply = lab.answer(bootp(1));
        assertThat(reply.bootFileName()).contains("kernel.img");
        assertThat(reply.nextServer()).isEqualTo(Ipv4.parse("10.77.0.9"));
        assertThat(reply.serverHostName()).contains("10.77.0.9");
        assertThat(List.of(43, 60, 66, 67)).noneMatch(code -> reply.options().contains(code));
        assertThat(lab.recorder.events)
                .filteredOn(event -> event.startsWith("boot "))
                .hasSize(1);
    }

    @Test
    void tellsBootpClientsNothingThatTheyCannotLoad() {
        lab.settings
                .subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59"))
                .dynamicBootp(true)
                .policy(BootPolicy.always(BootDecision.localDisk()));
        DhcpPacket reply = lab.answer(bootp(1));
        assertThat(reply.bootFileName()).isEmpty();
        assertThat(reply.nextServer()).isEqualTo(Ipv4.ANY);
        assertThat(reply.options().contains(43)).isFalse();
    }

    @Test
    void tellsBootpClientsWhatToBootInFieldsOfTheirPacket() {
        lab.settings
                .subnet(Subnet.builder("10.77.0.0/24")
                        .router("10.77.0.2")
                        .pool("10.77.0.50", "10.77.0.59")
                        .option(DhcpOption.DOMAIN_NAME, "x".repeat(60))
                        .build())
                .dynamicBootp(true)
                .policy(client -> BootDecision.bootFile("pxelinux.0", Ipv4.parse("10.77.0.3")));
        DhcpPacket reply = lab.answer(bootp(1));
        assertThat(reply.bootFileName()).contains("pxelinux.0");
        assertThat(reply.nextServer()).isEqualTo(Ipv4.parse("10.77.0.3"));
        assertThat(reply.serverHostName()).contains("10.77.0.3");
        assertThat(reply.options().codes()).containsExactly(1, 28, 3);
        assertThat(DhcpCodec.encode(reply)).hasSize(300);
    }

    @Test
    void reservesForWhoeverIsOnAPortAsLongAsTheAddressIsFree() {
        UUID machine = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        lab.settings
                .subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.250"))
                .reservation(Reservation.builder(machine).address("10.77.0.9").build())
                .newClientsPerSecond(3);
        int leased = 0;
        for (int client = 100; client < 200; client++) {
            DhcpPacket.Builder discover = packet(client, MessageType.DISCOVER)
                    .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, ClientMachineIdentifier.of(machine));
            Optional<DhcpPacket> offer = lab.respond(discover);
            leased += offer.isPresent()
                            && lab.respond(discover.messageType(MessageType.REQUEST)
                                            .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)
                                            .option(
                                                    DhcpOption.REQUESTED_ADDRESS,
                                                    offer.get().yourAddress()))
                                    .isPresent()
                    ? 1
                    : 0;
        }
        assertThat(leased).isBetween(1, 4);
        assertThat(lab.lastEvent()).contains("more new clients than the limit");
    }

    @Test
    void refusesItsOwnClientAnAddressThatHasLeftThePools() throws Exception {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.50"));
        Inet4Address address = lab.lease(1);
        ServerLab smaller = new ServerLab();
        smaller.settings
                .leaseStore(lab.settings.leaseStore())
                .subnet(subnet("10.77.0.0/24", "10.77.0.60", "10.77.0.69"));
        assertThat(smaller.type(packet(1, MessageType.REQUEST).clientAddress(address)))
                .isEqualTo(MessageType.NAK);
        assertThat(smaller.type(packet(1, MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, address)))
                .isEqualTo(MessageType.NAK);
        assertThat(smaller.respond(packet(2, MessageType.REQUEST).clientAddress(address)))
                .isEmpty();
    }

    @Test
    void letsNoAddressRestThatWasOfferedOnly() {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.50"));
        Inet4Address offered = lab.discover(1).yourAddress();
        assertThat(lab.respond(packet(1, MessageType.DECLINE).option(DhcpOption.REQUESTED_ADDRESS, offered)))
                .isEmpty();
        assertThat(lab.lastEvent()).contains("DECLINE of an address that is not the client's");
        assertThat(lab.lease(2)).isEqualTo(offered);
    }

    @Test
    void givesWhatItOffersToAClientThatLooksDifferentInBetween() {
        ClientClass boot = ClientClass.builder(
                        "boot", client -> client.vendorClass().isPresent())
                .build();
        ClientClass other = ClientClass.builder(
                        "other", client -> client.vendorClass().isEmpty())
                .build();
        lab.settings.subnet(Subnet.builder("10.77.0.0/24")
                .pool("10.77.0.50", "10.77.0.50", boot)
                .pool("10.77.0.60", "10.77.0.60", other)
                .build());
        DhcpPacket.Builder rom = packet(1, MessageType.DISCOVER).option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "rom");
        assertThat(lab.lease(rom)).isEqualTo(Ipv4.parse("10.77.0.50"));
        assertThat(lab.discover(1).yourAddress()).isEqualTo(Ipv4.parse("10.77.0.60"));
        assertThat(lab.lease(packet(1, MessageType.DISCOVER).option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "rom")))
                .isEqualTo(Ipv4.parse("10.77.0.50"));
    }

    @Test
    void tellsTheBroadcastAddress() {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59"));
        assertThat(lab.discover(1).options().get(DhcpOption.BROADCAST_ADDRESS)).contains(Ipv4.parse("10.77.0.255"));
    }

    @Test
    void leasesWithoutEnd() throws Exception {
        lab.settings.subnet(Subnet.builder("10.77.0.0/24")
                .pool("10.77.0.50", "10.77.0.50")
                .leaseTime(Duration.ofSeconds(0xffff_ffffL))
                .build());
        Inet4Address address = lab.lease(1);
        assertThat(lab.settings.leaseStore().find(address))
                .map(Lease::expiresAt)
                .contains(Lease.NEVER);
        lab.advance(Duration.ofDays(100_000));
        assertThat(lab.respond(packet(2, MessageType.DISCOVER))).isEmpty();
    }

    @Test
    void servesClientsWhileOthersDiscoverAndNeverAskForWhatTheyGot() {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59"));
        Inet4Address early = lab.lease(1);
        for (int client = 1000; client < 11_000; client++) {
            lab.advance(Duration.ofMillis(1));
            lab.discover(client);
        }
        Set<Inet4Address> leased = new HashSet<>(Set.of(early));
        for (int client = 2; client <= 10; client++) {
            leased.add(lab.lease(client));
        }
        assertThat(leased).hasSize(10);
        assertThat(lab.type(packet(1, MessageType.REQUEST).clientAddress(early)))
                .isEqualTo(MessageType.ACK);
        assertThat(lab.respond(packet(11, MessageType.DISCOVER))).isEmpty();
    }

    @Test
    void takesOnSoManyNewClientsInASecondAndServesThoseItKnows() {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.250")).newClientsPerSecond(3);
        Inet4Address known = lab.lease(1);
        int served = 0;
        for (int client = 100; client < 200; client++) {
            served += lab.respond(packet(client, MessageType.DISCOVER)).isPresent() ? 1 : 0;
        }
        assertThat(served).isEqualTo(2);
        assertThat(lab.lastEvent()).contains("more new clients than the limit");
        assertThat(lab.discover(1).yourAddress()).isEqualTo(known);
        assertThat(lab.respond(packet(400, MessageType.REQUEST)
                        .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)
                        .option(DhcpOption.REQUESTED_ADDRESS, Ipv4.parse("10.77.0.200"))))
                .isEmpty();
        assertThat(lab.lastEvent()).contains("more new clients than the limit");
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.respond(packet(300, MessageType.DISCOVER))).isPresent();
        assertThatThrownBy(() -> DhcpServer.builder().newClientsPerSecond(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsTheOtherLeaseOfAClientThatMoves() throws Exception {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.59"));
        Inet4Address first = lab.lease(1);
        Inet4Address second =
                first.equals(Ipv4.parse("10.77.0.50")) ? Ipv4.parse("10.77.0.51") : Ipv4.parse("10.77.0.50");
        lab.settings
                .leaseStore()
                .claim(
                        lab.settings
                                .leaseStore()
                                .find(first)
                                .orElseThrow()
                                .to(Lease.State.RELEASED, lab.clock.instant()),
                        lab.clock.instant());
        assertThat(lab.type(packet(1, MessageType.REQUEST).clientAddress(second)))
                .isEqualTo(MessageType.ACK);
        assertThat(lab.settings.leaseStore().find(first)).map(Lease::state).contains(Lease.State.RELEASED);
        assertThat(lab.settings.leaseStore().find(second)).map(Lease::state).contains(Lease.State.BOUND);
    }
}
