package dev.pxekit.dhcp;

import java.net.Inet4Address;
import java.util.List;
import java.util.Map;

/**
 * The value of option 120: SIP outbound proxies in order of preference, by name or by address (RFC 3361 §3). Names are
 * read
 * with compression and written without. Immutable.
 *
 * @param names the domain names; none if addresses are given
 * @param addresses the addresses; none if names are given
 */
public record SipServers(List<String> names, List<Inet4Address> addresses) {

    private static final int NAMES = 0;
    private static final int ADDRESSES = 1;

    static final OptionFormat<SipServers> FORMAT =
            OptionFormats.scalar(SipServers::read, SipServers::write, SipServers::toPlain, SipServers::fromPlain);

    /**
     * Checks that there are either names or addresses.
     *
     * @param names the domain names
     * @param addresses the addresses
     * @throws IllegalArgumentException if there are both or none
     */
    public SipServers {
        names = List.copyOf(names);
        addresses = List.copyOf(addresses);
        if (names.isEmpty() == addresses.isEmpty()) {
            throw new IllegalArgumentException("SIP servers: " + names.size() + " names, " + addresses.size()
                    + " addresses (expected: one or more of either)");
        }
    }

    /**
     * {@return servers by name}
     *
     * @param names one domain name or more
     */
    public static SipServers ofNames(List<String> names) {
        return new SipServers(names, List.of());
    }

    /**
     * {@return servers by address}
     *
     * @param addresses one address or more
     */
    public static SipServers ofAddresses(List<Inet4Address> addresses) {
        return new SipServers(List.of(), addresses);
    }

    private static SipServers read(OptionReader in) throws DhcpFormatException {
        int start = in.offset();
        int encoding = in.readUnsignedByte();
        return switch (encoding) {
            case NAMES -> ofNames(DomainNames.LIST.read(in));
            case ADDRESSES -> ofAddresses(OptionFormat.addresses().read(in));
            default -> throw new DhcpFormatException("encoding: " + encoding + " (expected: 0 or 1)", start);
        };
    }

    private static void write(SipServers servers, OptionWriter out) {
        if (servers.addresses.isEmpty()) {
            DomainNames.LIST.write(servers.names, out.writeByte(NAMES));
        } else {
            OptionFormat.addresses().write(servers.addresses, out.writeByte(ADDRESSES));
        }
    }

    private static Object toPlain(SipServers servers) {
        return servers.addresses.isEmpty()
                ? Map.of("names", servers.names)
                : Map.of("addresses", OptionFormat.addresses().toPlain(servers.addresses));
    }

    private static SipServers fromPlain(Object plain) {
        Map<?, ?> map = Plain.map(plain);
        Object names = map.get("names");
        Object addresses = map.get("addresses");
        return new SipServers(
                names == null ? List.of() : DomainNames.LIST.fromPlain(names),
                addresses == null ? List.of() : OptionFormat.addresses().fromPlain(addresses));
    }
}
