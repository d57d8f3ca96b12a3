package dev.pxekit.dhcp.v6;

/**
 * The type of a DHCPv6 message, its first octet (RFC 8415 §7.3). An open set: a number without a name here is kept as it is.
 */
public final class Dhcp6MessageType {

    private static final Dhcp6MessageType[] TYPES = new Dhcp6MessageType[256];

    /** A client looks for servers. */
    public static final Dhcp6MessageType SOLICIT = named(1, "SOLICIT");

    /** A server answers a SOLICIT. */
    public static final Dhcp6MessageType ADVERTISE = named(2, "ADVERTISE");

    /** A client asks one server for addresses and options. */
    public static final Dhcp6MessageType REQUEST = named(3, "REQUEST");

    /** A client asks whether its addresses fit the link. */
    public static final Dhcp6MessageType CONFIRM = named(4, "CONFIRM");

    /** A client extends its leases with their server. */
    public static final Dhcp6MessageType RENEW = named(5, "RENEW");

    /** A client extends its leases with any server. */
    public static final Dhcp6MessageType REBIND = named(6, "REBIND");

    /** A server's answer. */
    public static final Dhcp6MessageType REPLY = named(7, "REPLY");

    /** A client gives its leases back. */
    public static final Dhcp6MessageType RELEASE = named(8, "RELEASE");

    /** A client found an address in use. */
    public static final Dhcp6MessageType DECLINE = named(9, "DECLINE");

    /** A server tells a client to ask again. */
    public static final Dhcp6MessageType RECONFIGURE = named(10, "RECONFIGURE");

    /** A client asks for options only. */
    public static final Dhcp6MessageType INFORMATION_REQUEST = named(11, "INFORMATION-REQUEST");

    /** A relay agent forwards a message to a server; it has a header of its own (RFC 8415 §9). */
    public static final Dhcp6MessageType RELAY_FORW = named(12, "RELAY-FORW");

    /** A server sends a message through a relay agent; it has a header of its own (RFC 8415 §9). */
    public static final Dhcp6MessageType RELAY_REPL = named(13, "RELAY-REPL");

    static {
        for (int code = 0; code < TYPES.length; code++) {
            if (TYPES[code] == null) {
                TYPES[code] = new Dhcp6MessageType(code, "TYPE-" + code);
            }
        }
    }

    private final int code;
    private final String name;

    private Dhcp6MessageType(int code, String name) {
        this.code = code;
        this.name = name;
    }

    private static Dhcp6MessageType named(int code, String name) {
        Dhcp6MessageType type = new Dhcp6MessageType(code, name);
        TYPES[code] = type;
        return type;
    }

    /**
     * {@return the type with this number}
     *
     * @param code the code
     * @throws IllegalArgumentException if the number does not fit in an octet
     */
    public static Dhcp6MessageType of(int code) {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("message type: " + code + " (expected: 0..255)");
        }
        return TYPES[code];
    }

    /** {@return the number on the wire, 0 to 255} */
    public int code() {
        return code;
    }

    /** {@return the name of RFC 8415, such as {@code SOLICIT}; {@code TYPE-200} for a number without a name} */
    public String name() {
        return name;
    }

    /** {@return whether messages of this type have the header of relay agent messages (RFC 8415 §9)} */
    public boolean isRelay() {
        return equals(RELAY_FORW) || equals(RELAY_REPL);
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
