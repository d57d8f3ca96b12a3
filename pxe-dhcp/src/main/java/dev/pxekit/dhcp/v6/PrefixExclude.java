package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 67, a prefix that is left out of the delegated one in whose option it stands (RFC 6603 §4.2).
 *
 * @param prefixLength how many bits the excluded prefix has, 1 to 128
 * @param subnetId its bits beyond those of the delegated prefix, from the left, with zeros to a whole octet: 1 to 16 octets
 */
public record PrefixExclude(int prefixLength, Octets subnetId) {

    static final OptionFormat<PrefixExclude> FORMAT = RecordFormat.of(
            field("prefixLength", OptionFormat.unsignedByte(), PrefixExclude::prefixLength),
            field("subnetId", OptionFormat.octets(), PrefixExclude::subnetId),
            PrefixExclude::new);

    /**
     * Checks the ranges.
     *
     * @param prefixLength how many bits the excluded prefix has, 1 to 128
     * @param subnetId its bits beyond those of the delegated prefix, 1 to 16 octets
     * @throws IllegalArgumentException if one of them is out of range
     */
    public PrefixExclude {
        if (prefixLength < 1 || prefixLength > 128) {
            throw new IllegalArgumentException("prefix length: " + prefixLength + " (expected: 1..128)");
        }
        if (subnetId.length() < 1 || subnetId.length() > 16) {
            throw new IllegalArgumentException("subnet id of " + subnetId.length() + " octets (expected: 1..16)");
        }
    }
}
