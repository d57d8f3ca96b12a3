package dev.pxekit.dhcp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.server.NetworkLab;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our clients with dnsmasq and Kea, by broadcast and multicast on private networks. */
@Tag("interop")
@Timeout(180)
class ClientInteropIT {

    /** The client's, also in advance: a boot server answers to it. */
    private static final String LEASED = "10.77.0.77";

    @TempDir
    private Path directory;

    private static NetworkLab lab() throws Exception {
        Needs.networkNamespaces();
        NetworkLab lab = new NetworkLab();
        lab.inClient("ip", "link", "set", "eth0", "address", ClientProgram.ADDRESS);
        lab.inClient("ip", "addr", "add", LEASED + "/24", "dev", "eth0");
        lab.inServer("ip", "addr", "add", "fd77::1/64", "dev", "eth0", "nodad");
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (isSettling(lab.inClient("ip", "-6", "addr", "show", "dev", "eth0"))
                || isSettling(lab.inServer("ip", "-6", "addr", "show", "dev", "eth0"))) {
            assertThat(System.nanoTime()).as("link-local addresses").isLessThan(end);
        }
        return lab;
    }

    private static boolean isSettling(String addresses) {
        return !addresses.contains("fe80:") || addresses.contains("tentative");
    }

    private static String run(NetworkLab lab, String question) throws IOException {
        return lab.inClient(NetworkLab.java(ClientProgram.class, question));
    }

