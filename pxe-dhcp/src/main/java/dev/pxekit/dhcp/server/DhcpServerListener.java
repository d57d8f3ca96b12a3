package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.pxe.BootClient;
import java.net.InetSocketAddress;

/**
 * Hears what a server decides, for logs, metrics and tests; every method does nothing unless overridden. Called on the
 * server's executor, or of conflicts on a thread of its own, by several threads at once, before the reply is sent. A listener that throws is logged and does not keep
 * the client from its answer.
 */
public interface DhcpServerListener {

    /**
     * The boot policy was asked.
     *
     * @param client who asked
     * @param decision what it boots
     */
    default void bootDecided(BootClient client, BootDecision decision) {}

    /**
     * An address was offered.
     *
     * @param request the DISCOVER
     * @param offer the OFFER
     */
    default void offered(DhcpPacket request, DhcpPacket offer) {}

    /**
     * A lease was granted or extended, or an INFORM answered.
     *
     * @param request the REQUEST or INFORM
     * @param acknowledgement the ACK
     */
    default void acknowledged(DhcpPacket request, DhcpPacket acknowledgement) {}

    /**
     * A client was told that its address is wrong.
     *
     * @param request the REQUEST
     * @param refusal the NAK
     * @param reason why
     */
    default void refused(DhcpPacket request, DhcpPacket refusal, String reason) {}

    /**
     * A client gave its address back.
     *
     * @param request the RELEASE
     * @param lease the lease as it is now
     */
    default void released(DhcpPacket request, Lease lease) {}

    /**
     * A client found its address in use by another; the address is not leased for a while.
     *
     * @param request the DECLINE
     * @param lease the lease as it is now
     */
    default void declined(DhcpPacket request, Lease lease) {}

    /**
     * Another machine was found to use an address that was offered; the address is not leased for a while.
     *
     * @param request the DISCOVER
     * @param lease the lease as it is now
     */
    default void conflictFound(DhcpPacket request, Lease lease) {}

    /**
     * A proxy DHCP server offered boot options.
     *
     * @param request the DISCOVER
     * @param offer the OFFER, which has no address
     */
    default void proxyOffered(DhcpPacket request, DhcpPacket offer) {}

    /**
     * A proxy DHCP server told a client what it boots: on its boot server port, or where the client asks for that on the
     * server's port.
     *
     * @param request the REQUEST or INFORM
     * @param acknowledgement the ACK
     */
    default void bootServerAcknowledged(DhcpPacket request, DhcpPacket acknowledgement) {}

    /**
     * A packet got no reply, and that is right: it is for another server, or asks for what cannot be given.
     *
     * @param request the packet
     * @param reason why
     */
    default void ignored(DhcpPacket request, String reason) {}

    /**
     * A datagram was dropped: it is no packet.
     *
     * @param sender where it came from
     * @param fault what is wrong with it
     */
    default void malformed(InetSocketAddress sender, DhcpFormatException fault) {}

    /**
     * Datagrams were dropped unread, as they were more than the {@linkplain DhcpServer.Builder#clientRateLimit rate limits}
     * allow or the server can answer. Told at the first one, and from then on once in ten seconds for each reason.
     *
     * @param reason why
     * @param packets how many since it was told last for the same reason
     * @param sender where the last one came from
     */
    default void dropped(String reason, long packets, InetSocketAddress sender) {}
}
