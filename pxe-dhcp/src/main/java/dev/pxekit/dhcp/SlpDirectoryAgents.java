package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet4Address;
import java.util.List;

/**
 * The value of option 78: directory agents of the service location protocol (RFC 2610 §3). Immutable.
 *
 * @param mandatory whether the client must use these agents and no others
 * @param addresses one agent or more, in order of preference
 */
public record SlpDirectoryAgents(boolean mandatory, List<Inet4Address> addresses) {

    static final OptionFormat<SlpDirectoryAgents> FORMAT = RecordFormat.of(
            field("mandatory", OptionFormat.flag(), SlpDirectoryAgents::mandatory),
            field("addresses", OptionFormat.addresses(), SlpDirectoryAgents::addresses),
            SlpDirectoryAgents::new);

    /**
     * Copies the list.
     *
     * @param mandatory whether the client must use these agents and no others
     * @param addresses one agent or more, in order of preference
     */
    public SlpDirectoryAgents {
        addresses = List.copyOf(addresses);
    }
}
