package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import dev.pxekit.dhcp.internal.UnlessAtEndFormat;
import java.net.Inet4Address;
import java.util.List;

/**
 * An encrypted DNS resolver in option 162 (RFC 9463 §5.1). Immutable.
 *
 * @param servicePriority the lower the better; 0 to 65535
 * @param authenticationDomainName the name that the resolver proves to have
 * @param addresses its addresses in order of preference; none to have the client look them up
 * @param serviceParameters the SvcParams of RFC 9460 §2.2 as octets; none without addresses
 */
public record EncryptedDnsServer(
        int servicePriority, String authenticationDomainName, List<Inet4Address> addresses, Octets serviceParameters) {

    static final OptionFormat<EncryptedDnsServer> FORMAT = OptionFormat.prefixed16(RecordFormat.of(
            field("servicePriority", OptionFormat.unsignedShort(), EncryptedDnsServer::servicePriority),
            field(
                    "authenticationDomainName",
                    OptionFormat.prefixed8(OptionFormat.domainName()),
                    EncryptedDnsServer::authenticationDomainName),
            field(
                    "addresses",
                    new UnlessAtEndFormat<>(OptionFormat.prefixed8(OptionFormat.addresses())),
                    EncryptedDnsServer::addresses),
            field("serviceParameters", OptionFormat.octets(), EncryptedDnsServer::serviceParameters),
            EncryptedDnsServer::new));

    /**
     * Checks the ranges.
     *
     * @param servicePriority the lower the better
     * @param authenticationDomainName the name that the resolver proves to have
     * @param addresses its addresses in order of preference
     * @param serviceParameters the SvcParams of RFC 9460 §2.2 as octets
     * @throws IllegalArgumentException if a number is out of range
     */
    public EncryptedDnsServer {
        Ranges.check("service priority", servicePriority, 0xffff);
        if (addresses.isEmpty() && serviceParameters.length() > 0) {
            throw new IllegalArgumentException(
                    "service parameters of " + serviceParameters.length() + " octets without addresses (expected: 0)");
        }
        addresses = List.copyOf(addresses);
    }
}
