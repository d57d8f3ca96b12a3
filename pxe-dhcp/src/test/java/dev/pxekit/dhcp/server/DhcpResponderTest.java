package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.Fuzz;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The server's side of RFC 2131 §4.3, packet by packet, without sockets. */
class DhcpResponderTest {

    private static final Inet4Address SERVER = Ipv4.parse("10.77.0.1");
    private static final Inet4Address OTHER_SERVER = Ipv4.parse("10.77.0.2");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
    private static final URI SCRIPT = URI.create("http://10.77.0.1:8080/boot.ipxe");

    private final ManualClock clock = new ManualClock();
    private final Recorder recorder = new Recorder();
    private final Subnet subnet = Subnet.builder("10.77.0.0/24")
            .router(SERVER)
            .domainNameServer("10.77.0.3")
            .pool("10.77.0.50", "10.77.0.52")
            .build();
    private final DhcpServer.Builder settings = DhcpServer.builder()
            .bind(SERVER)
            .subnet(subnet)
            .clock(clock)
            .listener(recorder)
            .policy(BootPolicy.ipxe(SCRIPT)
                    .orElse(BootPolicy.httpBoot(
                            Map.of(ClientArchitecture.X64_UEFI_HTTP, URI.create("http://10.77.0.1:8080/snponly.efi"))))
                    .orElse(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi"))));
    private DhcpResponder server = new DhcpResponder(settings, null);

    private static HardwareAddress hardware(int client) {
        return HardwareAddress.of(new byte[] {0x52, 0x54, 0, 0x77, 0, (byte) client});
    }

    private static DhcpPacket.Builder packet(int client, MessageType type) {
        return DhcpPacket.builder()
                .transactionId(client)
                .clientHardwareAddress(hardware(client))
                .messageType(type);
    }

    private DhcpPacket.Builder firmware(ClientIdentity identity, MessageType type) {
        return DhcpPacket.builder()
                .clientHardwareAddress(identity.hardwareAddress())
                .messageType(type)
                .addOptions(identity.options());
    }

    private DhcpPacket offer(int client) {
        return respond(packet(client, MessageType.DISCOVER).build()).orElseThrow();
    }

    private static DhcpPacket.Builder selecting(int client, DhcpPacket offer) {
        return packet(client, MessageType.REQUEST)
                .option(DhcpOption.SERVER_IDENTIFIER, SERVER)
                .option(DhcpOption.REQUESTED_ADDRESS, offer.yourAddress());
    }

    private Inet4Address lease(int client) {
        DhcpPacket ack = respond(selecting(client, offer(client)).build()).orElseThrow();
        assertThat(ack.messageType()).contains(MessageType.ACK);
        return ack.yourAddress();
    }

    private Optional<DhcpPacket> respond(DhcpPacket request) {
        return ServerLab.reply(server.respond(request, SERVER, request.clientAddress()));
    }

    private Optional<MessageType> answerTo(DhcpPacket.Builder request) {
        return respond(request.build()).flatMap(DhcpPacket::messageType);
    }

    private Optional<Lease> leaseOf(Inet4Address address) throws IOException {
        return settings.leaseStore().find(address);
    }

    private List<Lease> leases() throws IOException {
        List<Lease> leases = new ArrayList<>();
        settings.leaseStore().forEach(leases::add);
        return leases;
    }

    /** Another address of the pool. */
    private Inet4Address otherThan(Inet4Address address) {
        return Ipv4.parse(address.getHostAddress().equals("10.77.0.50") ? "10.77.0.51" : "10.77.0.50");
    }

    private String lastEvent() {
        return recorder.events.get(recorder.events.size() - 1);
    }

    @Test
    void offersAnAddressAndWhatTable3AsksFor() {
        DhcpPacket request = packet(1, MessageType.DISCOVER)
                .broadcast(true)
                .option(61, new byte[] {0, 1, 2})
                .option(DhcpOption.RELAY_AGENT_INFORMATION, RelayAgentInformation.decode(new byte[] {1, 1, 9}))
                .relayAgent(Ipv4.parse("10.77.0.254"))
                .build();

        DhcpPacket offer = respond(request).orElseThrow();

        assertThat(offer.messageType()).contains(MessageType.OFFER);
        assertThat(offer.isRequest()).isFalse();
        assertThat(offer.isBroadcast()).isTrue();
        assertThat(offer.relayAgent()).isEqualTo(request.relayAgent());
        assertThat(subnet.leases(offer.yourAddress())).isTrue();
        assertThat(offer.clientAddress()).isEqualTo(Ipv4.ANY);
        assertThat(offer.nextServer()).isEqualTo(Ipv4.ANY);
        assertThat(offer.options().get(DhcpOption.SERVER_IDENTIFIER)).contains(SERVER);
        assertThat(offer.options().get(DhcpOption.LEASE_TIME)).contains(Duration.ofHours(1));
        assertThat(offer.options().get(DhcpOption.RENEWAL_TIME)).contains(Duration.ofMinutes(30));
        assertThat(offer.options().get(DhcpOption.REBINDING_TIME)).contains(Duration.ofSeconds(3150));
        assertThat(offer.options().get(DhcpOption.SUBNET_MASK)).contains(Ipv4.parse("255.255.255.0"));
        assertThat(offer.options().get(DhcpOption.ROUTERS)).contains(List.of(SERVER));
        assertThat(offer.options().get(DhcpOption.CLIENT_IDENTIFIER))
                .contains(ClientIdentifier.of(new byte[] {0, 1, 2}));
        assertThat(offer.options().entries().get(offer.options().entries().size() - 1))
                .hasToString("82=010109");
        assertThat(recorder.events).containsExactly("offer");
    }

    @Test
    void givesAReturningClientItsAddressAgain() {
        Inet4Address address = lease(1);
        clock.advance(Duration.ofDays(1));
        assertThat(offer(1).yourAddress()).isEqualTo(address);
    }

    @Test
    void givesTheSameAddressAfterItLostItsLeases() {
        Inet4Address address = lease(1);
        settings.leaseStore(LeaseStore.inMemory());
        server = new DhcpResponder(settings, null);
        assertThat(offer(1).yourAddress()).isEqualTo(address);
    }

    @Test
    void offersTheRequestedAddressIfItIsFree() {
        Inet4Address wanted = Ipv4.parse("10.77.0.52");
        DhcpPacket.Builder request = packet(1, MessageType.DISCOVER).option(DhcpOption.REQUESTED_ADDRESS, wanted);
        assertThat(respond(request.build()).orElseThrow().yourAddress()).isEqualTo(wanted);
        DhcpPacket.Builder second = packet(2, MessageType.DISCOVER).option(DhcpOption.REQUESTED_ADDRESS, wanted);
        assertThat(respond(second.build()).orElseThrow().yourAddress()).isNotEqualTo(wanted);
    }

    @Test
    void leasesEveryAddressOnceAndThenNone() {
        Set<Inet4Address> leased = new HashSet<>(List.of(lease(1), lease(2), lease(3)));
        assertThat(leased).hasSize(3);
        assertThat(respond(packet(4, MessageType.DISCOVER).build())).isEmpty();
        assertThat(lastEvent()).contains("no free address in subnet 10.77.0.0/24");
    }

    @Test
    void takesAnOfferBackThatNobodyAskedFor() {
        offer(1);
        offer(2);
        offer(3);
        clock.advance(Duration.ofMinutes(1));
        assertThat(answerTo(packet(4, MessageType.DISCOVER))).contains(MessageType.OFFER);
    }

    @Test
    void keepsTheLeaseOfAClientThatDiscoversAgain() throws Exception {
        Inet4Address address = lease(1);
        Instant end = leaseOf(address).orElseThrow().expiresAt();
        offer(1);
        assertThat(leaseOf(address).orElseThrow().expiresAt()).isEqualTo(end);
    }

    @Test
    void refusesASelectedAddressThatItDidNotOffer() {
        DhcpPacket offer = offer(1);
        DhcpPacket other =
                offer.toBuilder().yourAddress(Ipv4.parse("10.77.0.200")).build();
        assertThat(answerTo(selecting(1, other))).contains(MessageType.NAK);
    }

    @Test
    void refusesASelectedAddressOfAnotherClient() {
        DhcpPacket offer = offer(1);
        assertThat(answerTo(selecting(1, offer))).contains(MessageType.ACK);
        assertThat(answerTo(selecting(2, offer))).contains(MessageType.NAK);
        assertThat(lastEvent()).startsWith("nak: " + offer.yourAddress().getHostAddress());
    }

    @Test
    void leavesAClientThatPicksAnotherServerAloneAndItsOfferToEnd() throws Exception {
        DhcpPacket offer = offer(1);
        DhcpPacket.Builder request = selecting(1, offer).option(DhcpOption.SERVER_IDENTIFIER, OTHER_SERVER);
        assertThat(answerTo(request)).isEmpty();
        assertThat(lastEvent()).contains("picked server 10.77.0.2");
        assertThat(leaseOf(offer.yourAddress()).orElseThrow().state()).isEqualTo(Lease.State.OFFERED);
        clock.advance(Duration.ofMinutes(1));
        assertThat(leaseOf(offer.yourAddress()).orElseThrow().isActive(clock.instant()))
                .isFalse();
    }

    @Test
    void confirmsTheAddressOfAClientThatReboots() {
        Inet4Address address = lease(1);
        assertThat(answerTo(packet(1, MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, address)))
                .contains(MessageType.ACK);
    }

    @Test
    void refusesAWrongAddressOfAClientThatReboots() {
        assertThat(answerTo(packet(1, MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, otherThan(lease(1)))))
                .contains(MessageType.NAK);
        assertThat(answerTo(
                        packet(1, MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, Ipv4.parse("192.168.1.9"))))
                .contains(MessageType.NAK);
    }

    @Test
    void staysSilentToAnUnknownClientThatRebootsUnlessItIsAuthoritative() {
        DhcpPacket.Builder request =
                packet(1, MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, Ipv4.parse("10.77.0.50"));
        assertThat(answerTo(request)).isEmpty();
        server = new DhcpResponder(settings.authoritative(true), null);
        assertThat(answerTo(request)).contains(MessageType.NAK);
    }

    @Test
    void extendsALease() throws Exception {
        Inet4Address address = lease(1);
        clock.advance(Duration.ofMinutes(30));
        DhcpPacket ack = respond(
                        packet(1, MessageType.REQUEST).clientAddress(address).build())
                .orElseThrow();
        assertThat(ack.messageType()).contains(MessageType.ACK);
        assertThat(ack.clientAddress()).isEqualTo(address);
        assertThat(ack.yourAddress()).isEqualTo(address);
        assertThat(leaseOf(address).orElseThrow().expiresAt())
                .isEqualTo(clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void letsAnUnknownClientKeepAFreeAddressButNotAnothers() {
        DhcpPacket.Builder request = packet(1, MessageType.REQUEST).clientAddress(Ipv4.parse("10.77.0.50"));
        assertThat(answerTo(request)).contains(MessageType.ACK);
        assertThat(answerTo(packet(2, MessageType.REQUEST).clientAddress(Ipv4.parse("10.77.0.50"))))
                .contains(MessageType.NAK);
    }

    @Test
    void staysSilentToARenewalOfAnotherNetwork() {
        assertThat(answerTo(packet(1, MessageType.REQUEST).clientAddress(Ipv4.parse("192.168.1.9"))))
                .isEmpty();
    }

    @Test
    void leavesClientsOfAnotherServerOfTheSubnetAloneUnlessItIsAuthoritative() {
        Inet4Address others = Ipv4.parse("10.77.0.200");
        DhcpPacket.Builder rebinding = packet(1, MessageType.REQUEST).clientAddress(others);
        assertThat(answerTo(rebinding)).isEmpty();
        server = new DhcpResponder(settings.authoritative(true), null);
        assertThat(answerTo(rebinding)).contains(MessageType.NAK);
    }

    @Test
    void leavesAClientThatPickedAnotherServerAloneWhenItRebootsOrRebinds() {
        Inet4Address others = Ipv4.parse("10.77.0.200");
        answerTo(selecting(1, offer(1)).option(DhcpOption.SERVER_IDENTIFIER, OTHER_SERVER));
        assertThat(answerTo(packet(1, MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, others)))
                .isEmpty();
        assertThat(answerTo(packet(1, MessageType.REQUEST).clientAddress(others)))
                .isEmpty();
    }

    @Test
    void knowsAClientByAnActiveLeaseOnly() {
        DhcpPacket.Builder rebooting =
                packet(1, MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, otherThan(offer(1).yourAddress()));
        assertThat(answerTo(rebooting)).isEmpty();
        lease(1);
        assertThat(answerTo(rebooting)).contains(MessageType.NAK);
        clock.advance(Duration.ofHours(1));
        assertThat(answerTo(rebooting)).isEmpty();
    }

    @Test
    void ignoresARequestForNothing() {
        assertThat(answerTo(packet(1, MessageType.REQUEST))).isEmpty();
    }

    @Test
    void keepsADeclinedAddressForAWhile() {
        Inet4Address address = lease(1);
        DhcpPacket.Builder decline = packet(1, MessageType.DECLINE).option(DhcpOption.REQUESTED_ADDRESS, address);
        assertThat(answerTo(decline)).isEmpty();
        assertThat(lastEvent()).isEqualTo("declined");
        assertThat(Set.of(lease(1), lease(2))).doesNotContain(address);
        assertThat(answerTo(packet(3, MessageType.DISCOVER))).isEmpty();
        clock.advance(Duration.ofMinutes(10));
        assertThat(offer(3).yourAddress()).isEqualTo(address);
    }

    /** Not all of them are logged. */
    @Test
    void tellsTheListenerOfEachDecline() {
        for (int client : new int[] {1, 2}) {
            Inet4Address address = lease(client);
            answerTo(packet(client, MessageType.DECLINE).option(DhcpOption.REQUESTED_ADDRESS, address));
        }
        assertThat(recorder.events).filteredOn("declined"::equals).hasSize(2);
    }

    @Test
    void letsNobodyDeclineOrReleaseTheAddressOfAnother() throws Exception {
        Inet4Address address = lease(1);
        assertThat(answerTo(packet(2, MessageType.DECLINE).option(DhcpOption.REQUESTED_ADDRESS, address)))
                .isEmpty();
        assertThat(lastEvent()).startsWith("ignored");
        assertThat(answerTo(packet(2, MessageType.RELEASE).clientAddress(address)))
                .isEmpty();
        assertThat(lastEvent()).startsWith("ignored");
        assertThat(leaseOf(address).orElseThrow().state()).isEqualTo(Lease.State.BOUND);
    }

    @Test
    void freesAReleasedAddressButRemembersItsClient() {
        Inet4Address address = lease(1);
        assertThat(answerTo(packet(1, MessageType.RELEASE).clientAddress(address)))
                .isEmpty();
        assertThat(lastEvent()).isEqualTo("released");
        assertThat(offer(1).yourAddress()).isEqualTo(address);
    }

    @Test
    void answersInformWithoutAddressAndLease() {
        DhcpPacket ack = respond(packet(1, MessageType.INFORM)
                        .clientAddress(Ipv4.parse("10.77.0.7"))
                        .build())
                .orElseThrow();
        assertThat(ack.messageType()).contains(MessageType.ACK);
        assertThat(ack.yourAddress()).isEqualTo(Ipv4.ANY);
        assertThat(ack.options().contains(DhcpOption.LEASE_TIME)).isFalse();
        assertThat(ack.options().get(DhcpOption.ROUTERS)).contains(List.of(SERVER));
    }

    @Test
    void servesRelayedClientsFromTheRelayAgentsSubnet() {
        settings.subnet(
                Subnet.builder("10.78.0.0/24").pool("10.78.0.50", "10.78.0.99").build());
        server = new DhcpResponder(settings, null);
        DhcpPacket offer = respond(packet(1, MessageType.DISCOVER)
                        .relayAgent(Ipv4.parse("10.78.0.1"))
                        .build())
                .orElseThrow();
        assertThat(offer.yourAddress().getHostAddress()).startsWith("10.78.0.");
        assertThat(offer(2).yourAddress().getHostAddress()).startsWith("10.77.0.");
        assertThat(answerTo(packet(1, MessageType.DISCOVER).relayAgent(Ipv4.parse("10.79.0.1"))))
                .isEmpty();
        assertThat(lastEvent()).contains("no subnet");
    }

    @Test
    void sendsOptionsInTheOrderTheClientAskedFor() {
        DhcpPacket.Builder request =
                packet(1, MessageType.DISCOVER).option(DhcpOption.PARAMETER_REQUEST_LIST, List.of(6, 3, 1));
        assertThat(respond(request.build()).orElseThrow().options())
                .extracting(entry -> entry.code())
                .containsExactly(53, 54, 51, 58, 59, 1, 6, 3, 28);
    }

    @Test
    void leavesOptionsOutThatDoNotFitTheClientsMessageSize() {
        DhcpServer.Builder large = DhcpServer.builder()
                .bind(SERVER)
                .subnet(Subnet.builder("10.77.0.0/24")
                        .pool("10.77.0.50", "10.77.0.52")
                        .option(DhcpOption.ROOT_PATH, "r".repeat(200))
                        .option(DhcpOption.DOMAIN_NAME, "d".repeat(200))
                        .build());
        server = new DhcpResponder(large, null);
        DhcpPacket.Builder request = packet(1, MessageType.DISCOVER)
                .option(DhcpOption.MAXIMUM_MESSAGE_SIZE.code(), new byte[] {0, 10})
                .option(DhcpOption.PARAMETER_REQUEST_LIST, List.of(15));
        DhcpPacket small = respond(request.build()).orElseThrow();
        assertThat(DhcpCodec.encode(small).length).isLessThanOrEqualTo(548);
        assertThat(small.options().contains(DhcpOption.DOMAIN_NAME)).isTrue();
        assertThat(small.options().contains(DhcpOption.ROOT_PATH)).isFalse();
        request.option(DhcpOption.MAXIMUM_MESSAGE_SIZE, 1472);
        assertThat(respond(request.build()).orElseThrow().options().contains(DhcpOption.ROOT_PATH))
                .isTrue();
    }

    @Test
    void ignoresIdentifiersAndRelayAgentInformationOfMoreThanOneOption() throws Exception {
        assertThat(answerTo(packet(1, MessageType.DISCOVER).option(61, new byte[256])))
                .isEmpty();
        assertThat(lastEvent()).contains("more than 255 octets");
        assertThat(answerTo(packet(1, MessageType.DISCOVER).option(82, new byte[256])))
                .isEmpty();
        assertThat(answerTo(packet(1, MessageType.DISCOVER)
                        .option(61, new byte[40_000])
                        .option(82, new byte[24_752])))
                .isEmpty();
        assertThat(leases()).isEmpty();
        assertThat(answerTo(packet(1, MessageType.DISCOVER).option(61, new byte[255])))
                .contains(MessageType.OFFER);
    }

    @Test
    void bindsNoAddressForAReplyThatIsTooLarge() throws Exception {
        DhcpPacket.Builder request =
                packet(1, MessageType.DISCOVER).option(61, new byte[200]).option(82, new byte[200]);
        assertThat(answerTo(request)).isEmpty();
        assertThat(lastEvent()).contains("larger than the 576 octets that the client takes");
        request.messageType(MessageType.REQUEST).clientAddress(Ipv4.parse("10.77.0.50"));
        assertThat(answerTo(request)).isEmpty();
        assertThat(leases()).noneMatch(lease -> lease.state() == Lease.State.BOUND);
        request.option(DhcpOption.MAXIMUM_MESSAGE_SIZE, 1500);
        assertThat(answerTo(request)).contains(MessageType.ACK);
    }

    @Test
    void givesNoMachineIdentifierBackThatIsNone() {
        DhcpPacket.Builder request = firmware(ClientIdentity.uefiPxe(hardware(1), MACHINE), MessageType.DISCOVER)
                .option(97, new byte[1_000]);
        assertThat(respond(request.build()).orElseThrow().options().contains(97))
                .isFalse();
    }

    @Test
    void leavesOutWhatItSaysTwiceBeforeAnythingElse() {
        String name = "f".repeat(120);
        server = new DhcpResponder(settings.policy(BootPolicy.always(BootDecision.bootFile(name))), null);
        DhcpPacket.Builder request = firmware(ClientIdentity.uefiPxe(hardware(1), MACHINE), MessageType.DISCOVER)
                .option(DhcpOption.MAXIMUM_MESSAGE_SIZE, 576)
                .option(82, new byte[140]);
        DhcpPacket offer = respond(request.build()).orElseThrow();
        assertThat(DhcpCodec.encode(offer).length).isLessThanOrEqualTo(548);
        assertThat(offer.effectiveBootFileName()).contains(name);
        assertThat(offer.nextServer()).isEqualTo(SERVER);
        assertThat(offer.options())
                .extracting(entry -> entry.code())
                .contains(1, 3, 6, 58, 82)
                .doesNotContain(66, 67);
    }

    @Test
    void keepsALongUrlTheMaskAndTheRouters() {
        URI url = URI.create("http://10.77.0.1:8080/" + "x".repeat(180));
        server = new DhcpResponder(settings.policy(BootPolicy.always(BootDecision.url(url))), null);
        for (ClientIdentity client :
                List.of(ClientIdentity.biosIpxe(hardware(1), MACHINE), ClientIdentity.uefiHttp(hardware(2), MACHINE))) {
            DhcpPacket.Builder request = firmware(client, MessageType.DISCOVER)
                    .option(DhcpOption.MAXIMUM_MESSAGE_SIZE, 576)
                    .option(82, new byte[20]);
            DhcpPacket offer = respond(request.build()).orElseThrow();
            assertThat(DhcpCodec.encode(offer).length).isLessThanOrEqualTo(548);
            assertThat(offer.options().get(DhcpOption.BOOT_FILE_NAME)).contains(url.toString());
            assertThat(offer.options().contains(1) && offer.options().contains(3))
                    .isTrue();
        }
    }

    @Test
    void keepsOption67ForHttpFirmware() {
        DhcpPacket.Builder request = firmware(ClientIdentity.uefiHttp(hardware(1), MACHINE), MessageType.DISCOVER)
                .option(DhcpOption.MAXIMUM_MESSAGE_SIZE, 576)
                .option(82, new byte[190]);
        DhcpPacket offer = respond(request.build()).orElseThrow();
        assertThat(offer.options().contains(66)).isFalse();
        assertThat(offer.options().contains(67)).isTrue();
    }

    @Test
    void tellsPxeFirmwareItsBootFile() {
        DhcpPacket offer = respond(firmware(ClientIdentity.uefiPxe(hardware(1), MACHINE), MessageType.DISCOVER)
                        .build())
                .orElseThrow();
        assertThat(offer.nextServer()).isEqualTo(SERVER);
        assertThat(offer.serverHostName()).contains("10.77.0.1");
        assertThat(offer.bootFileName()).contains("snponly.efi");
        assertThat(offer.options().get(DhcpOption.TFTP_SERVER_NAME)).contains("10.77.0.1");
        assertThat(offer.options().get(DhcpOption.BOOT_FILE_NAME)).contains("snponly.efi");
        assertThat(offer.options().get(DhcpOption.VENDOR_CLASS_IDENTIFIER)).contains("PXEClient");
        assertThat(offer.options().get(PxeVendorOptions.OPTION).orElseThrow().get(PxeVendorOptions.DISCOVERY_CONTROL))
                .contains(8);
        assertThat(offer.options()
                        .get(DhcpOption.CLIENT_MACHINE_IDENTIFIER)
                        .orElseThrow()
                        .uuid())
                .contains(MACHINE);
        assertThat(recorder.events).containsExactly("boot snponly.efi", "offer");
    }

    @Test
    void tellsHttpFirmwareItsUrl() {
        DhcpPacket offer = respond(firmware(ClientIdentity.uefiHttp(hardware(1), MACHINE), MessageType.DISCOVER)
                        .build())
                .orElseThrow();
        assertThat(offer.options().get(DhcpOption.VENDOR_CLASS_IDENTIFIER)).contains("HTTPClient");
        assertThat(offer.options().get(DhcpOption.BOOT_FILE_NAME)).contains("http://10.77.0.1:8080/snponly.efi");
        assertThat(offer.options().contains(DhcpOption.VENDOR_SPECIFIC_INFORMATION))
                .isFalse();
    }

    @Test
    void tellsIpxeItsScriptAndNotToWaitForAProxy() {
        DhcpPacket offer = respond(firmware(ClientIdentity.biosIpxe(hardware(1), MACHINE), MessageType.DISCOVER)
                        .build())
                .orElseThrow();
        assertThat(offer.effectiveBootFileName()).contains(SCRIPT.toString());
        assertThat(offer.options().get(DhcpOption.IPXE).orElseThrow().get(IpxeOptions.NO_PXEDHCP))
                .contains(true);
        assertThat(offer.nextServer()).isEqualTo(SERVER);
    }

    @Test
    void givesFirmwareWithNothingToBootAnAddressOnly() {
        DhcpPacket offer = respond(firmware(ClientIdentity.biosPxe(hardware(1), MACHINE), MessageType.DISCOVER)
                        .build())
                .orElseThrow();
        assertThat(offer.effectiveBootFileName()).isEmpty();
        assertThat(offer.options().contains(DhcpOption.VENDOR_CLASS_IDENTIFIER)).isFalse();
        assertThat(recorder.events).containsExactly("boot ignore", "offer");
    }

    @Test
    void givesFirmwareNothingThatItCannotLoad() {
        server = new DhcpResponder(settings.policy(BootPolicy.always(BootDecision.url(SCRIPT))), null);
        DhcpPacket pxe = respond(firmware(ClientIdentity.uefiPxe(hardware(1), MACHINE), MessageType.DISCOVER)
                        .build())
                .orElseThrow();
        server = new DhcpResponder(settings.policy(BootPolicy.always(BootDecision.bootFile("a.efi"))), null);
        DhcpPacket http = respond(firmware(ClientIdentity.uefiHttp(hardware(2), MACHINE), MessageType.DISCOVER)
                        .build())
                .orElseThrow();
        assertThat(List.of(pxe, http)).allSatisfy(offer -> {
            assertThat(offer.effectiveBootFileName()).isEmpty();
            assertThat(offer.options().contains(DhcpOption.VENDOR_CLASS_IDENTIFIER))
                    .isFalse();
        });
    }

    @Test
    void ignoresPacketsThatNoServerMayAnswer() {
        DhcpPacket discover = packet(1, MessageType.DISCOVER).build();
        List<DhcpPacket> packets = List.of(
                discover.toBuilder().operation(2).build(),
                discover.toBuilder().removeOption(53).build(),
                discover.toBuilder().messageType(MessageType.OFFER).build(),
                discover.toBuilder().relayAgent(Ipv4.BROADCAST).build(),
                discover.toBuilder()
                        .clientHardwareAddress(HardwareAddress.parse("ff:ff:ff:ff:ff:ff"))
                        .build(),
                discover.toBuilder()
                        .clientHardwareAddress(HardwareAddress.of(new byte[6]))
                        .build());
        assertThat(packets).allSatisfy(packet -> {
            assertThat(respond(packet)).isEmpty();
            assertThat(lastEvent()).startsWith("ignored: ");
        });
    }

    @Test
    void dropsTheRequestIfTheLeaseStoreFails() {
        LeaseStore broken = new BrokenStore();
        server = new DhcpResponder(settings.leaseStore(broken), null);
        Answer<DhcpPacket> answer =
                server.respond(packet(1, MessageType.DISCOVER).build(), SERVER, Ipv4.ANY);
        assertThat(answer.failure())
                .hasValueSatisfying(cause ->
                        assertThat(cause).isInstanceOf(IOException.class).hasMessage("disk full"));
        assertThat(answer.reply()).isEmpty();
    }

    @Test
    void survivesMutatedRequestsAndNeverLeasesAnAddressTwice() throws Exception {
        DhcpPacket offer = offer(1);
        Fuzz.run(
                octets -> answerChecked(DhcpCodec.decode(octets)),
                DhcpCodec.encode(packet(1, MessageType.DISCOVER).build()),
                DhcpCodec.encode(selecting(1, offer).build()),
                DhcpCodec.encode(packet(2, MessageType.REQUEST)
                        .clientAddress(Ipv4.parse("10.77.0.51"))
                        .build()),
                DhcpCodec.encode(packet(2, MessageType.DECLINE)
                        .option(DhcpOption.REQUESTED_ADDRESS, Ipv4.parse("10.77.0.51"))
                        .build()),
                DhcpCodec.encode(packet(1, MessageType.RELEASE)
                        .clientAddress(offer.yourAddress())
                        .build()),
                DhcpCodec.encode(firmware(ClientIdentity.uefiPxe(hardware(3), MACHINE), MessageType.DISCOVER)
                        .build()),
                DhcpCodec.encode(firmware(ClientIdentity.biosIpxe(hardware(4), MACHINE), MessageType.INFORM)
                        .build()));
        assertThat(leases()).hasSizeLessThanOrEqualTo(3);
    }

    private void answerChecked(DhcpPacket request) throws DhcpFormatException {
        recorder.events.clear();
        clock.advance(Duration.ofSeconds(1));
        Optional<DhcpPacket> reply = respond(request);
        if (reply.isPresent()) {
            assertThat(reply.get().isRequest()).isFalse();
            assertThat(reply.get().transactionId()).isEqualTo(request.transactionId());
            Inet4Address address = reply.get().yourAddress();
            assertThat(address.isAnyLocalAddress() || subnet.leases(address)).isTrue();
            assertThat(DhcpCodec.decode(DhcpCodec.encode(reply.get()))).isEqualTo(reply.get());
        }
    }

    private static final class BrokenStore implements LeaseStore {

        @Override
        public Optional<Lease> find(InetAddress address) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public List<Lease> find(ClientIdentifier client) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public Optional<InetAddress> freeAddress(AddressPool pool, Instant now) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public Optional<InetAddress> offeredAddress(AddressPool pool, Instant now) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public boolean claim(Lease lease, Instant now) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public void forEach(Consumer<? super Lease> action) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public void close() {}
    }

    @Test
    void answersNoneOfThePacketsThatTheDocumentsTellItToDrop() throws Exception {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            for (JsonObject vector : lines.map(JsonObject::parse).toList()) {
                if (vector.number("family") == 4
                        && vector.optionalText("expect").orElse("").startsWith("drop")
                        && !vector.text("expect").contains("accept")) {
                    DhcpPacket packet = DhcpCodec.decode(HexFormat.of().parseHex(vector.text("hex")));
                    assertThat(respond(packet)).as(vector.text("id")).isEmpty();
                }
            }
        }
    }
}
