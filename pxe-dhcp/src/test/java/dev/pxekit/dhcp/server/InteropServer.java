package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.util.Map;

/** The program that {@link DhcpInteropIT} runs in a namespace: a DHCP server on 10.77.0.1, until it is killed. */
final class InteropServer {

    private InteropServer() {}

    public static void main(String[] arguments) throws Exception {
        try (DhcpServer server = DhcpServer.builder()
                .bind("10.77.0.1")
                .subnet(Subnet.builder("10.77.0.0/24")
                        .router("10.77.0.1")
                        .domainNameServer("10.77.0.1")
                        .domainName("lab.example")
                        .pool("10.77.0.50", "10.77.0.150")
                        .build())
                .policy(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi")))
                .build()) {
            server.start();
            System.out.println("READY");
            Thread.currentThread().join();
        }
    }
}
