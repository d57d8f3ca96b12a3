package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.List;

/**
 * One vendor's part of option 124 or 125, or of suboption 9 of option 82 (RFC 3925, RFC 4243). What a vendor puts in
 * is its own; {@link #items} and {@link #suboptions} read the two customary forms. Immutable.
 *
 * @param enterpriseNumber the vendor's number in IANA's registry, 0 to 4294967295
 * @param data the data, 255 octets at most
 */
public record VendorData(long enterpriseNumber, Octets data) {

    static final OptionFormat<VendorData> FORMAT = RecordFormat.of(
            field("enterpriseNumber", OptionFormat.unsignedInt(), VendorData::enterpriseNumber),
            field("data", OptionFormat.prefixed8(OptionFormat.octets()), VendorData::data),
            VendorData::new);

    /**
     * Checks the ranges.
     *
     * @param enterpriseNumber the vendor's number in IANA's registry
     * @param data the data, 255 octets at most
     * @throws IllegalArgumentException if a number is out of range
     */
    public VendorData {
        Ranges.check("enterprise number", enterpriseNumber, 0xffff_ffffL);
        if (data.length() > 255) {
            throw new IllegalArgumentException("vendor data of " + data.length() + " octets (expected: 0..255)");
        }
    }

    /**
     * Reads data as a vendor class: items with a length octet each (RFC 3925 §3). Many clients put in bare text
     * instead, as
     * one item without its length.
     *
     * @return the items
     * @throws DhcpFormatException if the data has another form
     */
    public List<Octets> items() throws DhcpFormatException {
        return OptionFormat.listOrNone(OptionFormat.prefixed8(OptionFormat.octets()))
                .read(OptionReader.of(data.bytes()));
    }

    /**
     * Reads data as vendor-specific information: suboptions with code and length of one octet each (RFC 3925 §4).
     *
     * @return the suboptions
     * @throws DhcpFormatException if the data has another form
     */
    public List<RawOption> suboptions() throws DhcpFormatException {
        return OptionFormats.RAW_OPTIONS.read(OptionReader.of(data.bytes()));
    }
}
