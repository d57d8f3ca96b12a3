package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.IaNa;
import dev.pxekit.dhcp.v6.Status;
import dev.pxekit.dhcp.v6.StatusCode;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A DHCPv6 client that asks and reports, and leaves the machine's interfaces alone: for tests, rehearsals of a boot and health
 * checks. It can be any machine: its {@link Client6Identity} says what it sends. It asks for one address (IA_NA), not for prefixes.
 *
 * <pre>{@code
 * Client6Identity firmware = Client6Identity.uefiPxe(UUID.randomUUID());
 * try (Dhcp6Client client = Dhcp6Client.builder(firmware).networkInterface(NetworkInterface.getByName("eth0")).open()) {
 *     Dhcp6Message reply = client.lease();
 *     String url = reply.options().require(Dhcp6Option.BOOT_FILE_URL);
 *     client.release(reply);
 * }
 * }</pre>
 *
 * <p>Without a server address it asks all servers and relay agents of an interface's link (ff02::1:2) from the interface's link-local
 * address and port 546, which needs privileges; with a loopback address it uses a free port of loopback, for a server that replies to
 * the sender. Every question is repeated as RFC 8415 §15 has it, up to the number of attempts, and ends in a
 * {@link java.net.SocketTimeoutException} without an answer. What is malformed, no message for clients or the answer to another question is
 * passed over, and keeps no question from ending in time. Blocking; for use by one thread at a time.
 */
public final class Dhcp6Client implements AutoCloseable {

    private static final int SERVER_PORT = 547;
    private static final int CLIENT_PORT = 546;
    private static final Inet6Address ALL_SERVERS = Ipv6.parse("ff02::1:2");

    /** Initial and maximum retransmission time in seconds (RFC 8415 §7.6). */
    private record Times(long first, long most) {}

    private static final Map<Dhcp6MessageType, Times> TIMES = Map.of(
            Dhcp6MessageType.SOLICIT, new Times(1, 3600),
            Dhcp6MessageType.REQUEST, new Times(1, 30),
            Dhcp6MessageType.CONFIRM, new Times(1, 4),
            Dhcp6MessageType.RENEW, new Times(10, 600),
            Dhcp6MessageType.REBIND, new Times(10, 600),
            Dhcp6MessageType.INFORMATION_REQUEST, new Times(1, 3600),
            Dhcp6MessageType.RELEASE, new Times(1, 3600),
            Dhcp6MessageType.DECLINE, new Times(1, 3600));

    private final ClientSockets sockets;
    private final InetSocketAddress server;
    private final Client6Messages messages;
    private final Optional<Duration> timeout;
    private final int attempts;
    private final Duration offerWindow;
    private final RandomGenerator random;
    private final @Nullable Inet6Address link;

    private Dhcp6Client(Builder settings, InetSocketAddress server, ClientSockets sockets) {
        this.sockets = sockets;
        this.server = server;
        this.messages = new Client6Messages(settings.identity, settings.random());
        this.timeout = settings.timeout();
        this.attempts = settings.attempts();
        this.offerWindow = settings.offerWindow();
        this.random = settings.random();
        this.link = settings.link;
    }

    /**
     * {@return a builder of a client}
     *
     * @param identity who the client is
     */
    public static Builder builder(Client6Identity identity) {
        return new Builder(identity);
    }

    /** {@return the address and port that the client listens on} */
    public InetSocketAddress localAddress() {
        return sockets.localAddress();
    }

    /**
     * Sends SOLICIT and returns the answers in the order in which they came: at least one ADVERTISE, and those that follow within the
     * offer window, which ends early with one of preference 255. If the client's identity has option 14, a REPLY that commits an address
     * at once may be among them.
     *
     * @return the answers, also of servers that have no address for the client
     * @throws java.net.SocketTimeoutException if there is none
     * @throws IOException if the network fails
     */
    public List<Dhcp6Message> solicit() throws IOException {
        return Exchange.messages(exchange(messages.solicit(true), Dhcp6Client::isOfferOrCommitment)
                .ask(waits(Dhcp6MessageType.SOLICIT), attempts, random, offerWindow));
    }

    private static boolean isOfferOrCommitment(Dhcp6Message answer) {
        return answer.type().equals(Dhcp6MessageType.ADVERTISE)
                || (answer.type().equals(Dhcp6MessageType.REPLY)
                        && answer.options().contains(Dhcp6Option.RAPID_COMMIT));
    }

    /**
     * Finds out who answers: sends SOLICIT without rapid commit, again and again, and collects what is advertised until the window ends,
     * or a server of preference 255 answers. No address is requested.
     *
     * @param window how long to wait, up to ten minutes
     * @return the ADVERTISE messages in the order in which they came, at most 256; none if nobody answered
     * @throws IllegalArgumentException if the window is negative or longer
     * @throws IOException if the network fails
     */
    public List<Answer<Dhcp6Message>> survey(Duration window) throws IOException {
        return exchange(messages.solicit(false), answer -> answer.type().equals(Dhcp6MessageType.ADVERTISE))
                .survey(waits(Dhcp6MessageType.SOLICIT), random, ClientBuilder.checkedWindow(window));
    }

