package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 37, what a relay agent knows of the far end of a circuit (RFC 4649 §3).
 *
 * @param enterprise the relay agent vendor's enterprise number, 0 to 4294967295
 * @param identifier what the vendor makes of it
 */
public record RemoteId(long enterprise, Octets identifier) {

    static final OptionFormat<RemoteId> FORMAT = RecordFormat.of(
            field("enterprise", OptionFormat.unsignedInt(), RemoteId::enterprise),
            field("identifier", OptionFormat.octets(), RemoteId::identifier),
            RemoteId::new);

    /**
     * Checks the range.
     *
     * @param enterprise the relay agent vendor's enterprise number, 0 to 4294967295
     * @param identifier what the vendor makes of it
     * @throws IllegalArgumentException if the number is out of range
     */
    public RemoteId {
        Ranges.check("enterprise number", enterprise, 0xffff_ffffL);
    }
}
