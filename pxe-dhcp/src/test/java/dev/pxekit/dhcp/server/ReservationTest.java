package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.ServerLab.hardware;
import static dev.pxekit.dhcp.server.ServerLab.packet;
import static dev.pxekit.dhcp.server.ServerLab.subnet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses and options that are one client's own. */
class ReservationTest {

    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
    private static final byte[] CIRCUIT = "port 7".getBytes(StandardCharsets.US_ASCII);
    private static final Inet4Address OWN = Ipv4.parse("10.77.0.50");

    private final ServerLab lab = new ServerLab();

    @TempDir
    private Path directory;

    private ServerLab with(Reservation... reservations) {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.51")).reservations(List.of(reservations));
        return lab;
    }

    @Test
    void givesTheAddressToItsClientAndToNobodyElse() {
        with(Reservation.builder(hardware(1)).address(OWN).hostName("node1").build());
        assertThat(lab.discover(2).yourAddress()).isNotEqualTo(OWN);
        assertThat(lab.respond(packet(3, MessageType.DISCOVER).option(DhcpOption.REQUESTED_ADDRESS, OWN)))
                .map(DhcpPacket::yourAddress)
                .hasValueSatisfying(offered -> assertThat(offered).isNotEqualTo(OWN));
        assertThat(lab.type(packet(3, MessageType.REQUEST)
                        .option(DhcpOption.REQUESTED_ADDRESS, OWN)
                        .option(DhcpOption.SERVER_IDENTIFIER, ServerLab.SERVER)))
                .isEqualTo(MessageType.NAK);
        DhcpPacket offer = lab.discover(1);
        assertThat(offer.yourAddress()).isEqualTo(OWN);
        assertThat(offer.options().get(DhcpOption.HOST_NAME)).contains("node1");
        assertThat(lab.lease(1)).isEqualTo(OWN);
    }

