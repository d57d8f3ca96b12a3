package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.client.DhcpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code pxekit dhcp serve}, {@code proxy} and {@code leases}, over loopback. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "loopback is called lo on Linux only")
class DhcpServeCommandTest {

    private static final HardwareAddress MACHINE = HardwareAddress.parse("52:54:00:77:00:01");
    private static final HardwareAddress OTHER = HardwareAddress.parse("52:54:00:77:00:02");
    private static final List<String> SERVE = List.of(
            "dhcp",
            "serve",
            "--interface",
            "lo",
            "--port",
            "0",
            "--reply-to-sender",
            "--netmask",
            "255.255.255.0",
            "--range",
            "127.0.0.50-127.0.0.59");

    @TempDir
    private Path directory;

    private static DhcpPacket lease(RunningServe server, ClientIdentity identity) throws Exception {
        try (DhcpClient client =
                DhcpClient.builder(identity).server(server.address()).open()) {
            return client.request(client.discover().get(0));
        }
    }

    @Test
    void leasesAddressesWithWhatItWasTold() throws Exception {
        Path journal = directory.resolve("leases.journal");
        try (RunningServe server = new RunningServe(
                SERVE,
                "--router",
                "127.0.0.1",
                "--dns",
                "127.0.0.1",
                "--domain",
                "lab.example",
                "--lease-time",
                "600",
                "--leases",
                journal.toString(),
                "--reserve",
                MACHINE + "=127.0.0.9,node1",
                "--boot",
                "x64=snponly.efi",
                "--boot",
                "x64=http://127.0.0.1/snponly.efi",
                "--ipxe",
                "http://127.0.0.1/boot.ipxe",
                "--next-server",
                "127.0.0.2")) {
            assertThat(server.firstLine()).contains("DHCP, leases in " + journal, "Ctrl-C ends it");
            DhcpPacket own = lease(server, ClientIdentity.uefiPxe(MACHINE, UUID.randomUUID()));
            assertThat(own.yourAddress().getHostAddress()).isEqualTo("127.0.0.9");
            assertThat(own.options().get(DhcpOption.HOST_NAME)).contains("node1");
            assertThat(own.options().get(DhcpOption.DOMAIN_NAME)).contains("lab.example");
            assertThat(own.options().require(DhcpOption.LEASE_TIME).toSeconds()).isEqualTo(600);
            assertThat(own.effectiveBootFileName()).contains("snponly.efi");
            assertThat(own.nextServer().getHostAddress()).isEqualTo("127.0.0.2");
            DhcpPacket http = lease(server, ClientIdentity.uefiHttp(OTHER, UUID.randomUUID()));
            assertThat(http.yourAddress().getHostAddress()).startsWith("127.0.0.5");
            assertThat(http.effectiveBootFileName()).contains("http://127.0.0.1/snponly.efi");
            assertThat(lease(server, ClientIdentity.uefiIpxe(MACHINE, UUID.randomUUID()))
                            .effectiveBootFileName())
                    .contains("http://127.0.0.1/boot.ipxe");
            CommandRun leases = CommandRun.of("dhcp", "leases", journal.toString());
            assertThat(leases.exitCode()).isZero();
            assertThat(leases.out()).contains("127.0.0.9 ", "bound", MACHINE.toString(), "2 leases");
            CommandRun json = CommandRun.of("dhcp", "leases", "--json", "--active", journal.toString());
            assertThat(json.out().lines()).hasSize(2).first().asString().startsWith("{\"address\":\"127.0.0.9\"");
        }
    }

    @Test
    void handsOutSeveralRangesAndLeavesOutWhatIsExcluded() throws Exception {
        try (RunningServe server = new RunningServe(
                SERVE,
                "--range",
                "127.0.0.70-127.0.0.71",
                "--exclude",
                "127.0.0.50-127.0.0.59",
                "--exclude",
                "127.0.0.70")) {
            assertThat(lease(server, ClientIdentity.plain(MACHINE))
                            .yourAddress()
                            .getHostAddress())
                    .isEqualTo("127.0.0.71");
        }
    }

    @Test
    void readsReservationsFromFiles() throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.8 node8\n");
        Path ethers = Files.writeString(directory.resolve("ethers"), MACHINE + " node8\n");
        try (RunningServe server = new RunningServe(
                SERVE, "--ethers", ethers.toString(), "--hosts", hosts.toString(), "--authoritative")) {
            assertThat(lease(server, ClientIdentity.plain(MACHINE))
                            .yourAddress()
                            .getHostAddress())
                    .isEqualTo("127.0.0.8");
        }
    }

    @Test
    void offersBootFilesAsAProxy() throws Exception {
        List<String> proxy = List.of(
                "dhcp", "proxy", "--interface", "lo", "--port", "0", "--boot-server-port", "0", "--reply-to-sender");
        try (RunningServe server = new RunningServe(proxy, "--boot", "bios=undionly.kpxe");
                DhcpClient client = DhcpClient.builder(ClientIdentity.biosPxe(MACHINE, UUID.randomUUID()))
                        .server(server.address())
                        .open()) {
            DhcpPacket offer = client.discover().get(0);
            assertThat(offer.yourAddress().isAnyLocalAddress()).isTrue();
            assertThat(offer.nextServer().getHostAddress()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void saysWhatIsWrong() {
        assertRefused("--reserve", "52:54:00:77:00:01", "expected: MAC=ADDRESS");
        assertRefused("--reserve", "52:54:00:77:00:01=10.9.9.9", "none of the subnets");
        assertRefused("--boot", "vax=boot.efi", "vax is no architecture");
        assertRefused("--lease-time", "5", "60 seconds");
        assertRefused("--range", "127.0.0.5", "FIRST-LAST");
        assertRefused("--exclude", "127.0.0", "no IPv4 address");
        assertRefused("--exclude", "127.0.1.1", "outside of subnet");
        CommandRun leases =
                CommandRun.of("dhcp", "leases", directory.resolve("absent").toString());
        assertThat(leases.exitCode()).isEqualTo(1);
        assertThat(leases.err()).contains("absent");
    }

    private static void assertRefused(String option, String value, String why) {
        CommandRun run = CommandRun.of(
                "dhcp", "serve", "--interface", "lo", "--port", "0", "--netmask", "255.255.255.0", option, value);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(why);
    }
}
