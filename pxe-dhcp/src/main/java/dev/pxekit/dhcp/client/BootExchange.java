package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.pxe.BootFirmware;
import dev.pxekit.dhcp.pxe.BootMenu;
import dev.pxekit.dhcp.pxe.BootServerType;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The whole exchange of firmware that boots from the network, from DISCOVER to the name of a boot file. */
final class BootExchange {

    /** How often a NAK sends firmware back to DISCOVER. */
    private static final int MOST_ROUNDS = 3;

    private final DhcpClient client;
    private final BootFirmware firmware;

    BootExchange(DhcpClient client, BootFirmware firmware) {
        this.client = client;
        this.firmware = firmware;
    }

    BootInstructions run(Duration window) throws IOException {
        for (int round = 1; ; round++) {
            try {
                return once(window);
            } catch (DhcpRefusedException e) {
                if (round == MOST_ROUNDS) {
                    throw e;
                }
            }
        }
    }

    private BootInstructions once(Duration window) throws IOException {
        List<DhcpPacket> offers = client.discover(window, received -> OfferChoice.isEnough(received, firmware));
        OfferChoice choice = OfferChoice.of(offers, firmware)
                .orElseThrow(() -> new IOException(
                        offers.size() + " offers, but none that " + firmware + " would take: " + offers));
        DhcpPacket lease = client.acknowledge(choice.address());
        for (DhcpPacket offer : choice.boot()) {
            Optional<DhcpPacket> source = source(offer, lease);
            if (source.isPresent()) {
                return withMenu(lease, source.get());
            }
        }
        if (choice.isRequired() && !choice.boot().isEmpty()) {
            throw new SocketTimeoutException(
                    "no boot server that " + firmware + " asks on port 4011 names a boot file: " + choice.boot());
        }
        return withMenu(lease, lease);
    }

    /** What an offer leads to: itself, what the boot server on port 4011 says, or nothing. */
    private Optional<DhcpPacket> source(DhcpPacket offer, DhcpPacket lease) throws IOException {
        if (tellsEnough(offer)) {
            // The ACK may say more than the offer that it belongs to.
            return Optional.of(isOf(lease, offer) ? lease : offer);
        }
        Optional<InetSocketAddress> server = server(offer);
        if (server.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(client.bootServerRequest(server.get(), client.ownAddress(lease)))
                    .filter(answer -> OfferChoice.hasBootFile(answer) || OfferChoice.hasDiscoveryOptions(answer));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    /** Whether firmware takes an offer as it is; UEFI asks port 4011 even if a file is named, unless there are discovery options. */
    private boolean tellsEnough(DhcpPacket offer) {
        boolean menu = menu(offer).isPresent();
        if (OfferChoice.isIpxe(firmware)) {
            return menu
                    || (OfferChoice.hasBootFile(offer) && !offer.nextServer().isAnyLocalAddress());
        }
        return menu
                || OfferChoice.hasDiscoveryOptions(offer)
                || OfferChoice.isHttp(offer)
                || firmware.equals(BootFirmware.RASPBERRY_PI);
    }

    private static boolean isOf(DhcpPacket lease, DhcpPacket offer) {
        return lease.options().raw(DhcpOption.SERVER_IDENTIFIER.code()).isPresent()
                && lease.options()
                        .get(DhcpOption.SERVER_IDENTIFIER)
                        .equals(offer.options().get(DhcpOption.SERVER_IDENTIFIER))
                && !offer.yourAddress().isAnyLocalAddress();
    }

    private BootInstructions withMenu(DhcpPacket lease, DhcpPacket source) throws IOException {
        Optional<BootMenu> menu = menu(source);
        boolean direct = menu.isEmpty()
                || ((menu.get().discoveryControl() & PxeVendorOptions.DOWNLOAD_BOOT_FILE) != 0
                        && OfferChoice.hasBootFile(source));
        if (direct) {
            return new BootInstructions(lease, source, menu, Optional.empty());
        }
        BootMenu.Item item = menu.get().items().get(0);
        if (item.type().equals(BootServerType.BOOTSTRAP)) {
            return new BootInstructions(lease, source, menu, Optional.of(item));
        }
        InetSocketAddress server = menu.get().servers().stream()
                .filter(listed -> listed.type().equals(item.type()))
                .flatMap(listed -> listed.addresses().stream())
                .findFirst()
                .map(this::onBootServerPort)
                .or(() -> server(source))
                .orElseThrow(() -> new IOException("the boot menu names no server for " + item));
        DhcpPacket answer = client.bootServerRequest(
                server, client.ownAddress(lease), new PxeVendorOptions.BootItem(item.type(), 0));
        return new BootInstructions(lease, answer, menu, Optional.of(item));
    }

    static Optional<BootMenu> menu(DhcpPacket packet) {
        return packet.options()
                .get(PxeVendorOptions.OPTION)
                .filter(options -> OfferChoice.isPxe(packet))
                .flatMap(options -> options.get(PxeVendorOptions.BOOT_MENU)
                        .filter(items -> !items.isEmpty())
                        .map(items -> new BootMenu(
                                options.get(PxeVendorOptions.DISCOVERY_CONTROL).orElse(0),
                                options.get(PxeVendorOptions.BOOT_SERVERS).orElse(List.of()),
                                items,
                                options.get(PxeVendorOptions.MENU_PROMPT)
                                        .orElse(new BootMenu.Prompt(BootMenu.Prompt.TAKE_FIRST, "")))));
    }

    /** The server of an offer: {@code siaddr}, else option 54, as firmware has it. */
    private Optional<InetSocketAddress> server(DhcpPacket offer) {
        return Optional.of(offer.nextServer())
                .filter(address -> !address.isAnyLocalAddress())
                .or(() -> offer.options().get(DhcpOption.SERVER_IDENTIFIER))
                .map(this::onBootServerPort);
    }

    private InetSocketAddress onBootServerPort(Inet4Address address) {
        return new InetSocketAddress(address, client.bootServerPort());
    }
}
