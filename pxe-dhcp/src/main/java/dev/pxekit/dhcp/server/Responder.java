package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.transport.Received;

/** Turns a request into the reply to send, if there is one. Called by several threads at once; may block. */
@FunctionalInterface
interface Responder {

    /**
     * Answers, or does not.
     *
     * @param request what {@code received} holds
     * @param received with the server's address on the network that the request came in by, and the interface
     */
    Answer<DhcpPacket> respond(DhcpPacket request, Received received);
}
