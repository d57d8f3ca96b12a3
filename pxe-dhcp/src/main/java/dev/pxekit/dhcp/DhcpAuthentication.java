package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 90 (RFC 3118 §2) and of DHCPv6 option 11 (RFC 8415 §21.11): authentication of a message. It is carried
 * and not checked here. Immutable.
 *
 * @param protocol 0 configuration token, 1 delayed authentication, 3 reconfigure key (RFC 6704), 0 to 255
 * @param algorithm the algorithm, 1 for HMAC-MD5; 0 to 255
 * @param replayDetectionMethod 0 for a counter that only grows; 0 to 255
 * @param replayDetection the value for replay detection, 64 bits, unsigned
 * @param information what protocol and algorithm make of it
 */
public record DhcpAuthentication(
        int protocol, int algorithm, int replayDetectionMethod, long replayDetection, Octets information) {

    static final OptionFormat<DhcpAuthentication> FORMAT = RecordFormat.of(
            field("protocol", OptionFormat.unsignedByte(), DhcpAuthentication::protocol),
            field("algorithm", OptionFormat.unsignedByte(), DhcpAuthentication::algorithm),
            field("replayDetectionMethod", OptionFormat.unsignedByte(), DhcpAuthentication::replayDetectionMethod),
            field("replayDetection", OptionFormats.UNSIGNED_LONG, DhcpAuthentication::replayDetection),
            field("information", OptionFormat.octets(), DhcpAuthentication::information),
            DhcpAuthentication::new);

    /**
     * Checks the ranges.
     *
     * @param protocol 0 configuration token, 1 delayed authentication, 3 reconfigure key (RFC 6704)
     * @param algorithm the algorithm, 1 for HMAC-MD5
     * @param replayDetectionMethod 0 for a counter that only grows
     * @param replayDetection the value for replay detection, 64 bits, unsigned
     * @param information what protocol and algorithm make of it
     * @throws IllegalArgumentException if a number is out of range
     */
    public DhcpAuthentication {
        Ranges.check("protocol", protocol, 255);
        Ranges.check("algorithm", algorithm, 255);
        Ranges.check("replay detection method", replayDetectionMethod, 255);
    }
}
