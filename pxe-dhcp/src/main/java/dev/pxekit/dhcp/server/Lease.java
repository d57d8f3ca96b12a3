package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import java.net.Inet4Address;
import java.time.Instant;

/**
 * What a server knows of one address: who has it or had it last, and until when. A lease that has ended is kept, so that the
 * client gets its address back when it returns, until another client needs it. Immutable.
 *
 * @param address the address
 * @param client who has it, or had it last
 * @param hardwareAddress the client's hardware address
 * @param state how far it went
 * @param expiresAt when it ends, or ended
 */
public record Lease(
        Inet4Address address,
        ClientIdentifier client,
        HardwareAddress hardwareAddress,
        State state,
        Instant expiresAt) {

    /** How far a lease went. */
    public enum State {

        /** Offered and held for a moment; the client has not asked for it yet. */
        OFFERED,

        /** Acknowledged: the client may use the address until the lease ends. */
        BOUND,

        /** Given back by the client. */
        RELEASED,

        /** A client found the address in use by another: nobody gets it until the lease ends. */
        DECLINED
    }

    /**
     * {@return whether the address is taken}
     *
     * @param now the time now
     */
    public boolean isActive(Instant now) {
        return now.isBefore(expiresAt);
    }

    /** The same lease in another state and with another end. */
    Lease to(State newState, Instant newExpiresAt) {
        return new Lease(address, client, hardwareAddress, newState, newExpiresAt);
    }
}
