package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pxekit.dhcp.Await;
import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.client.DhcpClient;
import dev.pxekit.dhcp.client.DhcpRefusedException;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers and client through sockets on loopback. */
@Timeout(30)
class DhcpServerTest {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");

    private final Recorder recorder = new Recorder();

    private DhcpServer.Builder server() {
        return DhcpServer.builder()
                .bind("127.0.0.1")
                .port(0)
                .replyToSender()
                .listener(recorder)
                .subnet(Subnet.builder("10.77.0.0/24")
                        .router("10.77.0.1")
                        .pool("10.77.0.50", "10.77.0.150")
                        .build())
                .policy(BootPolicy.ipxe(URI.create("http://10.77.0.1:8080/boot.ipxe"))
                        .orElse(BootPolicy.byArchitecture(Map.of(
                                ClientArchitecture.X86_BIOS, "undionly.kpxe",
                                ClientArchitecture.X64_UEFI, "snponly.efi"))));
    }

    private ProxyDhcpServer.Builder proxy() {
        return ProxyDhcpServer.builder()
                .bind("127.0.0.1")
                .port(0)
                .bootServerPort(0)
                .replyToSender()
                .listener(recorder)
                .policy(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi")));
    }

    private static DhcpClient client(ClientIdentity identity, InetSocketAddress server) throws IOException {
        return DhcpClient.builder(identity)
                .server(server)
                .timeout(Duration.ofSeconds(10))
                .open();
    }

    private static DhcpClient impatient(ClientIdentity identity, InetSocketAddress server) throws IOException {
        return DhcpClient.builder(identity)
                .server(server)
                .timeout(Duration.ofMillis(20))
                .attempts(2)
                .open();
    }

    @Test
    void servesAMachineFromItsRomToIpxe() throws Exception {
        try (DhcpServer server = server().build()) {
            InetSocketAddress address = server.start();
            DhcpPacket rom;
            try (DhcpClient client = client(ClientIdentity.biosPxe(ADDRESS, MACHINE), address)) {
                rom = client.request(client.discover().get(0));
            }
            DhcpPacket ipxe;
            try (DhcpClient client = client(ClientIdentity.biosIpxe(ADDRESS, MACHINE), address)) {
                ipxe = client.request(client.discover().get(0));
            }
            assertThat(rom.effectiveBootFileName()).contains("undionly.kpxe");
            assertThat(rom.nextServer()).isEqualTo(Ipv4.parse("127.0.0.1"));
            assertThat(ipxe.effectiveBootFileName()).contains("http://10.77.0.1:8080/boot.ipxe");
            assertThat(ipxe.yourAddress()).isEqualTo(rom.yourAddress());
            assertThat(recorder.events).filteredOn("ack"::equals).hasSize(2);
        }
    }

    @Test
    void servesTheWholeLifeOfALease() throws Exception {
        try (DhcpServer server = server().build();
                DhcpClient client = client(ClientIdentity.plain(ADDRESS), server.start())) {
            DhcpPacket lease = client.request(client.discover().get(0));
            assertThat(client.renew(lease).yourAddress()).isEqualTo(lease.yourAddress());
            assertThat(client.reboot(lease.yourAddress()).yourAddress()).isEqualTo(lease.yourAddress());
            assertThat(client.inform(lease.yourAddress()).options().get(DhcpOption.ROUTERS))
                    .contains(List.of(Ipv4.parse("10.77.0.1")));
            Inet4Address other =
                    Ipv4.parse(lease.yourAddress().getHostAddress().equals("10.77.0.50") ? "10.77.0.51" : "10.77.0.50");
            assertThatThrownBy(() -> client.reboot(other))
                    .isInstanceOf(DhcpRefusedException.class)
                    .hasMessageContaining("the client's address is");
            client.release(lease);
            assertThat(client.request(client.discover().get(0)).yourAddress()).isEqualTo(lease.yourAddress());
            client.decline(lease);
            assertThat(client.request(client.discover().get(0)).yourAddress()).isNotEqualTo(lease.yourAddress());
        }
    }

    @Test
    void goesOnAfterGarbage() throws Exception {
        try (DhcpServer server = server().build();
                DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress address = server.start();
            for (int length : new int[] {0, 1, 240, 1500, 9000}) {
                socket.send(new DatagramPacket(new byte[length], length, address));
            }
            try (DhcpClient client = client(ClientIdentity.plain(ADDRESS), address)) {
                assertThat(client.discover()).hasSize(1);
            }
            Await.until(() -> server.droppedPackets() == 5);
            assertThat(recorder.events).contains("malformed");
        }
    }

    @Test
    void answersPacketsOfSeveralThousandOctets() throws Exception {
        ClientIdentity verbose = ClientIdentity.builder(ADDRESS)
                .option(224, new byte[8_000])
                .option(DhcpOption.RELAY_AGENT_INFORMATION, RelayAgentInformation.decode(new byte[] {1, 1, 9}))
                .build();
        try (DhcpServer server = server().build();
                DhcpClient client = client(verbose, server.start())) {
            assertThat(client.discover().get(0).options().get(DhcpOption.RELAY_AGENT_INFORMATION))
                    .isPresent();
        }
    }

    @Test
    void costsOneClientItsAnswerIfThePolicyThrows() throws Exception {
        BootPolicy broken = client -> {
            throw new IllegalStateException("inventory is down");
        };
        try (DhcpServer server = server().policy(broken).build()) {
            InetSocketAddress address = server.start();
            try (DhcpClient client = impatient(ClientIdentity.uefiPxe(ADDRESS, MACHINE), address)) {
                assertThatThrownBy(client::discover).isInstanceOf(SocketTimeoutException.class);
            }
            Await.until(() -> recorder.events.stream().anyMatch(event -> event.contains("inventory is down")));
            try (DhcpClient client = client(ClientIdentity.plain(ADDRESS), address)) {
                assertThat(client.discover()).hasSize(1);
            }
        }
    }

    @Test
    void answersThoughItsListenerThrows() throws Exception {
        DhcpServerListener broken = new DhcpServerListener() {
            @Override
            public void offered(DhcpPacket request, DhcpPacket offer) {
                throw new IllegalStateException("metrics are down");
            }
        };
        try (DhcpServer server = server().listener(broken).build();
                DhcpClient client = client(ClientIdentity.plain(ADDRESS), server.start())) {
            assertThat(client.discover()).hasSize(1);
        }
    }

    @Test
    void dropsRequestsThatTheExecutorRefuses() throws Exception {
        try (DhcpServer server = server().executor(task -> {
                            throw new RejectedExecutionException("shut down");
                        })
                        .build();
                DhcpClient client = impatient(ClientIdentity.plain(ADDRESS), server.start())) {
            assertThatThrownBy(client::discover)
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("no answer from 127.0.0.1")
                    .hasMessageContaining("2 times DISCOVER");
            Await.until(() -> server.droppedPackets() == 2);
        }
    }

    @Test
    void saysWhatToDoIfThePortIsTaken() throws Exception {
        try (DhcpServer first = server().build()) {
            int port = first.start().getPort();
            try (DhcpServer second = server().port(port).build()) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("cannot bind UDP 127.0.0.1 port " + port + ": ")
                        .hasMessageContaining("another server has this port")
                        .hasMessageContaining("ss -ulpn 'sport = :" + port + "'")
                        .hasCauseInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void doesNotShareItsPortWithAnotherServer() throws Exception {
        Optional<String> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeTrue(own.isPresent(), "this machine has no IPv4 address but loopback");
        try (DhcpServer first = server().bind(own.get()).build()) {
            int port = first.start().getPort();
            try (DhcpServer second = server().bind(own.get()).port(port).build()) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("port " + port)
                        .hasMessageContaining("another server has this port");
            }
        }
    }

    @Test
    void waitsForAnswersThatRunWhenItCloses() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        BootPolicy slow = client -> {
            entered.countDown();
            try {
                release.await();
                ended.set(true);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return BootDecision.ignore();
        };
        DhcpServer server = server().policy(slow).build();
        InetSocketAddress address = server.start();
        AtomicBoolean endedAtClose = new AtomicBoolean();
        Thread closer = new Thread(() -> {
            server.close();
            endedAtClose.set(ended.get());
        });
        try (DhcpClient client = impatient(ClientIdentity.uefiPxe(ADDRESS, MACHINE), address)) {
            assertThatThrownBy(client::discover).isInstanceOf(SocketTimeoutException.class);
            entered.await();
            closer.start();
            Await.until(() -> closer.getState() == Thread.State.TIMED_WAITING || !closer.isAlive());
            release.countDown();
            closer.join();
        }
        assertThat(endedAtClose).isTrue();
    }

    @Test
    void answersNothingAfterItIsClosed() throws Exception {
        Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        DhcpServer server = server().executor(waiting::add).build();
        try (server;
                DhcpClient client = impatient(ClientIdentity.plain(ADDRESS), server.start())) {
            assertThatThrownBy(client::discover).isInstanceOf(SocketTimeoutException.class);
            Await.until(() -> !waiting.isEmpty());
        }
        waiting.remove().run();
        assertThat(recorder.events).isEmpty();
        assertThat(server.droppedPackets()).isPositive();
    }

    @Test
    void canBeClosedByItsOwnListener() throws Exception {
        List<DhcpServer> self = new CopyOnWriteArrayList<>();
        CountDownLatch closed = new CountDownLatch(1);
        DhcpServerListener closing = new DhcpServerListener() {
            @Override
            public void offered(DhcpPacket request, DhcpPacket offer) {
                self.forEach(DhcpServer::close);
                closed.countDown();
            }
        };
        DhcpServer server = server().listener(closing).build();
        self.add(server);
        try (server;
                DhcpClient client = impatient(ClientIdentity.plain(ADDRESS), server.start())) {
            assertThatThrownBy(client::discover).isInstanceOf(SocketTimeoutException.class);
            closed.await();
        }
    }

    @Test
    void startsOnceAndClosesTwice() throws Exception {
        DhcpServer server = server().build();
        server.start();
        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is started");
        server.close();
        server.close();
        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void keepsItsSettingsWhenTheBuilderGoesOn() throws Exception {
        DhcpServer.Builder builder = server();
        try (DhcpServer server = builder.build()) {
            builder.policy(BootPolicy.always(BootDecision.bootFile("other")));
            try (DhcpClient client = client(ClientIdentity.uefiPxe(ADDRESS, MACHINE), server.start())) {
                assertThat(client.discover().get(0).effectiveBootFileName()).contains("snponly.efi");
            }
        }
    }

    @Test
    void refusesPoolsThatHoldAddressesOfRoutersAndRelayAgents() {
        Subnet subnet =
                Subnet.builder("10.77.0.0/24").pool("10.77.0.50", "10.77.0.59").build();
        Inet4Address router = Ipv4.parse("10.77.0.55");
        assertThatThrownBy(() -> DhcpServer.builder()
                        .bind("10.77.0.1")
                        .subnet(subnet)
                        .option(DhcpOption.ROUTERS, List.of(router))
                        .build())
                .hasMessageContaining("holds 10.77.0.55, which is a router");
        assertThatThrownBy(() -> DhcpServer.builder()
                        .bind("10.77.0.1")
                        .subnet(subnet)
                        .subnet(Subnet.builder("10.78.0.0/24")
                                .pool("10.78.0.50", "10.78.0.59")
                                .relay(router)
                                .build())
                        .build())
                .hasMessageContaining("holds 10.77.0.55, which is a relay agent of subnet 10.78.0.0/24");
        Subnet empty = Subnet.builder("10.77.0.0/24")
                .pool("10.77.0.50", "10.77.0.59")
                .exclude("10.77.0.50", "10.77.0.59")
                .build();
        assertThatThrownBy(() ->
                        DhcpServer.builder().bind("10.77.0.1").subnet(empty).build())
                .hasMessageContaining("no pool with an address that is not excluded");
    }

    @Test
    void refusesSettingsThatCannotWork() {
        Subnet subnet =
                Subnet.builder("10.77.0.0/24").pool("10.77.0.1", "10.77.0.9").build();
        assertThatThrownBy(() -> DhcpServer.builder().subnet(subnet).build()).hasMessageContaining("bind(address)");
        assertThatThrownBy(() -> DhcpServer.builder().bind("10.77.0.1").build())
                .hasMessageContaining("no subnet to serve");
        assertThatThrownBy(() ->
                        DhcpServer.builder().bind("10.77.0.1").subnet(subnet).build())
                .hasMessageContaining("holds 10.77.0.1, which is the server's own address");
        assertThatThrownBy(() -> DhcpServer.builder()
                        .bind("10.77.0.99")
                        .subnet(subnet)
                        .subnet(Subnet.builder("10.77.0.128/25")
                                .pool("10.77.0.130", "10.77.0.131")
                                .build())
                        .build())
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> DhcpServer.builder().bind("0.0.0.0")).hasMessageContaining("address of the interface");
        assertThatThrownBy(() -> DhcpServer.builder().bind("224.0.0.1"))
                .hasMessageContaining("address of the interface");
        assertThatThrownBy(() -> DhcpServer.builder().declineTime(ChronoUnit.FOREVER.getDuration()))
                .hasMessageContaining("at most 36500 days");
        assertThatThrownBy(() ->
                        ProxyDhcpServer.builder().bind("10.77.0.1").port(4011).build())
                .hasMessageContaining("boot server port: 4011");
        assertThatThrownBy(() -> DhcpServer.builder().port(70_000)).hasMessageContaining("0..65535");
        assertThatThrownBy(() -> DhcpServer.builder().offerTime(Duration.ZERO)).hasMessageContaining("more than zero");
        assertThatThrownBy(() -> ProxyDhcpServer.builder().build()).hasMessageContaining("bind(address)");
    }

    @Test
    void offersBootOptionsWithoutAnAddressAsAProxy() throws Exception {
        try (ProxyDhcpServer server = proxy().build();
                DhcpClient client = client(ClientIdentity.uefiIpxe(ADDRESS, MACHINE), server.start())) {
            DhcpPacket offer = client.discover().get(0);
            assertThat(offer.yourAddress()).isEqualTo(Ipv4.ANY);
            assertThat(offer.nextServer()).isEqualTo(Ipv4.parse("127.0.0.1"));
            assertThat(offer.effectiveBootFileName()).contains("snponly.efi");
            assertThat(offer.options().get(DhcpOption.VENDOR_CLASS_IDENTIFIER)).contains("PXEClient");
            assertThat(offer.options().get(DhcpOption.SERVER_IDENTIFIER)).contains(Ipv4.parse("127.0.0.1"));
            assertThat(offer.options().contains(DhcpOption.LEASE_TIME)).isFalse();
            assertThat(offer.options().contains(DhcpOption.CLIENT_MACHINE_IDENTIFIER))
                    .isTrue();
            assertThat(recorder.events).contains("proxy offer");
        }
    }

    @Test
    void answersOnTheBootServerPort() throws Exception {
        try (ProxyDhcpServer server = proxy().build();
                DhcpClient client = client(ClientIdentity.uefiPxe(ADDRESS, MACHINE), server.start())) {
            InetSocketAddress bootServer = new InetSocketAddress(Ipv4.parse("127.0.0.1"), server.bootServerPort());
            PxeVendorOptions.BootItem item = new PxeVendorOptions.BootItem(0x8002, 0);
            DhcpPacket plain = client.bootServerRequest(bootServer, Ipv4.parse("10.77.0.50"));
            DhcpPacket ack = client.bootServerRequest(bootServer, Ipv4.parse("10.77.0.50"), item);
            assertThat(plain.bootFileName()).contains("snponly.efi");
            assertThat(plain.options().contains(PxeVendorOptions.OPTION)).isFalse();
            assertThat(ack.messageType()).contains(MessageType.ACK);
            assertThat(ack.clientAddress()).isEqualTo(Ipv4.parse("10.77.0.50"));
            assertThat(ack.nextServer()).isEqualTo(Ipv4.parse("127.0.0.1"));
            assertThat(ack.bootFileName()).contains("snponly.efi");
            assertThat(ack.options().get(PxeVendorOptions.OPTION).orElseThrow().get(PxeVendorOptions.BOOT_ITEM))
                    .contains(item);
            assertThat(recorder.events).contains("boot server ack");
        }
    }

    @Test
    void givesNoAnswerAsAProxyToClientsWithNothingToBoot() throws Exception {
        try (ProxyDhcpServer server = proxy().build()) {
            InetSocketAddress address = server.start();
            for (ClientIdentity identity :
                    List.of(ClientIdentity.plain(ADDRESS), ClientIdentity.biosPxe(ADDRESS, MACHINE))) {
                try (DhcpClient client = impatient(identity, address)) {
                    assertThatThrownBy(client::discover).isInstanceOf(SocketTimeoutException.class);
                }
            }
            Await.until(() -> recorder.events.contains("ignored: nothing to boot"));
        }
    }

    @Test
    void collectsOffersWithinTheWindow() throws Exception {
        try (DhcpServer server = server().build();
                DhcpClient client = DhcpClient.builder(ClientIdentity.plain(ADDRESS))
                        .server(server.start())
                        .offerWindow(Duration.ofMillis(50))
                        .open()) {
            assertThat(client.discover()).hasSize(1);
        }
    }

    private static DhcpServer.Builder serverOfNeighbours(DatagramSocket client, List<String> entries) {
        return DhcpServer.builder()
                .bind("127.0.0.1")
                .port(0)
                .clientPort(client.getLocalPort())
                .subnet(Subnet.builder("127.0.0.0/24")
                        .pool("127.0.0.50", "127.0.0.50")
                        .build())
                .neighbourTable((address, hardwareAddress, networkInterface) ->
                        entries.add(address.getHostAddress() + " " + hardwareAddress));
    }

    private static DhcpPacket offer(DatagramSocket client, InetSocketAddress server) throws IOException {
        byte[] discover = DhcpCodec.encode(DhcpPacket.builder()
                .messageType(MessageType.DISCOVER)
                .clientHardwareAddress(ADDRESS)
                .build());
        client.send(new DatagramPacket(discover, discover.length, server));
        DatagramPacket offer = new DatagramPacket(new byte[1500], 1500);
        client.setSoTimeout(20_000);
        client.receive(offer);
        return DhcpCodec.decode(Arrays.copyOf(offer.getData(), offer.getLength()));
    }

    @Test
    void sendsToTheAddressThatItOffersOnceTheNeighbourTableHasIt() throws Exception {
        List<String> entries = new CopyOnWriteArrayList<>();
        try (DatagramSocket client = new DatagramSocket(0, Ipv4.parse("127.0.0.50"));
                DhcpServer server = serverOfNeighbours(client, entries).build()) {
            assertThat(offer(client, server.start()).yourAddress()).isEqualTo(Ipv4.parse("127.0.0.50"));
        }
        assertThat(entries).containsExactly("127.0.0.50 " + ADDRESS);
    }

    @Test
    void needsNoNeighbourTableToReplyToTheSender() throws Exception {
        List<String> entries = new CopyOnWriteArrayList<>();
        try (DatagramSocket client = new DatagramSocket(0, Ipv4.parse("127.0.0.1"));
                DhcpServer server =
                        serverOfNeighbours(client, entries).replyToSender().build()) {
            assertThat(offer(client, server.start()).yourAddress()).isEqualTo(Ipv4.parse("127.0.0.50"));
        }
        assertThat(entries).isEmpty();
    }
}
