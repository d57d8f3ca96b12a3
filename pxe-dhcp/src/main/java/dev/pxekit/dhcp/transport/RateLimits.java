package dev.pxekit.dhcp.transport;

/**
 * How many datagrams are answered.
 *
 * @param clientPerSecond of one client, in the long run
 * @param clientBurst of one client at once, after a time without any
 * @param totalPerSecond of all clients; as many at once
 */
public record RateLimits(int clientPerSecond, int clientBurst, int totalPerSecond) {

    /** Far above what firmware, boot loader and installer of one machine send, and above what one server can answer. */
    public static final RateLimits DEFAULT = new RateLimits(10, 50, 50_000);
}
