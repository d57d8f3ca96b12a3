package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.Subnet;
import java.io.IOException;

/** What the programs with our DHCPv4 server in them have in common. */
final class LabServer {

    private LabServer() {}

    /** A /24 such as {@code 10.77.0} with addresses 50 to 150 to lease and a router at 1. */
    static Subnet.Builder subnet(String network) {
        return Subnet.builder(network + ".0/24")
                .router(network + ".1")
                .domainNameServer("10.77.0.1")
                .domainName("lab.example")
                .pool(network + ".50", network + ".150");
    }

    /** Serves until the program is killed; writes {@code READY} when it does. */
    static void run(DhcpServer server) throws IOException, InterruptedException {
        try (server) {
            server.start();
            System.out.println("READY");
            Thread.currentThread().join();
        }
    }
}
