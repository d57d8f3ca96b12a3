package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Ipv4;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A proxy DHCP server (PXE 2.1 §2.4.3): it tells clients what to boot and leaves their addresses to the DHCP server that is
 * there already.
 *
 * <p>What it answers, with no address in any reply:
 *
 * <ul>
 *   <li>on port 67 a DISCOVER, with an offer of the boot file or menu (to UEFI, of port 4011); an INFORM, a REQUEST that names this server, and a REQUEST
 *       that looks for the boot server of an item of its menu, with an acknowledgement. A REQUEST for the server that gives
 *       addresses gets no answer;
 *   <li>on port 4011 a REQUEST or INFORM, with an acknowledgement sent to the address and port it came from: the menu, or the boot
 *       file, of a menu that of the chosen item. A DISCOVER there is answered as on port 67. A request for a boot file's
 *       credentials (BIS) gets no answer.
 * </ul>
 *
 * <p>The boot policy is asked each time. A client whose boot decision is {@link BootDecision#ignore}, or none that it can load,
 * gets no answer at all, and the {@link DhcpServerListener} is told why.
 *
 * <p>UEFI's PXE client is offered neither boot file nor menu, and asks port 4011 for them: that port must be reachable. One that
 * says x86 BIOS there, or nothing, is still what it said on port 67: of the last 10,000 UEFI machines that is remembered.
 * Clients need no option 97; it is given back to those that send one.
 *
 * <pre>{@code
 * ProxyDhcpServer server = ProxyDhcpServer.builder()
 *         .bind("10.77.0.1")
 *         .policy(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi")))
 *         .build();
 * server.start();
 * }</pre>
 *
 * <p>What {@link DhcpServer} says of sockets, broadcasts and threads holds here too. One
 * server only has the port on a machine: beside another DHCP server it needs a network namespace of its own.
 */
public final class ProxyDhcpServer implements AutoCloseable {

    /** The port on which PXE clients ask boot servers. */
    public static final int BOOT_SERVER_PORT = 4011;

    private final Builder settings;
    private final ServerLife life = new ServerLife("proxy DHCP server");
    private volatile int boundBootServerPort;

    private ProxyDhcpServer(Builder settings) {
        this.settings = settings;
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens the sockets and begins to serve.
     *
     * @return the address and port bound for offers; the port that was chosen if it was set to 0
     * @throws IOException if a port cannot be bound or another server has it; the message says what to do, the cause what the system said
     * @throws IllegalStateException if the server was started or closed before
     */
    public InetSocketAddress start() throws IOException {
        Map<InetAddress, ProxyResponders> responders = new HashMap<>();
        for (Inet4Address address : settings.addresses()) {
            responders.put(address, new ProxyResponders(address, settings.policy(), settings.boundary()));
        }
        return life.start(settings, service -> {
            PacketHandler dhcp = new PacketHandler(
                    (request, received) -> Answer.of(Objects.requireNonNull(responders.get(received.localAddress()))
                            .dhcp(request)),
                    settings.destination(),
                    settings.boundary());
            InetSocketAddress bound = service.listen(settings.addresses(), settings.port(), true, dhcp);
            PacketHandler bootServer = new PacketHandler(
                    (request, received) -> Answer.of(Objects.requireNonNull(responders.get(received.localAddress()))
                            .bootServer(request)),
                    ReplyDestination.sender(),
                    settings.boundary());
            boundBootServerPort = service.listen(settings.addresses(), settings.bootServerPort, false, bootServer)
                    .getPort();
            return bound;
        });
    }

    /**
     * {@return the boot server port bound, 0 before {@link #start}}
     */
    public int bootServerPort() {
        return boundBootServerPort;
    }

    /** {@return how many datagrams were dropped: malformed, failed, or too many at once} */
    public long droppedPackets() {
        return life.droppedPackets();
    }

    /**
     * Closes the sockets and ends the server's own threads; does nothing the second time. No request is answered after that:
     * one that is being answered has two seconds to end, and is then interrupted if the thread is the server's own.
     */
    @Override
    public void close() {
        life.close();
    }

    /** Builds a proxy DHCP server. Not safe for use by several threads at once. */
    public static final class Builder extends ServerBuilder<Builder, DhcpServerListener> {

        private final ServerAddresses addresses = new ServerAddresses();
        private int bootServerPort = BOOT_SERVER_PORT;

        private Builder() {
            super(67, 68, new DhcpServerListener() {});
        }

        private Builder(Builder other) {
            this();
            copyFrom(other);
            addresses.addAll(other.addresses);
            bootServerPort = other.bootServerPort;
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        void tellDropped(String reason, long packets, InetSocketAddress sender) {
            boundary().tell(l -> l.dropped(reason, packets, sender));
        }

        /**
         * Adds an address of the server: one of this machine's own, on an interface that clients are reached by, or a loopback
         * address for a test. There must be one; a server on several interfaces has one of each. Requests are answered on the
         * interface and from the address that they came to, which is also the server identifier and the next server of boot files.
         *
         * <p>Several interfaces need a {@linkplain Transport#EPOLL transport} that tells them apart, which is found out at the start.
         *
         * @param address the address, not 0.0.0.0
         * @return this builder
         * @throws IllegalArgumentException if it is no unicast address, such as 0.0.0.0
         */
        public Builder bind(Inet4Address address) {
            addresses.add(address);
            return this;
        }

        /**
         * Adds an address of the server, as {@link #bind(Inet4Address)}.
         *
         * @param address such as {@code 10.77.0.1}
         * @return this builder
         * @throws IllegalArgumentException if it is no unicast address of IPv4, such as 0.0.0.0
         */
        public Builder bind(String address) {
            return bind(Ipv4.parse(address));
        }

        /**
         * Sets the boot server port; 4011 unless set, and real clients ask no other.
         *
         * @param port 0 to 65535; 0 for any free one
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder bootServerPort(int port) {
            this.bootServerPort = checkedPort("boot server port", port, 0);
            return this;
        }

        /**
         * The server, not started.
         *
         * @return the server
         * @throws IllegalArgumentException if there is no address, or both ports are the same
         */
        public ProxyDhcpServer build() {
            addresses();
            if (bootServerPort == port() && bootServerPort != 0) {
                throw new IllegalArgumentException(
                        "boot server port: " + bootServerPort + " (expected: another than the server's port)");
            }
            return new ProxyDhcpServer(new Builder(this));
        }

        private List<Inet4Address> addresses() {
            return addresses.list();
        }

        private ReplyDestination destination() {
            return isReplyToSender() ? ReplyDestination.sender() : ReplyDestination.rfc2131(relayPort(), clientPort());
        }
    }
}
