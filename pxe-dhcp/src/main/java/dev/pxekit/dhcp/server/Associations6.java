package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import dev.pxekit.dhcp.v6.IdentityAssociation;
import dev.pxekit.dhcp.v6.Status;
import dev.pxekit.dhcp.v6.StatusCode;
import java.io.IOException;
import java.net.Inet6Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the identity associations of one message (RFC 8415 §18.3), written into its answer: one for each that the
 * client sent, in its order; of those with the same number the first counts. Temporary addresses and prefixes are not given.
 */
final class Associations6 {

    private static final Logger LOG = LoggerFactory.getLogger(Associations6.class);

    private static final Status NO_ADDRESSES = new Status(StatusCode.NO_ADDRS_AVAIL, "no address is free");
    private static final Status NO_TEMPORARY = new Status(StatusCode.NO_ADDRS_AVAIL, "no temporary addresses here");
    private static final Status NO_PREFIXES = new Status(StatusCode.NO_PREFIX_AVAIL, "no prefixes here");
    private static final Status NO_BINDING = new Status(StatusCode.NO_BINDING, "no lease of this client");

    private final Dhcp6Request request;
    private final Bindings6 bindings;
    private final ListenerBoundary<Dhcp6ServerListener> listener;
    private final LogLimit logLimit;
    private final Instant now;
    private Optional<Subnet6> subnet = Optional.empty();

    /** @param logLimit the server's */
    Associations6(
            Dhcp6Request request,
            Bindings6 bindings,
            ListenerBoundary<Dhcp6ServerListener> listener,
            LogLimit logLimit,
            Instant now) {
        this.request = request;
        this.bindings = bindings;
        this.listener = listener;
        this.logLimit = logLimit;
        this.now = now;
    }

    /** The subnet of the first address that was given. */
    Optional<Subnet6> subnet() {
        return subnet;
    }

    /** Every address that a message has in associations of addresses. */
    static List<Inet6Address> listed(Dhcp6Message message) {
        return Stream.concat(
                        message.options().getAll(Dhcp6Option.IA_NA).stream().flatMap(ia -> ia.addresses().stream()),
                        message.options().getAll(Dhcp6Option.IA_TA).stream().flatMap(ia -> ia.addresses().stream()))
                .map(IaAddress::address)
                .toList();
    }

    private List<IaNa> associations() {
        return firstOfEach(request.message().options().getAll(Dhcp6Option.IA_NA));
    }

    private static <T extends IdentityAssociation> List<T> firstOfEach(List<T> all) {
        Map<Long, T> first = new LinkedHashMap<>();
        all.forEach(association -> first.putIfAbsent(association.iaid(), association));
        return List.copyOf(first.values());
    }

    /**
     * How many associations would get an address that never had one. That is one less if the client has a reserved address; what
     * another server leases is not counted.
     */
    int strangers() throws IOException {
        boolean holding =
                request.type().equals(Dhcp6MessageType.RENEW) || request.type().equals(Dhcp6MessageType.REBIND);
        int strangers = request.reserved().isPresent() ? -1 : 0;
        for (IaNa association : associations()) {
            boolean asks = !holding
                    || association.addresses().isEmpty()
                    || association.addresses().stream().anyMatch(listed -> request.mayHave(listed.address()));
            if (asks && bindings.isUnknown(association)) {
                strangers++;
            }
        }
        return Math.max(0, strangers);
    }

    /** RFC 8415 §18.3.1 and §18.3.9. */
    void solicit(Dhcp6Message.Builder answer, boolean rapidCommit) throws IOException {
        for (IaNa association : associations()) {
            Optional<Lease> lease = bindings.offer(association);
            if (rapidCommit && lease.isPresent()) {
                lease = bindings.bind(lease.get());
                lease.ifPresent(this::tellLeased);
            }
            give(answer, association, lease);
        }
        refuseOthers(answer, NO_TEMPORARY, NO_PREFIXES);
    }

    /** RFC 8415 §18.3.2. */
    void request(Dhcp6Message.Builder answer) throws IOException {
        for (IaNa association : associations()) {
            boolean onLink = association.addresses().stream()
                    .allMatch(listed -> request.network().contains(listed.address()));
            if (onLink) {
                giveAny(answer, association);
            } else {
                refuse(answer, association, new Status(StatusCode.NOT_ON_LINK, "the link is " + request.network()));
            }
        }
        refuseOthers(answer, NO_TEMPORARY, NO_PREFIXES);
    }

    /** RFC 8415 §18.3.4. An association without addresses asks for its first one (RFC 8415 §18.2.4). */
    void renew(Dhcp6Message.Builder answer) throws IOException {
        for (IaNa association : associations()) {
            if (association.addresses().isEmpty()) {
                giveAny(answer, association);
            } else if (!extend(answer, association)) {
                refuse(answer, association, NO_BINDING);
            }
        }
        refuseOthers(answer, NO_BINDING, NO_BINDING);
    }

