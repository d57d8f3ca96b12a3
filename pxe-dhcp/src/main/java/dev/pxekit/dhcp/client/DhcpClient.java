package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootFirmware;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
 * <p>Without a server address it broadcasts and listens on port 68 of all interfaces, which needs privileges and a route, or an
 * interface that has an address; with a loopback address it uses a free port of loopback, for a server that replies to the sender. A
 * server that sends its replies to the address that it offers, as to a client that does not ask for broadcasts, is not heard unless the
 * machine has that address: plain Java has no raw sockets. While it is open, replies to the system's own DHCP client may come here.
 *
 * <p>Every question is repeated, after 4, 8, 16 and 32 seconds unless told otherwise (RFC 2131 §4.1), and ends in a
 * {@link java.net.SocketTimeoutException} without an answer. What is malformed or answers another question is passed over, and keeps no
 * question from ending in time. Blocking; for use by one thread at a time.
 */
public final class DhcpClient implements AutoCloseable {

    private static final int SERVER_PORT = 67;
    private static final int CLIENT_PORT = 68;
    private static final int BOOT_SERVER_PORT = 4011;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(4);

    /** How long iPXE waits for proxies after it asked. */
    private static final Duration PROXY_WINDOW = Duration.ofSeconds(2);

    private final InetSocketAddress server;
    private final ClientPackets packets;
    private final ClientSockets sockets;
    private final Retransmission waits;
    private final int attempts;
    private final RandomGenerator random;
    private final Duration offerWindow;
    private final int bootServerPort;
    private final Optional<Inet4Address> interfaceAddress;

    /** The {@code secs} of the last DISCOVER. */
    private int seconds;

    private DhcpClient(Builder settings, Optional<Inet4Address> interfaceAddress, ClientSockets sockets) {
        this.server = settings.target();
        this.packets = new ClientPackets(settings.identity, settings.random(), Optional.ofNullable(settings.relay));
        this.waits = Retransmission.rfc2131(settings.timeout().orElse(FIRST_WAIT));
        this.attempts = settings.attempts();
        this.random = settings.random();
        this.offerWindow = settings.offerWindow();
        this.bootServerPort = settings.bootServerPort;
        this.interfaceAddress = interfaceAddress;
        this.sockets = sockets;
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
        return sockets.localAddress();
    }

    /**
     * Sends DISCOVER and returns the offers, in the order in which they came: at least one, and those that follow within the
     * offer window. Offers of proxy DHCP servers, which have no address, are among them. If the client's identity has option 80,
     * so are ACKs of servers that commit an address at once (RFC 4039).
     *
     * @return the offers
     * @throws java.net.SocketTimeoutException if there is none
     * @throws IOException if the network fails
     */
    public List<DhcpPacket> discover() throws IOException {
        return discover(offerWindow, offers -> false);
    }

    List<DhcpPacket> discover(Duration window, Predicate<List<DhcpPacket>> enough) throws IOException {
        PacketQuestion question = PacketQuestion.counting(packets.discover(), DhcpClient::isOfferOrCommitment, enough);
        List<Answer<DhcpPacket>> answers =
                new Exchange<>(sockets, question, server).ask(waits, attempts, random, window);
        seconds = question.seconds();
        return Exchange.messages(answers);
    }

    private static boolean isOfferOrCommitment(DhcpPacket packet) {
        return is(MessageType.OFFER, packet)
                || (is(MessageType.ACK, packet) && packet.options().contains(DhcpOption.RAPID_COMMIT));
    }

    /**
     * Finds out who answers: sends DISCOVER, again and again, and collects all offers until the window ends. No address is
     * requested.
     *
     * @param window how long to wait, up to ten minutes
     * @return the offers in the order in which they came, at most 256; none if nobody answered
     * @throws IllegalArgumentException if the window is negative or longer
     * @throws IOException if the network fails
     */
    public List<Answer<DhcpPacket>> survey(Duration window) throws IOException {
        PacketQuestion question =
                PacketQuestion.counting(packets.discover(), DhcpClient::isOfferOrCommitment, offers -> false);
        return new Exchange<>(sockets, question, server).survey(waits, random, ClientBuilder.checkedWindow(window));
    }

    /**
     * Gets an address: DISCOVER, the first offer with an address, REQUEST, ACK; or an ACK at once, if the client's identity has option
     * 80 and the server commits (RFC 4039).
     *
     * @return the ACK
     * @throws DhcpRefusedException if the server answers the REQUEST with a NAK
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails, or no offer has an address
     */
    public DhcpPacket lease() throws IOException {
        List<DhcpPacket> offers = discover();
        return acknowledge(OfferChoice.of(offers, BootFirmware.NONE)
                .orElseThrow(() -> new IOException("no offer has an address and a server identifier: " + offers))
                .address());
    }

