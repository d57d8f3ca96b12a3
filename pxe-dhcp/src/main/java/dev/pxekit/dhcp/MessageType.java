package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.NumberNames;

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

    private static final NumberNames<MessageType> NAMES =
            new NumberNames<>("message type", 255, "TYPE-", MessageType::new);

    /** A client looks for servers. */
    public static final MessageType DISCOVER = NAMES.name(1, "DISCOVER");

    /** A server offers an address, or a proxy DHCP server boot options. */
    public static final MessageType OFFER = NAMES.name(2, "OFFER");

    /** A client accepts an offer, confirms its address or extends its lease. */
    public static final MessageType REQUEST = NAMES.name(3, "REQUEST");

    /** A client found the address in use. */
    public static final MessageType DECLINE = NAMES.name(4, "DECLINE");

    /** A server commits the address or the options. */
    public static final MessageType ACK = NAMES.name(5, "ACK");

    /** A server says that the client's address is wrong. */
    public static final MessageType NAK = NAMES.name(6, "NAK");

    /** A client gives its address back. */
    public static final MessageType RELEASE = NAMES.name(7, "RELEASE");

    /** A client that has an address asks for options. */
    public static final MessageType INFORM = NAMES.name(8, "INFORM");

    /** A server tells a client to renew (RFC 3203). */
    public static final MessageType FORCERENEW = NAMES.name(9, "FORCERENEW");

    /** A relay agent asks for a lease (RFC 4388). */
    public static final MessageType LEASEQUERY = NAMES.name(10, "LEASEQUERY");

    /** Answer to a lease query: not leased (RFC 4388). */
    public static final MessageType LEASEUNASSIGNED = NAMES.name(11, "LEASEUNASSIGNED");

    /** Answer to a lease query: not known (RFC 4388). */
    public static final MessageType LEASEUNKNOWN = NAMES.name(12, "LEASEUNKNOWN");

    /** Answer to a lease query: leased (RFC 4388). */
    public static final MessageType LEASEACTIVE = NAMES.name(13, "LEASEACTIVE");

    /** Asks for all leases in bulk (RFC 6926). */
    public static final MessageType BULKLEASEQUERY = NAMES.name(14, "BULKLEASEQUERY");

    /** The end of the answer to a lease query (RFC 6926). */
    public static final MessageType LEASEQUERYDONE = NAMES.name(15, "LEASEQUERYDONE");

    /** Asks to hear of all changes of leases (RFC 7724). */
    public static final MessageType ACTIVELEASEQUERY = NAMES.name(16, "ACTIVELEASEQUERY");

    /** The state of a lease query's connection (RFC 7724). */
    public static final MessageType LEASEQUERYSTATUS = NAMES.name(17, "LEASEQUERYSTATUS");

    /** Asks to secure the connection of a lease query (RFC 7724). */
    public static final MessageType TLS = NAMES.name(18, "TLS");

    private final int code;
    private final String name;

    private MessageType(int code, String name) {
        this.code = code;
        this.name = name;
    }

    /**
     * {@return the type with this number}
     *
     * @param code the code
     * @throws IllegalArgumentException if the number does not fit in an octet
     */
    public static MessageType of(int code) {
        return NAMES.of(code);
    }

    /**
     * Parses a type's name, or its number.
     *
     * @param text {@code DISCOVER}, {@code TYPE-200} or {@code 1}, in either case of letters
     * @return the type
     * @throws IllegalArgumentException if it is none
     */
    public static MessageType parse(String text) {
        return NAMES.parse(text);
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
