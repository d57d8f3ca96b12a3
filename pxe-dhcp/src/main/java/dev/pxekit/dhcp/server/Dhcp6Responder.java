package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.StatusCode;
import java.io.IOException;
import java.net.Inet6Address;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of RFC 8415 §18.3: which messages are answered, for which network, and the way back. What becomes of the
 * addresses is {@link Associations6}'s.
 */
final class Dhcp6Responder {

    private static final Logger LOG = LoggerFactory.getLogger(Dhcp6Responder.class);

    private static final String TOO_MANY = "more new clients than the limit";

    /** More no client has interfaces for, and the answer to them could be longer than a datagram. */
    private static final int MOST_ASSOCIATIONS = 16;

    /** Each may have to be looked up. */
    private static final int MOST_ADDRESSES = 64;

    /** What clients send by multicast only (RFC 8415 §16); to other messages by unicast there is an answer. */
    private static final Set<Dhcp6MessageType> MULTICAST_ONLY = Set.of(
            Dhcp6MessageType.SOLICIT,
            Dhcp6MessageType.CONFIRM,
            Dhcp6MessageType.REBIND,
            Dhcp6MessageType.INFORMATION_REQUEST);

    private final Dhcp6Server.Builder settings;
    private final Duid server;
    private final Networks6 networks;
    private final List<ClientClass> classes;
    private final Admission admission;
    private final List<Inet6Address> ownAddresses;
    private final LeaseStore store;
    private final AddressAllocator addresses;
    private final BootAnswer6 bootAnswer;
    private final ReplyWriter6 writer;
    private final ListenerBoundary<Dhcp6ServerListener> listener;
    private final Clock clock;
    private final LogLimit logLimit = new LogLimit();

    /** @param interfaces the server's, each with its addresses */
    Dhcp6Responder(Dhcp6Server.Builder settings, Duid server, Map<String, List<Inet6Address>> interfaces) {
        this.settings = settings;
        this.server = server;
        this.ownAddresses = interfaces.values().stream()
                .flatMap(Collection::stream)
                .filter(address -> !address.isLinkLocalAddress())
                .toList();
        this.networks = new Networks6(settings.networks(ownAddresses), interfaces);
        this.classes = settings.clientClasses();
        this.admission = new Admission(settings);
        this.store = settings.leaseStore();
        this.addresses = new AddressAllocator(store, settings.offerTime());
        this.bootAnswer = new BootAnswer6(settings.bootFileParameters());
        this.writer = new ReplyWriter6(server);
        this.listener = settings.boundary();
        this.clock = settings.clock();
    }

    /** The answer to a message, on its way back through the relay agents; at most one. */
    Answer<Dhcp6Message> respond(Dhcp6Message received, Arrival6 arrival) {
        Recording recording = new Recording();
        try {
            return recording.answer(respond(received, arrival, recording));
        } catch (IOException e) {
            return Answer.failed(e);
        }
    }

    /** The answer to a message whose leases cannot be kept. A client that solicits had better turn to another server. */
    Answer<Dhcp6Message> failed(Dhcp6Message received, Throwable failure) {
        if (received.innermost().type().equals(Dhcp6MessageType.SOLICIT)) {
            return Answer.of(ignore(received, "lease store failed: " + failure.getMessage()));
        }
        Recording nothing = new Recording();
        Dhcp6Message status = writer.status(received, StatusCode.UNSPEC_FAIL, "the lease store failed");
        return nothing.answer(answered(received, status, nothing));
    }

    private Optional<Dhcp6Message> respond(Dhcp6Message received, Arrival6 arrival, Recording recording)
            throws IOException {
        Optional<String> unusable = fault(received, arrival);
        if (unusable.isPresent()) {
            return ignore(received, unusable.get());
        }
        Dhcp6Client client = Dhcp6Client.of(received, arrival.sender());
        Optional<String> unwanted = admission.fault(client.facts());
        if (unwanted.isPresent()) {
            return ignore(received, unwanted.get());
        }
        if (!received.isRelay() && arrival.unicast()) {
            return answered(
                    received,
                    writer.status(received, StatusCode.USE_MULTICAST, "send to the multicast address ff02::1:2"),
                    recording);
        }
        Optional<Network6> network = networks.of(received, arrival);
        if (network.isEmpty()) {
            return ignore(
                    received,
                    "no subnet for this client: add one that holds its relay agent's link-address or an address of interface "
                            + arrival.interfaceName());
        }
        return respond(new Dhcp6Request(
                received,
                client,
                network.get(),
                classes.stream().filter(each -> each.contains(client.facts())).toList(),
                recording));
    }

