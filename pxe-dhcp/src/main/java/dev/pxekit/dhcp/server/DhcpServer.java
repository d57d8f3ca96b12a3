package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.internal.Ipv4;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP server (RFC 2131) that leases addresses and tells clients what to boot.
 *
 * <pre>{@code
 * DhcpServer server = DhcpServer.builder()
 *         .bind("10.77.0.1")
 *         .subnet(Subnet.builder("10.77.0.0/24").router("10.77.0.1").pool("10.77.0.50", "10.77.0.150").build())
 *         .policy(BootPolicy.ipxe(URI.create("http://10.77.0.1:8080/boot.ipxe"))
 *                 .orElse(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi"))))
 *         .build();
 * server.start();
 * }</pre>
 *
 * <p>The server listens on its addresses and, for each that is not loopback, on 0.0.0.0, as no other socket gets broadcasts.
 * With the {@linkplain Transport#EPOLL epoll transport} the latter is bound to the interface of the address: a server can have
 * several interfaces, answers on the one and from the address asked, and hears nothing of others, where another server may
 * run. Plain Java does not tell which interface a broadcast came in by: there is one interface then, and a machine that has
 * another on a network whose clients are not to be served must keep their broadcasts away from the port, with a firewall rule
 * or a network namespace. Replies to clients without an address are broadcast, whether they ask for it or not, unless there is
 * a {@linkplain Builder#neighbourTable neighbour table} to be set.
 *
 * <p>Safe for use by several threads. {@link #start} and {@link #close} block, the latter for 15 seconds at most. A lease
 * store, an executor and event loops that were given are the caller's to close.
 */
public final class DhcpServer implements AutoCloseable {

    private final Builder settings;
    private final ServerLife life = new ServerLife("DHCP server");
    private volatile @Nullable ConflictWatch conflicts;

    private DhcpServer(Builder settings) {
        this.settings = settings;
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens the sockets and begins to serve.
     *
     * @return the address and port bound; the port that was chosen if it was set to 0
     * @throws IOException if the port cannot be bound or another server has it; the message says what to do, the cause what the system said
     * @throws IllegalStateException if the server was started or closed before
     */
    public InetSocketAddress start() throws IOException {
        ConflictDetector detector = settings.conflictDetector;
        ConflictWatch watch = detector == null ? null : new ConflictWatch(detector);
        DhcpResponder responder = new DhcpResponder(settings, watch);
        PacketHandler handler = new PacketHandler(
                (request, received) -> responder.respond(
                        request,
                        (Inet4Address) received.localAddress(),
                        received.sender().getAddress()),
                settings.destination(),
                settings.boundary());
        return life.start(settings, service -> {
            InetSocketAddress bound = service.listen(settings.addresses(), settings.port(), true, handler);
            conflicts = watch;
            return bound;
        });
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
        ConflictWatch watch = conflicts;
        if (watch != null) {
            watch.close();
        }
    }

    /** Builds a DHCP server. Not safe for use by several threads at once. */
    public static final class Builder extends LeasingServerBuilder<Builder, DhcpServerListener> {

        private final ServerAddresses addresses = new ServerAddresses();
        private final List<List<Subnet>> networks = new ArrayList<>();
        private final List<Reservation> reservations = new ArrayList<>();
        private final DhcpOptions.Builder options = DhcpOptions.builder();
        private boolean authoritative;
        private boolean dynamicBootp;
        private @Nullable ConflictDetector conflictDetector;
        private @Nullable NeighbourTable neighbours;

        private Builder() {
            super(67, 68, new DhcpServerListener() {});
        }

        private Builder(Builder other) {
            this();
            copyFrom(other);
            addresses.addAll(other.addresses);
            networks.addAll(other.networks);
            reservations.addAll(other.reservations);
            options.putAll(other.options.build());
            authoritative = other.authoritative;
            dynamicBootp = other.dynamicBootp;
            conflictDetector = other.conflictDetector;
            neighbours = other.neighbours;
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
         * Adds a subnet to serve. At least one must be added; a server of several serves clients behind relay agents by the
         * relay agent's address.
         *
         * @param subnet the subnet
         * @return this builder
         */
        public Builder subnet(Subnet subnet) {
            return sharedNetwork(subnet);
        }

        /**
         * Adds several subnets that share a link: a client gets an address of any of them.
         *
         * @param subnets one or more
         * @return this builder
         */
        public Builder sharedNetwork(Subnet... subnets) {
            networks.add(List.of(subnets));
            return this;
        }

        /**
         * Adds what one client gets for itself.
         *
         * @param reservation the reservation
         * @return this builder
         */
        public Builder reservation(Reservation reservation) {
            reservations.add(reservation);
            return this;
        }

        /**
         * Adds what some clients get for themselves, such as those of {@link Reservation#readEthers}.
         *
         * @param all the reservations
         * @return this builder
         */
        public Builder reservations(Collection<Reservation> all) {
            reservations.addAll(all);
            return this;
        }

        /**
         * Sets an option that every client gets; those of its subnet, its classes and its reservation win over it, in this order.
         *
         * @param <T> the type of the value
         * @param option any option but those that the server sets by itself: 1, 50 to 59, 61, 80 and 82
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the option is the server's own or the value out of its range
         */
        public <T> Builder option(DhcpOption<T> option, T value) {
            GivenOptions.put(options, option, value);
            return this;
        }

        /**
         * Sets whether clients that know BOOTP only get an address of the pools, for good (RFC 1534 §2); those with a reservation
         * are served in any case.
         *
         * @param dynamicBootp false unless set
         * @return this builder
         */
        public Builder dynamicBootp(boolean dynamicBootp) {
            this.dynamicBootp = dynamicBootp;
            return this;
        }

        /**
         * Sets what looks for other machines that use an address before it is leased; nothing unless set.
         *
         * @param detector such as {@link ConflictDetector#arp}
         * @return this builder
         */
        public Builder conflictDetector(ConflictDetector detector) {
            this.conflictDetector = detector;
            return this;
        }

        /**
         * Sets the means to send a reply to a client that does not have its address yet, as RFC 2131 §4.1 wants for clients that do
         * not set the broadcast flag. Without, such replies are broadcast, which the RFC allows and clients take, but every other
         * machine of the network sees.
         *
         * @param neighbours such as {@link NeighbourTable#ipCommand}
         * @return this builder
         */
        public Builder neighbourTable(NeighbourTable neighbours) {
            this.neighbours = neighbours;
            return this;
        }

        /**
         * Sets whether this is the only server of its subnets: then a client that asks for an address of which the server
         * knows nothing is refused at once and starts over, where RFC 2131 §4.3.2 has the server stay silent.
         *
         * @param authoritative false unless set
         * @return this builder
         */
        public Builder authoritative(boolean authoritative) {
            this.authoritative = authoritative;
            return this;
        }

        /**
         * The server, not started.
         *
         * @return the server
         * @throws IllegalArgumentException if there is no address or no subnet, two subnets overlap, a pool holds the server's
         *     address, two reservations are for one client or for one address, or one reserves an address of no subnet, of the
         *     server, or that no client can have
         */
        public DhcpServer build() {
            new ConfigurationCheck(this).run();
            return new DhcpServer(new Builder(this));
        }

        private ReplyDestination destination() {
            if (isReplyToSender()) {
                return ReplyDestination.sender();
            }
            ReplyDestination destination = ReplyDestination.rfc2131(relayPort(), clientPort());
            NeighbourTable table = neighbours;
            return table == null ? destination : new NeighbourDelivery(destination, table, clientPort());
        }

        List<Inet4Address> addresses() {
            return addresses.list();
        }

        List<Subnet> subnets() {
            return networks.stream().flatMap(List::stream).toList();
        }

        /** The networks; no pool gives away a reserved address. */
        List<Network> networks(Collection<Inet4Address> reserved) {
            return networks.stream()
                    .map(subnets -> new Network(subnets, reserved))
                    .toList();
        }

        List<Reservation> reservations() {
            return List.copyOf(reservations);
        }

        DhcpOptions options() {
            return options.build();
        }

        boolean isDynamicBootp() {
            return dynamicBootp;
        }

        boolean isAuthoritative() {
            return authoritative;
        }
    }
}
