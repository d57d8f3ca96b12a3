package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpPacket;
import java.util.Optional;

/** Turns a request into the reply to send, if there is one. Called by several threads at once; may block. */
@FunctionalInterface
interface Responder {

    Optional<DhcpPacket> respond(DhcpPacket request);
}
