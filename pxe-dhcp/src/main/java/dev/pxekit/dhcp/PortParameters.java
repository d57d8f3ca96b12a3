package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 159: the ports of a shared address (RFC 7618 §9). Immutable.
 *
 * @param offset how many bits of a port number stand before the identifier, 0 to 255
 * @param length how many bits of the identifier count, 0 to 16
 * @param identifier the port set identifier, its bits on the left, 0 to 65535
 */
public record PortParameters(int offset, int length, int identifier) {

    static final OptionFormat<PortParameters> FORMAT = RecordFormat.of(
            field("offset", OptionFormat.unsignedByte(), PortParameters::offset),
            field("length", OptionFormat.unsignedByte(), PortParameters::length),
            field("identifier", OptionFormat.unsignedShort(), PortParameters::identifier),
            PortParameters::new);

    /**
     * Checks the ranges.
     *
     * @param offset how many bits of a port number stand before the identifier
     * @param length how many bits of the identifier count
     * @param identifier the port set identifier, its bits on the left
     * @throws IllegalArgumentException if a number is out of range
     */
    public PortParameters {
        Ranges.check("port parameters offset", offset, 255);
        Ranges.check("port parameters length", length, 16);
        Ranges.check("port parameters identifier", identifier, 0xffff);
    }
}
