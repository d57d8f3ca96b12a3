package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet6Address;
import java.util.List;

/**
 * The value of option 74, a recursive DNS server and the names that it is asked for (RFC 6731 §4.2).
 *
 * @param server the server
 * @param preference the octet with the preference in its low two bits: 0 medium, 1 high, 3 low; 0 to 255
 * @param domains domains and networks, one or more; the root stands for all others
 */
public record RdnssSelection(Inet6Address server, int preference, List<String> domains) {

    static final OptionFormat<RdnssSelection> FORMAT = RecordFormat.of(
            field("server", OptionFormat.address6(), RdnssSelection::server),
            field("preference", OptionFormat.unsignedByte(), RdnssSelection::preference),
            field("domains", OptionFormat.list(OptionFormat.domainName()), RdnssSelection::domains),
            RdnssSelection::new);

    /**
     * Checks the range.
     *
     * @param server the server
     * @param preference the octet with the preference, 0 to 255
     * @param domains domains and networks
     * @throws IllegalArgumentException if the preference is out of range
     */
    public RdnssSelection {
        Ranges.check("preference", preference, 255);
        domains = List.copyOf(domains);
    }
}
