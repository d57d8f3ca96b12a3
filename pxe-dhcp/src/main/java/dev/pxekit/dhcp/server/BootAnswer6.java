package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.VendorClass;
import java.net.Inet6Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a boot decision into an answer, in the words that the client reads (RFC 5970):
 *
 * <ul>
 *   <li>the boot file URL in option 59. A boot file by TFTP becomes {@code tftp://[server]/name}, as there is neither next server nor
 *       file name in DHCPv6; edk2's PXE reads no other scheme, and no host but an address in brackets or a name that it asks DNS
 *       for (UefiPxeBcDxe/PxeBcDhcp6.c). It stands before other options: edk2's HTTP boot reads on until an octet 0;
 *   <li>boot file parameters in option 60;
 *   <li>HTTP boot firmware: option 16 with {@code HTTPClient}, without which it takes the answer for one without boot options
 *       (HttpBootDxe/HttpBootDhcp6.c). PXE firmware gets none: {@code PXEClient} would make it ask the boot server once more.
 * </ul>
 */
final class BootAnswer6 {

    private static final String HTTP_CLIENT = "HTTPClient";

    private final Map<ClientArchitecture, List<String>> parameters;

    BootAnswer6(Map<ClientArchitecture, List<String>> parameters) {
        this.parameters = parameters;
    }

    /** The URL that tells the client of a decision; empty if there is nothing to boot or nothing that the client can load. */
    static Optional<String> url(BootClient client, BootDecision decision, Optional<Inet6Address> server) {
        if (decision.url().isPresent()) {
            return decision.url().filter(url -> loads(client, url)).map(URI::toASCIIString);
        }
        if (decision.isIgnore() || decision.bootFileName().isEmpty() || (client.isHttpClient() && !client.isIpxe())) {
            return Optional.empty();
        }
        String name = decision.bootFileName().get();
        if (decision.nextServer().isPresent()) {
            // Over IPv6 firmware reaches no IPv4 server; iPXE has both at once.
            return decision.nextServer()
                    .filter(address -> client.isIpxe())
                    .map(address -> tftp(address.getHostAddress(), name));
        }
        return server.map(address -> tftp("[" + Ipv6.toString(address) + "]", name));
    }

    private static boolean loads(BootClient client, URI url) {
        return client.isIpxe()
                || client.isHttpClient()
                        == url.getScheme().toLowerCase(Locale.ROOT).startsWith("http");
    }

    private static String tftp(String host, String name) {
        try {
            return new URI("tftp", host, "/" + name, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("boot file " + name + " on " + host, e);
        }
    }

    void write(Dhcp6Message.Builder answer, BootClient client, String url) {
        answer.option(Dhcp6Option.BOOT_FILE_URL, url);
        client.architectures().stream()
                .flatMap(architecture -> Optional.ofNullable(parameters.get(architecture)).stream())
                .findFirst()
                .ifPresent(texts -> answer.option(Dhcp6Option.BOOT_FILE_PARAMETERS, texts));
        if (client.isHttpClient() && !client.isIpxe()) {
            answer.option(Dhcp6Option.VENDOR_CLASS, new VendorClass(VendorClass.INTEL, List.of(HTTP_CLIENT)));
        }
    }
}
