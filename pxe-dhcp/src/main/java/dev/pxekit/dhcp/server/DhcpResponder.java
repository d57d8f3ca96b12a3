package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.pxe.BootClient;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's side of RFC 2131 §4.3: one request in, at most one reply out, leases in the store. */
final class DhcpResponder {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpResponder.class);

    private static final String TOO_MANY = "more new clients than the limit";

    private final Set<Inet4Address> ownAddresses;
    private final Networks networks;
    private final ReservationTable reservations;
    private final List<ClientClass> classes;
    private final Admission admission;
    private final Leasing leasing;
    private final BootQuestion boot;
    private final ReplyWriter writer;
    private final ListenerBoundary<DhcpServerListener> listener;
    private final Clock clock;
    private final Duration declineTime;
    private final boolean authoritative;
    private final boolean rapidCommit;
    private final boolean dynamicBootp;
    private final @Nullable ConflictWatch conflicts;
    private final LogLimit logLimit = new LogLimit();

    /** @param conflicts looks at offered addresses, if anything does */
    DhcpResponder(DhcpServer.Builder settings, @Nullable ConflictWatch conflicts) {
        this.ownAddresses = Set.copyOf(settings.addresses());
        this.reservations = new ReservationTable(settings.reservations());
        List<Network> all = settings.networks(reservations.addresses());
        this.networks = new Networks(all);
        this.classes = settings.clientClasses();
        this.admission = new Admission(settings);
        this.leasing = new Leasing(settings.leaseStore(), settings.offerTime(), reservations);
        this.listener = settings.boundary();
        this.boot = new BootQuestion(settings.policy(), listener);
        this.writer = new ReplyWriter(new OptionInheritance(settings.options(), all));
        this.clock = settings.clock();
        this.declineTime = settings.declineTime();
        this.authoritative = settings.isAuthoritative();
        this.rapidCommit = settings.isRapidCommit();
        this.dynamicBootp = settings.isDynamicBootp();
        this.conflicts = conflicts;
    }

    /**
     * Answers, or does not.
     *
     * @param server the server's address where the packet came in
     * @param sender the address that the packet came from
     */
    Answer<DhcpPacket> respond(DhcpPacket packet, Inet4Address server, InetAddress sender) {
        Optional<String> unusable = RequestCheck.fault(packet);
        if (unusable.isPresent()) {
            return Answer.of(ignore(packet, unusable.get()));
        }
        Optional<Network> network = networks.of(packet, server, sender);
        if (network.isEmpty()) {
            return Answer.of(
                    ignore(packet, "no subnet for this client: add one that holds its relay agent or this server"));
        }
        BootClient client = BootClient.of(packet);
        Optional<String> unwanted = admission.fault(client);
        if (unwanted.isPresent()) {
            return Answer.of(ignore(packet, unwanted.get()));
        }
        ClientRequest request = new ClientRequest(
                packet,
                client,
                server,
                network.get(),
                reservations.of(client, network.get()),
                classes.isEmpty()
                        ? classes
                        : classes.stream().filter(each -> each.contains(client)).toList());
        try {
            Optional<DhcpPacket> reply = packet.messageType().isPresent()
                    ? respond(request, packet.messageType().get())
                    : bootp(request);
            return request.recording().answer(reply);
        } catch (IOException e) {
            return Answer.failed(e);
        }
    }

    private Optional<DhcpPacket> respond(ClientRequest request, MessageType type) throws IOException {
        if (type.equals(MessageType.DISCOVER)) {
            return discover(request);
        }
        if (type.equals(MessageType.REQUEST)) {
            return request(request);
        }
        if (type.equals(MessageType.DECLINE)) {
            return decline(request);
        }
        if (type.equals(MessageType.RELEASE)) {
            return release(request);
        }
        if (type.equals(MessageType.INFORM)) {
            return inform(request);
        }
        return ignore(request, "message type " + type + " is not for a server");
    }

    private Optional<DhcpPacket> discover(ClientRequest request) throws IOException {
        Instant now = clock.instant();
        if (!admits(request, now)) {
            return turnAway(request, now, TOO_MANY);
        }
        Optional<Lease> lease = leasing.offer(request, now);
        if (lease.isEmpty()) {
            return turnAway(request, now, noAddress(request));
        }
        Inet4Address address = (Inet4Address) lease.get().address();
        boolean unchecked = conflicts != null && lease.get().state() == Lease.State.OFFERED;
        if (rapidCommit && !unchecked && request.packet().options().contains(DhcpOption.RAPID_COMMIT)) {
            return acknowledge(request, address);
        }
        Subnet subnet = request.network().subnet(address).orElseThrow();
        Optional<DhcpPacket> offer = writer.lease(
                request, MessageType.OFFER, subnet, address, request.leaseTime(subnet), boot.ask(request.client()));
        if (offer.isEmpty()) {
            return ignore(request, ReplySize.fault(request.packet()));
        }
        if (lease.get().state() == Lease.State.OFFERED) {
            lookForConflict(request, lease.get());
        }
        listener.tell(l -> l.offered(request.packet(), offer.get()));
        return offer;
    }

    /**
     * Clients that the server knows are served whatever others do. A reservation counts as far as its address can be had: many
     * clients can say that they are the machine, or on the port, that has one.
     */
    private boolean admits(ClientRequest request, Instant now) throws IOException {
        return !leasing.find(request).isEmpty()
                || leasing.canHaveReserved(request, now)
                || admission.admitsNew(request.network(), now);
    }

    private void lookForConflict(ClientRequest request, Lease offered) {
        if (conflicts != null) {
            conflicts.offered(
                    (Inet4Address) offered.address(),
                    request.packet().clientHardwareAddress(),
                    () -> inUse(request, offered));
        }
    }

    /** Another machine has an address that was offered: it rests, unless the client has it by now. */
    private void inUse(ClientRequest request, Lease offered) {
        Instant now = clock.instant();
        try {
            Optional<Lease> lease = leasing.find(request, offered.address());
            if (lease.filter(own -> own.state() == Lease.State.BOUND).isPresent()) {
                LOG.atWarn()
                        .addKeyValue("address", offered.address())
                        .addKeyValue("client", offered.client())
                        .log("address was acknowledged before another machine was found to use it");
            } else if (lease.filter(own -> own.state() == Lease.State.OFFERED).isPresent()) {
                leasing.end(offered, Lease.State.DECLINED, now, now.plus(declineTime))
                        .ifPresent(resting -> listener.tell(l -> l.conflictFound(request.packet(), resting)));
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("address", offered.address()).setCause(e).log("conflict not recorded");
        }
    }

    /** The four cases of RFC 2131 §4.3.2, told apart by options 54 and 50 and by {@code ciaddr}. */
    private Optional<DhcpPacket> request(ClientRequest request) throws IOException {
        DhcpPacket packet = request.packet();
        Optional<Inet4Address> picked = packet.options().get(DhcpOption.SERVER_IDENTIFIER);
        Optional<Inet4Address> wanted = packet.options().get(DhcpOption.REQUESTED_ADDRESS);
        boolean holding = !packet.clientAddress().isAnyLocalAddress();
        if (picked.isPresent() && !isOwn(request, picked.get())) {
            // The offer is left to end: the other server may share our leases, and the client be bound there by now.
            return ignore(request, "the client picked server " + picked.get().getHostAddress());
        }
        if (holding) {
            return renewing(request, packet.clientAddress());
        }
        if (wanted.isEmpty()) {
            return ignore(request, "REQUEST without requested address and ciaddr");
        }
        return picked.isPresent() ? selecting(request, wanted.get()) : rebooting(request, wanted.get());
    }

    /** A server identifier that a relay agent put in place of the server's (RFC 5107 §4) comes back with it. */
    private boolean isOwn(ClientRequest request, Inet4Address identifier) {
        return ownAddresses.contains(identifier)
                || request.serverIdentifierOverride().filter(identifier::equals).isPresent();
    }

    private Optional<DhcpPacket> selecting(ClientRequest request, Inet4Address wanted) throws IOException {
        List<Lease> known = leasing.find(request);
        if (!known.isEmpty()
                && known.stream().noneMatch(lease -> lease.address().equals(wanted))) {
            return refuse(request, wanted.getHostAddress() + " was not offered to this client");
        }
        if (conflicts != null) {
            conflicts.requested(wanted);
        }
        return acknowledge(request, wanted);
    }

    /** INIT-REBOOT. An address of another network is wrong whoever gave it (RFC 2131 §4.3.2). */
    private Optional<DhcpPacket> rebooting(ClientRequest request, Inet4Address wanted) throws IOException {
        if (!request.network().contains(wanted)) {
            return refuse(request, wanted.getHostAddress() + " is not an address of subnet " + request.network());
        }
        Optional<Lease> held = leasing.bound(request, clock.instant());
        return held.isEmpty() || (isNot(held, wanted) && isAnothersToGive(request, wanted))
                ? anothers(request, wanted)
                : keep(request, held.get(), wanted);
    }

    /**
     * RENEWING and REBINDING. A client that has an address that it may have and is not known keeps it if nobody else has it: the
     * server lost its leases.
     */
    private Optional<DhcpPacket> renewing(ClientRequest request, Inet4Address address) throws IOException {
        Instant now = clock.instant();
        Optional<Lease> held = leasing.bound(request, now);
        if (isNot(held, address) && isAnothersToGive(request, address)) {
            return anothers(request, address);
        }
        if (held.isPresent()) {
            return keep(request, held.get(), address);
        }
        return leasing.hasBetter(request, address, now)
                ? refuse(request, "another address is reserved for the client")
                : acknowledge(request, address);
    }

    private static boolean isNot(Optional<Lease> held, Inet4Address address) {
        return held.filter(lease -> lease.address().equals(address)).isEmpty();
    }

    /** An address that no pool and no reservation of this server has is another server's to extend or refuse. */
    private boolean isAnothersToGive(ClientRequest request, Inet4Address address) {
        return !request.mayHave(address) && !leasing.isReservedForAnother(request, address);
    }

    private Optional<DhcpPacket> keep(ClientRequest request, Lease held, Inet4Address address) throws IOException {
        if (!held.address().equals(address)) {
            return refuse(request, "the client's address is " + held.address().getHostAddress());
        }
        if (leasing.hasBetter(request, address, clock.instant())) {
            return refuse(request, "another address is reserved for the client");
        }
        return acknowledge(request, address);
    }

    /** A server without a record of the client must remain silent (RFC 2131 §4.3.2), unless it is the only one. */
    private Optional<DhcpPacket> anothers(ClientRequest request, Inet4Address address) {
        return authoritative
                ? refuse(request, "no lease of this client")
                : ignore(request, address.getHostAddress() + " of a client without a lease may be another server's");
    }

    private Optional<DhcpPacket> acknowledge(ClientRequest request, Inet4Address address) throws IOException {
        Optional<Subnet> subnet = request.network().subnet(address);
        if (subnet.isEmpty() || !request.mayHave(address)) {
            return refuse(request, address.getHostAddress() + " is in no pool for this client");
        }
        Instant now = clock.instant();
        if (!admits(request, now)) {
            return turnAway(request, now, TOO_MANY);
        }
        Duration leaseTime = request.leaseTime(subnet.get());
        Optional<BootDecision> decision = boot.ask(request.client());
        boolean rapid = request.packet()
                .messageType()
                .filter(MessageType.DISCOVER::equals)
                .isPresent();
        Optional<DhcpPacket> reply = rapid
                ? writer.rapidCommit(request, subnet.get(), address, leaseTime, decision)
                : writer.lease(request, MessageType.ACK, subnet.get(), address, leaseTime, decision);
        if (reply.isEmpty()) {
            return ignore(request, ReplySize.fault(request.packet()));
        }
        if (leasing.bind(request, address, now, leaseTime).isEmpty()) {
            String reason = address.getHostAddress() + " is another client's, or rests";
            return rapid ? ignore(request, reason) : refuse(request, reason);
        }
        request.recording().whenKept(() -> listener.tell(l -> l.acknowledged(request.packet(), reply.get())));
        return reply;
    }

    private Optional<DhcpPacket> inform(ClientRequest request) {
        Subnet subnet = request.network()
                .subnet(request.packet().clientAddress())
                .orElse(request.network().subnets().get(0));
        Optional<DhcpPacket> reply = writer.inform(request, subnet, boot.ask(request.client()));
        if (reply.isEmpty()) {
            return ignore(request, ReplySize.fault(request.packet()));
        }
        listener.tell(l -> l.acknowledged(request.packet(), reply.get()));
        return reply;
    }

    /** A client of BOOTP alone gets an address for good: the one reserved for it, or of the pools where that is permitted. */
    private Optional<DhcpPacket> bootp(ClientRequest request) throws IOException {
        Instant now = clock.instant();
        if (request.reservedAddress().isEmpty() && !dynamicBootp) {
            return ignore(request, "BOOTP client without a reserved address");
        }
        if (!admits(request, now)) {
            return turnAway(request, now, TOO_MANY);
        }
        Optional<Lease> lease = leasing.offer(request, now);
        if (lease.isEmpty()) {
            return turnAway(request, now, noAddress(request));
        }
        Inet4Address address = (Inet4Address) lease.get().address();
        Subnet subnet = request.network().subnet(address).orElseThrow();
        Optional<DhcpPacket> reply = writer.bootp(request, subnet, address, boot.askBootp(request.client()));
        if (reply.isEmpty()) {
            return ignore(request, "the reply is larger than what a BOOTP client takes");
        }
        if (leasing.bind(request, address, now, LeaseTime.WITHOUT_END).isEmpty()) {
            return ignore(request, address.getHostAddress() + " is another client's, or rests");
        }
        request.recording().whenKept(() -> listener.tell(l -> l.acknowledged(request.packet(), reply.get())));
        return reply;
    }

    /** Only the client that has an address can decline it: a stranger must not empty the pool. */
    private Optional<DhcpPacket> decline(ClientRequest request) throws IOException {
        Instant now = clock.instant();
        Optional<Lease> lease = ownLease(request, request.packet().options().get(DhcpOption.REQUESTED_ADDRESS))
                .filter(own -> own.state() == Lease.State.BOUND && own.isActive(now));
        if (lease.isEmpty()) {
            return ignore(request, "DECLINE of an address that is not the client's");
        }
        leasing.end(request, lease.get(), Lease.State.DECLINED, now, now.plus(declineTime))
                .ifPresent(declined -> request.recording().whenKept(() -> {
                    logLimit.log(
                            request.network() + ": declined",
                            now,
                            declines -> LOG.atWarn()
                                    .addKeyValue("address", declined.address())
                                    .addKeyValue("client", declined.client())
                                    .addKeyValue("declines", declines),
                            "address declined: another machine uses it");
                    listener.tell(l -> l.declined(request.packet(), declined));
                }));
        return Optional.empty();
    }

    private Optional<DhcpPacket> release(ClientRequest request) throws IOException {
        Optional<Lease> lease = ownLease(request, Optional.of(request.packet().clientAddress()));
        if (lease.isEmpty()) {
            return ignore(request, "RELEASE of an address that is not the client's");
        }
        Instant now = clock.instant();
        leasing.end(request, lease.get(), Lease.State.RELEASED, now, now)
                .ifPresent(released ->
                        request.recording().whenKept(() -> listener.tell(l -> l.released(request.packet(), released))));
        return Optional.empty();
    }

    private Optional<Lease> ownLease(ClientRequest request, Optional<Inet4Address> address) throws IOException {
        Optional<Inet4Address> picked = request.packet().options().get(DhcpOption.SERVER_IDENTIFIER);
        if (address.isEmpty()
                || picked.filter(identifier -> !isOwn(request, identifier)).isPresent()) {
            return Optional.empty();
        }
        return leasing.find(request, address.get()).filter(lease -> lease.state() != Lease.State.RELEASED);
    }

    private Optional<DhcpPacket> refuse(ClientRequest request, String reason) {
        Optional<DhcpPacket> refusal = writer.refusal(request, reason);
        if (refusal.isEmpty()) {
            return ignore(request, ReplySize.fault(request.packet()));
        }
        listener.tell(l -> l.refused(request.packet(), refusal.get(), reason));
        return refusal;
    }

    private static String noAddress(ClientRequest request) {
        return "no free address in subnet " + request.network() + ": make its pools larger or its leases shorter";
    }

    /** What an operator has to know of, however many clients there are that have none of it. */
    private Optional<DhcpPacket> turnAway(ClientRequest request, Instant now, String reason) {
        logLimit.log(
                request.network() + ": " + reason,
                now,
                requests -> LOG.atWarn()
                        .addKeyValue("network", request.network())
                        .addKeyValue("client", request.packet().clientHardwareAddress())
                        .addKeyValue("requests", requests),
                "not served: " + reason);
        return ignore(request, reason);
    }

    private Optional<DhcpPacket> ignore(ClientRequest request, String reason) {
        return ignore(request.packet(), reason);
    }

    private Optional<DhcpPacket> ignore(DhcpPacket packet, String reason) {
        LOG.atDebug().addKeyValue("client", packet.clientHardwareAddress()).log("ignored: {}", reason);
        listener.tell(l -> l.ignored(packet, reason));
        return Optional.empty();
    }
}
