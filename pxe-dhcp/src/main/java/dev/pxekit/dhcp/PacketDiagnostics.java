package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Finds what is odd in a packet that could be read. */
final class PacketDiagnostics {

    /** What servers send; clients send the rest (RFC 2131 table 2). */
    private static final Set<MessageType> FROM_SERVERS =
            Set.of(MessageType.OFFER, MessageType.ACK, MessageType.NAK, MessageType.FORCERENEW);

    private static final Set<MessageType> FROM_CLIENTS = Set.of(
            MessageType.DISCOVER, MessageType.REQUEST, MessageType.DECLINE, MessageType.RELEASE, MessageType.INFORM);

    private final DhcpPacket packet;
    private final byte[] image;
    private final List<DhcpDiagnostic> found = new ArrayList<>();

    private PacketDiagnostics(DhcpPacket packet) {
        this.packet = packet;
        this.image = packet.image();
    }

    /** All that is odd, by offset. */
    static List<DhcpDiagnostic> of(DhcpPacket packet) {
        PacketDiagnostics diagnostics = new PacketDiagnostics(packet);
        diagnostics.checkFields();
        packet.messageType().ifPresent(diagnostics::checkMessage);
        diagnostics.checkArea(PacketImage.HEADER_LENGTH, diagnostics.image.length);
        diagnostics.checkField("sname", PacketImage.SNAME, PacketImage.SNAME_LENGTH, PacketImage.OVERLOAD_SNAME);
        diagnostics.checkField("file", PacketImage.FILE, PacketImage.FILE_LENGTH, PacketImage.OVERLOAD_FILE);
        diagnostics.checkNestedOverload();
        diagnostics.found.addAll(packet.options().diagnostics());
        diagnostics.found.sort(Comparator.comparingInt(DhcpDiagnostic::offset));
        return List.copyOf(diagnostics.found);
    }

    private void add(String code, int offset, String message) {
        found.add(new DhcpDiagnostic(code, message, offset));
    }

    private void checkFields() {
        Inet4Address relay = packet.relayAgent();
        if (relay.equals(Ipv4.BROADCAST) || relay.isMulticastAddress()) {
            add(
                    DhcpDiagnostic.INVALID,
                    PacketImage.GIADDR,
                    "giaddr " + relay.getHostAddress() + " (expected: an address of one relay agent)");
        }
        HardwareAddress hardware = packet.clientHardwareAddress();
        if (hardware.type() == HardwareAddress.ETHERNET
                && hardware.length() > 0
                && (image[PacketImage.CHADDR] & 1) != 0) {
            add(DhcpDiagnostic.INVALID, PacketImage.CHADDR, "chaddr is a group address (expected: one station's)");
        }
        if (hardware.isZero()
                && packet.options().get(DhcpOption.CLIENT_IDENTIFIER).isEmpty()) {
            add(
                    DhcpDiagnostic.INVALID,
                    PacketImage.CHADDR,
                    "neither chaddr nor client identifier (expected: one of them)");
        }
    }

    private void checkMessage(MessageType type) {
        int offset = offsetOf(DhcpOption.MESSAGE_TYPE);
        if ((packet.isRequest() ? FROM_SERVERS : FROM_CLIENTS).contains(type)) {
            String op = packet.isRequest() ? "BOOTREQUEST" : "BOOTREPLY";
            add(DhcpDiagnostic.INVALID, offset, type + " in a " + op + " (RFC 2131 table 2 has the other)");
            return;
        }
        boolean addressed = !packet.clientAddress().isAnyLocalAddress();
        boolean release = type.equals(MessageType.RELEASE);
        if ((release || type.equals(MessageType.INFORM)) && !addressed) {
            add(
                    DhcpDiagnostic.INVALID,
                    PacketImage.CIADDR,
                    type + " with ciaddr 0.0.0.0 (expected: the client's address)");
        }
        if ((release || type.equals(MessageType.DECLINE)) && !has(DhcpOption.SERVER_IDENTIFIER)) {
            add(DhcpDiagnostic.INVALID, offset, type + " without a server identifier (RFC 2131 table 5)");
        }
        if (type.equals(MessageType.DECLINE) && !has(DhcpOption.REQUESTED_ADDRESS)) {
            add(DhcpDiagnostic.INVALID, offset, "DECLINE without a requested address (RFC 2131 table 5)");
        }
        if (type.equals(MessageType.REQUEST)
                && !addressed
                && !has(DhcpOption.REQUESTED_ADDRESS)
                && !has(DhcpOption.SERVER_IDENTIFIER)) {
            add(
                    DhcpDiagnostic.INVALID,
                    offset,
                    "REQUEST with neither ciaddr nor requested address (RFC 2131 §4.3.2 has no such state)");
        }
    }

    private boolean has(DhcpOption<?> option) {
        return packet.options().get(option).isPresent();
    }

    private int offsetOf(DhcpOption<?> option) {
        OptionIndex index = packet.options().index();
        return index.offset(index.find(option.code(), 0));
    }

    private void checkField(String name, int offset, int length, int overload) {
        if ((packet.overload() & overload) != 0) {
            checkArea(offset, offset + length);
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            if (image[i] == 0) {
                return;
            }
        }
        add(
                DhcpDiagnostic.UNTERMINATED,
                offset,
                name + " without a NUL (expected: text of at most " + (length - 1) + " octets)");
    }

    /** END and what follows it, in a field that holds options. */
    private void checkArea(int start, int end) {
        int position = start;
        while (position < end && (image[position] & 0xff) != OptionIndex.END) {
            position += image[position] == OptionIndex.PAD ? 1 : 2 + (image[position + 1] & 0xff);
        }
        if (position == end) {
            add(DhcpDiagnostic.NO_END, end, "options without END");
            return;
        }
        for (int i = position + 1; i < end; i++) {
            if (image[i] != 0) {
                add(DhcpDiagnostic.AFTER_END, i, "octets after END, which are not read");
                return;
            }
        }
    }

    private void checkNestedOverload() {
        OptionIndex index = packet.options().index();
        for (int i = 0; i < index.size(); i++) {
            if (index.code(i) == DhcpOption.OVERLOAD.code() && index.offset(i) < PacketImage.HEADER_LENGTH) {
                add(
                        DhcpDiagnostic.NESTED_OVERLOAD,
                        index.offset(i),
                        "overload in an overloaded field, which is not followed");
            }
        }
    }
}
