package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.MappedFormat;
import dev.pxekit.dhcp.internal.NumberNames;
import java.util.Set;

/**
 * The type of a DHCPv6 message, its first octet (RFC 8415 §7.3). An open set: a number without a name here is kept as it is.
 */
public final class Dhcp6MessageType {

    static final OptionFormat<Dhcp6MessageType> FORMAT = new MappedFormat<>(
            OptionFormat.unsignedByte(),
            Dhcp6MessageType::of,
            Dhcp6MessageType::code,
            Dhcp6MessageType::name,
            plain -> parse(plain.toString()));

    private static final NumberNames<Dhcp6MessageType> NAMES =
            new NumberNames<>("message type", 255, "TYPE-", Dhcp6MessageType::new);

    /** A client looks for servers. */
    public static final Dhcp6MessageType SOLICIT = NAMES.name(1, "SOLICIT");

    /** A server answers a SOLICIT. */
    public static final Dhcp6MessageType ADVERTISE = NAMES.name(2, "ADVERTISE");

    /** A client asks one server for addresses and options. */
    public static final Dhcp6MessageType REQUEST = NAMES.name(3, "REQUEST");

    /** A client asks whether its addresses fit the link. */
    public static final Dhcp6MessageType CONFIRM = NAMES.name(4, "CONFIRM");

    /** A client extends its leases with their server. */
    public static final Dhcp6MessageType RENEW = NAMES.name(5, "RENEW");

    /** A client extends its leases with any server. */
    public static final Dhcp6MessageType REBIND = NAMES.name(6, "REBIND");

    /** A server's answer. */
    public static final Dhcp6MessageType REPLY = NAMES.name(7, "REPLY");

    /** A client gives its leases back. */
    public static final Dhcp6MessageType RELEASE = NAMES.name(8, "RELEASE");

    /** A client found an address in use. */
    public static final Dhcp6MessageType DECLINE = NAMES.name(9, "DECLINE");

    /** A server tells a client to ask again. */
    public static final Dhcp6MessageType RECONFIGURE = NAMES.name(10, "RECONFIGURE");

    /** A client asks for options only. */
    public static final Dhcp6MessageType INFORMATION_REQUEST = NAMES.name(11, "INFORMATION-REQUEST");

    /** A relay agent forwards a message to a server; it has a header of its own (RFC 8415 §9). */
    public static final Dhcp6MessageType RELAY_FORW = NAMES.name(12, "RELAY-FORW");

    /** A server sends a message through a relay agent; it has a header of its own (RFC 8415 §9). */
    public static final Dhcp6MessageType RELAY_REPL = NAMES.name(13, "RELAY-REPL");

    /** A requestor asks for leases (RFC 5007). */
    public static final Dhcp6MessageType LEASEQUERY = NAMES.name(14, "LEASEQUERY");

    /** Answer to a lease query (RFC 5007). */
    public static final Dhcp6MessageType LEASEQUERY_REPLY = NAMES.name(15, "LEASEQUERY-REPLY");

    /** The end of the answers to a lease query in bulk (RFC 5460). */
    public static final Dhcp6MessageType LEASEQUERY_DONE = NAMES.name(16, "LEASEQUERY-DONE");

    /** One of many answers to a lease query in bulk (RFC 5460). */
    public static final Dhcp6MessageType LEASEQUERY_DATA = NAMES.name(17, "LEASEQUERY-DATA");

    /** A relay agent asks a server to send RECONFIGURE (RFC 6977). */
    public static final Dhcp6MessageType RECONFIGURE_REQUEST = NAMES.name(18, "RECONFIGURE-REQUEST");

    /** Answer to a RECONFIGURE-REQUEST (RFC 6977). */
    public static final Dhcp6MessageType RECONFIGURE_REPLY = NAMES.name(19, "RECONFIGURE-REPLY");

    /** A DHCPv4 packet of a client, in option 87 (RFC 7341); its transaction id holds flags. */
    public static final Dhcp6MessageType DHCPV4_QUERY = NAMES.name(20, "DHCPV4-QUERY");

    /** A DHCPv4 packet of a server, in option 87 (RFC 7341); its transaction id holds flags. */
    public static final Dhcp6MessageType DHCPV4_RESPONSE = NAMES.name(21, "DHCPV4-RESPONSE");

    /** Asks to hear of all changes of leases (RFC 7653). */
    public static final Dhcp6MessageType ACTIVELEASEQUERY = NAMES.name(22, "ACTIVELEASEQUERY");

    /** Asks to secure the connection of a lease query (RFC 7653). */
    public static final Dhcp6MessageType STARTTLS = NAMES.name(23, "STARTTLS");

    /** A client registers an address that it made itself (RFC 9686). */
    public static final Dhcp6MessageType ADDR_REG_INFORM = NAMES.name(36, "ADDR-REG-INFORM");

    /** Answer to ADDR-REG-INFORM (RFC 9686). */
    public static final Dhcp6MessageType ADDR_REG_REPLY = NAMES.name(37, "ADDR-REG-REPLY");

    private static final Set<Dhcp6MessageType> FROM_SERVERS = Set.of(
            ADVERTISE,
            REPLY,
            RECONFIGURE,
            RELAY_REPL,
            LEASEQUERY_REPLY,
            LEASEQUERY_DONE,
            LEASEQUERY_DATA,
            RECONFIGURE_REPLY,
            DHCPV4_RESPONSE,
            ADDR_REG_REPLY);

    private final int code;
    private final String name;

    private Dhcp6MessageType(int code, String name) {
        this.code = code;
        this.name = name;
    }

    /**
     * {@return the type with this number}
     *
     * @param code the code
     * @throws IllegalArgumentException if the number does not fit in an octet
     */
    public static Dhcp6MessageType of(int code) {
        return NAMES.of(code);
    }

    /**
     * Parses a type's name, or its number.
     *
     * @param text {@code SOLICIT}, {@code TYPE-200} or {@code 1}, in either case of letters
     * @return the type
     * @throws IllegalArgumentException if it is none
     */
    public static Dhcp6MessageType parse(String text) {
        return NAMES.parse(text);
    }

    /** {@return the number on the wire, 0 to 255} */
    public int code() {
        return code;
    }

    /** {@return the name in the registry, such as {@code SOLICIT}; {@code TYPE-200} for a number without a name} */
    public String name() {
        return name;
    }

    /** {@return whether the number has a name here; who gets a message of another type must drop it (RFC 7283)} */
    public boolean isKnown() {
        return NAMES.contains(code);
    }

    /** {@return whether messages of this type have the header of relay agent messages (RFC 8415 §9)} */
    public boolean isRelay() {
        return equals(RELAY_FORW) || equals(RELAY_REPL);
    }

    /** {@return whether servers send messages of this type, to clients, relay agents or other askers} */
    public boolean isFromServer() {
        return FROM_SERVERS.contains(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dhcp6MessageType that && code == that.code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    @Override
    public String toString() {
        return name;
    }
}
