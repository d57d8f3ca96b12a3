package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A DHCP client that asks and reports, and leaves the machine's interfaces alone: for tests, rehearsals of a boot and health
 * checks. It can be any machine: its {@link ClientIdentity} says what it sends.
 *
 * <pre>{@code
 * ClientIdentity firmware = ClientIdentity.uefiPxe(HardwareAddress.parse("52:54:00:77:00:01"), UUID.randomUUID());
 * try (DhcpClient client = DhcpClient.builder(firmware).server(serverAddress).open()) {
 *     DhcpPacket offer = client.discover().get(0);
 *     DhcpPacket acknowledgement = client.request(offer);
 *     String bootFile = acknowledgement.effectiveBootFileName().orElseThrow();
 *     client.release(acknowledgement);
 * }
 * }</pre>
 *
 * <p>Without a server address it broadcasts and listens on port 68 of all interfaces, which needs privileges and a route; with
 * a loopback address it uses a free port of loopback, for a server that replies to the sender. Every question is repeated,
 * each time after twice as long, and ends in a {@link java.net.SocketTimeoutException} without an answer. Blocking; for use by
 * one thread at a time.
 */
public final class DhcpClient implements AutoCloseable {

    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;

    private final ClientIdentity identity;
    private final InetSocketAddress server;
    private final RandomGenerator random;
    private final Exchange exchange;
    private final Duration offerWindow;

    private DhcpClient(Builder builder, Exchange exchange) {
        this.identity = builder.identity;
        this.server = builder.server;
        this.random = builder.random;
        this.offerWindow = builder.offerWindow;
        this.exchange = exchange;
    }

    /**
     * {@return a builder of a client}
     *
     * @param identity who the client is
     */
    public static Builder builder(ClientIdentity identity) {
        return new Builder(identity);
    }

    /** {@return the address and port that the client listens on} */
    public InetSocketAddress localAddress() {
        return exchange.localAddress();
    }

    /**
     * Sends DISCOVER and returns the offers, in the order in which they came: at least one, and those that follow within the
     * offer window. Offers of proxy DHCP servers, which have no address, are among them.
     *
     * @return the offers
     * @throws java.net.SocketTimeoutException if there is none
     * @throws IOException if the network fails
     */
    public List<DhcpPacket> discover() throws IOException {
        DhcpPacket discover = packet(MessageType.DISCOVER, random.nextInt()).build();
        return exchange.ask(discover, server, List.of(MessageType.OFFER), offerWindow);
    }

    /**
     * Accepts an offer: REQUEST in state SELECTING (RFC 2131 §4.3.2).
     *
     * @param offer an offer with an address, from {@link #discover}
     * @return the ACK
     * @throws DhcpRefusedException if the server answers with a NAK
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails, or the offer has no server identifier
     */
    public DhcpPacket request(DhcpPacket offer) throws IOException {
        if (offer.yourAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException(
                    "offer: without an address (expected: one of a DHCP server, not a proxy)");
        }
        DhcpPacket request = packet(MessageType.REQUEST, offer.transactionId())
                .option(DhcpOption.SERVER_IDENTIFIER, offer.options().require(DhcpOption.SERVER_IDENTIFIER))
                .option(DhcpOption.REQUESTED_ADDRESS, offer.yourAddress())
                .build();
        return acknowledged(request, server);
    }

    /**
     * Extends a lease: REQUEST in state RENEWING, sent to the server of the lease if this client has no server address.
     *
     * @param acknowledgement the ACK of the lease
     * @return the new ACK
     * @throws DhcpRefusedException if the server answers with a NAK
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails, or the ACK has no server identifier
     */
    public DhcpPacket renew(DhcpPacket acknowledgement) throws IOException {
        DhcpPacket request = packet(MessageType.REQUEST, random.nextInt())
                .clientAddress(acknowledgement.yourAddress())
                .build();
        return acknowledged(request, serverOf(acknowledgement));
    }

