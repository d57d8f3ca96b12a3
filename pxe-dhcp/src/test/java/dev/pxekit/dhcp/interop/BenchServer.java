package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.Subnet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Our server for {@code src/bench/compare.sh}: {@code BenchServer memory} or {@code BenchServer journal FILE}, until it is killed. */
final class BenchServer {

    /** All clients are new: the default limit against made-up ones would be what is measured. */
    private static final int MORE_THAN_ARE_MADE = 100_000;

    private BenchServer() {}

    public static void main(String[] arguments) throws Exception {
        try (DhcpServer server = DhcpServer.builder()
                .bind("10.64.0.1")
                .subnet(Subnet.builder("10.64.0.0/12")
                        .router("10.64.0.1")
                        .pool("10.65.0.0", "10.78.255.255")
                        .build())
                .leaseStore(store(List.of(arguments)))
                .newClientsPerSecond(MORE_THAN_ARE_MADE)
                .build()) {
            server.start();
            System.out.println("READY");
            Thread.currentThread().join();
        }
    }

    private static LeaseStore store(List<String> arguments) throws IOException {
        if (arguments.equals(List.of("memory"))) {
            return LeaseStore.inMemory();
        }
        if (arguments.size() == 2 && arguments.get(0).equals("journal")) {
            return LeaseStore.journal(Path.of(arguments.get(1)));
        }
        throw new IllegalArgumentException("lease store: " + arguments + " (expected: memory, or journal and a file)");
    }
}
