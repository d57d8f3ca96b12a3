package dev.pxekit.dhcp.v6;

import java.time.Duration;
import java.util.Optional;

/**
 * An identity association: the addresses or prefixes that a client asks for or gets under one number of its own (RFC 8415 §12).
 */
public sealed interface IdentityAssociation permits IaNa, IaTa, IaPd {

    /** Without end: a lifetime or time of 0xffffffff seconds (RFC 8415 §7.7). */
    Duration INFINITY = Duration.ofSeconds(0xffff_ffffL);

    /** The largest IAID. */
    long LARGEST_IAID = 0xffff_ffffL;

    /** {@return the association's number (IAID), 0 to 4294967295, one of the client's own for each interface} */
    long iaid();

    /** {@return the options inside: addresses or prefixes, and a status} */
    Dhcp6Options options();

    /** {@return the status of the association; absent means success} */
    default Optional<Status> status() {
        return options().get(Dhcp6Option.STATUS_CODE);
    }
}
