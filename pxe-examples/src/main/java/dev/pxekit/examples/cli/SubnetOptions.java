package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.server.Subnet;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the machines of a network are given: the options that make a subnet of an interface. */
final class SubnetOptions {

    @Option(
            names = "--range",
            paramLabel = "FIRST-LAST",
            description = "Addresses to hand out; may be repeated. Default: the upper half of the interface's network.")
    private List<String> ranges = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "ADDRESS[-LAST]",
            description = "Addresses of the range that nobody is given; may be repeated.")
    private List<String> excluded = List.of();

    @Option(
            names = "--netmask",
            paramLabel = "MASK",
            description = "Network mask for the machines. Default: that of the interface.")
    private @Nullable String netmask;

    @Option(names = "--router", paramLabel = "ADDRESS", description = "Default gateway for the machines.")
    private @Nullable String router;

    @Option(names = "--dns", paramLabel = "ADDRESS", description = "Name server for the machines; may be repeated.")
    private List<String> nameServers = List.of();

    @Option(names = "--domain", paramLabel = "NAME", description = "Domain name for the machines.")
    private @Nullable String domain;

    @Option(
            names = "--lease-time",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "How long a machine may use its address without asking again, 60 or more. Default: 3600.")
    private @Nullable Duration leaseTime;

    /** Whether any of them was given. */
    boolean isGiven() {
        return !ranges.isEmpty()
                || !excluded.isEmpty()
                || netmask != null
                || router != null
                || !nameServers.isEmpty()
                || domain != null
                || leaseTime != null;
    }

    /**
     * The subnet of an interface.
     *
     * @throws IllegalArgumentException if there is none, or an option is wrong; the message says which
     */
    Subnet subnet(Interfaces.Served served) {
        if (netmask == null && served.prefixLength() > 30) {
            throw new IllegalArgumentException("interface " + served.name() + " has "
                    + served.address().getHostAddress() + "/" + served.prefixLength()
                    + ", a network without room for machines: give --netmask and --range");
        }
        Inet4Address mask = netmask == null ? Ipv4.mask(served.prefixLength()) : Ipv4.parse("--netmask", netmask);
        Subnet.Builder subnet = Subnet.builder(Ipv4.network(served.address(), mask), mask);
        if (ranges.isEmpty()) {
            subnet.pool(Ipv4.upperHalf(served.address(), mask));
        }
        for (String range : ranges) {
            subnet.pool(Ipv4.range("--range", range));
        }
        for (String each : excluded) {
            AddressPool gap = Ipv4.range("--exclude", each.contains("-") ? each : each + "-" + each);
            subnet.exclude(gap.first().getHostAddress(), gap.last().getHostAddress());
        }
        if (router != null) {
            subnet.router(Ipv4.parse("--router", router));
        }
        for (String nameServer : nameServers) {
            subnet.domainNameServer(Ipv4.parse("--dns", nameServer));
        }
        if (domain != null) {
            subnet.domainName(domain);
        }
        if (leaseTime != null) {
            subnet.leaseTime(leaseTime);
        }
        return subnet.build();
    }
}
