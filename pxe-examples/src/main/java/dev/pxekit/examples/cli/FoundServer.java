package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.client.Answer;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import dev.pxekit.dhcp.v6.Status;
import java.io.PrintWriter;
import java.net.Inet4Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A server that {@code pxekit dhcp discover} found.
 *
 * @param kind {@code DHCP server}, {@code proxy DHCP server} or {@code DHCPv6 server}
 * @param server its identifier
 * @param source where the answer came from, which may be a relay agent
 * @param seconds how long it took
 * @param facts what it offers, by names for people
 * @param message all of it in JSON
 */
record FoundServer(String kind, String server, String source, double seconds, Map<String, String> facts, String message)
        implements Reported {

    private static final String UNKNOWN = "without identifier";

    static FoundServer of(Answer<DhcpPacket> answer) {
        DhcpPacket offer = answer.message();
        boolean proxy = offer.yourAddress().isAnyLocalAddress();
        Map<String, String> facts = new LinkedHashMap<>();
        if (!proxy) {
            facts.put("address", offer.yourAddress().getHostAddress());
        }
        offer.options().get(DhcpOption.LEASE_TIME).ifPresent(time -> facts.put("lease", time.toSeconds() + " s"));
        offer.options().get(DhcpOption.SUBNET_MASK).ifPresent(mask -> facts.put("mask", mask.getHostAddress()));
        put(facts, "routers", offer.options().get(DhcpOption.ROUTERS));
        put(facts, "DNS servers", offer.options().get(DhcpOption.DOMAIN_NAME_SERVERS));
        offer.effectiveBootFileName().ifPresent(name -> facts.put("boot file", Printable.quoted(name)));
        if (!offer.nextServer().isAnyLocalAddress()) {
            facts.put("next server", offer.nextServer().getHostAddress());
        }
        offer.options()
                .get(DhcpOption.TFTP_SERVER_NAME)
                .ifPresent(name -> facts.put("TFTP server", Printable.quoted(name)));
        offer.options()
                .get(DhcpOption.VENDOR_CLASS_IDENTIFIER)
                .ifPresent(name -> facts.put("vendor class", Printable.quoted(name)));
        if (proxy) {
            menu(offer).ifPresent(items -> facts.put("menu", items));
        }
        return new FoundServer(
                proxy ? "proxy DHCP server" : "DHCP server",
                offer.options()
                        .get(DhcpOption.SERVER_IDENTIFIER)
                        .map(Inet4Address::getHostAddress)
                        .orElse(UNKNOWN),
                Endpoints.text(answer.source()),
                answer.delay().toNanos() / 1e9,
                facts,
                offer.toJson());
    }

    private static void put(Map<String, String> facts, String name, Optional<List<Inet4Address>> addresses) {
        addresses.ifPresent(all ->
                facts.put(name, all.stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(", "))));
    }

    private static Optional<String> menu(DhcpPacket offer) {
        return offer.options()
                .get(PxeVendorOptions.OPTION)
                .flatMap(options -> options.get(PxeVendorOptions.BOOT_MENU))
                .map(items -> items.stream()
                        .map(item -> Printable.quoted(item.description()))
                        .collect(Collectors.joining(", ")));
    }

    static FoundServer of6(Answer<Dhcp6Message> answer) {
        Dhcp6Message advertise = answer.message();
        Map<String, String> facts = new LinkedHashMap<>();
        for (IaNa association : advertise.options().getAll(Dhcp6Option.IA_NA)) {
            for (IaAddress address : association.addresses()) {
                facts.put("address", address.address().getHostAddress());
                facts.put("lease", address.validLifetime().toSeconds() + " s");
            }
            status(facts, association.options().get(Dhcp6Option.STATUS_CODE));
        }
        status(facts, advertise.options().get(Dhcp6Option.STATUS_CODE));
        advertise
                .options()
                .get(Dhcp6Option.PREFERENCE)
                .ifPresent(preference -> facts.put("preference", preference.toString()));
        advertise
                .options()
                .get(Dhcp6Option.BOOT_FILE_URL)
                .ifPresent(url -> facts.put("boot file", Printable.quoted(url)));
        return new FoundServer(
                "DHCPv6 server",
                advertise
                        .options()
                        .get(Dhcp6Option.SERVER_IDENTIFIER)
                        .map(Duid::toString)
                        .orElse(UNKNOWN),
                Endpoints.text(answer.source()),
                answer.delay().toNanos() / 1e9,
                facts,
                advertise.toJson());
    }

    private static void status(Map<String, String> facts, Optional<Status> status) {
        status.filter(given -> given.code().code() != 0)
                .ifPresent(given -> facts.put("status", given.code() + " " + Printable.quoted(given.message())));
    }

    @Override
    public void print(PrintWriter out) {
        out.println(String.format(Locale.ROOT, "%s %s, answered from %s after %.3f s", kind, server, source, seconds));
        facts.forEach((name, value) -> out.println(String.format(Locale.ROOT, "    %-13s %s", name, value)));
    }

    /** With all of the message in it. */
    @Override
    public String json() {
        JsonLine offers = new JsonLine();
        facts.forEach(offers::text);
        return new JsonLine()
                .text("kind", kind)
                .text("server", server)
                .text("source", source)
                .number("milliseconds", Math.round(seconds * 1000))
                .json("offers", offers.toString())
                .json("message", message)
                .toString();
    }
}