    /**
     * Asks for an address known from before: REQUEST in state INIT-REBOOT.
     *
     * @param address the address
     * @return the ACK
     * @throws DhcpRefusedException if the server answers with a NAK
     * @throws java.net.SocketTimeoutException if there is no answer, as from a server that does not know the client
     * @throws IOException if the network fails
     */
    public DhcpPacket reboot(Inet4Address address) throws IOException {
        DhcpPacket request = packet(MessageType.REQUEST, random.nextInt())
                .option(DhcpOption.REQUESTED_ADDRESS, address)
                .build();
        return acknowledged(request, server);
    }

    /**
     * Asks for options without a lease: INFORM.
     *
     * @param address the address that the client has
     * @return the ACK
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails
     */
    public DhcpPacket inform(Inet4Address address) throws IOException {
        DhcpPacket inform = packet(MessageType.INFORM, random.nextInt())
                .clientAddress(address)
                .build();
        return acknowledged(inform, server);
    }

    /**
     * Asks a boot server, usually on port 4011, for the boot file, as PXE firmware does after a proxy DHCP offer without one.
     *
     * @param bootServer where to ask
     * @param address the address that the client has
     * @return the ACK
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails
     */
    public DhcpPacket bootServerRequest(InetSocketAddress bootServer, Inet4Address address) throws IOException {
        DhcpPacket request = packet(MessageType.REQUEST, random.nextInt())
                .clientAddress(address)
                .build();
        return acknowledged(request, bootServer);
    }

    /**
     * Asks a boot server for the boot file of an item of its menu.
     *
     * @param bootServer where to ask
     * @param address the address that the client has
     * @param item the item
     * @return the ACK
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails
     */
    public DhcpPacket bootServerRequest(
            InetSocketAddress bootServer, Inet4Address address, PxeVendorOptions.BootItem item) throws IOException {
        DhcpPacket request = packet(MessageType.REQUEST, random.nextInt())
                .clientAddress(address)
                .option(
                        PxeVendorOptions.OPTION,
                        PxeVendorOptions.builder()
                                .put(PxeVendorOptions.BOOT_ITEM, item)
                                .build())
                .build();
        return acknowledged(request, bootServer);
    }

    /**
     * Gives an address back: RELEASE, which has no answer.
     *
     * @param acknowledgement the ACK of the lease
     * @throws IOException if the network fails, or the ACK has no server identifier
     */
    public void release(DhcpPacket acknowledgement) throws IOException {
        DhcpPacket release = packet(MessageType.RELEASE, random.nextInt())
                .broadcast(false)
                .clientAddress(acknowledgement.yourAddress())
                .option(DhcpOption.SERVER_IDENTIFIER, acknowledgement.options().require(DhcpOption.SERVER_IDENTIFIER))
                .build();
        exchange.send(release, serverOf(acknowledgement));
    }

    /**
     * Says that the address is in use by another machine: DECLINE, which has no answer.
     *
     * @param acknowledgement the ACK of the lease
     * @throws IOException if the network fails, or the ACK has no server identifier
     */
    public void decline(DhcpPacket acknowledgement) throws IOException {
        DhcpPacket decline = packet(MessageType.DECLINE, random.nextInt())
                .broadcast(false)
                .option(DhcpOption.SERVER_IDENTIFIER, acknowledgement.options().require(DhcpOption.SERVER_IDENTIFIER))
                .option(DhcpOption.REQUESTED_ADDRESS, acknowledgement.yourAddress())
                .build();
        exchange.send(decline, server);
    }

    /** Closes the socket; leases that were not released go on. Does nothing the second time. */
    @Override
    public void close() throws IOException {
        exchange.close();
    }

    private DhcpPacket.Builder packet(MessageType type, int transactionId) {
        return DhcpPacket.builder()
                .transactionId(transactionId)
                .clientHardwareAddress(identity.hardwareAddress())
                .broadcast(identity.isBroadcast())
                .messageType(type)
                .addOptions(identity.options());
    }

