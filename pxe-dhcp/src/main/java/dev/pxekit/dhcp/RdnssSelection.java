package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet4Address;
import java.util.List;

/**
 * The value of option 146: name servers for certain domains (RFC 6731 §4.3). Immutable.
 *
 * @param flags the two low bits are the preference: 0 medium, 1 high, 3 low; 0 to 255
 * @param primary the name server
 * @param secondary the second name server, 0.0.0.0 for none
 * @param domains one domain or more, reverse ones for networks; empty text for all
 */
public record RdnssSelection(int flags, Inet4Address primary, Inet4Address secondary, List<String> domains) {

    static final OptionFormat<RdnssSelection> FORMAT = RecordFormat.of(
            field("flags", OptionFormat.unsignedByte(), RdnssSelection::flags),
            field("primary", OptionFormat.address(), RdnssSelection::primary),
            field("secondary", OptionFormat.address(), RdnssSelection::secondary),
            field("domains", OptionFormat.list(OptionFormat.domainName()), RdnssSelection::domains),
            RdnssSelection::new);

    /**
     * Checks the ranges.
     *
     * @param flags the two low bits are the preference: 0 medium, 1 high, 3 low
     * @param primary the name server
     * @param secondary the second name server, 0.0.0.0 for none
     * @param domains one domain or more, reverse ones for networks
     * @throws IllegalArgumentException if a number is out of range
     */
    public RdnssSelection {
        Ranges.check("flags", flags, 255);
        domains = List.copyOf(domains);
    }
}
