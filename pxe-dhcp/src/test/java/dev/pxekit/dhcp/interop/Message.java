package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.capture.CapturedDatagram;
import java.net.Inet4Address;

/** A packet of a conversation, and how it went over the wire. */
record Message(CapturedDatagram datagram, DhcpPacket packet) {

    /**
     * Its type, and for a REQUEST the state that the client is in (RFC 2131 table 4): {@code REQUEST renewing}. Of BOOTP,
     * {@code BOOTREQUEST} or {@code BOOTREPLY}.
     */
    String what() {
        if (packet.messageType().isEmpty()) {
            return packet.isRequest() ? "BOOTREQUEST" : "BOOTREPLY";
        }
        MessageType type = packet.messageType().orElseThrow();
        return type.equals(MessageType.REQUEST) ? type.name() + " " + state() : type.name();
    }

    private String state() {
        if (packet.options().contains(DhcpOption.SERVER_IDENTIFIER)) {
            return "selecting";
        }
        if (packet.clientAddress().isAnyLocalAddress()) {
            return "init-reboot";
        }
        // What comes by a relay agent was a broadcast.
        boolean relayed = !packet.relayAgent().isAnyLocalAddress();
        return relayed || isBroadcast() ? "rebinding" : "renewing";
    }

    /** Where it went. */
    Inet4Address destination() {
        return (Inet4Address) datagram.destination().getAddress();
    }

    boolean isBroadcast() {
        return destination().getHostAddress().equals("255.255.255.255");
    }

    @Override
    public String toString() {
        return what() + " " + datagram.source() + " > " + datagram.destination() + " " + packet;
    }
}