    private static void dnsmasq(NetworkLab lab, String ready, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Needs.program("dnsmasq", "dnsmasq-base").toString(),
                "-k",
                "--conf-file=/dev/null",
                "--user=root",
                "--log-facility=-",
                "--port=0",
                "--bind-interfaces",
                "--interface=eth0",
                "--no-ping",
                "--leasefile-ro"));
        command.addAll(List.of(options));
        lab.startInServer(ready, command.toArray(String[]::new));
    }

    private static void addresses(NetworkLab lab, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "--dhcp-range=10.77.0.50,10.77.0.150,255.255.255.0,1h",
                "--dhcp-host=" + ClientProgram.ADDRESS + "," + LEASED,
                "--dhcp-option=3,10.77.0.1"));
        options.addAll(List.of(more));
        dnsmasq(lab, "DHCP, IP range", options.toArray(String[]::new));
    }

    private static void proxy(NetworkLab lab, String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--dhcp-range=10.77.0.0,proxy"));
        options.addAll(List.of(more));
        dnsmasq(lab, "DHCP, proxy", options.toArray(String[]::new));
    }

    @Test
    void livesWithDnsmasq() throws Exception {
        try (NetworkLab lab = lab()) {
            addresses(lab, "--dhcp-rapid-commit");
            assertThat(run(lab, "life"))
                    .contains("lease 10.77.0.77", "renew 10.77.0.77", "rebind 10.77.0.77", "reboot 10.77.0.77")
                    .contains("inform Optional[[/10.77.0.1]]")
                    .contains("again 10.77.0.77");
            assertThat(run(lab, "rapid")).contains("rapid true 10.77.0.77");
        }
    }

    @Test
    void bootsFromDnsmasqAlone() throws Exception {
        try (NetworkLab lab = lab()) {
            addresses(
                    lab,
                    "--dhcp-match=set:efi64,option:client-arch,7",
                    "--dhcp-match=set:http,option:client-arch,16",
                    "--dhcp-userclass=set:ipxe,iPXE",
                    "--dhcp-boot=tag:efi64,tag:!ipxe,snponly.efi",
                    "--dhcp-boot=tag:ipxe,http://10.77.0.1/boot.ipxe",
                    "--dhcp-boot=tag:http,http://10.77.0.1/snponly.efi",
                    "--dhcp-option-force=tag:http,60,HTTPClient");
            assertThat(run(lab, "boot-uefi")).contains("uri tftp://10.77.0.1/snponly.efi");
            assertThat(run(lab, "boot-ipxe")).contains("uri http://10.77.0.1/boot.ipxe");
            assertThat(run(lab, "boot-http")).contains("uri http://10.77.0.1/snponly.efi");
        }
    }

    @Test
    void asksDnsmasqAsProxyOnPort4011() throws Exception {
        try (NetworkLab lab = lab()) {
            addresses(lab);
            proxy(lab, "--pxe-service=X86-64_EFI,Boot,snponly.efi", "--pxe-service=x86PC,Boot,undionly.kpxe");
            assertThat(run(lab, "survey"))
                    .contains("yiaddr=10.77.0.77")
                    .containsPattern("answer OFFER xid=\\w+ chaddr=52:54:00:77:00:03 (siaddr=\\S+ )?options=");
            assertThat(run(lab, "boot-uefi"))
                    .contains("address 10.77.0.77")
                    .contains("uri tftp://10.77.0.1/snponly.efi");
            assertThat(run(lab, "boot-bios")).contains("uri tftp://10.77.0.1/undionly");
        }
    }

    @Test
    void takesTheFirstItemOfDnsmasqsMenu() throws Exception {
        try (NetworkLab lab = lab()) {
            addresses(lab);
            proxy(
                    lab,
                    "--pxe-prompt=Press F8,5",
                    "--pxe-service=X86-64_EFI,Install,install.efi",
                    "--pxe-service=X86-64_EFI,Rescue,rescue.efi");
            assertThat(run(lab, "boot-uefi"))
                    .contains("uri tftp://10.77.0.1/install.efi")
                    .contains("description=Install")
                    .contains("description=Rescue");
        }
    }

    @Test
    void livesWithDnsmasqOverIpv6() throws Exception {
        try (NetworkLab lab = lab()) {
            dnsmasq(
                    lab,
                    "DHCPv6, IP range",
                    "--dhcp-range=fd77::100,fd77::1ff,64,1h",
                    "--dhcp-option=option6:bootfile-url,tftp://[fd77::1]/snponly.efi");
            assertLife6(run(lab, "life6"));
            assertThat(run(lab, "rapid6")).contains("rapid true fd77:");
        }
    }

    private static void assertLife6(String life) {
        assertThat(life)
                .contains("information tftp://[fd77::1]/snponly.efi")
                .containsPattern("lease fd77:\\S+")
                .contains("url tftp://[fd77::1]/snponly.efi")
                .containsPattern("renew fd77:\\S+")
                .containsPattern("rebind fd77:\\S+")
                .contains("confirm REPLY", "decline REPLY", "release REPLY")
                .containsPattern("other fd77:\\S+");
    }

    private void kea(NetworkLab lab, String program, String aptPackage, String ready, String configuration)
            throws Exception {
        Path file = Files.writeString(directory.resolve(program + ".conf"), configuration);
        lab.startInServer(
                ready,
                "env",
                "KEA_PIDFILE_DIR=" + directory,
                "KEA_LOCKFILE_DIR=" + directory,
                Needs.program(program, aptPackage).toString(),
                "-c",
                file.toString());
    }

    private static final String KEA_LOG = """
            "loggers": [{"name": "%s", "severity": "INFO", "output_options": [{"output": "stdout"}]}]
            """;

    @Test
    void livesWithKea() throws Exception {
        try (NetworkLab lab = lab()) {
            kea(lab, "kea-dhcp4", "kea-dhcp4-server", "DHCP4_STARTED", """
                    {"Dhcp4": {
                      "interfaces-config": {"interfaces": ["eth0"]},
                      "lease-database": {"type": "memfile", "persist": false},
                      "valid-lifetime": 3600,
                      "authoritative": true,
                      "client-classes": [{"name": "uefi", "test": "option[93].hex == 0x0007",
                          "boot-file-name": "snponly.efi", "next-server": "10.77.0.1"}],
                      "subnet4": [{"id": 1, "subnet": "10.77.0.0/24",
                          "pools": [{"pool": "10.77.0.50-10.77.0.150"}],
                          "option-data": [{"name": "routers", "data": "10.77.0.1"}],
                          "reservations": [{"hw-address": "52:54:00:77:00:03", "ip-address": "10.77.0.77"}]}],
                    """ + KEA_LOG.formatted("kea-dhcp4") + "}}");
            assertThat(run(lab, "life"))
                    .contains("lease 10.77.0.77", "renew 10.77.0.77", "rebind 10.77.0.77", "reboot 10.77.0.77")
                    .contains("inform Optional[[/10.77.0.1]]")
                    .contains("again 10.77.0.77");
            assertThat(run(lab, "boot-uefi")).contains("uri tftp://10.77.0.1/snponly.efi");
        }
    }

    @Test
    void livesWithKeaOverIpv6() throws Exception {
        try (NetworkLab lab = lab()) {
            kea(lab, "kea-dhcp6", "kea-dhcp6-server", "DHCP6_STARTED", """
                    {"Dhcp6": {
                      "server-id": {"type": "LL", "htype": 1, "identifier": "525400770001", "persist": false},
                      "interfaces-config": {"interfaces": ["eth0"]},
                      "lease-database": {"type": "memfile", "persist": false},
                      "valid-lifetime": 3600, "preferred-lifetime": 1800,
                      "option-data": [{"name": "bootfile-url", "data": "tftp://[fd77::1]/snponly.efi"}],
                      "subnet6": [{"id": 1, "subnet": "fd77::/64", "interface": "eth0", "rapid-commit": true,
                          "pools": [{"pool": "fd77::100-fd77::1ff"}]}],
                    """ + KEA_LOG.formatted("kea-dhcp6") + "}}");
            assertLife6(run(lab, "life6"));
            assertThat(run(lab, "rapid6")).contains("rapid true fd77:");
        }
    }
}
