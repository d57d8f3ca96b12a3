package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 84, address selection (RFC 7078 §2).
 *
 * @param flags the octet with the flags A, automatic rows (bit 1), and P, privacy preference (bit 0); 0 to 255
 * @param options the rows of the policy table, options 85, whose values are octets here
 */
public record AddressSelection(int flags, Dhcp6Options options) implements OptionHolder {

    static final OptionFormat<AddressSelection> FORMAT = RecordFormat.of(
            field("flags", OptionFormat.unsignedByte(), AddressSelection::flags),
            field("options", Dhcp6Options.FORMAT, AddressSelection::options),
            AddressSelection::new);

    /**
     * Checks the range.
     *
     * @param flags the octet with the flags, 0 to 255
     * @param options the rows of the policy table
     * @throws IllegalArgumentException if the flags are out of range
     */
    public AddressSelection {
        Ranges.check("flags", flags, 255);
    }
}
