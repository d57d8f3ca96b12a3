package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.pxe.BootMenu;
import dev.pxekit.dhcp.pxe.BootServerType;
import java.net.Inet4Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What firmware would do after its DHCP exchange: which address it has, and what it would load from where. Immutable.
 *
 * @param lease the ACK of the address, or the reply of a BOOTP server
 * @param source the packet that says what to boot: that ACK, the offer of a proxy DHCP server, or the ACK of a boot server
 * @param menu the boot menu that firmware got, if any
 * @param item what it takes of the menu when nobody presses a key: the first item
 */
public record BootInstructions(
        DhcpPacket lease, DhcpPacket source, Optional<BootMenu> menu, Optional<BootMenu.Item> item) {

    /** {@return the address that the client has} */
    public Inet4Address address() {
        return lease.yourAddress();
    }

    /** {@return whether the menu's choice is to go on with the local disk} */
    public boolean isLocalBoot() {
        return item.filter(taken -> taken.type().equals(BootServerType.BOOTSTRAP))
                .isPresent();
    }

    /** {@return what to load: a file name, or a URL; empty if nothing was said, or the local disk is to boot} */
    public Optional<String> bootFileName() {
        return isLocalBoot() ? Optional.empty() : source.effectiveBootFileName();
    }

    /**
     * {@return where the file is, an address or a host name: the next server ({@code siaddr}), else option 66 or {@code sname}, else
     * the server identifier}
     */
    public Optional<String> server() {
        return Stream.of(
                        Optional.of(source.nextServer())
                                .filter(address -> !address.isAnyLocalAddress())
                                .map(Inet4Address::getHostAddress),
                        source.options().get(DhcpOption.TFTP_SERVER_NAME),
                        source.serverHostName(),
                        source.options().get(DhcpOption.SERVER_IDENTIFIER).map(Inet4Address::getHostAddress))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** {@return what to load as a URL, {@code tftp:} for a file name; empty if nothing was said or it makes no URL} */
    public Optional<URI> uri() {
        return bootFileName()
                .flatMap(name -> absolute(name).or(() -> server().flatMap(server -> overTftp(server, name))));
    }

    private static Optional<URI> absolute(String name) {
        try {
            URI uri = new URI(name);
            return Optional.of(uri).filter(given -> given.getScheme() != null && given.getHost() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> overTftp(String server, String name) {
        try {
            return Optional.of(new URI("tftp", server, name.startsWith("/") ? name : "/" + name, null));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