    private DhcpPacket acknowledged(DhcpPacket request, InetSocketAddress target) throws IOException {
        DhcpPacket answer = exchange.ask(request, target, List.of(MessageType.ACK, MessageType.NAK), Duration.ZERO)
                .get(0);
        if (answer.messageType().filter(MessageType.NAK::equals).isPresent()) {
            throw new DhcpRefusedException("server "
                    + answer.options()
                            .get(DhcpOption.SERVER_IDENTIFIER)
                            .map(Inet4Address::getHostAddress)
                            .orElse("without identifier")
                    + " refused: " + answer.options().get(DhcpOption.MESSAGE).orElse("no reason given"));
        }
        return answer;
    }

    private InetSocketAddress serverOf(DhcpPacket acknowledgement) throws IOException {
        return server.getAddress().equals(Ipv4.BROADCAST)
                ? new InetSocketAddress(
                        acknowledgement.options().require(DhcpOption.SERVER_IDENTIFIER), server.getPort())
                : server;
    }

    /** Sets up a client. Not safe for use by several threads at once. */
    public static final class Builder {

        private final ClientIdentity identity;
        private InetSocketAddress server = new InetSocketAddress(Ipv4.BROADCAST, SERVER_PORT);
        private @Nullable InetSocketAddress local;
        private Duration timeout = Duration.ofSeconds(2);
        private int attempts = 4;
        private Duration offerWindow = Duration.ZERO;
        private RandomGenerator random = new SecureRandom();

        private Builder(ClientIdentity identity) {
            this.identity = identity;
        }

        /**
         * Sets the server to ask; everyone, by broadcast to port 67, unless set.
         *
         * @param server address and port
         * @return this builder
         */
        public Builder server(InetSocketAddress server) {
            this.server = server;
            return this;
        }

        /**
         * Sets where to listen; port 68 of all addresses unless set, or any free port of loopback if the server is there.
         *
         * @param local address and port; port 0 for any free one
         * @return this builder
         */
        public Builder bind(InetSocketAddress local) {
            this.local = local;
            return this;
        }

        /**
         * Sets how long to wait for the first answer to a packet; two seconds unless set. Repetitions wait twice as long as
         * the one before.
         *
         * @param timeout one millisecond to ten minutes
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder timeout(Duration timeout) {
            if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
                throw new IllegalArgumentException("timeout: " + timeout + " (expected: 1 ms to 10 minutes)");
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sets how often a packet is sent before the client gives up; 4 unless set.
         *
         * @param attempts 1 to 16
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder attempts(int attempts) {
            if (attempts < 1 || attempts > 16) {
                throw new IllegalArgumentException("attempts: " + attempts + " (expected: 1..16)");
            }
            this.attempts = attempts;
            return this;
        }

        /**
         * Sets how long to collect further offers after the first; no time unless set.
         *
         * @param offerWindow zero or more
         * @return this builder
         * @throws IllegalArgumentException if it is negative
         */
        public Builder offerWindow(Duration offerWindow) {
            if (offerWindow.isNegative()) {
                throw new IllegalArgumentException("offer window: " + offerWindow + " (expected: zero or more)");
            }
            this.offerWindow = offerWindow;
            return this;
        }

        /**
         * Sets where transaction ids come from.
         *
         * @param random a secure one unless set
         * @return this builder
         */
        public Builder random(RandomGenerator random) {
            this.random = random;
            return this;
        }

        /**
         * Opens the client's socket.
         *
         * @return the client
         * @throws IOException if the port cannot be bound; the message says what to do, the cause what the system said
         */
        public DhcpClient open() throws IOException {
            InetSocketAddress bind = local != null ? local : defaultLocal();
            return new DhcpClient(this, Exchange.open(bind, timeout, attempts));
        }

        private InetSocketAddress defaultLocal() {
            return server.getAddress().isLoopbackAddress()
                    ? new InetSocketAddress(server.getAddress(), 0)
                    : new InetSocketAddress(Ipv4.ANY, CLIENT_PORT);
        }
    }
}