    /** Why a message must not be answered, or nothing. */
    private Optional<String> fault(Dhcp6Message received, Arrival6 arrival) {
        Dhcp6Message request = received.innermost();
        if (!received.isValidForServer()) {
            return Optional.of(received.diagnostics().stream()
                    .filter(diagnostic -> diagnostic.code().equals(DhcpDiagnostic.INVALID))
                    .findFirst()
                    .map(DhcpDiagnostic::message)
                    .orElse(request.type() + " is not for a server"));
        }
        if (!received.isRelay() && arrival.unicast() && MULTICAST_ONLY.contains(request.type())) {
            return Optional.of(request.type() + " by unicast");
        }
        Optional<Duid> picked = request.options().get(Dhcp6Option.SERVER_IDENTIFIER);
        if (picked.isPresent() && !picked.get().equals(server)) {
            return Optional.of("the message is for server " + picked.get());
        }
        long associations = request.options().entries().stream()
                .filter(option -> option.code() == Dhcp6Option.IA_NA.code()
                        || option.code() == Dhcp6Option.IA_TA.code()
                        || option.code() == Dhcp6Option.IA_PD.code())
                .count();
        if (associations > MOST_ASSOCIATIONS) {
            return Optional.of(associations + " identity associations (expected: at most " + MOST_ASSOCIATIONS + ")");
        }
        int addresses = request.options().getAll(Dhcp6Option.IA_NA).stream()
                .mapToInt(association -> association.addresses().size())
                .sum();
        return addresses > MOST_ADDRESSES
                ? Optional.of(addresses + " addresses (expected: at most " + MOST_ADDRESSES + ")")
                : Optional.empty();
    }

    private Optional<Dhcp6Message> respond(Dhcp6Request request) throws IOException {
        Dhcp6MessageType type = request.type();
        if (type.equals(Dhcp6MessageType.CONFIRM)) {
            return confirm(request);
        }
        Instant now = clock.instant();
        Associations6 associations =
                new Associations6(request, new Bindings6(store, addresses, request, now), listener, logLimit, now);
        if (type.equals(Dhcp6MessageType.RELEASE) || type.equals(Dhcp6MessageType.DECLINE)) {
            Dhcp6Message.Builder reply = writer.start(request.received(), Dhcp6MessageType.REPLY);
            associations.end(reply, settings.declineTime());
            return answered(request.received(), reply.build(), request.recording());
        }
        int strangers = associations.strangers();
        if (strangers > 0 && !admission.admitsNew(request.network(), strangers, now)) {
            return ignore(request.received(), TOO_MANY);
        }
        // Before anything is leased: the policy is the caller's and may throw.
        BootDecision decision = decide(request.client().facts());
        if (type.equals(Dhcp6MessageType.SOLICIT)) {
            return solicit(request, associations, decision);
        }
        Dhcp6Message.Builder reply = writer.start(request.received(), Dhcp6MessageType.REPLY);
        if (type.equals(Dhcp6MessageType.INFORMATION_REQUEST)) {
            return finish(request, associations, decision, reply);
        }
        if (type.equals(Dhcp6MessageType.REQUEST)) {
            associations.request(reply);
            return finish(request, associations, decision, reply);
        }
        if (type.equals(Dhcp6MessageType.RENEW)) {
            associations.renew(reply);
            return finish(request, associations, decision, reply);
        }
        if (type.equals(Dhcp6MessageType.REBIND)) {
            return associations.rebind(reply)
                    ? finish(request, associations, decision, reply)
                    : ignore(request.received(), "addresses of a client without a lease may be another server's");
        }
        return ignore(request.received(), "message type " + type + " is not served");
    }

