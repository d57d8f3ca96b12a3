package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 151: the status of a leasequery (RFC 6926 §6.2). Immutable.
 *
 * @param code 0 success, 1 unspecified failure, 2 query terminated, 3 malformed query, 4 not allowed; 0 to 255
 * @param message text for people, perhaps empty
 */
public record LeasequeryStatus(int code, String message) {

    static final OptionFormat<LeasequeryStatus> FORMAT = RecordFormat.of(
            field("code", OptionFormat.unsignedByte(), LeasequeryStatus::code),
            field("message", OptionFormat.text(), LeasequeryStatus::message),
            LeasequeryStatus::new);

    /**
     * Checks the ranges.
     *
     * @param code 0 success, 1 unspecified failure, 2 query terminated, 3 malformed query, 4 not allowed
     * @param message text for people, perhaps empty
     * @throws IllegalArgumentException if a number is out of range
     */
    public LeasequeryStatus {
        Ranges.check("status code", code, 255);
    }
}
