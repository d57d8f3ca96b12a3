package dev.pxekit.dhcp;

/**
 * The value of option 53, DHCP message type (RFC 2132 §9.6, and later documents for the types from 9 on). An open set: a
 * number without a name here is kept as it is.
 */
public final class MessageType {

    static final OptionFormat<MessageType> FORMAT = OptionFormats.scalar(
            in -> of(in.readUnsignedByte()),
            (type, out) -> out.writeByte(type.code),
            MessageType::name,
            plain -> parse(Plain.text(plain)));

    private static final MessageType[] TYPES = new MessageType[256];

    /** A client looks for servers. */
    public static final MessageType DISCOVER = named(1, "DISCOVER");

    /** A server offers an address, or a proxy DHCP server boot options. */
    public static final MessageType OFFER = named(2, "OFFER");

    /** A client accepts an offer, confirms its address or extends its lease. */
    public static final MessageType REQUEST = named(3, "REQUEST");

    /** A client found the address in use. */
    public static final MessageType DECLINE = named(4, "DECLINE");

    /** A server commits the address or the options. */
    public static final MessageType ACK = named(5, "ACK");

    /** A server says that the client's address is wrong. */
    public static final MessageType NAK = named(6, "NAK");

    /** A client gives its address back. */
    public static final MessageType RELEASE = named(7, "RELEASE");

    /** A client that has an address asks for options. */
    public static final MessageType INFORM = named(8, "INFORM");

    /** A server tells a client to renew (RFC 3203). */
    public static final MessageType FORCERENEW = named(9, "FORCERENEW");

    /** A relay agent asks for a lease (RFC 4388). */
    public static final MessageType LEASEQUERY = named(10, "LEASEQUERY");

    /** Answer to a lease query: not leased (RFC 4388). */
    public static final MessageType LEASEUNASSIGNED = named(11, "LEASEUNASSIGNED");

    /** Answer to a lease query: not known (RFC 4388). */
    public static final MessageType LEASEUNKNOWN = named(12, "LEASEUNKNOWN");

    /** Answer to a lease query: leased (RFC 4388). */
    public static final MessageType LEASEACTIVE = named(13, "LEASEACTIVE");

    /** Asks for all leases in bulk (RFC 6926). */
    public static final MessageType BULKLEASEQUERY = named(14, "BULKLEASEQUERY");

    /** The end of the answer to a lease query (RFC 6926). */
    public static final MessageType LEASEQUERYDONE = named(15, "LEASEQUERYDONE");

    /** Asks to hear of all changes of leases (RFC 7724). */
    public static final MessageType ACTIVELEASEQUERY = named(16, "ACTIVELEASEQUERY");

    /** The state of a lease query's connection (RFC 7724). */
    public static final MessageType LEASEQUERYSTATUS = named(17, "LEASEQUERYSTATUS");

    /** Asks to secure the connection of a lease query (RFC 7724). */
    public static final MessageType TLS = named(18, "TLS");

    static {
        for (int code = 0; code < TYPES.length; code++) {
            if (TYPES[code] == null) {
                TYPES[code] = new MessageType(code, "TYPE-" + code);
            }
        }
    }

    private final int code;
    private final String name;

    private MessageType(int code, String name) {
        this.code = code;
        this.name = name;
    }

    private static MessageType named(int code, String name) {
        MessageType type = new MessageType(code, name);
        TYPES[code] = type;
        return type;
    }

    /**
     * {@return the type with this number}
     *
     * @param code the code
     * @throws IllegalArgumentException if the number does not fit in an octet
     */
    public static MessageType of(int code) {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("message type: " + code + " (expected: 0..255)");
        }
        return TYPES[code];
    }

    /**
     * Parses a type's name, or its number.
     *
     * @param text {@code DISCOVER}, {@code TYPE-200} or {@code 1}, in either case of letters
     * @return the type
     * @throws IllegalArgumentException if it is none
     */
    public static MessageType parse(String text) {
        for (MessageType type : TYPES) {
            if (type.name.equalsIgnoreCase(text)) {
                return type;
            }
        }
        return of((int) Plain.number(text, 0, 255));
    }

    /** {@return the number on the wire, 0 to 255} */
    public int code() {
        return code;
    }

    /**
     * {@return the name without the prefix DHCP, such as {@code DISCOVER}; {@code TYPE-200} for a number without a name}
     */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageType that && code == that.code;
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
