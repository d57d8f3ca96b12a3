package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet6Address;
import java.util.List;

/**
 * Reads and writes option 144. A resolver without addresses ends after its name (RFC 9463), so that its fields are not
 * simply one after the other.
 */
final class EncryptedDnsFormat implements OptionFormat<EncryptedDns> {

    private static final OptionFormat<String> NAME = OptionFormat.prefixed16(OptionFormat.domainName());
    private static final OptionFormat<List<Inet6Address>> ADDRESSES =
            OptionFormat.prefixed16(OptionFormat.list(OptionFormat.address6()));

    /** The plain form has every field. */
    private static final OptionFormat<EncryptedDns> PLAIN = RecordFormat.of(
            field("priority", OptionFormat.unsignedShort(), EncryptedDns::priority),
            field("authenticationDomainName", NAME, EncryptedDns::authenticationDomainName),
            field("addresses", OptionFormat.listOrNone(OptionFormat.address6()), EncryptedDns::addresses),
            field("serviceParameters", OptionFormat.octets(), EncryptedDns::serviceParameters),
            EncryptedDns::new);

    @Override
    public EncryptedDns read(OptionReader in) throws DhcpFormatException {
        int priority = in.readUnsignedShort();
        String name = NAME.read(in);
        List<Inet6Address> addresses = in.hasRemaining() ? ADDRESSES.read(in) : List.of();
        return new EncryptedDns(
                priority,
                name,
                addresses,
                in.hasRemaining() ? OptionFormat.octets().read(in) : Octets.EMPTY);
    }

    @Override
    public void write(EncryptedDns value, OptionWriter out) {
        out.writeShort(value.priority());
        NAME.write(value.authenticationDomainName(), out);
        if (!value.addresses().isEmpty()) {
            ADDRESSES.write(value.addresses(), out);
            OptionFormat.octets().write(value.serviceParameters(), out);
        }
    }

    @Override
    public Object toPlain(EncryptedDns value) {
        return PLAIN.toPlain(value);
    }

    @Override
    public EncryptedDns fromPlain(Object plain) {
        return PLAIN.fromPlain(plain);
    }
}
