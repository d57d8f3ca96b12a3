package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.examples.NetworkBootstrapPrograms;
import dev.pxekit.examples.cli.BootServerFacts.Firewall;
import dev.pxekit.examples.cli.BootServerFacts.FirewallState;
import dev.pxekit.examples.cli.BootServerFacts.Link;
import dev.pxekit.examples.cli.BootServerFacts.Port;
import dev.pxekit.examples.cli.BootServerFacts.PortState;
import dev.pxekit.examples.cli.BootServerFacts.Programs;
import dev.pxekit.examples.cli.BootServerFacts.Router;
import dev.pxekit.examples.cli.BootServerFacts.RouterState;
import dev.pxekit.examples.cli.BootServerFacts.Servers;
import dev.pxekit.examples.cli.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What facts mean. */
class BootServerDiagnosisTest {

    private static final Link LINK = new Link("eth0", true, Optional.of(true), List.of("10.77.0.1/24"));
    private static final List<Port> FREE = List.of(
            new Port(67, PortState.FREE, List.of()),
            new Port(69, PortState.FREE, List.of()),
            new Port(4011, PortState.FREE, List.of()));
    private static final Servers NOBODY = new Servers(List.of(), Optional.empty());
    private static final Router ROUTER = new Router(RouterState.ADVERTISES, "one answered rdisc6");
    private static final Programs INSTALLED = programs(Map.of(
            ClientArchitecture.X86_BIOS, "undionly.kpxe",
            ClientArchitecture.X64_UEFI, "snponly.efi",
            ClientArchitecture.ARM64_UEFI, "snponly-arm64.efi"));
    private static final Firewall OPEN = new Firewall(FirewallState.OPEN, "nft list ruleset");
    private static final BootServerFacts FINE = new BootServerFacts(LINK, FREE, NOBODY, ROUTER, INSTALLED, OPEN);

    private static Programs programs(Map<ClientArchitecture, String> files) {
        return new Programs(Optional.of(new NetworkBootstrapPrograms(Path.of("ipxe"), files)), Optional.empty());
    }

    private static Finding finding(BootServerFacts facts, String check) {
        List<Finding> found = BootServerDiagnosis.of(facts).stream()
                .filter(each -> each.check().equals(check))
                .toList();
        assertThat(found).as(check).hasSize(1);
        return found.get(0);
    }

    private static Finding link(Link link) {
        return finding(new BootServerFacts(link, FREE, NOBODY, ROUTER, INSTALLED, OPEN), "interface eth0");
    }

    private static Finding port(Port port) {
        return finding(
                new BootServerFacts(LINK, List.of(port), NOBODY, ROUTER, INSTALLED, OPEN), "UDP port " + port.number());
    }

    private static Finding server(Servers servers) {
        return finding(new BootServerFacts(LINK, FREE, servers, ROUTER, INSTALLED, OPEN), "DHCP servers");
    }

    private static Finding server(Map<String, String> facts) {
        String kind = facts.containsKey("address") ? "DHCP server" : "proxy DHCP server";
        FoundServer found = new FoundServer(kind, "10.77.0.2", "10.77.0.2:67", 0.1, facts, "{}");
        return server(new Servers(List.of(found), Optional.empty()));
    }

    private static Finding router(RouterState state) {
        Router router = new Router(state, "evidence");
        return finding(new BootServerFacts(LINK, FREE, NOBODY, router, INSTALLED, OPEN), "IPv6 router");
    }

    private static Finding programs(Programs programs) {
        return finding(new BootServerFacts(LINK, FREE, NOBODY, ROUTER, programs, OPEN), "iPXE's programs");
    }

    @Test
    void findsNothingWrongWhereNothingIs() {
        assertThat(BootServerDiagnosis.of(FINE)).hasSize(8).allSatisfy(finding -> {
            assertThat(finding.level()).as("%s", finding).isEqualTo(Level.OK);
            assertThat(finding.advice()).isEmpty();
        });
    }

    @Test
    void saysWhatEachProblemMeansAndWhatToDo() {
        BootServerFacts broken = new BootServerFacts(
                new Link("eth0", false, Optional.empty(), List.of()),
                List.of(
                        new Port(67, PortState.TAKEN, List.of("dnsmasq (process 812)")),
                        new Port(69, PortState.NOT_PERMITTED, List.of())),
                new Servers(List.of(), Optional.of("port 68 is taken")),
                new Router(RouterState.NOT_HEARD, "evidence"),
                new Programs(Optional.empty(), Optional.empty()),
                new Firewall(FirewallState.FILTERS, "chain input"));
        assertThat(BootServerDiagnosis.of(broken)).hasSize(7).allSatisfy(finding -> {
            assertThat(finding.level()).as("%s", finding).isNotEqualTo(Level.OK);
            assertThat(finding.found()).isNotEmpty();
            assertThat(finding.meaning()).isNotEmpty();
            assertThat(finding.advice()).isNotEmpty();
        });
    }