    @Test
    void knowsTheClientByEachOfItsFacts() {
        List<Reservation.Builder> builders = List.of(
                Reservation.builder(hardware(1)),
                Reservation.builder(ClientIdentifier.of(new byte[] {0, 1, 2, 3})),
                Reservation.builder(MACHINE),
                Reservation.circuit(CIRCUIT));
        DhcpPacket.Builder discover = packet(1, MessageType.DISCOVER)
                .option(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.of(new byte[] {0, 1, 2, 3}))
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, ClientMachineIdentifier.of(MACHINE))
                .option(
                        DhcpOption.RELAY_AGENT_INFORMATION,
                        RelayAgentInformation.builder()
                                .put(RelayAgentInformation.CIRCUIT_ID, CIRCUIT)
                                .build());
        for (Reservation.Builder builder : builders) {
            ServerLab each = new ServerLab();
            each.settings
                    .subnet(subnet("10.77.0.0/24", "10.77.0.60", "10.77.0.61"))
                    .reservation(builder.address("10.77.0.9").build());
            assertThat(each.lease(discover)).isEqualTo(Ipv4.parse("10.77.0.9"));
            assertThat(each.discover(2).yourAddress()).isNotEqualTo(Ipv4.parse("10.77.0.9"));
        }
    }

    @Test
    void isTheClientsWhateverIdentifiersItsRomAndItsSystemSend() {
        with(Reservation.builder(hardware(1)).address(OWN).build());
        assertThat(lab.lease(1)).isEqualTo(OWN);
        DhcpPacket.Builder system = packet(1, MessageType.DISCOVER)
                .option(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.of(new byte[] {(byte) 255, 1, 2, 3, 4}));
        assertThat(lab.lease(system)).isEqualTo(OWN);
    }

    @Test
    void takesTheReservationThatHasAnAddressOnTheClientsNetwork() {
        with(
                Reservation.builder(hardware(1))
                        .address("10.78.0.9")
                        .hostName("there")
                        .build(),
                Reservation.builder(MACHINE)
                        .address("10.77.0.9")
                        .hostName("here")
                        .build());
        lab.settings.subnet(subnet("10.78.0.0/24", "10.78.0.50", "10.78.0.51"));
        DhcpPacket.Builder discover = packet(1, MessageType.DISCOVER)
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, ClientMachineIdentifier.of(MACHINE));
        assertThat(lab.lease(discover)).isEqualTo(Ipv4.parse("10.77.0.9"));
        assertThat(lab.answer(discover.messageType(MessageType.DISCOVER))
                        .options()
                        .get(DhcpOption.HOST_NAME))
                .contains("here");
        DhcpPacket moved = lab.answer(discover.relayAgent(Ipv4.parse("10.78.0.2")));
        assertThat(moved.yourAddress()).isEqualTo(Ipv4.parse("10.78.0.9"));
        assertThat(moved.options().get(DhcpOption.HOST_NAME)).contains("there");
    }

    @Test
    void takesTheFirstOfTwoReservationsByTheOrderOfWhatTheClientIsKnownBy() {
        with(
                Reservation.builder(MACHINE).address("10.77.0.8").build(),
                Reservation.builder(hardware(1)).address("10.77.0.9").build(),
                Reservation.builder(hardware(2)).hostName("node2").build());
        lab.settings.subnet(subnet("10.78.0.0/24", "10.78.0.50", "10.78.0.51"));
        DhcpPacket.Builder discover = packet(1, MessageType.DISCOVER)
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, ClientMachineIdentifier.of(MACHINE));
        assertThat(lab.lease(discover)).isEqualTo(Ipv4.parse("10.77.0.9"));
        assertThat(lab.discover(2).options().get(DhcpOption.HOST_NAME)).contains("node2");
    }

    @Test
    void givesAnAddressToOneOfTwoMachinesBehindOneCircuit() {
        with(Reservation.circuit(CIRCUIT).address("10.77.0.9").build());
        RelayAgentInformation relay = RelayAgentInformation.builder()
                .put(RelayAgentInformation.CIRCUIT_ID, CIRCUIT)
                .build();
        assertThat(lab.lease(packet(1, MessageType.DISCOVER).option(DhcpOption.RELAY_AGENT_INFORMATION, relay)))
                .isEqualTo(Ipv4.parse("10.77.0.9"));
        assertThat(lab.lease(packet(2, MessageType.DISCOVER).option(DhcpOption.RELAY_AGENT_INFORMATION, relay)))
                .isNotEqualTo(Ipv4.parse("10.77.0.9"));
    }

    @Test
    void waitsUntilTheOneWhoHasTheAddressIsGone() {
        lab.settings.subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.51"));
        lab.lease(packet(2, MessageType.DISCOVER).option(DhcpOption.REQUESTED_ADDRESS, OWN));
        ServerLab changed = new ServerLab();
        changed.settings
                .leaseStore(lab.settings.leaseStore())
                .subnet(subnet("10.77.0.0/24", "10.77.0.50", "10.77.0.51"))
                .reservation(Reservation.builder(hardware(1)).address(OWN).build());
        assertThat(changed.lease(1)).isEqualTo(Ipv4.parse("10.77.0.51"));
        assertThat(changed.type(packet(2, MessageType.REQUEST).clientAddress(OWN)))
                .isEqualTo(MessageType.NAK);
        changed.advance(Duration.ofHours(2));
        DhcpPacket.Builder renewal = packet(1, MessageType.REQUEST).clientAddress(Ipv4.parse("10.77.0.51"));
        assertThat(changed.type(renewal)).isEqualTo(MessageType.NAK);
        assertThat(changed.lease(1)).isEqualTo(OWN);
    }

    @Test
    void hidesNoClass() {
        lab.settings
                .option(DhcpOption.DOMAIN_NAME, "global.example")
                .option(DhcpOption.NTP_SERVERS, List.of(Ipv4.parse("10.0.0.1")))
                .subnet(Subnet.builder("10.77.0.0/24")
                        .pool("10.77.0.50", "10.77.0.51")
                        .domainName("subnet.example")
                        .option(DhcpOption.BOOT_FILE_SIZE, 5)
                        .build())
                .clientClass(ClientClass.builder("first", client -> true)
                        .option(DhcpOption.DOMAIN_NAME, "class.example")
                        .option(DhcpOption.ROOT_PATH, "/class")
                        .leaseTime(Duration.ofMinutes(20))
                        .build())
                .clientClass(ClientClass.builder("second", client -> true)
                        .option(DhcpOption.ROOT_PATH, "/second")
                        .leaseTime(Duration.ofMinutes(10))
                        .build())
                .clientClass(ClientClass.builder("none", client -> false)
                        .option(DhcpOption.ROOT_PATH, "/none")
                        .build())
                .reservation(Reservation.builder(hardware(1))
                        .option(DhcpOption.DOMAIN_NAME, "host.example")
                        .build());
        DhcpPacket offer = lab.discover(1);
        assertThat(offer.options().get(DhcpOption.DOMAIN_NAME)).contains("host.example");
        assertThat(offer.options().get(DhcpOption.ROOT_PATH)).contains("/second");
        assertThat(offer.options().get(DhcpOption.BOOT_FILE_SIZE)).contains(5);
        assertThat(offer.options().get(DhcpOption.NTP_SERVERS)).contains(List.of(Ipv4.parse("10.0.0.1")));
        assertThat(offer.options().get(DhcpOption.LEASE_TIME)).contains(Duration.ofMinutes(10));
        assertThat(lab.discover(2).options().get(DhcpOption.DOMAIN_NAME)).contains("class.example");
    }

    @Test
    void readsEthersAndHosts() throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), """
                127.0.0.1 localhost
                fe80::1%eth0 gateway6   # not ours
                10.77.0.20  Node1 node1.lab.example
                ::1 ip6-localhost
                """);
        Path ethers = Files.writeString(directory.resolve("ethers"), """
                # machines
                52:54:0:0:0:1 node1
                52:54:00:00:00:02\t10.77.0.21
                52:54:00:00:00:03 unknown
                """);
        List<Reservation> reservations = Reservation.readEthers(ethers, hosts);
        assertThat(reservations).hasSize(2);
        assertThat(reservations.get(0)).hasToString("52:54:00:00:00:01");
        assertThat(reservations.get(0).addresses()).containsExactly(Ipv4.parse("10.77.0.20"));
        assertThat(reservations.get(0).options().get(DhcpOption.HOST_NAME)).contains("node1");
        assertThat(reservations.get(1).addresses()).containsExactly(Ipv4.parse("10.77.0.21"));
        for (String wrong : List.of("52:54 node1", "52:54:00:00:00:02", "52:54:00:00:00:02 10.77.0.400", "a b c")) {
            Files.writeString(ethers, "# one\n" + wrong + "\n");
            assertThatThrownBy(() -> Reservation.readEthers(ethers, hosts)).hasMessageContaining("ethers line 2: ");
        }
        Files.writeString(hosts, "node1 10.77.0.20\n");
        assertThatThrownBy(() -> Reservation.readEthers(ethers, hosts)).hasMessageContaining("hosts line 1: ");
    }

    @Test
    void refusesWhatCannotBeReserved() {
        assertRefused("10.77.0.1", "the server's own address");
        assertRefused("10.99.0.1", "an address of none of the subnets");
        assertRefused("10.77.0.255", "the broadcast address of subnet 10.77.0.0/24");
        assertRefused("10.77.0.2", "a router");
        assertRefused("10.77.0.3", "a relay agent of subnet 10.77.0.0/24");
        assertThatThrownBy(() -> builder()
                        .reservation(Reservation.builder(hardware(1))
                                .address("10.77.0.9")
                                .address("10.77.0.8")
                                .build())
                        .build())
                .hasMessageContaining("it has 10.77.0.9 of subnet 10.77.0.0/24 already");
        Reservation one = Reservation.builder(hardware(1)).address("10.77.0.9").build();
        assertThatThrownBy(() -> builder().reservation(one).reservation(one).build())
                .hasMessageContaining("two reservations for 52:54:00:00:00:01");
        Reservation other =
                Reservation.builder(hardware(2)).address("10.77.0.9").build();
        assertThatThrownBy(() -> builder().reservation(one).reservation(other).build())
                .hasMessageContaining("10.77.0.9 is reserved for both");
        assertThatThrownBy(() -> Reservation.circuit(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    private static DhcpServer.Builder builder() {
        return DhcpServer.builder()
                .bind("10.77.0.1")
                .subnet(Subnet.builder("10.77.0.0/24")
                        .router("10.77.0.2")
                        .relay("10.77.0.3")
                        .pool("10.77.0.50", "10.77.0.51")
                        .build());
    }

    private static void assertRefused(String address, String why) {
        Reservation reservation =
                Reservation.builder(hardware(1)).address(address).build();
        assertThatThrownBy(() -> builder().reservation(reservation).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reservation of " + address + " for 52:54:00:00:00:01: ")
                .hasMessageContaining(why);
    }

    /** In UTF-8 the Å has an octet 85, which patterns take for the end of a line. */
    @Test
    void readsCommentsInAnyLanguage() throws Exception {
        Path ethers = Files.writeString(directory.resolve("ethers"), "# Ålborg\n52:54:00:77:00:01 node1 # Århus\n");
        Path hosts = Files.writeString(directory.resolve("hosts"), "10.77.0.50 node1 # Århus\nfe80::1%Å other\n");
        assertThat(Reservation.readEthers(ethers, hosts)).hasSize(1);
    }
}
