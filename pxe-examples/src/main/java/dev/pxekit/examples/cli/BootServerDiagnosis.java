package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.examples.NetworkBootstrapPrograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What facts mean for machines that are to boot from here. */
final class BootServerDiagnosis {

    /** What a boot server has a port for. */
    private static final Map<Integer, String> PURPOSES = Map.of(
            67, "no machine gets an answer to its DHCPDISCOVER from here",
            69, "PXE firmware cannot load its program from here",
            4011, "proxy DHCP does not work for UEFI machines, which ask for their boot file there");

    private static final Map<ClientArchitecture, String> MACHINES = Map.of(
            ClientArchitecture.X86_BIOS, "BIOS",
            ClientArchitecture.X64_UEFI, "x64 UEFI",
            ClientArchitecture.ARM64_UEFI, "arm64 UEFI");

    private static final String WAIT = "iPXE's boot without a script waits some 13 seconds for a router advertisement";

    private BootServerDiagnosis() {}

    /** All findings, in the order of a boot. */
    static List<Finding> of(BootServerFacts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(link(facts.link()));
        facts.ports().forEach(port -> findings.add(port(port)));
        findings.addAll(servers(facts.servers(), facts.link()));
        findings.add(router(facts.router(), facts.link().name()));
        findings.add(programs(facts.programs()));
        findings.add(firewall(facts.firewall()));
        return List.copyOf(findings);
    }

    private static Finding link(BootServerFacts.Link link) {
        String check = "interface " + link.name();
        if (!link.up()) {
            return Finding.problem(
                    check, "is down", "nothing is heard or sent on it", "ip link set " + link.name() + " up");
        }
        if (link.addresses().isEmpty()) {
            return Finding.problem(
                    check,
                    "has no IPv4 address",
                    "machines are told to load from an address of this machine",
                    "give it one, such as with: ip address add 10.77.0.1/24 dev " + link.name());
        }
        String addresses = String.join(", ", link.addresses());
        return link.carrier().orElse(true)
                ? Finding.ok(check, "up, " + addresses)
                : Finding.note(
                        check,
                        "up, " + addresses + ", without a carrier",
                        "no machine is at the other end of the cable yet",
                        "plug it in, or switch the machine on");
    }

    private static Finding port(BootServerFacts.Port port) {
        String check = "UDP port " + port.number();
        String purpose = PURPOSES.getOrDefault(port.number(), "what it is for does not work");
        return switch (port.state()) {
            case FREE -> Finding.ok(check, "free");
            case NOT_PERMITTED ->
                Finding.problem(
                        check,
                        "may not be bound by this user",
                        purpose,
                        "run as root or with the capability CAP_NET_BIND_SERVICE");
            case TAKEN ->
                Finding.problem(
                        check,
                        "is taken by "
                                + (port.holders().isEmpty()
                                        ? "a program of another user"
                                        : String.join(", ", port.holders())),
                        purpose,
                        "stop that program, or use it in place of ours; ss -ulpn 'sport = :" + port.number()
                                + "' names it to root");
        };
    }

    private static List<Finding> servers(BootServerFacts.Servers servers, BootServerFacts.Link link) {
        String check = "DHCP servers";
        if (servers.failure().isPresent()) {
            return List.of(Finding.unknown(
                    check,
                    "could not be asked: " + servers.failure().get(),
                    "a second server that gives addresses would quarrel with ours",
                    "find out with: pxekit dhcp discover --interface " + link.name()));
        }
        if (servers.found().isEmpty()) {
            return List.of(Finding.ok(
                    check,
                    "none answered",
                    "addresses have to be given from here: pxekit serve without --proxy-dhcp, or pxekit dhcp serve"));
        }
        return servers.found().stream().map(server -> server(check, server)).toList();
    }

    private static Finding server(String check, FoundServer server) {
        String who = server.kind() + " " + server.server() + ", answered from " + server.source();
        String bootFile = server.facts().getOrDefault("boot file", "");
        if (server.facts().containsKey("address") && bootFile.isEmpty()) {
            return Finding.note(
                    check,
                    who,
                    "it gives the addresses here and tells x64 UEFI machines of no boot file",
                    "add the boot options beside it: pxekit serve --proxy-dhcp, or pxekit dhcp proxy");
        }
        return Finding.note(
                check,
                bootFile.isEmpty() ? who : who + ", boot file " + bootFile,
                "it answers machines that boot; which of two answers they take is chance",
                "switch its boot options off (dnsmasq: dhcp-boot, pxe-service), or leave the booting to it");
    }

    private static Finding router(BootServerFacts.Router router, String link) {
        String check = "IPv6 router";
        String evidence = router.evidence();
        String remedy =
                "a router advertisement, even one with lifetime 0, ends the wait (radvd, or dnsmasq with enable-ra);"
                        + " so does an iPXE that is told dhcp by an embedded script";
        return switch (router.state()) {
            case ADVERTISES -> Finding.ok(check, "advertises: " + evidence, "iPXE does not wait for one");
            case PROBABLE ->
                Finding.unknown(
                        check,
                        "probably: " + evidence,
                        "if it does not advertise, " + WAIT,
                        "rdisc6 " + link + " (package ndisc6) tells");
            case SILENT -> Finding.note(check, "none: " + evidence, WAIT + " after its DHCPACK", remedy);
            case NOT_HEARD ->
                Finding.unknown(
                        check,
                        "cannot be told: " + evidence,
                        "without one, " + WAIT + " after its DHCPACK",
                        "rdisc6 " + link + " (package ndisc6) tells; " + remedy);
        };
    }

    private static Finding programs(BootServerFacts.Programs programs) {
        String check = "iPXE's programs";
        if (programs.failure().isPresent()) {
            return Finding.problem(
                    check,
                    programs.failure().get(),
                    "there is nothing to load for firmware that is not iPXE",
                    "look at the directory, or name another one with --programs DIR");
        }
        if (programs.found().isEmpty()) {
            return Finding.problem(
                    check,
                    "are not installed",
                    "there is nothing to load for firmware that is not iPXE",
                    "install the package ipxe (Debian, Ubuntu) or ipxe-bootimgs (Fedora, RHEL), or name their directory with"
                            + " --programs DIR");
        }
        NetworkBootstrapPrograms found = programs.found().get();
        String there = names(found, true);
        String missing = names(found, false);
        String what = "in " + found.directory() + (there.isEmpty() ? "" : ": " + there);
        return missing.isEmpty()
                ? Finding.ok(check, what)
                : Finding.note(
                        check,
                        what + "; none for " + missing,
                        "machines of those kinds get no boot file",
                        "nothing, unless there are such machines");
    }

    private static String names(NetworkBootstrapPrograms programs, boolean there) {
        return MACHINES.entrySet().stream()
                .filter(entry -> programs.fileNames().containsKey(entry.getKey()) == there)
                .map(Map.Entry::getValue)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Finding firewall(BootServerFacts.Firewall firewall) {
        String check = "packet filter";
        String advice =
                "let in UDP ports 67, 69 and 4011, the other UDP ports that TFTP transfers go by, and the TCP port of HTTP";
        return switch (firewall.state()) {
            case OPEN -> Finding.ok(check, "none that drops what comes in: " + firewall.evidence());
            case FILTERS ->
                Finding.note(
                        check,
                        "drops or rejects some of what comes in: " + firewall.evidence(),
                        "if it drops what machines ask, they hear nothing and give up",
                        advice);
            case CANNOT_BE_SEEN ->
                Finding.unknown(
                        check,
                        "cannot be told: " + firewall.evidence(),
                        "one that drops what machines ask makes them give up",
                        advice);
        };
    }
}
