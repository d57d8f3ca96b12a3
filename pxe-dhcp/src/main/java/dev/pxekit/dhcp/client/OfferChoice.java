package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.pxe.BootFirmware;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which offers firmware takes: the one that it requests an address of, and those that tell what to boot.
 *
 * <p>PXE in UEFI and BIOS goes by kinds of offers (PXE 2.1 §2.4, UEFI 2.10 §24.3.4, EDK2's {@code PxeBcDhcp4.c}): with an address and PXE
 * discovery options; plain with a proxy offer that has them; with an address and class {@code PXEClient}; plain with a proxy offer of that
 * class; plain with a boot file; BOOTP with one. iPXE and gPXE take the offer of the highest priority and of these the last, and a proxy offer by
 * the same rule ({@code net/udp/dhcp.c}). HTTP boot wants class {@code HTTPClient}, of the address offer or a proxy's (UEFI 2.10 §24.7).
 * A Raspberry
 * Pi takes the first address and what a proxy says, all others the first address.
 *
 * @param address the offer with the address
 * @param boot the offers that tell what to boot, in the order in which they are tried; none if the ACK is to tell
 * @param isRequired whether firmware gives up if none of these tells it
 */
record OfferChoice(DhcpPacket address, List<DhcpPacket> boot, boolean isRequired) {

    private static final String PXE_CLIENT = "PXEClient";
    private static final String HTTP_CLIENT = "HTTPClient";

    private static final List<BootFirmware> PXE =
            List.of(BootFirmware.PXE_UEFI, BootFirmware.PXE_BIOS, BootFirmware.PXE_OTHER);

    /** What firmware does with these offers; empty if it waits for others. */
    static Optional<OfferChoice> of(List<DhcpPacket> offers, BootFirmware firmware) {
        List<DhcpPacket> addresses =
                offers.stream().filter(OfferChoice::hasAddress).toList();
        List<DhcpPacket> proxies =
                offers.stream().filter(offer -> !hasAddress(offer)).toList();
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        if (isIpxe(firmware)) {
            Optional<DhcpPacket> proxy = ofHighestPriority(offers.stream().filter(OfferChoice::isPxe));
            return ofHighestPriority(addresses.stream())
                    .map(address -> new OfferChoice(
                            address,
                            ignoresProxies(address) ? List.of() : proxy.stream().toList(),
                            false));
        }
        if (firmware.equals(BootFirmware.HTTP_BOOT)) {
            return first(addresses, OfferChoice::isHttp)
                    .map(offer -> new OfferChoice(offer, List.of(), true))
                    .or(() -> first(proxies, OfferChoice::isHttp)
                            .map(proxy -> new OfferChoice(addresses.get(0), List.of(proxy), true)));
        }
        if (PXE.contains(firmware)) {
            return byKind(addresses, proxies);
        }
        boolean takesProxies = firmware.equals(BootFirmware.RASPBERRY_PI);
        return Optional.of(new OfferChoice(
                addresses.get(0),
                proxies.stream().filter(proxy -> takesProxies && isPxe(proxy)).toList(),
                false));
    }

    /** Whether there is no need to wait for more offers. */
    static boolean isEnough(List<DhcpPacket> offers, BootFirmware firmware) {
        return isIpxe(firmware)
                && of(offers, firmware)
                        .filter(choice ->
                                ignoresProxies(choice.address) || !choice.boot().isEmpty())
                        .isPresent();
    }

    static boolean isIpxe(BootFirmware firmware) {
        return firmware.equals(BootFirmware.IPXE) || firmware.equals(BootFirmware.GPXE);
    }

    private static Optional<OfferChoice> byKind(List<DhcpPacket> addresses, List<DhcpPacket> proxies) {
        Optional<DhcpPacket> plain = first(addresses, offer -> isDhcp(offer) && !isPxe(offer));
        Stream<Optional<OfferChoice>> kinds = Stream.of(
                first(addresses, offer -> isDhcp(offer) && hasDiscoveryOptions(offer))
                        .map(offer -> new OfferChoice(offer, List.of(offer), true)),
                with(
                        plain,
                        proxies.stream()
                                .filter(OfferChoice::hasDiscoveryOptions)
                                .limit(1)),
                first(addresses, offer -> isDhcp(offer) && isPxe(offer))
                        .map(offer -> new OfferChoice(offer, List.of(offer), true)),
                with(plain, proxies.stream().filter(OfferChoice::isPxe)),
                first(addresses, offer -> isDhcp(offer) && hasBootFile(offer))
                        .map(offer -> new OfferChoice(offer, List.of(), true)),
                first(addresses, offer -> !isDhcp(offer) && hasBootFile(offer))
                        .map(offer -> new OfferChoice(offer, List.of(), true)));
        return kinds.flatMap(Optional::stream).findFirst();
    }

    private static Optional<OfferChoice> with(Optional<DhcpPacket> plain, Stream<DhcpPacket> proxies) {
        List<DhcpPacket> boot = proxies.toList();
        return plain.filter(offer -> !boot.isEmpty()).map(offer -> new OfferChoice(offer, boot, true));
    }

    private static Optional<DhcpPacket> ofHighestPriority(Stream<DhcpPacket> offers) {
        return offers.reduce((before, offer) -> priority(offer) >= priority(before) ? offer : before);
    }

    private static int priority(DhcpPacket offer) {
        return ipxe(offer).flatMap(options -> options.get(IpxeOptions.PRIORITY)).orElse(0);
    }

    private static boolean ignoresProxies(DhcpPacket offer) {
        return ipxe(offer)
                .flatMap(options -> options.get(IpxeOptions.NO_PXEDHCP))
                .orElse(false);
    }

    private static Optional<IpxeOptions> ipxe(DhcpPacket offer) {
        return offer.options().get(DhcpOption.IPXE);
    }

    private static Optional<DhcpPacket> first(List<DhcpPacket> offers, Predicate<DhcpPacket> condition) {
        return offers.stream().filter(condition).findFirst();
    }

    /** An address can be requested of a server that says who it is, and one of BOOTP needs no request. */
    private static boolean hasAddress(DhcpPacket offer) {
        return !offer.yourAddress().isAnyLocalAddress()
                && (!isDhcp(offer)
                        || offer.options().get(DhcpOption.SERVER_IDENTIFIER).isPresent());
    }

    /** Whether the packet is no answer to a BOOTP client. */
    static boolean isDhcp(DhcpPacket packet) {
        return packet.messageType().isPresent();
    }

    static boolean isPxe(DhcpPacket offer) {
        return hasClass(offer, PXE_CLIENT);
    }

    static boolean isHttp(DhcpPacket offer) {
        return hasClass(offer, HTTP_CLIENT);
    }

    private static boolean hasClass(DhcpPacket offer, String start) {
        return offer.options()
                .get(DhcpOption.VENDOR_CLASS_IDENTIFIER)
                .filter(text -> text.startsWith(start))
                .isPresent();
    }

    static boolean hasBootFile(DhcpPacket offer) {
        return offer.effectiveBootFileName().isPresent();
    }

    /** One of the suboptions 6 to 10 of option 43, in an offer of PXE. */
    static boolean hasDiscoveryOptions(DhcpPacket offer) {
        return isPxe(offer)
                && offer.options()
                        .get(PxeVendorOptions.OPTION)
                        .map(EncapsulatedOptions::suboptions)
                        .filter(suboptions -> suboptions.stream()
                                .anyMatch(suboption -> suboption.code() >= PxeVendorOptions.DISCOVERY_CONTROL.code()
                                        && suboption.code() <= PxeVendorOptions.MENU_PROMPT.code()))
                        .isPresent();
    }
}
