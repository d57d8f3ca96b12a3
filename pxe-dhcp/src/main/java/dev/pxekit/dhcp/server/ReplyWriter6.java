package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import dev.pxekit.dhcp.v6.IaPd;
import dev.pxekit.dhcp.v6.IaTa;
import dev.pxekit.dhcp.v6.IdentityAssociation;
import dev.pxekit.dhcp.v6.Status;
import dev.pxekit.dhcp.v6.StatusCode;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;

/**
 * Composes answers: client identifier, server identifier, then the identity associations, what to boot, and those of the options
 * of its subnet and classes that the client asks for, in its order.
 */
final class ReplyWriter6 {

    private final Duid server;

    ReplyWriter6(Duid server) {
        this.server = server;
    }

    Dhcp6Message.Builder start(Dhcp6Message request, Dhcp6MessageType type) {
        return Dhcp6Message.replyTo(request, type).option(Dhcp6Option.SERVER_IDENTIFIER, server);
    }

    /** An answer with a status and nothing else. */
    Dhcp6Message status(Dhcp6Message request, StatusCode code, String message) {
        return start(request, Dhcp6MessageType.REPLY)
                .option(Dhcp6Option.STATUS_CODE, new Status(code, message))
                .build();
    }

    /** An association with its address, and those that the client is to give up: their lifetimes are 0. */
    static IaNa leased(long iaid, Lifetimes6 lifetimes, Lease lease, List<Inet6Address> ended) {
        Dhcp6Options.Builder addresses = Dhcp6Options.builder()
                .add(
                        Dhcp6Option.IA_ADDRESS,
                        new IaAddress(
                                (Inet6Address) lease.address(),
                                lifetimes.preferred(),
                                lifetimes.valid(),
                                Dhcp6Options.EMPTY));
        addEnded(addresses, ended);
        return new IaNa(iaid, lifetimes.tenths(5), lifetimes.tenths(8), addresses.build());
    }

    /** An association whose addresses are not on the client's link, or no longer the client's. */
    static IaNa ended(long iaid, List<Inet6Address> ended) {
        Dhcp6Options.Builder addresses = Dhcp6Options.builder();
        addEnded(addresses, ended);
        return new IaNa(iaid, Duration.ZERO, Duration.ZERO, addresses.build());
    }

    private static void addEnded(Dhcp6Options.Builder addresses, List<Inet6Address> ended) {
        for (Inet6Address address : ended) {
            addresses.add(
                    Dhcp6Option.IA_ADDRESS, new IaAddress(address, Duration.ZERO, Duration.ZERO, Dhcp6Options.EMPTY));
        }
    }

    /** An association of any kind without addresses and with a status. */
    static void refuse(Dhcp6Message.Builder answer, IdentityAssociation association, Status status) {
        Dhcp6Options options =
                Dhcp6Options.builder().add(Dhcp6Option.STATUS_CODE, status).build();
        long iaid = association.iaid();
        if (association instanceof IaNa) {
            answer.addOption(Dhcp6Option.IA_NA, new IaNa(iaid, Duration.ZERO, Duration.ZERO, options));
        } else if (association instanceof IaTa) {
            answer.addOption(Dhcp6Option.IA_TA, new IaTa(iaid, options));
        } else {
            answer.addOption(Dhcp6Option.IA_PD, new IaPd(iaid, Duration.ZERO, Duration.ZERO, options));
        }
    }

    /** What the client asks for of some options, but for what the answer has already. */
    static void addOptions(Dhcp6Message.Builder answer, Dhcp6Message request, Dhcp6Options options) {
        List<Integer> asked =
                request.innermost().options().get(Dhcp6Option.OPTION_REQUEST).orElse(List.of());
        boolean stateless = request.innermost().type().equals(Dhcp6MessageType.INFORMATION_REQUEST);
        asked.stream()
                .distinct()
                // The refresh time is for clients without a lease (RFC 8415 §21.23).
                .filter(code -> stateless || code != Dhcp6Option.INFORMATION_REFRESH_TIME.code())
                .forEach(code -> options.entries().stream()
                        .filter(option -> option.code() == code)
                        .forEach(option -> answer.addOptions(Dhcp6Options.builder()
                                .add(option.code(), option.value())
                                .build())));
    }
}
