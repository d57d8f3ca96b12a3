package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import java.net.InetAddress;
import java.time.Instant;

/**
 * What a server knows of one address: who has it or had it last, and until when. A lease that has ended is kept, so that the
 * client gets its address back when it returns, until another client needs it. Immutable.
 *
 * @param address the address, IPv4 or IPv6
 * @param client who has it, or had it last
 * @param hardwareAddress the client's hardware address; of no octets if it is not known
 * @param hostName the name that the client gives itself, at most 255 characters; empty if it gives none
 * @param state how far it went
 * @param expiresAt when it ends, or ended, in whole milliseconds; {@link #NEVER} if it does not
 */
public record Lease(
        InetAddress address,
        ClientIdentifier client,
        HardwareAddress hardwareAddress,
        String hostName,
        State state,
        Instant expiresAt) {

    /** The end of a lease that has none. */
    public static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    private static final int LONGEST_HOST_NAME = 255;

    /** How far a lease went. */
    public enum State {

        /** Offered; the client has not asked for it yet. Another client can still get the address. */
        OFFERED,

        /** Acknowledged: the client may use the address until the lease ends. */
        BOUND,

        /** Given back by the client. */
        RELEASED,

        /** A client found the address in use by another: nobody gets it until the lease ends. */
        DECLINED
    }

    /**
     * Shortens the host name and rounds the end down to what every store keeps.
     *
     * @param address the address
     * @param client who has it, or had it last
     * @param hardwareAddress the client's hardware address
     * @param hostName the client's name, what is over 255 characters left out
     * @param state how far it went
     * @param expiresAt when it ends; later than {@link #NEVER} is never
     */
    public Lease {
        hostName = hostName.length() > LONGEST_HOST_NAME ? hostName.substring(0, LONGEST_HOST_NAME) : hostName;
        expiresAt = expiresAt.isAfter(NEVER) ? NEVER : Instant.ofEpochMilli(expiresAt.toEpochMilli());
    }

    /**
     * {@return whether the lease has not ended}
     *
     * @param now the time now
     */
    public boolean isActive(Instant now) {
        return now.isBefore(expiresAt);
    }

    /**
     * {@return whether another lease of the address can be recorded in place of this one} It can if this one has ended, was only
     * offered, or was given back; or if it is bound to the same client, which an offer does not change.
     *
     * @param claim what is to be recorded
     * @param now the time now
     */
    public boolean yieldsTo(Lease claim, Instant now) {
        return switch (state) {
            case OFFERED, RELEASED -> true;
            case BOUND -> !isActive(now) || (client.equals(claim.client()) && claim.state() != State.OFFERED);
            case DECLINED -> !isActive(now);
        };
    }

    /**
     * {@return the same lease in another state and with another end}
     *
     * @param newState the state
     * @param newExpiresAt the end
     */
    public Lease to(State newState, Instant newExpiresAt) {
        return new Lease(address, client, hardwareAddress, hostName, newState, newExpiresAt);
    }
}
