package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.LeaseStore;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
 * <p>The server listens on its address and, unless that is loopback, on 0.0.0.0, as no other socket gets broadcasts. Java
 * does not tell which interface a broadcast came in by: a machine that has an interface on a network whose clients are not
 * to be served must keep their broadcasts away from the port, with a firewall rule or a network namespace. Replies to
 * clients without an address are broadcast, whether they ask for it or not: unicast to them needs raw sockets.
 *
 * <p>Safe for use by several threads. {@link #start} and {@link #close} block, the latter for 15 seconds at most. A lease
 * store, an executor and event loops that were given are the caller's to close.
 */
public final class DhcpServer implements AutoCloseable {

    private final Builder settings;
    private final ServerLife life = new ServerLife("DHCP server");

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
        Inet4Address address = settings.address();
        DhcpResponder responder = new DhcpResponder(settings, address);
        PacketHandler handler = new PacketHandler(
                (request, received) -> responder.respond(request), settings.destination(), settings.safeListener());
        return life.start(settings, service -> service.listen(List.of(address), settings.port(), true, handler));
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

    /** Builds a DHCP server. Not safe for use by several threads at once. */
    public static final class Builder extends ServerBuilder<Builder> {

        private final List<Subnet> subnets = new ArrayList<>();
        private LeaseStore leaseStore = LeaseStore.inMemory();
        private Clock clock = Clock.systemUTC();
        private Duration offerTime = Duration.ofMinutes(1);
        private Duration declineTime = Duration.ofMinutes(10);
        private boolean authoritative;

        private Builder() {}

        private Builder(Builder other) {
            copyFrom(other);
            subnets.addAll(other.subnets);
            leaseStore = other.leaseStore;
            clock = other.clock;
            offerTime = other.offerTime;
            declineTime = other.declineTime;
            authoritative = other.authoritative;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Adds a subnet to serve. At least one must be added; a server of several serves clients behind relay agents by the
         * relay agent's address.
         *
         * @param subnet the subnet
         * @return this builder
         */
        public Builder subnet(Subnet subnet) {
            subnets.add(subnet);
            return this;
        }

        /**
         * Sets where leases are kept; in memory unless set.
         *
         * @param leaseStore the caller's, who closes it
         * @return this builder
         */
        public Builder leaseStore(LeaseStore leaseStore) {
            this.leaseStore = leaseStore;
            return this;
        }

        /**
         * Sets the clock that leases end by; the system's unless set.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * Sets how long an offered address is held for its client; one minute unless set.
         *
         * @param offerTime more than zero
         * @return this builder
         * @throws IllegalArgumentException if it is not more than zero
         */
        public Builder offerTime(Duration offerTime) {
            this.offerTime = positive("offer time", offerTime);
            return this;
        }

        /**
         * Sets how long an address that a client declined is not leased; ten minutes unless set.
         *
         * @param declineTime more than zero
         * @return this builder
         * @throws IllegalArgumentException if it is not more than zero
         */
        public Builder declineTime(Duration declineTime) {
            this.declineTime = positive("decline time", declineTime);
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
         * @throws IllegalArgumentException if there is no address or no subnet, two subnets overlap, or a pool holds the
         *     server's address
         */
        public DhcpServer build() {
            Inet4Address address = address();
            if (subnets.isEmpty()) {
                throw new IllegalArgumentException("no subnet to serve: add one with subnet(subnet)");
            }
            for (int i = 0; i < subnets.size(); i++) {
                Subnet subnet = subnets.get(i);
                if (subnet.leases(address)) {
                    throw new IllegalArgumentException("a pool of subnet " + subnet + " holds the server's address "
                            + address.getHostAddress() + ": no client may get it");
                }
                for (Subnet other : subnets.subList(0, i)) {
                    if (subnet.overlaps(other)) {
                        throw new IllegalArgumentException("subnets " + other + " and " + subnet + " overlap");
                    }
                }
            }
            return new DhcpServer(new Builder(this));
        }

        private static Duration positive(String what, Duration duration) {
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException(what + ": " + duration + " (expected: more than zero)");
            }
            return duration;
        }

        List<Subnet> subnets() {
            return List.copyOf(subnets);
        }

        LeaseStore leaseStore() {
            return leaseStore;
        }

        Clock clock() {
            return clock;
        }

        Duration offerTime() {
            return offerTime;
        }

        Duration declineTime() {
            return declineTime;
        }

        boolean isAuthoritative() {
            return authoritative;
        }
    }
}
