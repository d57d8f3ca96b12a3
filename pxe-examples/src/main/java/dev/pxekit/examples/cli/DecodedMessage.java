package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.BootFirmware;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A DHCP message to show, of either family: all that the command line knows of the difference stands here. */
sealed interface DecodedMessage {

    /** What {@link #decode} is told to guess. */
    int ANY_FAMILY = 0;

    /** The magic cookie, and where a DHCPv4 packet has it (RFC 2131 §3). */
    int MAGIC_COOKIE = 0x63825363;

    int MAGIC_COOKIE_OFFSET = 236;

    String VERSION_6_TITLE = "DHCPv6 ";

    /** {@code op}, {@code htype} and {@code hlen} of a BOOTP packet on Ethernet are 1 or 2, 1 and 6. */
    int ETHERNET_TYPE_AND_LENGTH = 0x0106;

    /** The message type, or what a packet without one is. */
    String type();

    /** The transaction id in hexadecimal, as long as the family has it. */
    String transactionId();

    /** The client's hardware address or DUID. */
    String client();

    /** Who asks, in one line; empty if this is a server's message. */
    Optional<String> asker();

    /** Whether this is a message of or to this hardware address. */
    boolean concerns(HardwareAddress client);

    /** What is worth a place on one line, as a name and a value each. */
    List<String> facts();

    /** The lines that {@link #parse} reads. */
    String text();

    /** A JSON object on one line. */
    String json();

    /** What is odd in the message. */
    List<DhcpDiagnostic> diagnostics();

    /** The octets. */
    byte[] encode();

    /** Where such a message comes from as a rule. */
    InetSocketAddress usualSource();

    /** Where such a message goes to as a rule. */
    InetSocketAddress usualDestination();

    /**
     * Reads a message.
     *
     * @param family 4, 6 or {@link #ANY_FAMILY}
     */
    static DecodedMessage decode(byte[] octets, int family) throws DhcpFormatException {
        if (family == 4 || (family == ANY_FAMILY && hasMagicCookie(octets))) {
            return new Version4(DhcpCodec.decode(octets));
        }
        try {
            return new Version6(Dhcp6Codec.decode(octets));
        } catch (DhcpFormatException e) {
            // A packet that is cut or has another cookie is a better guess than DHCPv6 with this very transaction id
            // and a fault.
            if (family == ANY_FAMILY && startsAsBootp(octets)) {
                return new Version4(DhcpCodec.decode(octets));
            }
            throw e;
        }
    }

    /** Whether octets of which nothing else is known are surely a DHCPv4 packet. */
    static boolean hasMagicCookie(byte[] octets) {
        return octets.length >= MAGIC_COOKIE_OFFSET + Integer.BYTES
                && ByteBuffer.wrap(octets).getInt(MAGIC_COOKIE_OFFSET) == MAGIC_COOKIE;
    }

    private static boolean startsAsBootp(byte[] octets) {
        return octets.length > 2
                && (octets[0] == 1 || octets[0] == 2)
                && (octets[1] << 8 | octets[2]) == ETHERNET_TYPE_AND_LENGTH;
    }

    /** Whether octets of which nothing else is known are a message, and not a part of one. */
    static boolean isWhole(byte[] octets) {
        if (hasMagicCookie(octets)) {
            return true;
        }
        try {
            return Dhcp6Codec.decode(octets).type().code() != 0;
        } catch (DhcpFormatException e) {
            return false;
        }
    }

    /** Whether a line is the first one of a message's text form. */
    static boolean isTitle(String line) {
        return line.startsWith("DHCPv4 ") || line.startsWith(VERSION_6_TITLE);
    }

    /**
     * Reads the text form of a message.
     *
     * @param family 4, 6 or {@link #ANY_FAMILY}; a title says more
     * @throws IllegalArgumentException if it is not one; the message begins with the line's number where there is one
     */
    static DecodedMessage parse(String text, int family) {
        boolean version6 = family == 6 || text.lines().anyMatch(line -> line.startsWith(VERSION_6_TITLE));
        return version6 ? new Version6(Dhcp6Message.parse(text)) : new Version4(DhcpPacket.parse(text));
    }

    private static String describe(BootClient client, String name) {
        if (!client.firmware().equals(BootFirmware.NONE)) {
            return client.toString();
        }
        return name + " does not ask to boot"
                + client.vendorClass()
                        .map(vendor -> ", vendor class " + Printable.quoted(vendor))
                        .orElse("");
    }