    /** The ACK that an offer leads to; some are one already, and so is the reply of a BOOTP server. */
    DhcpPacket acknowledge(DhcpPacket offer) throws IOException {
        return is(MessageType.OFFER, offer) ? request(offer) : offer;
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
        Inet4Address selected = offer.options().require(DhcpOption.SERVER_IDENTIFIER);
        PacketQuestion question = PacketQuestion.constant(
                packets.select(offer, seconds),
                answer -> isLeaseOrRefusal(answer)
                        && answer.options()
                                .get(DhcpOption.SERVER_IDENTIFIER)
                                .filter(other -> !other.equals(selected))
                                .isEmpty());
        return acknowledged(question, server, sockets);
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
        return fromAddress(MessageType.REQUEST, acknowledgement.yourAddress(), serverOf(acknowledgement));
    }

    /**
     * Extends a lease with whatever server has it: REQUEST in state REBINDING, sent by broadcast unless the client has a server address
     * (RFC 2131 §4.4.5).
     *
     * @param acknowledgement the ACK of the lease
     * @return the new ACK
     * @throws DhcpRefusedException if a server answers with a NAK
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails
     */
    public DhcpPacket rebind(DhcpPacket acknowledgement) throws IOException {
        return fromAddress(MessageType.REQUEST, acknowledgement.yourAddress(), server);
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
        return acknowledged(
                PacketQuestion.counting(packets.reboot(address), DhcpClient::isLeaseOrRefusal, answers -> false),
                server,
                sockets);
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
        return fromAddress(MessageType.INFORM, address, server);
    }

    /**
     * Asks as a client does that knows BOOTP only (RFC 951, RFC 1534): without a message type and without options.
     *
     * @return the reply, which is of a BOOTP server if it has no message type
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails
     */
    public DhcpPacket bootp() throws IOException {
        return acknowledged(
                PacketQuestion.counting(packets.bootp(), answer -> !OfferChoice.isDhcp(answer), answers -> false),
                server,
                sockets);
    }

    /**
     * Does what firmware does before it loads its boot file: DISCOVER, offers of servers and proxies within the offer window (two
     * seconds unless set), the choice among them as PXE 2.1 §2.4, UEFI (EDK2) or iPXE make it, whichever the identity is, REQUEST, the
     * question to the boot server on port 4011 if one is due, and the first item of a boot menu. A NAK sends it back to DISCOVER, twice at
     * most. Other clients take the first address and what its ACK says.
     *
     * <p>A boot server is asked from port 4011, or the client port by iPXE and where 4011 is taken. It may send its answer to the leased
     * address, which this machine does not have; if an interface was set, the question therefore has the address of the interface. Boot
     * servers are asked by unicast: discovery by broadcast and multicast is not done.
     *
     * @return what firmware would load
     * @throws DhcpRefusedException if the server answers with a NAK three times
     * @throws java.net.SocketTimeoutException if there is no answer, or no boot server that firmware depends on answers
     * @throws IOException if the network fails, or there is no offer that the firmware would take
     */
    public BootInstructions boot() throws IOException {
        return new BootExchange(this, packets.firmware()).run(offerWindow.isZero() ? PROXY_WINDOW : offerWindow);
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
        return bootServerRequest(bootServer, packets.bootServerRequest(address, Optional.empty()));
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
        return bootServerRequest(bootServer, packets.bootServerRequest(address, Optional.of(item)));
    }

    private DhcpPacket bootServerRequest(InetSocketAddress bootServer, DhcpPacket request) throws IOException {
        PacketQuestion question =
                PacketQuestion.counting(request, answer -> is(MessageType.ACK, answer), answers -> false);
        try (ClientSockets boot = bootServerSockets()) {
            return acknowledged(question, bootServer, boot == null ? sockets : boot);
        }
    }

    /** Sockets on port 4011, if it is to be asked from there and the port is free. */
    private @Nullable ClientSockets bootServerSockets() {
        InetSocketAddress local = sockets.localAddress();
        if (local.getPort() != CLIENT_PORT || packets.firmware().equals(BootFirmware.IPXE)) {
            return null;
        }
        try {
            return ClientSockets.open(List.of(new InetSocketAddress(local.getAddress(), BOOT_SERVER_PORT)));
        } catch (IOException e) {
            return null; // a boot server of this machine has it
        }
    }

    int bootServerPort() {
        return bootServerPort;
    }

    /** The address to give to a boot server: one that its answer comes to. */
    Inet4Address ownAddress(DhcpPacket lease) {
        return interfaceAddress.orElse(lease.yourAddress());
    }

    /**
     * Gives an address back: RELEASE, which has no answer.
     *
     * @param acknowledgement the ACK of the lease
     * @throws IOException if the network fails, or the ACK has no server identifier
     */
    public void release(DhcpPacket acknowledgement) throws IOException {
        sockets.send(DhcpCodec.encode(packets.release(acknowledgement)), serverOf(acknowledgement));
    }

