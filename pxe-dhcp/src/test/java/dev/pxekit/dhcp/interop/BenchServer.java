package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.Subnet;

/** Our server for {@code src/bench/compare.sh}: {@code BenchServer memory}, until it is killed. */
final class BenchServer {

    private BenchServer() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1 || !arguments[0].equals("memory")) {
            throw new IllegalArgumentException("lease store: " + String.join(" ", arguments) + " (expected: memory)");
        }
        try (DhcpServer server = DhcpServer.builder()
                .bind("10.77.0.1")
                .subnet(Subnet.builder("10.77.0.0/16")
                        .router("10.77.0.1")
                        .pool("10.77.10.0", "10.77.249.255")
                        .build())
                .leaseStore(LeaseStore.inMemory())
                .build()) {
            server.start();
            System.out.println("READY");
            Thread.currentThread().join();
        }
    }
}
