package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.Subnet;
import java.net.URI;
import java.util.Map;

/** Our server for {@link SameAnswerIT}, until it is killed. */
final class BootServerProgram {

    private BootServerProgram() {}

    public static void main(String[] arguments) throws Exception {
        BootPolicy policy = BootPolicy.firstOf(
                BootPolicy.ipxe(URI.create("http://10.77.0.1:8080/boot.ipxe")),
                BootPolicy.httpBoot(
                        Map.of(ClientArchitecture.X64_UEFI_HTTP, URI.create("http://10.77.0.1:8080/snponly.efi"))),
                BootPolicy.byArchitecture(Map.of(
                        ClientArchitecture.X86_BIOS, "undionly.kpxe", ClientArchitecture.X64_UEFI, "snponly.efi")));
        try (DhcpServer server = DhcpServer.builder()
                .bind("10.77.0.1")
                .subnet(Subnet.builder("10.77.0.0/24")
                        .router("10.77.0.1")
                        .domainNameServer("10.77.0.1")
                        .domainName("lab.example")
                        .pool("10.77.0.50", "10.77.0.150")
                        .build())
                .authoritative(true)
                .policy(policy)
                .build()) {
            server.start();
            System.out.println("READY");
            Thread.currentThread().join();
        }
    }
}
