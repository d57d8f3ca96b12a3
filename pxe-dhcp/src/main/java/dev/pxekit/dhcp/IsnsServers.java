package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet4Address;
import java.util.List;

/**
 * The value of option 83: Internet storage name servers (RFC 4174 §2). The bit fields are in the document. Immutable.
 *
 * @param functions what the service is for, 0 to 65535
 * @param discoveryDomainAccess who may edit discovery domains, 0 to 65535
 * @param administrativeFlags settings of the server, 0 to 65535
 * @param securityBitmap how to talk with the server, 0 to 4294967295
 * @param addresses one server or more, the primary one first
 */
public record IsnsServers(
        int functions,
        int discoveryDomainAccess,
        int administrativeFlags,
        long securityBitmap,
        List<Inet4Address> addresses) {

    static final OptionFormat<IsnsServers> FORMAT = RecordFormat.of(
            field("functions", OptionFormat.unsignedShort(), IsnsServers::functions),
            field("discoveryDomainAccess", OptionFormat.unsignedShort(), IsnsServers::discoveryDomainAccess),
            field("administrativeFlags", OptionFormat.unsignedShort(), IsnsServers::administrativeFlags),
            field("securityBitmap", OptionFormat.unsignedInt(), IsnsServers::securityBitmap),
            field("addresses", OptionFormat.addresses(), IsnsServers::addresses),
            IsnsServers::new);

    /**
     * Checks the ranges.
     *
     * @param functions what the service is for
     * @param discoveryDomainAccess who may edit discovery domains
     * @param administrativeFlags settings of the server
     * @param securityBitmap how to talk with the server
     * @param addresses one server or more, the primary one first
     * @throws IllegalArgumentException if a number is out of range
     */
    public IsnsServers {
        Ranges.check("functions", functions, 0xffff);
        Ranges.check("discovery domain access", discoveryDomainAccess, 0xffff);
        Ranges.check("administrative flags", administrativeFlags, 0xffff);
        Ranges.check("security bitmap", securityBitmap, 0xffff_ffffL);
        addresses = List.copyOf(addresses);
    }
}