    /**
     * Says that the address is in use by another machine: DECLINE, which has no answer.
     *
     * @param acknowledgement the ACK of the lease
     * @throws IOException if the network fails, or the ACK has no server identifier
     */
    public void decline(DhcpPacket acknowledgement) throws IOException {
        sockets.send(DhcpCodec.encode(packets.decline(acknowledgement)), server);
    }

    /** Closes the sockets; leases that were not released go on. Does nothing the second time. */
    @Override
    public void close() throws IOException {
        sockets.close();
    }

    private DhcpPacket fromAddress(MessageType type, Inet4Address address, InetSocketAddress target)
            throws IOException {
        return acknowledged(
                PacketQuestion.counting(
                        packets.fromAddress(type, address),
                        answer -> is(MessageType.ACK, answer) || is(MessageType.NAK, answer),
                        answers -> false),
                target,
                sockets);
    }

    private DhcpPacket acknowledged(PacketQuestion question, InetSocketAddress target, ClientSockets from)
            throws IOException {
        DhcpPacket answer = new Exchange<>(from, question, target)
                .ask(waits, attempts, random, Duration.ZERO)
                .get(0)
                .message();
        if (is(MessageType.NAK, answer)) {
            throw new DhcpRefusedException("server "
                    + answer.options()
                            .get(DhcpOption.SERVER_IDENTIFIER)
                            .map(Inet4Address::getHostAddress)
                            .orElse("without identifier")
                    + " refused: " + answer.options().get(DhcpOption.MESSAGE).orElse("no reason given"));
        }
        return answer;
    }

    private static boolean isLeaseOrRefusal(DhcpPacket answer) {
        return is(MessageType.NAK, answer)
                || (is(MessageType.ACK, answer) && !answer.yourAddress().isAnyLocalAddress());
    }

    private static boolean is(MessageType type, DhcpPacket packet) {
        return packet.messageType().filter(type::equals).isPresent();
    }

    private InetSocketAddress serverOf(DhcpPacket acknowledgement) throws IOException {
        return server.getAddress().equals(Ipv4.BROADCAST)
                ? new InetSocketAddress(
                        acknowledgement.options().require(DhcpOption.SERVER_IDENTIFIER), server.getPort())
                : server;
    }

    /** Sets up a client. Not safe for use by several threads at once. */
    public static final class Builder extends ClientBuilder<Builder> {

        private final ClientIdentity identity;
        private int bootServerPort = BOOT_SERVER_PORT;
        private ClientPackets.@Nullable Relay relay;

        private Builder(ClientIdentity identity) {
            this.identity = identity;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the port of boot servers; 4011 unless set, and real firmware asks no other.
         *
         * @param port 1 to 65535
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder bootServerPort(int port) {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("boot server port: " + port + " (expected: 1..65535)");
            }
            this.bootServerPort = port;
            return this;
        }

        /**
         * Makes packets look as if they came through a relay agent, for tests of servers: {@code giaddr}, one hop, and option 82. A
         * server replies to that address on port 67: listen there with {@link #bind}, or have it reply to the sender.
         *
         * @param address the relay agent's address
         * @param information option 82
         * @return this builder
         */
        public Builder relay(Inet4Address address, RelayAgentInformation information) {
            this.relay = new ClientPackets.Relay(address, information);
            return this;
        }

        /**
         * Opens the client's sockets.
         *
         * @return the client
         * @throws IOException if the port cannot be bound; the message says what to do, the cause what the system said
         */
        public DhcpClient open() throws IOException {
            Optional<Inet4Address> interfaceAddress = interfaceAddress();
            return new DhcpClient(this, interfaceAddress, ClientSockets.open(locals(interfaceAddress)));
        }

        private InetSocketAddress target() {
            return server().orElseGet(() -> new InetSocketAddress(Ipv4.BROADCAST, SERVER_PORT));
        }

        /** Only a socket on 0.0.0.0 hears broadcasts; one on an interface's address sends them out of that interface. */
        private List<InetSocketAddress> locals(Optional<Inet4Address> interfaceAddress) {
            if (local().isPresent()) {
                return List.of(local().get());
            }
            if (target().getAddress().isLoopbackAddress()) {
                return List.of(new InetSocketAddress(target().getAddress(), 0));
            }
            List<InetSocketAddress> locals = new ArrayList<>();
            interfaceAddress.ifPresent(address -> locals.add(new InetSocketAddress(address, CLIENT_PORT)));
            locals.add(new InetSocketAddress(Ipv4.ANY, CLIENT_PORT));
            return locals;
        }

        private Optional<Inet4Address> interfaceAddress() throws IOException {
            if (networkInterface().isEmpty()) {
                return Optional.empty();
            }
            NetworkInterface given = networkInterface().get();
            Optional<Inet4Address> address = given.inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .map(Inet4Address.class::cast)
                    .findFirst();
            if (address.isEmpty()) {
                throw new IOException("interface " + given.getName()
                        + " has no IPv4 address, and plain Java cannot send without one: give it any, such as with: ip addr add"
                        + " 169.254.77.2/16 dev " + given.getName());
            }
            return address;
        }
    }
}
