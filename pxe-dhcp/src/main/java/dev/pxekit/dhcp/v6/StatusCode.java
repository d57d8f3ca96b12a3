package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.MappedFormat;
import dev.pxekit.dhcp.internal.NumberNames;

/**
 * The number in a status code option (RFC 8415 §21.13 and the registry "DHCPv6 status codes"). An open set: a number without
 * a name here is kept as it is. A message or association without the option
 * means {@link #SUCCESS}.
 */
public final class StatusCode {

    static final OptionFormat<StatusCode> FORMAT = new MappedFormat<>(
            OptionFormat.unsignedShort(),
            StatusCode::of,
            StatusCode::code,
            StatusCode::name,
            plain -> parse(plain.toString()));

    private static final NumberNames<StatusCode> NAMES =
            new NumberNames<>("status code", 0xffff, "status-", StatusCode::new);

    /** 0, success. */
    public static final StatusCode SUCCESS = NAMES.name(0, "Success");

    /** 1, failure for a reason that has no number. */
    public static final StatusCode UNSPEC_FAIL = NAMES.name(1, "UnspecFail");

    /** 2, the server has no addresses left for the association. */
    public static final StatusCode NO_ADDRS_AVAIL = NAMES.name(2, "NoAddrsAvail");

    /** 3, the server does not know the client's binding. */
    public static final StatusCode NO_BINDING = NAMES.name(3, "NoBinding");

    /** 4, the address is not one for the client's link. */
    public static final StatusCode NOT_ON_LINK = NAMES.name(4, "NotOnLink");

    /** 5, the client must send by multicast; dropped by RFC 9915. */
    public static final StatusCode USE_MULTICAST = NAMES.name(5, "UseMulticast");

    /** 6, the server has no prefixes left for the association. */
    public static final StatusCode NO_PREFIX_AVAIL = NAMES.name(6, "NoPrefixAvail");

    /** 7, a lease query of a type that the server does not know (RFC 5007). */
    public static final StatusCode UNKNOWN_QUERY_TYPE = NAMES.name(7, "UnknownQueryType");

    /** 8, a lease query that the server does not understand (RFC 5007). */
    public static final StatusCode MALFORMED_QUERY = NAMES.name(8, "MalformedQuery");

    /** 9, the server does not serve the link of the lease query (RFC 5007). */
    public static final StatusCode NOT_CONFIGURED = NAMES.name(9, "NotConfigured");

    /** 10, the server does not answer this requestor's lease queries (RFC 5007). */
    public static final StatusCode NOT_ALLOWED = NAMES.name(10, "NotAllowed");

    /** 11, the server ended a lease query (RFC 5460). */
    public static final StatusCode QUERY_TERMINATED = NAMES.name(11, "QueryTerminated");

    /** 12, the server no longer has changes that the requestor missed (RFC 7653). */
    public static final StatusCode DATA_MISSING = NAMES.name(12, "DataMissing");

    /** 13, the requestor has all changes that it missed (RFC 7653). */
    public static final StatusCode CATCH_UP_COMPLETE = NAMES.name(13, "CatchUpComplete");

    /** 14, the server does not do what was asked for (RFC 7653). */
    public static final StatusCode NOT_SUPPORTED = NAMES.name(14, "NotSupported");

    /** 15, the server refused to secure the connection (RFC 7653). */
    public static final StatusCode TLS_CONNECTION_REFUSED = NAMES.name(15, "TLSConnectionRefused");

    /** 16, the address is in use (RFC 8156). */
    public static final StatusCode ADDRESS_IN_USE = NAMES.name(16, "AddressInUse");

    /** 17, the partners' configurations conflict (RFC 8156). */
    public static final StatusCode CONFIGURATION_CONFLICT = NAMES.name(17, "ConfigurationConflict");

    /** 18, bindings are missing (RFC 8156). */
    public static final StatusCode MISSING_BINDINGS = NAMES.name(18, "MissingBindings");

    /** 19, bindings are outdated (RFC 8156). */
    public static final StatusCode OUTDATED_BINDINGS = NAMES.name(19, "OutdatedBindings");

    /** 20, the server shuts down (RFC 8156). */
    public static final StatusCode SERVER_SHUTTING_DOWN = NAMES.name(20, "ServerShuttingDown");

    /** 21, the server does no DNS updates (RFC 8156). */
    public static final StatusCode DNS_UPDATE_NOT_SUPPORTED = NAMES.name(21, "DNSUpdateNotSupported");

    /** 22, the partners' clocks differ too much (RFC 8156). */
    public static final StatusCode EXCESSIVE_TIME_SKEW = NAMES.name(22, "ExcessiveTimeSkew");

    private final int code;
    private final String name;

    private StatusCode(int code, String name) {
        this.code = code;
        this.name = name;
    }

    /**
     * {@return the status code with this number}
     *
     * @param code the number
     * @throws IllegalArgumentException if the number does not fit in two octets
     */
    public static StatusCode of(int code) {
        return NAMES.of(code);
    }

    /**
     * Parses a name, or a number.
     *
     * @param text {@code NoBinding}, {@code status-900} or {@code 3}, in either case of letters
     * @return the status code
     * @throws IllegalArgumentException if it is none
     */
    public static StatusCode parse(String text) {
        return NAMES.parse(text);
    }

    /** {@return the number on the wire, 0 to 65535} */
    public int code() {
        return code;
    }

    /** {@return the name in the registry, such as {@code NoBinding}; {@code status-900} for a number without a name} */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusCode that && code == that.code;
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