    /**
     * Gets an address: SOLICIT, the ADVERTISE with an address and the highest preference, REQUEST, REPLY; or a REPLY at once, if the
     * client's identity has option 14 and the server commits.
     *
     * @return the REPLY
     * @throws DhcpRefusedException if no server has an address for the client, or the REPLY to the REQUEST says so
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails
     */
    public Dhcp6Message lease() throws IOException {
        List<Dhcp6Message> answers = solicit();
        Optional<Dhcp6Message> committed = answers.stream()
                .filter(answer -> answer.type().equals(Dhcp6MessageType.REPLY))
                .findFirst();
        if (committed.isPresent()) {
            return withAddress(committed.get());
        }
        Dhcp6Message best = answers.stream()
                .filter(answer -> refusal(answer).isEmpty())
                .min(Comparator.comparingInt(
                        answer -> -answer.options().get(Dhcp6Option.PREFERENCE).orElse(0)))
                .orElse(answers.get(0));
        return request(withAddress(best));
    }

    /**
     * Accepts an ADVERTISE: REQUEST.
     *
     * @param advertise an ADVERTISE with an address, from {@link #solicit}
     * @return the REPLY
     * @throws DhcpRefusedException if the REPLY has no address but a status
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails, or the ADVERTISE has no server identifier
     */
    public Dhcp6Message request(Dhcp6Message advertise) throws IOException {
        return withAddress(reply(messages.toServer(Dhcp6MessageType.REQUEST, advertise)));
    }

    /**
     * Extends a lease with its server: RENEW.
     *
     * @param reply the REPLY of the lease
     * @return the new REPLY
     * @throws DhcpRefusedException if the REPLY has no address but a status, such as NoBinding
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails, or the REPLY has no server identifier
     */
    public Dhcp6Message renew(Dhcp6Message reply) throws IOException {
        return withAddress(reply(messages.toServer(Dhcp6MessageType.RENEW, reply)));
    }

    /**
     * Extends a lease with whatever server has it: REBIND.
     *
     * @param reply the REPLY of the lease
     * @return the new REPLY
     * @throws DhcpRefusedException if the REPLY has no address but a status
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails
     */
    public Dhcp6Message rebind(Dhcp6Message reply) throws IOException {
        return withAddress(reply(messages.toAll(Dhcp6MessageType.REBIND, reply)));
    }

    /**
     * Asks whether the addresses of a lease still belong to the link: CONFIRM.
     *
     * @param reply the REPLY of the lease
     * @return the REPLY with status Success
     * @throws DhcpRefusedException if the status is another, such as NotOnLink
     * @throws java.net.SocketTimeoutException if there is no answer, as from a server that cannot tell
     * @throws IOException if the network fails
     */
    public Dhcp6Message confirm(Dhcp6Message reply) throws IOException {
        return successful(reply(messages.toAll(Dhcp6MessageType.CONFIRM, reply)));
    }

    /**
     * Asks for options without an address: INFORMATION-REQUEST.
     *
     * @return the REPLY
     * @throws DhcpRefusedException if it has a status other than Success
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails
     */
    public Dhcp6Message informationRequest() throws IOException {
        return successful(reply(messages.informationRequest()));
    }

    /**
     * Gives an address back: RELEASE.
     *
     * @param reply the REPLY of the lease
     * @return the server's REPLY
     * @throws DhcpRefusedException if it has a status other than Success
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails, or the lease has no server identifier
     */
    public Dhcp6Message release(Dhcp6Message reply) throws IOException {
        return successful(reply(messages.toServer(Dhcp6MessageType.RELEASE, reply)));
    }

    /**
     * Says that the address is in use by another machine: DECLINE.
     *
     * @param reply the REPLY of the lease
     * @return the server's REPLY
     * @throws DhcpRefusedException if it has a status other than Success
     * @throws java.net.SocketTimeoutException if there is no answer
     * @throws IOException if the network fails, or the lease has no server identifier
     */
    public Dhcp6Message decline(Dhcp6Message reply) throws IOException {
        return successful(reply(messages.toServer(Dhcp6MessageType.DECLINE, reply)));
    }

    /** Closes the socket; leases that were not released go on. Does nothing the second time. */
    @Override
    public void close() throws IOException {
        sockets.close();
    }

    private Dhcp6Message reply(Dhcp6Message question) throws IOException {
        Optional<Duid> asked = question.options().get(Dhcp6Option.SERVER_IDENTIFIER);
        return exchange(
                        question,
                        answer -> answer.type().equals(Dhcp6MessageType.REPLY)
                                && (asked.isEmpty()
                                        || asked.equals(answer.options().get(Dhcp6Option.SERVER_IDENTIFIER))))
                .ask(waits(question.type()), attempts, random, Duration.ZERO)
                .get(0)
                .message();
    }

