package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.VendorClass;
import java.net.Inet4Address;
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

    /**
     * Why the client is not told of a decision, for the listener; nothing if it is, or if there is nothing to tell: the local disk
     * is what firmware goes on to that is told no URL.
     */
    static Optional<String> misfit(BootClient client, BootDecision decision, Optional<Inet6Address> server) {
        if (decision.isIgnore() || decision.isLocalDisk()) {
            return Optional.empty();
        }
        if (decision.isRaspberryPi()) {
            return Optional.of("over DHCPv6 a boot file URL is told and nothing of " + decision);
        }
        boolean http = client.isHttpClient() && !client.isIpxe();
        if (decision.url().isPresent()) {
            return loads(client, decision.url().get())
                    ? Optional.empty()
                    : Optional.of((http ? "HTTP boot firmware takes http and https" : "PXE firmware takes tftp")
                            + " and not " + decision);
        }
        if (http) {
            return Optional.of("HTTP boot firmware takes a URL and no " + decision);
        }
        if (decision.nextServer().isPresent()) {
            // Over IPv6 firmware reaches no IPv4 server; iPXE has both at once.
            return client.isIpxe() ? Optional.empty() : Optional.of("over IPv6 firmware does not reach " + decision);
        }
        return server.isPresent()
                ? Optional.empty()
                : Optional.of("no address of this server that clients reach: set one with bootServer(address)");
    }

    private static boolean loads(BootClient client, URI url) {
        return client.isIpxe()
                || client.isHttpClient()
                        == url.getScheme().toLowerCase(Locale.ROOT).startsWith("http");
    }

    /** The URL that tells of a decision that fits; empty if there is nothing to tell. */
    static Optional<String> url(BootDecision decision, Optional<Inet6Address> server) {
        if (decision.url().isPresent()) {
            return decision.url().map(URI::toASCIIString);
        }
        return decision.bootFileName()
                .flatMap(name -> decision.nextServer()
                        .map(Inet4Address::getHostAddress)
                        .or(() -> server.map(address -> "[" + Ipv6.toString(address) + "]"))
                        .map(host -> tftp(host, name)));
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