    /**
     * RFC 8415 §18.3.5. An address that is of this server's pools and not this client's, or not of the client's link, has ended; one of
     * the link outside of the pools may be another server's, who will answer.
     *
     * @return whether there is anything to tell the client
     */
    boolean rebind(Dhcp6Message.Builder answer) throws IOException {
        boolean any = false;
        for (IaNa association : associations()) {
            if (association.addresses().isEmpty()) {
                giveAny(answer, association);
                any = true;
            } else if (extend(answer, association)) {
                any = true;
            } else {
                List<Inet6Address> ended = association.addresses().stream()
                        .map(IaAddress::address)
                        .filter(address -> !request.network().contains(address)
                                || request.network().leases(address))
                        .toList();
                if (!ended.isEmpty()) {
                    answer.addOption(Dhcp6Option.IA_NA, ReplyWriter6.ended(association.iaid(), ended));
                    any = true;
                }
            }
        }
        return any;
    }

    /** RELEASE and DECLINE (RFC 8415 §18.3.7 and §18.3.8): success of the whole, and NoBinding for each unknown association. */
    void end(Dhcp6Message.Builder answer, Duration declineTime) throws IOException {
        boolean declined = request.message().type().equals(Dhcp6MessageType.DECLINE);
        for (IaNa association : associations()) {
            boolean known = false;
            for (IaAddress listed : association.addresses()) {
                Optional<Lease> ended = bindings.end(
                        association.iaid(),
                        listed.address(),
                        declined ? Lease.State.DECLINED : Lease.State.RELEASED,
                        declined ? now.plus(declineTime) : now);
                ended.ifPresent(lease -> tellEnded(lease, declined));
                known |= ended.isPresent();
            }
            if (!known) {
                refuse(answer, association, NO_BINDING);
            }
        }
        refuseOthers(answer, NO_BINDING, NO_BINDING);
        answer.option(Dhcp6Option.STATUS_CODE, new Status(StatusCode.SUCCESS, declined ? "declined" : "released"));
    }

    private void giveAny(Dhcp6Message.Builder answer, IaNa association) throws IOException {
        Optional<Lease> offered = bindings.offer(association);
        Optional<Lease> lease = offered.isPresent() ? bindings.bind(offered.get()) : Optional.empty();
        lease.ifPresent(this::tellLeased);
        give(answer, association, lease);
    }

    private void give(Dhcp6Message.Builder answer, IaNa association, Optional<Lease> lease) {
        if (lease.isPresent()) {
            answer.addOption(Dhcp6Option.IA_NA, leased(association, lease.get(), List.of()));
            return;
        }
        if (!request.pools().isEmpty()) {
            LOG.atDebug()
                    .addKeyValue("network", request.network())
                    .log("no free address: make its pools larger or lifetimes shorter");
        }
        refuse(answer, association, NO_ADDRESSES);
    }

    /** Extends the lease of an association or takes over one that the server does not know; the other addresses listed end. */
    private boolean extend(Dhcp6Message.Builder answer, IaNa association) throws IOException {
        Optional<Lease> extended = bindings.extend(association);
        Optional<Lease> lease = extended.isPresent() ? extended : bindings.bindListed(association);
        if (lease.isEmpty()) {
            return false;
        }
        tellLeased(lease.get());
        List<Inet6Address> ended = new ArrayList<>();
        for (IaAddress listed : association.addresses()) {
            if (!listed.address().equals(lease.get().address()) && !ended.contains(listed.address())) {
                ended.add(listed.address());
            }
        }
        answer.addOption(Dhcp6Option.IA_NA, leased(association, lease.get(), ended));
        return true;
    }

    private IaNa leased(IaNa association, Lease lease, List<Inet6Address> ended) {
        subnet = subnet.or(() -> request.network().subnet(lease.address()));
        return ReplyWriter6.leased(association.iaid(), request.lifetimes(lease.address()), lease, ended);
    }

    private void refuseOthers(Dhcp6Message.Builder answer, Status temporary, Status prefixes) {
        firstOfEach(request.message().options().getAll(Dhcp6Option.IA_TA))
                .forEach(association -> refuse(answer, association, temporary));
        firstOfEach(request.message().options().getAll(Dhcp6Option.IA_PD))
                .forEach(association -> refuse(answer, association, prefixes));
    }

    private void refuse(Dhcp6Message.Builder answer, IdentityAssociation association, Status status) {
        ReplyWriter6.refuse(answer, association, status);
        tell(l -> l.refused(request.received(), association.iaid(), status));
    }

    private void tellLeased(Lease lease) {
        tell(l -> l.leased(request.received(), lease));
    }

    /** When the leases of the message are kept. */
    private void tell(Consumer<Dhcp6ServerListener> what) {
        request.recording().whenKept(() -> listener.tell(what));
    }

    private void tellEnded(Lease lease, boolean declined) {
        if (declined) {
            logLimit.log(
                    request.network() + ": declined",
                    now,
                    declines -> LOG.atWarn()
                            .addKeyValue("address", lease.address())
                            .addKeyValue("client", lease.client())
                            .addKeyValue("declines", declines),
                    "address declined: another machine uses it");
            tell(l -> l.declined(request.received(), lease));
        } else {
            tell(l -> l.released(request.received(), lease));
        }
    }
}
