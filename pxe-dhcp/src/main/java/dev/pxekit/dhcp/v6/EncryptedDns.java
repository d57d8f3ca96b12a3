package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import dev.pxekit.dhcp.internal.UnlessAtEndFormat;
import java.net.Inet6Address;
import java.util.List;

/**
 * The value of option 144, a DNS resolver that is reached with encryption (RFC 9463 §4.1).
 *
 * @param priority the service priority, 0 to 65535; lower numbers come first
 * @param authenticationDomainName the name that the resolver proves to have
 * @param addresses its addresses; none if they are to be looked up
 * @param serviceParameters how it is reached, in the form of RFC 9460 §2.2; none if it has no addresses
 */
public record EncryptedDns(
        int priority, String authenticationDomainName, List<Inet6Address> addresses, Octets serviceParameters) {

    static final OptionFormat<EncryptedDns> FORMAT = RecordFormat.of(
            field("priority", OptionFormat.unsignedShort(), EncryptedDns::priority),
            field(
                    "authenticationDomainName",
                    OptionFormat.prefixed16(OptionFormat.domainName()),
                    EncryptedDns::authenticationDomainName),
            field(
                    "addresses",
                    new UnlessAtEndFormat<>(OptionFormat.prefixed16(OptionFormat.list(OptionFormat.address6()))),
                    EncryptedDns::addresses),
            field("serviceParameters", OptionFormat.octets(), EncryptedDns::serviceParameters),
            EncryptedDns::new);

    /**
     * Checks the ranges.
     *
     * @param priority the service priority, 0 to 65535
     * @param authenticationDomainName the name that the resolver proves to have
     * @param addresses its addresses
     * @param serviceParameters how it is reached
     * @throws IllegalArgumentException if the priority is out of range, or there are parameters without addresses
     */
    public EncryptedDns {
        Ranges.check("priority", priority, 0xffff);
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty() && serviceParameters.length() > 0) {
            throw new IllegalArgumentException(
                    "service parameters: " + serviceParameters + " (expected: none without addresses)");
        }
    }
}
