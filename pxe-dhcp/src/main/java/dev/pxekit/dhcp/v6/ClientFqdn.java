package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 39, the client's fully qualified domain name and who is to update DNS (RFC 4704 §4).
 *
 * @param flags the flags' octet, 0 to 255; see the constants
 * @param domainName a name with a dot at its end is fully qualified; one without is the first labels only, or empty
 */
public record ClientFqdn(int flags, String domainName) {

    /** Flag S: the server updates the records from name to address. */
    public static final int SERVER_UPDATES = 1;

    /** Flag O: the server did otherwise than the client asked with S. */
    public static final int SERVER_OVERRIDES = 2;

    /** Flag N: the server updates nothing. */
    public static final int NO_UPDATES = 4;

    static final OptionFormat<ClientFqdn> FORMAT = RecordFormat.of(
            field("flags", OptionFormat.unsignedByte(), ClientFqdn::flags),
            field("domainName", OptionFormat.partialDomainName(), ClientFqdn::domainName),
            ClientFqdn::new);

    /**
     * Checks the range.
     *
     * @param flags the flags' octet, 0 to 255
     * @param domainName a name with a dot at its end, the first labels of one without, or empty
     * @throws IllegalArgumentException if the flags are out of range
     */
    public ClientFqdn {
        Ranges.check("flags", flags, 255);
    }

    /** {@return whether flag S is set: the server updates the records from name to address} */
    public boolean isServerUpdates() {
        return (flags & SERVER_UPDATES) != 0;
    }

    /** {@return whether flag O is set: the server did otherwise than the client asked with S} */
    public boolean isServerOverrides() {
        return (flags & SERVER_OVERRIDES) != 0;
    }

    /** {@return whether flag N is set: the server updates nothing} */
    public boolean isNoUpdates() {
        return (flags & NO_UPDATES) != 0;
    }
}
