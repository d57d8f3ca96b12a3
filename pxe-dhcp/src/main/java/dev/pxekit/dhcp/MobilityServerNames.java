package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.List;

/**
 * Servers of one IEEE 802.21 service in option 140 (RFC 5678). Immutable.
 *
 * @param service the suboption: 1 information, 2 command, 3 event services, 0 to 255
 * @param names one domain name or more, in order of preference
 */
public record MobilityServerNames(int service, List<String> names) {

    static final OptionFormat<MobilityServerNames> FORMAT = RecordFormat.of(
            field("service", OptionFormat.unsignedByte(), MobilityServerNames::service),
            field(
                    "names",
                    OptionFormat.prefixed8(OptionFormat.list(OptionFormat.domainName())),
                    MobilityServerNames::names),
            MobilityServerNames::new);

    /**
     * Checks the ranges.
     *
     * @param service the suboption: 1 information, 2 command, 3 event services
     * @param names one domain name or more, in order of preference
     * @throws IllegalArgumentException if a number is out of range
     */
    public MobilityServerNames {
        Ranges.check("service", service, 255);
        names = List.copyOf(names);
    }
}