    @Test
    void wantsAnInterfaceThatIsUpAndHasAnAddress() {
        assertThat(link(new Link("eth0", false, Optional.empty(), List.of("10.77.0.1/24"))))
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.PROBLEM))
                .satisfies(finding -> assertThat(finding.advice()).isEqualTo("ip link set eth0 up"));
        Finding bare = link(new Link("eth0", true, Optional.of(true), List.of()));
        assertThat(bare.level()).isEqualTo(Level.PROBLEM);
        assertThat(bare.advice()).contains("ip address add");
        assertThat(link(new Link("eth0", true, Optional.of(false), List.of("10.77.0.1/24")))
                        .level())
                .isEqualTo(Level.NOTE);
        assertThat(link(new Link("eth0", true, Optional.empty(), List.of("10.77.0.1/24")))
                        .level())
                .isEqualTo(Level.OK);
    }

    @Test
    void namesWhoHasAPort() {
        Finding taken = port(new Port(67, PortState.TAKEN, List.of("dnsmasq (process 812)", "kea (process 9)")));
        assertThat(taken.level()).isEqualTo(Level.PROBLEM);
        assertThat(taken.found()).isEqualTo("is taken by dnsmasq (process 812), kea (process 9)");
        assertThat(port(new Port(69, PortState.TAKEN, List.of())).found()).contains("another user");
        Finding forbidden = port(new Port(4011, PortState.NOT_PERMITTED, List.of()));
        assertThat(forbidden.level()).isEqualTo(Level.PROBLEM);
        assertThat(forbidden.meaning()).contains("proxy DHCP");
        assertThat(forbidden.advice()).contains("CAP_NET_BIND_SERVICE");
    }

    @Test
    void saysHowToLiveWithAnotherServer() {
        assertThat(server(NOBODY).level()).isEqualTo(Level.OK);
        Finding plain = server(Map.of("address", "10.77.0.50"));
        assertThat(plain.level()).isEqualTo(Level.NOTE);
        assertThat(plain.advice()).contains("--proxy-dhcp");
        Finding boots = server(Map.of("address", "10.77.0.50", "boot file", "\"other.efi\""));
        assertThat(boots.found()).contains("boot file \"other.efi\"");
        assertThat(boots.meaning()).contains("chance");
        Finding proxy = server(Map.of());
        assertThat(proxy.found()).startsWith("proxy DHCP server 10.77.0.2");
        assertThat(proxy.meaning()).contains("chance");
        Finding unasked = server(new Servers(List.of(), Optional.of("port 68 is taken")));
        assertThat(unasked.level()).isEqualTo(Level.UNKNOWN);
        assertThat(unasked.found()).contains("port 68 is taken");
    }

    @Test
    void saysWhenIpxeWaitsForARouter() {
        assertThat(router(RouterState.ADVERTISES).level()).isEqualTo(Level.OK);
        assertThat(router(RouterState.SILENT).level()).isEqualTo(Level.NOTE);
        assertThat(router(RouterState.PROBABLE).level()).isEqualTo(Level.UNKNOWN);
        assertThat(router(RouterState.NOT_HEARD).level()).isEqualTo(Level.UNKNOWN);
        for (RouterState state : List.of(RouterState.SILENT, RouterState.PROBABLE, RouterState.NOT_HEARD)) {
            assertThat(router(state).meaning()).as("%s", state).contains("13 seconds");
        }
    }

    @Test
    void saysWhatToInstall() {
        Finding missing = programs(new Programs(Optional.empty(), Optional.empty()));
        assertThat(missing.level()).isEqualTo(Level.PROBLEM);
        assertThat(missing.advice()).contains("package ipxe");
        Finding some = programs(programs(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi")));
        assertThat(some.level()).isEqualTo(Level.NOTE);
        assertThat(some.found()).contains("x64 UEFI; none for BIOS, arm64 UEFI");
        assertThat(programs(new Programs(Optional.empty(), Optional.of("cannot be looked for")))
                        .level())
                .isEqualTo(Level.PROBLEM);
    }

    @Test
    void printsLinesForPeopleAndForPrograms() {
        Finding finding = Finding.note("check", "found \"it\"", "meaning", "advice");
        java.io.StringWriter text = new java.io.StringWriter();
        finding.print(new java.io.PrintWriter(text, true));
        assertThat(text.toString().lines())
                .containsExactly("note     check: found \"it\"", "         meaning", "         advice");
        assertThat(dev.pxekit.testkit.JsonObject.parse(finding.json()).text("level"))
                .isEqualTo("note");
        assertThat(dev.pxekit.testkit.JsonObject.parse(finding.json()).text("found"))
                .isEqualTo("found \"it\"");
    }
}
