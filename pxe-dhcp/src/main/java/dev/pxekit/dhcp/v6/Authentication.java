package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 11, authentication (RFC 8415 §21.11), as it stands: nothing is checked or computed here.
 *
 * @param protocol the protocol: 3 reconfigure key; 0 to 255
 * @param algorithm the protocol's algorithm, 0 to 255
 * @param replayDetectionMethod how replays are detected: 0 by a counter that grows; 0 to 255
 * @param replayDetection the counter, unsigned 64 bits
 * @param information what the protocol says, possibly empty
 */
public record Authentication(
        int protocol, int algorithm, int replayDetectionMethod, long replayDetection, Octets information) {

    static final OptionFormat<Authentication> FORMAT = RecordFormat.of(
            field("protocol", OptionFormat.unsignedByte(), Authentication::protocol),
            field("algorithm", OptionFormat.unsignedByte(), Authentication::algorithm),
            field("replayDetectionMethod", OptionFormat.unsignedByte(), Authentication::replayDetectionMethod),
            field("replayDetection", new UnsignedLongFormat(), Authentication::replayDetection),
            field("information", OptionFormat.octets(), Authentication::information),
            Authentication::new);

    /**
     * Checks the ranges.
     *
     * @param protocol the protocol, 0 to 255
     * @param algorithm the algorithm, 0 to 255
     * @param replayDetectionMethod how replays are detected, 0 to 255
     * @param replayDetection the counter, unsigned 64 bits
     * @param information what the protocol says
     * @throws IllegalArgumentException if one of them is out of range
     */
    public Authentication {
        Ranges.check("protocol", protocol, 255);
        Ranges.check("algorithm", algorithm, 255);
        Ranges.check("replay detection method", replayDetectionMethod, 255);
    }
}
