package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.internal.Ranges;
import java.net.Inet6Address;

/**
 * The header of a relay agent message (RFC 8415 §9).
 *
 * @param hopCount how many relay agents the message came through before this one, 0 to 255
 * @param linkAddress an address on the client's link, or {@code ::} if the relay agent tells the link otherwise
 * @param peerAddress the client, or the relay agent, that the message is from or for
 */
public record RelayHeader(int hopCount, Inet6Address linkAddress, Inet6Address peerAddress) {

    /**
     * Checks the ranges.
     *
     * @param hopCount how many relay agents the message came through before this one, 0 to 255
     * @param linkAddress an address on the client's link, or {@code ::}
     * @param peerAddress the client, or the relay agent, that the message is from or for
     * @throws IllegalArgumentException if the hop count is out of range
     */
    public RelayHeader {
        Ranges.check("hop count", hopCount, 255);
    }
}
