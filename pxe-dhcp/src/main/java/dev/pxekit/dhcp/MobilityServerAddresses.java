package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet4Address;
import java.util.List;

/**
 * Servers of one IEEE 802.21 service in option 139 (RFC 5678). Immutable.
 *
 * @param service the suboption: 1 information, 2 command, 3 event services, 0 to 255
 * @param addresses one address or more, in order of preference
 */
public record MobilityServerAddresses(int service, List<Inet4Address> addresses) {

    static final OptionFormat<MobilityServerAddresses> FORMAT = RecordFormat.of(
            field("service", OptionFormat.unsignedByte(), MobilityServerAddresses::service),
            field("addresses", OptionFormat.prefixed8(OptionFormat.addresses()), MobilityServerAddresses::addresses),
            MobilityServerAddresses::new);

    /**
     * Checks the ranges.
     *
     * @param service the suboption: 1 information, 2 command, 3 event services
     * @param addresses one address or more, in order of preference
     * @throws IllegalArgumentException if a number is out of range
     */
    public MobilityServerAddresses {
        Ranges.check("service", service, 255);
        addresses = List.copyOf(addresses);
    }
}
