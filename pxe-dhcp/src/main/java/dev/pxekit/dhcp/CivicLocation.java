package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.List;

/**
 * The value of option 99: a postal address (RFC 4776 §3.1). Immutable.
 *
 * @param what what the place is of: 0 the DHCP server, 1 the network element next to the client, 2 the client; 0 to 255
 * @param countryCode the ISO 3166 code, two capital letters
 * @param elements elements of the address: code the type, octets the UTF-8 text
 */
public record CivicLocation(int what, String countryCode, List<RawOption> elements) {

    static final OptionFormat<CivicLocation> FORMAT = RecordFormat.of(
            field("what", OptionFormat.unsignedByte(), CivicLocation::what),
            field("countryCode", OptionFormats.COUNTRY_CODE, CivicLocation::countryCode),
            field("elements", OptionFormats.RAW_OPTIONS, CivicLocation::elements),
            CivicLocation::new);

    /**
     * Checks the ranges.
     *
     * @param what what the place is of: 0 the DHCP server, 1 the network element next to the client, 2 the client
     * @param countryCode the ISO 3166 code, two capital letters
     * @param elements elements of the address: code the type, octets the UTF-8 text
     * @throws IllegalArgumentException if a number is out of range
     */
    public CivicLocation {
        Ranges.check("what", what, 255);
        elements = List.copyOf(elements);
    }
}
