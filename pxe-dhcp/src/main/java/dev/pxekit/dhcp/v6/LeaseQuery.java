package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet6Address;

/**
 * The value of option 44, what a lease query asks for (RFC 5007 §4.1.2.1).
 *
 * @param queryType 1 by address, 2 by client identifier (RFC 5007), 3 to 5 in bulk (RFC 5460); 0 to 255
 * @param linkAddress an address on the link that the query is for, or {@code ::} for all
 * @param options what to look for, and an option request
 */
public record LeaseQuery(int queryType, Inet6Address linkAddress, Dhcp6Options options) implements OptionHolder {

    static final OptionFormat<LeaseQuery> FORMAT = RecordFormat.of(
            field("queryType", OptionFormat.unsignedByte(), LeaseQuery::queryType),
            field("linkAddress", OptionFormat.address6(), LeaseQuery::linkAddress),
            field("options", Dhcp6Options.FORMAT, LeaseQuery::options),
            LeaseQuery::new);

    /**
     * Checks the range.
     *
     * @param queryType the type, 0 to 255
     * @param linkAddress an address on the link that the query is for, or {@code ::} for all
     * @param options what to look for, and an option request
     * @throws IllegalArgumentException if the type is out of range
     */
    public LeaseQuery {
        Ranges.check("query type", queryType, 255);
    }
}
