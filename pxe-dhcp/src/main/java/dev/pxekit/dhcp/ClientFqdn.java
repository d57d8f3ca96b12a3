package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 81: the client's name and who updates DNS (RFC 4702 §2). Immutable.
 *
 * @param flags the bits {@link #SERVER_UPDATES}, {@link #OVERRIDDEN}, {@link #CANONICAL} and {@link #NO_UPDATES};
 *     others must
 *     be 0 and are ignored; 0 to 255
 * @param rcode1 the result of the update of A records, of no use today: 255 from servers, 0 from clients; 0 to 255
 * @param rcode2 the result of the update of PTR records, as {@code rcode1}; 0 to 255
 * @param name the name; with {@link #CANONICAL} as labels (RFC 1035 §5.1 for odd octets), where a dot at the end tells
 *     a
 *     fully qualified name from a partial one; without it, text in the deprecated ASCII encoding
 */
public record ClientFqdn(int flags, int rcode1, int rcode2, String name) {

    /** The bit S: the server should do, or does, the update of A records. */
    public static final int SERVER_UPDATES = 1;

    /** The bit O: the server has overridden the client's wish in S. */
    public static final int OVERRIDDEN = 2;

    /** The bit E: the name is in the canonical wire format and not in ASCII. */
    public static final int CANONICAL = 4;

    /** The bit N: the server should not do, or does not, any update. */
    public static final int NO_UPDATES = 8;

    private static final OptionFormat<ClientFqdn> TEXTUAL = of(OptionFormat.text());
    private static final OptionFormat<ClientFqdn> LABELS = of(DomainNames.PARTIAL);

    static final OptionFormat<ClientFqdn> FORMAT = OptionFormats.scalar(
            ClientFqdn::read, (fqdn, out) -> format(fqdn.flags).write(fqdn, out), LABELS::toPlain, LABELS::fromPlain);

    /**
     * Checks the ranges.
     *
     * @param flags the bits
     * @param rcode1 the result of the update of A records
     * @param rcode2 the result of the update of PTR records
     * @param name the name
     * @throws IllegalArgumentException if a number is out of range or the name is not one of labels with {@link
     *     #CANONICAL}
     */
    public ClientFqdn {
        Ranges.check("flags", flags, 255);
        Ranges.check("rcode1", rcode1, 255);
        Ranges.check("rcode2", rcode2, 255);
        if ((flags & CANONICAL) != 0) {
            DomainNames.PARTIAL.write(name, new OptionWriter());
        }
    }

    private static OptionFormat<ClientFqdn> of(OptionFormat<String> name) {
        return RecordFormat.of(
                field("flags", OptionFormat.unsignedByte(), ClientFqdn::flags),
                field("rcode1", OptionFormat.unsignedByte(), ClientFqdn::rcode1),
                field("rcode2", OptionFormat.unsignedByte(), ClientFqdn::rcode2),
                field("name", name, ClientFqdn::name),
                ClientFqdn::new);
    }

    /**
     * {@return whether a bit is set}
     *
     * @param bit one of the constants
     */
    public boolean has(int bit) {
        return (flags & bit) != 0;
    }

    private static OptionFormat<ClientFqdn> format(int flags) {
        return (flags & CANONICAL) == 0 ? TEXTUAL : LABELS;
    }

    private static ClientFqdn read(OptionReader in) throws DhcpFormatException {
        return format(in.peekUnsignedByte()).read(in);
    }
}
