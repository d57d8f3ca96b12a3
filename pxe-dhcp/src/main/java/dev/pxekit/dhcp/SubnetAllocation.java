package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.List;

/**
 * The value of option 220: allocation of subnets (RFC 6656). The suboptions are left as they are. Immutable.
 *
 * @param flags the flags, 0 to 255
 * @param suboptions the suboptions: 1 subnet request, 2 subnet information, 3 subnet name, 4 suggested lease time
 */
public record SubnetAllocation(int flags, List<RawOption> suboptions) {

    static final OptionFormat<SubnetAllocation> FORMAT = RecordFormat.of(
            field("flags", OptionFormat.unsignedByte(), SubnetAllocation::flags),
            field("suboptions", OptionFormats.RAW_OPTIONS, SubnetAllocation::suboptions),
            SubnetAllocation::new);

    /**
     * Checks the ranges.
     *
     * @param flags the flags
     * @param suboptions the suboptions: 1 subnet request, 2 subnet information, 3 subnet name, 4 suggested lease time
     * @throws IllegalArgumentException if a number is out of range
     */
    public SubnetAllocation {
        Ranges.check("flags", flags, 255);
        suboptions = List.copyOf(suboptions);
    }
}