    private Exchange<Dhcp6Message> exchange(Dhcp6Message question, Predicate<Dhcp6Message> accepted) {
        Optional<MessageQuestion.Relay> relay = Optional.ofNullable(link)
                .map(address -> new MessageQuestion.Relay(
                        address, (Inet6Address) sockets.localAddress().getAddress()));
        return new Exchange<>(sockets, new MessageQuestion(question, relay, accepted), server);
    }

    private Retransmission waits(Dhcp6MessageType type) {
        Times times = TIMES.getOrDefault(type, new Times(1, 30));
        Duration first = timeout.orElse(Duration.ofSeconds(times.first));
        return Retransmission.rfc8415(first, Duration.ofSeconds(times.most), type.equals(Dhcp6MessageType.SOLICIT));
    }

    private Dhcp6Message withAddress(Dhcp6Message answer) throws DhcpRefusedException {
        Optional<String> refusal = refusal(answer);
        if (refusal.isPresent()) {
            throw refused(answer, refusal.get());
        }
        return answer;
    }

    private static Dhcp6Message successful(Dhcp6Message answer) throws DhcpRefusedException {
        Optional<String> failure = failure(answer.options().get(Dhcp6Option.STATUS_CODE));
        if (failure.isPresent()) {
            throw refused(answer, failure.get());
        }
        return answer;
    }

    /** Why a message has no address for this client; empty if it has one. */
    private Optional<String> refusal(Dhcp6Message answer) {
        Optional<String> failure = failure(answer.options().get(Dhcp6Option.STATUS_CODE));
        Optional<IaNa> association = messages.association(answer);
        if (failure.isPresent() || association.isEmpty()) {
            return failure.or(() -> Optional.of("no identity association"));
        }
        boolean valid = association.get().addresses().stream()
                .anyMatch(address -> !address.validLifetime().isZero()
                        && failure(address.status()).isEmpty());
        return valid
                ? Optional.empty()
                : failure(association.get().options().get(Dhcp6Option.STATUS_CODE))
                        .or(() -> Optional.of("no valid address"));
    }

    private static Optional<String> failure(Optional<Status> status) {
        return status.filter(given -> !given.code().equals(StatusCode.SUCCESS))
                .map(given -> given.code() + (given.message().isEmpty() ? "" : ", " + given.message()));
    }

    private static DhcpRefusedException refused(Dhcp6Message answer, String why) {
        return new DhcpRefusedException("server "
                + answer.options()
                        .get(Dhcp6Option.SERVER_IDENTIFIER)
                        .map(Duid::toString)
                        .orElse("without identifier")
                + " refused: " + why);
    }

    /** Sets up a client. Not safe for use by several threads at once. */
    public static final class Builder extends ClientBuilder<Builder> {

        private final Client6Identity identity;
        private @Nullable Inet6Address link;

        private Builder(Client6Identity identity) {
            this.identity = identity;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sends messages as a relay agent would, in RELAY-FORW, and takes answers in RELAY-REPL, for tests of servers.
         *
         * @param linkAddress the address of the link that the client seems to be on
         * @return this builder
         */
        public Builder relay(Inet6Address linkAddress) {
            this.link = linkAddress;
            return this;
        }

        /**
         * Opens the client's socket.
         *
         * @return the client
         * @throws IllegalArgumentException if neither a server nor an interface was set
         * @throws IOException if the interface has no link-local address or the port cannot be bound; the message says what to do,
         *     the cause what the system said
         */
        public Dhcp6Client open() throws IOException {
            if (server().isPresent()) {
                InetSocketAddress target = server().get();
                return open(
                        target,
                        target.getAddress().isLoopbackAddress()
                                ? new InetSocketAddress(target.getAddress(), 0)
                                : new InetSocketAddress(Ipv6.parse("::"), CLIENT_PORT));
            }
            NetworkInterface asked = networkInterface()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "no interface to ask on: set it with networkInterface(networkInterface), or a server"));
            Inet6Address all = Inet6Address.getByAddress(null, ALL_SERVERS.getAddress(), asked.getIndex());
            return open(new InetSocketAddress(all, SERVER_PORT), new InetSocketAddress(linkLocal(asked), CLIENT_PORT));
        }

        private Dhcp6Client open(InetSocketAddress target, InetSocketAddress usual) throws IOException {
            return new Dhcp6Client(this, target, ClientSockets.open(List.of(local().orElse(usual))));
        }

        private static Inet6Address linkLocal(NetworkInterface given) throws IOException {
            return given.inetAddresses()
                    .filter(Inet6Address.class::isInstance)
                    .map(Inet6Address.class::cast)
                    .filter(Inet6Address::isLinkLocalAddress)
                    .findFirst()
                    .orElseThrow(() -> new IOException("interface " + given.getName()
                            + " has no IPv6 link-local address: is it up, and is IPv6 switched off (sysctl net.ipv6.conf."
                            + given.getName() + ".disable_ipv6)?"));
        }
    }
}
