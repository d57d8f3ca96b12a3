package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.List;

/**
 * The value of option 17, vendor-specific information (RFC 8415 §21.17): options with codes of the vendor's own. Read them
 * with keys that {@link Dhcp6Option#of} makes.
 *
 * @param enterprise the vendor's enterprise number, 0 to 4294967295
 * @param options the vendor's options
 */
public record VendorSpecificInformation(long enterprise, Dhcp6Options options) implements OptionHolder {

    static final OptionFormat<VendorSpecificInformation> FORMAT = RecordFormat.of(
            field("enterprise", OptionFormat.unsignedInt(), VendorSpecificInformation::enterprise),
            field("options", Dhcp6Options.format(List.of()), VendorSpecificInformation::options),
            VendorSpecificInformation::new);

    /**
     * Checks the range.
     *
     * @param enterprise the vendor's enterprise number, 0 to 4294967295
     * @param options the vendor's options
     * @throws IllegalArgumentException if the number is out of range
     */
    public VendorSpecificInformation {
        Ranges.check("enterprise number", enterprise, 0xffff_ffffL);
    }
}
