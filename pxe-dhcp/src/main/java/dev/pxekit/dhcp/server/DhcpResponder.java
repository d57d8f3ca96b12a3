package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.pxe.BootClient;
import java.io.IOException;
import java.net.Inet4Address;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's side of RFC 2131 §4.3: one request in, at most one reply out, leases in the store. */
final class DhcpResponder {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpResponder.class);
    private static final Duration SHORTEST_LEASE_TIME = Duration.ofSeconds(60);

    private final Subnets subnets;
    private final Inet4Address server;
    private final AddressAllocator addresses;
    private final BootQuestion boot;
    private final ReplyWriter writer;
    private final SafeListener listener;
    private final Clock clock;
    private final Duration declineTime;
    private final boolean authoritative;

    DhcpResponder(DhcpServer.Builder settings, Inet4Address server) {
        this.server = server;
        this.subnets = new Subnets(settings.subnets(), server);
        this.addresses = new AddressAllocator(settings.leaseStore(), settings.offerTime());
        this.listener = settings.safeListener();
        this.boot = new BootQuestion(settings.policy(), listener);
        this.writer = new ReplyWriter(server);
        this.clock = settings.clock();
        this.declineTime = settings.declineTime();
        this.authoritative = settings.isAuthoritative();
    }

    Optional<DhcpPacket> respond(DhcpPacket request) {
        Optional<String> unusable = RequestCheck.fault(request);
        if (unusable.isPresent()) {
            return ignore(request, unusable.get());
        }
        Optional<Subnet> subnet = subnets.of(request);
        if (subnet.isEmpty()) {
            return ignore(request, "no subnet for this client: add one that holds its relay agent or this server");
        }
        try {
            return respond(request, request.messageType().orElseThrow(), subnet.get());
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("client", request.clientHardwareAddress())
                    .setCause(e)
                    .log("lease store failed, request dropped");
            return ignore(request, "lease store failed: " + e.getMessage());
        }
    }

    private Optional<DhcpPacket> respond(DhcpPacket request, MessageType type, Subnet subnet) throws IOException {
        if (type.equals(MessageType.DISCOVER)) {
            return discover(request, subnet);
        }
        if (type.equals(MessageType.REQUEST)) {
            return request(request, subnet);
        }
        if (type.equals(MessageType.DECLINE)) {
            return decline(request, subnet);
        }
        if (type.equals(MessageType.RELEASE)) {
            return release(request, subnet);
        }
        if (type.equals(MessageType.INFORM)) {
            return inform(request, subnet);
        }
        return ignore(request, "message type " + type + " is not for a server");
    }

    private Optional<DhcpPacket> discover(DhcpPacket request, Subnet subnet) throws IOException {
        Optional<BootDecision> decision = boot.ask(BootClient.of(request));
        Optional<DhcpPacket> reply =
                writer.lease(request, MessageType.OFFER, subnet, leaseTime(request, subnet), decision);
        if (reply.isEmpty()) {
            return ignore(request, ReplySize.fault(request));
        }
        Optional<Lease> lease = addresses.offer(
                claimant(request),
                subnet.pools(),
                request.options().get(DhcpOption.REQUESTED_ADDRESS),
                clock.instant());
        if (lease.isEmpty()) {
            LOG.atWarn().addKeyValue("subnet", subnet).log("no free address: make its pools larger or leases shorter");
            return ignore(request, "no free address in subnet " + subnet);
        }
        DhcpPacket offer = reply.get().toBuilder()
                .yourAddress((Inet4Address) lease.get().address())
                .build();
        listener.tell(l -> l.offered(request, offer));
        return Optional.of(offer);
    }

    /** The four cases of RFC 2131 §4.3.2, told apart by options 54 and 50 and by {@code ciaddr}. */
    private Optional<DhcpPacket> request(DhcpPacket request, Subnet subnet) throws IOException {
        Optional<Inet4Address> picked = request.options().get(DhcpOption.SERVER_IDENTIFIER);
        Optional<Inet4Address> wanted = request.options().get(DhcpOption.REQUESTED_ADDRESS);
        if (picked.isPresent()) {
            return picked.get().equals(server)
                    ? selecting(request, subnet, wanted)
                    : selectingOther(request, subnet, picked.get());
        }
        if (!request.clientAddress().isAnyLocalAddress()) {
            return renewing(request, subnet, request.clientAddress());
        }
        return wanted.isPresent()
                ? rebooting(request, subnet, wanted.get())
                : ignore(request, "REQUEST without server identifier, requested address and ciaddr");
    }

    private Optional<DhcpPacket> selecting(DhcpPacket request, Subnet subnet, Optional<Inet4Address> wanted)
            throws IOException {
        if (wanted.isEmpty()) {
            return ignore(request, "REQUEST of an offer without requested address");
        }
        Optional<Inet4Address> held = find(subnet, request).map(lease -> (Inet4Address) lease.address());
        if (held.isPresent() && !held.equals(wanted)) {
            return refuse(request, wanted.get().getHostAddress() + " was not offered to this client");
        }
        return acknowledge(request, subnet, wanted.get());
    }

    private Optional<DhcpPacket> selectingOther(DhcpPacket request, Subnet subnet, Inet4Address picked)
            throws IOException {
        Optional<Lease> offered = find(subnet, request).filter(lease -> lease.state() == Lease.State.OFFERED);
        if (offered.isPresent()) {
            Instant now = clock.instant();
            addresses.claim(offered.get().to(Lease.State.RELEASED, now), now);
        }
        return ignore(request, "the client picked server " + picked.getHostAddress());
    }

    /** INIT-REBOOT. An address of another network is wrong whoever gave it (RFC 2131 §4.3.2). */
    private Optional<DhcpPacket> rebooting(DhcpPacket request, Subnet subnet, Inet4Address wanted) throws IOException {
        if (!subnet.contains(wanted)) {
            return refuse(request, wanted.getHostAddress() + " is not an address of subnet " + subnet);
        }
        Optional<Inet4Address> held = leased(request, subnet);
        if (held.isEmpty()) {
            return anothers(request, wanted);
        }
        return held.get().equals(wanted)
                ? acknowledge(request, subnet, wanted)
                : refuse(request, "the client's address is " + held.get().getHostAddress());
    }

    /**
     * RENEWING and REBINDING. A client that has an address of the pools and is not known keeps it if nobody else has it: the
     * server lost its leases. An address outside the pools is another server's to extend or refuse.
     */
    private Optional<DhcpPacket> renewing(DhcpPacket request, Subnet subnet, Inet4Address address) throws IOException {
        Optional<Inet4Address> held = leased(request, subnet);
        if (held.isEmpty() && !subnet.leases(address)) {
            return anothers(request, address);
        }
        return held.isEmpty() || held.get().equals(address)
                ? acknowledge(request, subnet, address)
                : refuse(request, "the client's address is " + held.get().getHostAddress());
    }

    /**
     * The address that this server has leased to the client and that is the client's still. An offer, or a lease that ended or
     * was given back, says nothing of where the client went since.
     */
    private Optional<Inet4Address> leased(DhcpPacket request, Subnet subnet) throws IOException {
        Instant now = clock.instant();
        return addresses
                .find(claimant(request), subnet.pools())
                .filter(lease -> lease.state() == Lease.State.BOUND && lease.isActive(now))
                .map(lease -> (Inet4Address) lease.address());
    }

    /** A server without a record of the client must remain silent (RFC 2131 §4.3.2), unless it is the only one. */
    private Optional<DhcpPacket> anothers(DhcpPacket request, Inet4Address address) {
        return authoritative
                ? refuse(request, "no lease of this client")
                : ignore(request, address.getHostAddress() + " of a client without a lease may be another server's");
    }

    private Optional<DhcpPacket> acknowledge(DhcpPacket request, Subnet subnet, Inet4Address address)
            throws IOException {
        Optional<BootDecision> decision = boot.ask(BootClient.of(request));
        Duration leaseTime = leaseTime(request, subnet);
        Optional<DhcpPacket> reply = writer.lease(request, MessageType.ACK, subnet, leaseTime, decision);
        if (reply.isEmpty()) {
            return ignore(request, ReplySize.fault(request));
        }
        Instant now = clock.instant();
        Lease lease = claimant(request).lease(address, Lease.State.BOUND, now.plus(leaseTime));
        if (!subnet.leases(address) || addresses.claim(lease, now).isEmpty()) {
            return refuse(request, address.getHostAddress() + " is in no pool or another client's");
        }
        DhcpPacket acknowledgement =
                reply.get().toBuilder().yourAddress(address).build();
        listener.tell(l -> l.acknowledged(request, acknowledgement));
        return Optional.of(acknowledgement);
    }

    private Optional<DhcpPacket> inform(DhcpPacket request, Subnet subnet) {
        Optional<DhcpPacket> reply = writer.inform(request, subnet, boot.ask(BootClient.of(request)));
        if (reply.isEmpty()) {
            return ignore(request, ReplySize.fault(request));
        }
        listener.tell(l -> l.acknowledged(request, reply.get()));
        return reply;
    }

    /** Only the client that has an address can decline it: a stranger must not empty the pool. */
    private Optional<DhcpPacket> decline(DhcpPacket request, Subnet subnet) throws IOException {
        Optional<Lease> lease = ownLease(request, subnet, request.options().get(DhcpOption.REQUESTED_ADDRESS));
        if (lease.isEmpty()) {
            return ignore(request, "DECLINE of an address that is not the client's");
        }
        Instant now = clock.instant();
        addresses
                .claim(lease.get().to(Lease.State.DECLINED, now.plus(declineTime)), now)
                .ifPresent(declined -> {
                    LOG.atWarn()
                            .addKeyValue("address", declined.address())
                            .addKeyValue("client", declined.client())
                            .log("address declined: another machine uses it");
                    listener.tell(l -> l.declined(request, declined));
                });
        return Optional.empty();
    }

    private Optional<DhcpPacket> release(DhcpPacket request, Subnet subnet) throws IOException {
        Optional<Lease> lease = ownLease(request, subnet, Optional.of(request.clientAddress()));
        if (lease.isEmpty()) {
            return ignore(request, "RELEASE of an address that is not the client's");
        }
        Instant now = clock.instant();
        addresses
                .claim(lease.get().to(Lease.State.RELEASED, now), now)
                .ifPresent(released -> listener.tell(l -> l.released(request, released)));
        return Optional.empty();
    }

    private Optional<Lease> ownLease(DhcpPacket request, Subnet subnet, Optional<Inet4Address> address)
            throws IOException {
        Optional<Inet4Address> picked = request.options().get(DhcpOption.SERVER_IDENTIFIER);
        if (picked.isPresent() && !picked.get().equals(server)) {
            return Optional.empty();
        }
        return find(subnet, request)
                .filter(lease -> lease.state() != Lease.State.RELEASED)
                .filter(lease -> address.filter(lease.address()::equals).isPresent());
    }

    private Optional<DhcpPacket> refuse(DhcpPacket request, String reason) {
        Optional<DhcpPacket> refusal = writer.refusal(request, reason);
        if (refusal.isEmpty()) {
            return ignore(request, ReplySize.fault(request));
        }
        listener.tell(l -> l.refused(request, refusal.get(), reason));
        return refusal;
    }

    private Optional<DhcpPacket> ignore(DhcpPacket request, String reason) {
        LOG.atDebug().addKeyValue("client", request.clientHardwareAddress()).log("ignored: {}", reason);
        listener.tell(l -> l.ignored(request, reason));
        return Optional.empty();
    }

    private Optional<Lease> find(Subnet subnet, DhcpPacket request) throws IOException {
        return addresses.find(claimant(request), subnet.pools());
    }

    private static AddressAllocator.Claimant claimant(DhcpPacket request) {
        return new AddressAllocator.Claimant(
                ClientIdentifier.of(request),
                request.clientHardwareAddress(),
                request.options().get(DhcpOption.HOST_NAME).orElse(""));
    }

    /** The subnet's lease time, or a shorter one that the client asks for. */
    private static Duration leaseTime(DhcpPacket request, Subnet subnet) {
        return request.options()
                .get(DhcpOption.LEASE_TIME)
                .filter(asked -> asked.compareTo(subnet.leaseTime()) < 0)
                .map(asked -> asked.compareTo(SHORTEST_LEASE_TIME) < 0 ? SHORTEST_LEASE_TIME : asked)
                .orElse(subnet.leaseTime());
    }
}
