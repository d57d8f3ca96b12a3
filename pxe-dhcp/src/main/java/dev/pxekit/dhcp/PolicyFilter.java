package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet4Address;

/**
 * A destination that incoming source routes may have, in option 21 (RFC 2132 §4.3). Immutable.
 *
 * @param address the destination
 * @param mask its mask
 */
public record PolicyFilter(Inet4Address address, Inet4Address mask) {

    static final OptionFormat<PolicyFilter> FORMAT = RecordFormat.of(
            field("address", OptionFormat.address(), PolicyFilter::address),
            field("mask", OptionFormat.address(), PolicyFilter::mask),
            PolicyFilter::new);
}
