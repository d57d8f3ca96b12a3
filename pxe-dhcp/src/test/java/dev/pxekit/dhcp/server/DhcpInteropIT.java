package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.interop.BootServerProgram;
import dev.pxekit.testkit.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our server with busybox's client, and our client with dnsmasq, on ports 67 and 68 of private networks. */
@Tag("interop")
@Timeout(120)
class DhcpInteropIT {

    @TempDir
    private Path directory;

    private Path script() throws Exception {
        Path script = directory.resolve("bound");
        Files.writeString(script, "#!/bin/sh\n[ \"$1\" = bound ] && env | sort\nexit 0\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    @Test
    void leasesToUdhcpc() throws Exception {
        String udhcpc = Needs.program("udhcpc", "udhcpc").toString();
        Needs.networkNamespaces();
        try (NetworkLab lab = new NetworkLab()) {
            lab.startInServer("READY", NetworkLab.java(BootServerProgram.class));
            String bound = lab.inClient(
                    udhcpc, "-i", "eth0", "-f", "-n", "-q", "-R", "-t", "20", "-T", "1", "-s", script().toString());
            assertThat(bound)
                    .contains("ip=10.77.0.")
                    .contains("mask=24")
                    .contains("router=10.77.0.1")
                    .contains("dns=10.77.0.1")
                    .contains("domain=lab.example")
                    .contains("lease=3600")
                    .contains("serverid=10.77.0.1")
                    .doesNotContain("snponly.efi");
        }
    }

    @Test
    void tellsUdhcpcWhatToBootIfItAsksAsFirmware() throws Exception {
        String udhcpc = Needs.program("udhcpc", "udhcpc").toString();
        Needs.networkNamespaces();
        try (NetworkLab lab = new NetworkLab()) {
            lab.startInServer("READY", NetworkLab.java(BootServerProgram.class));
            String bound = lab.inClient(
                    udhcpc,
                    "-i",
                    "eth0",
                    "-f",
                    "-n",
                    "-q",
                    "-t",
                    "20",
                    "-T",
                    "1",
                    "-V",
                    "PXEClient:Arch:00007:UNDI:003000",
                    "-x",
                    "0x5d:0007",
                    "-s",
                    script().toString());
            assertThat(bound).contains("boot_file=snponly.efi").contains("siaddr=10.77.0.1");
        }
    }

    @Test
    void getsALeaseFromDnsmasqByBroadcast() throws Exception {
        String dnsmasq = Needs.program("dnsmasq", "dnsmasq-base").toString();
        Needs.networkNamespaces();
        try (NetworkLab lab = new NetworkLab()) {
            lab.startInServer(
                    "DHCP, IP range",
                    dnsmasq,
                    "-k",
                    "--conf-file=/dev/null",
                    "--user=root",
                    "--log-facility=-",
                    "--port=0",
                    "--bind-interfaces",
                    "--interface=eth0",
                    "--no-ping",
                    "--leasefile-ro",
                    "--dhcp-range=10.77.0.50,10.77.0.150,255.255.255.0,1h",
                    "--dhcp-match=set:efi64,option:client-arch,7",
                    "--dhcp-boot=tag:efi64,snponly.efi");
            // A broadcast needs a route, and with it an address; the client's own stays as it is.
            lab.inClient("ip", "addr", "add", "169.254.77.2/16", "dev", "eth0");
            lab.inClient("ip", "route", "add", "default", "dev", "eth0");
            assertThat(lab.inClient(NetworkLab.java(InteropClient.class)))
                    .contains("ACK")
                    .contains("yiaddr=10.77.0.")
                    .contains("file=snponly.efi");
        }
    }
}
