package dev.pxekit.examples.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.cli.PxeKit;
import dev.pxekit.testkit.Needs;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code pxekit doctor} on networks of its own. */
@Tag("interop")
@Timeout(120)
class DoctorIT {

    @TempDir
    private Path directory;

    private record Run(int exitCode, String output) {}

    private static Run doctor(LabNetwork network, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                PxeKit.class.getName(),
                "doctor",
                "--interface",
                LabNetwork.BRIDGE));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(network.inside(command))
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void findsWhatIsInTheWay() throws Exception {
        Path dnsmasq = Needs.program("dnsmasq", "dnsmasq-base");
        Needs.program("nft", "nftables");
        try (LabNetwork network = LabNetwork.create()) {
            network.startOrdinaryDhcpServer(directory.resolve("dhcp.log"));
            Process tftp = new ProcessBuilder(network.inside(List.of(
                            dnsmasq.toString(),
                            "--keep-in-foreground",
                            "--conf-file=/dev/null",
                            "--port=0",
                            "--user=root",
                            "--pid-file=",
                            "--enable-tftp",
                            "--tftp-root=" + directory)))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("tftp.log").toFile())
                    .start();
            try {
                network.awaitPort(69, tftp);
                Run run = doctor(network, "--programs", directory.toString());
                assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
                assertThat(run.output())
                        .contains("ok       interface br0: up, 10.77.0.1/24")
                        .contains("ok       UDP port 67: free")
                        .containsPattern("problem  UDP port 69: is taken by dnsmasq \\(process \\d+\\)")
                        .contains("note     DHCP servers: DHCP server 10.77.0.2", "--proxy-dhcp")
                        .contains("note     IPv6 router: none", "13 seconds")
                        .contains("problem  iPXE's programs: are not installed")
                        .contains("ok       packet filter: none")
                        .contains("2 problems");
            } finally {
                Processes.end(tftp);
            }
        }
    }

    @Test
    void findsARouterAndAPacketFilter() throws Exception {
        Needs.program("nft", "nftables");
        Needs.file("/usr/lib/ipxe/snponly.efi", "ipxe");
        try (LabNetwork network = LabNetwork.create()) {
            network.startRouter(directory.resolve("router.log"));
            Process filter = new ProcessBuilder(network.inside(List.of(
                            "nft",
                            "add table inet pxekit; add chain inet pxekit incoming"
                                    + " { type filter hook input priority 0; policy accept; };"
                                    + " add rule inet pxekit incoming udp dport 69 drop")))
                    .inheritIO()
                    .start();
            assertThat(filter.waitFor()).isZero();
            awaitRoute(network);
            Run run = doctor(network, "--window", "1", "--json");
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output().lines())
                    .anyMatch(line ->
                            line.startsWith("{\"check\":\"IPv6 router\",\"level\":\"ok\",\"found\":\"advertises: "))
                    .anyMatch(line -> line.startsWith("{\"check\":\"DHCP servers\",\"level\":\"ok\""))
                    .anyMatch(line -> line.startsWith("{\"check\":\"packet filter\",\"level\":\"note\"")
                            && line.contains("chain incoming"));
        }
    }

    /** Until the kernel has heard of the router: the doctor that finds no rdisc6 goes by that. */
    private static void awaitRoute(LabNetwork network) throws Exception {
        while (network.output("ip", "-6", "route", "show", "dev", LabNetwork.BRIDGE, "proto", "ra")
                        .isBlank()
                && network.output("ip", "-6", "route", "show", "dev", LabNetwork.BRIDGE, "proto", "kernel", "fd77::/64")
                        .lines()
                        .noneMatch(line -> line.contains("expires"))) {
            assertThat(Thread.interrupted()).as("time is up").isFalse();
        }
    }
}