    private static InetSocketAddress endpoint(int port, int... octets) {
        byte[] address = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            address[i] = (byte) octets[i];
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 octets are an address", e);
        }
    }

    /** A DHCPv4 or BOOTP packet. */
    record Version4(DhcpPacket packet) implements DecodedMessage {

        private static final int SERVER_PORT = 67;
        private static final int CLIENT_PORT = 68;

        @Override
        public String type() {
            return packet.messageType().map(MessageType::name).orElse(packet.isRequest() ? "BOOTREQUEST" : "BOOTREPLY");
        }

        @Override
        public String transactionId() {
            return String.format(Locale.ROOT, "%08x", packet.transactionId());
        }

        @Override
        public String client() {
            HardwareAddress address = packet.clientHardwareAddress();
            return address.length() == 0 ? ClientIdentifier.of(packet).toString() : address.toString();
        }

        @Override
        public Optional<String> asker() {
            if (!packet.isRequest()) {
                return Optional.empty();
            }
            return Optional.of(describe(BootClient.of(packet), client()));
        }

        @Override
        public boolean concerns(HardwareAddress client) {
            return packet.clientHardwareAddress().equals(client);
        }

        @Override
        public List<String> facts() {
            List<String> facts = new ArrayList<>();
            address(facts, "ciaddr", packet.clientAddress());
            address(facts, "yiaddr", packet.yourAddress());
            address(facts, "siaddr", packet.nextServer());
            address(facts, "giaddr", packet.relayAgent());
            packet.options().get(DhcpOption.REQUESTED_ADDRESS).ifPresent(value -> address(facts, "requests", value));
            packet.options().get(DhcpOption.SERVER_IDENTIFIER).ifPresent(value -> address(facts, "server", value));
            packet.options()
                    .get(DhcpOption.LEASE_TIME)
                    .ifPresent(value -> facts.add("lease " + value.toSeconds() + " s"));
            text(facts, "TFTP server", packet.options().get(DhcpOption.TFTP_SERVER_NAME));
            text(facts, "boot file", packet.effectiveBootFileName());
            text(facts, "message", packet.options().get(DhcpOption.MESSAGE));
            return facts;
        }

        private static void address(List<String> facts, String name, Inet4Address address) {
            if (!address.isAnyLocalAddress()) {
                facts.add(name + " " + address.getHostAddress());
            }
        }

        private static void text(List<String> facts, String name, Optional<String> text) {
            text.ifPresent(value -> facts.add(name + " " + Printable.quoted(value)));
        }

        @Override
        public String text() {
            return packet.toText();
        }

        @Override
        public String json() {
            return packet.toJson();
        }

        @Override
        public List<DhcpDiagnostic> diagnostics() {
            return packet.diagnostics();
        }

        @Override
        public byte[] encode() {
            return DhcpCodec.encode(packet);
        }

        @Override
        public InetSocketAddress usualSource() {
            return packet.isRequest()
                    ? new InetSocketAddress(packet.clientAddress(), CLIENT_PORT)
                    : new InetSocketAddress(
                            packet.options().get(DhcpOption.SERVER_IDENTIFIER).orElse(packet.nextServer()),
                            SERVER_PORT);
        }

        @Override
        public InetSocketAddress usualDestination() {
            return endpoint(packet.isRequest() ? SERVER_PORT : CLIENT_PORT, 255, 255, 255, 255);
        }
    }

    /** A DHCPv6 message; of one from a relay agent what the client sent or gets counts. */
    record Version6(Dhcp6Message message) implements DecodedMessage {

        private static final int SERVER_PORT = 547;
        private static final int CLIENT_PORT = 546;

        @Override
        public String type() {
            return message.isRelay()
                    ? message.type() + " > " + inner().type()
                    : message.type().name();
        }

        private Dhcp6Message inner() {
            return message.innermost();
        }

        @Override
        public String transactionId() {
            return inner().isRelay() ? "" : String.format(Locale.ROOT, "%06x", inner().transactionId());
        }

        @Override
        public String client() {
            return BootClient.of(message).duid().map(duid -> "DUID " + duid).orElse("client without DUID");
        }

        @Override
        public Optional<String> asker() {
            return isFromServer() ? Optional.empty() : Optional.of(describe(BootClient.of(message), client()));
        }

        private boolean isFromServer() {
            return message.type().isFromServer();
        }

        @Override
        public boolean concerns(HardwareAddress client) {
            return BootClient.of(message).hardwareAddress().equals(client);
        }

        @Override
        public List<String> facts() {
            List<String> facts = new ArrayList<>();
            Dhcp6Options options = inner().options();
            for (IaNa association : options.getAll(Dhcp6Option.IA_NA)) {
                for (IaAddress address : association.options().getAll(Dhcp6Option.IA_ADDRESS)) {
                    facts.add("address " + address.address().getHostAddress());
                }
            }
            options.get(Dhcp6Option.BOOT_FILE_URL).ifPresent(url -> facts.add("boot file " + Printable.quoted(url)));
            options.get(Dhcp6Option.STATUS_CODE)
                    .ifPresent(
                            status -> facts.add("status " + status.code() + " " + Printable.quoted(status.message())));
            return facts;
        }

        @Override
        public String text() {
            return message.toText();
        }

        @Override
        public String json() {
            return message.toJson();
        }

        @Override
        public List<DhcpDiagnostic> diagnostics() {
            return message.diagnostics();
        }

        @Override
        public byte[] encode() {
            return Dhcp6Codec.encode(message);
        }

        @Override
        public InetSocketAddress usualSource() {
            return linkLocal(isFromServer() ? SERVER_PORT : CLIENT_PORT);
        }

        /** All servers and relay agents of the link (RFC 8415 §7.1), or the one client. */
        @Override
        public InetSocketAddress usualDestination() {
            return isFromServer()
                    ? linkLocal(CLIENT_PORT)
                    : endpoint(SERVER_PORT, 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2);
        }

        private static InetSocketAddress linkLocal(int port) {
            return endpoint(port, 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        }
    }
}