    private Optional<Dhcp6Message> solicit(Dhcp6Request request, Associations6 associations, BootDecision decision)
            throws IOException {
        boolean rapid = settings.isRapidCommit() && request.message().options().contains(Dhcp6Option.RAPID_COMMIT);
        Dhcp6Message.Builder answer =
                writer.start(request.received(), rapid ? Dhcp6MessageType.REPLY : Dhcp6MessageType.ADVERTISE);
        if (rapid) {
            answer.option(Dhcp6Option.RAPID_COMMIT, true);
        } else {
            settings.preference().ifPresent(preference -> answer.option(Dhcp6Option.PREFERENCE, preference));
        }
        associations.solicit(answer, rapid);
        return finish(request, associations, decision, answer);
    }

    /** RFC 8415 §18.3.3: whether all addresses fit the client's link, whoever gave them. */
    private Optional<Dhcp6Message> confirm(Dhcp6Request request) {
        Dhcp6Message received = request.received();
        List<Inet6Address> listed = Associations6.listed(request.message());
        if (listed.isEmpty()) {
            return ignore(received, "CONFIRM without addresses");
        }
        Network6 link = request.network();
        return answered(
                received,
                listed.stream().allMatch(link::contains)
                        ? writer.status(received, StatusCode.SUCCESS, "all addresses are on link " + link)
                        : writer.status(received, StatusCode.NOT_ON_LINK, "the link is " + link),
                request.recording());
    }

    /** What the policy decides; for a client that does not boot over the network, nothing to boot. */
    private BootDecision decide(BootClient client) {
        if (!client.isNetworkBoot()) {
            return BootDecision.ignore();
        }
        BootDecision decision = settings.policy().decide(client);
        listener.tell(l -> l.bootDecided(client, decision));
        return decision;
    }

    /** Adds what to boot and what the client asks for. */
    private Optional<Dhcp6Message> finish(
            Dhcp6Request request, Associations6 associations, BootDecision decision, Dhcp6Message.Builder answer) {
        Subnet6 subnet = associations.subnet().orElse(request.network().first());
        BootClient client = request.client().facts();
        BootDecision given = decision.firstChoice();
        Optional<Inet6Address> bootServer = bootServer(request.network(), subnet);
        Optional<String> misfit = BootAnswer6.misfit(client, given, bootServer);
        if (misfit.isPresent()) {
            LOG.atDebug().addKeyValue("client", client).log("boot decision not told: {}", misfit.get());
            listener.tell(l -> l.bootNotTold(client, decision, misfit.get()));
        } else {
            BootAnswer6.url(given, bootServer).ifPresent(url -> bootAnswer.write(answer, client, url));
        }
        ReplyWriter6.addOptions(answer, request.received(), request.options(subnet));
        return answered(request.received(), answer.build(), request.recording());
    }

    /** The address of the TFTP server as clients of a subnet reach it best. */
    private Optional<Inet6Address> bootServer(Network6 network, Subnet6 subnet) {
        return settings.bootServer()
                .or(() -> ownAddresses.stream().filter(subnet::contains).findFirst())
                .or(() -> ownAddresses.stream().filter(network::contains).findFirst())
                .or(() -> ownAddresses.stream().findFirst());
    }

    private Optional<Dhcp6Message> answered(Dhcp6Message received, Dhcp6Message answer, Recording recording) {
        Dhcp6Message whole;
        try {
            whole = Dhcp6Message.relayReply(received, answer);
        } catch (IllegalArgumentException e) {
            return ignore(received, "what the relay agents want back is too long: " + e.getMessage());
        }
        boolean offer = answer.type().equals(Dhcp6MessageType.ADVERTISE);
        recording.whenKept(() -> listener.tell(l -> {
            if (offer) {
                l.advertised(received, answer);
            } else {
                l.replied(received, answer);
            }
        }));
        return Optional.of(whole);
    }

    private Optional<Dhcp6Message> ignore(Dhcp6Message received, String reason) {
        LOG.atDebug().addKeyValue("message", received).log("ignored: {}", reason);
        listener.tell(l -> l.ignored(received, reason));
        return Optional.empty();
    }
}
