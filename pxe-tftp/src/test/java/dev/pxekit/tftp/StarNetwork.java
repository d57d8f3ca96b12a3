package dev.pxekit.tftp;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Network namespaces: of a server with a bridge, and of clients with a cable to it each. Needs root. */
final class StarNetwork implements AutoCloseable {

    static final String SERVER_ADDRESS = "192.0.2.1";

    private static final String BRIDGE = "bridge";
    private static final String CABLE = "cable";

    /** What is common to the hardware addresses, which are administered locally. */
    private static final String HARDWARE = "02:00:00:00:00:";

    private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

    private final String ip = Needs.program("ip", "iproute2").toString();
    private final String server = "pxekit-star-" + ProcessHandle.current().pid();
    private final List<String> clients = new ArrayList<>();
    private final Path directory;

    private StarNetwork(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes it; skips the test on a machine that cannot.
     *
     * @param directory where to run programs
     */
    static StarNetwork make(Path directory, int clients) throws IOException, InterruptedException {
        Needs.networkNamespaces();
        StarNetwork network = new StarNetwork(directory);
        boolean made = false;
        try {
            network.addServer();
            for (int i = 0; i < clients; i++) {
                network.addClient(i);
            }
            made = true;
        } finally {
            if (!made) {
                network.close();
            }
        }
        return network;
    }

    /** The hardware address of the bridge is given, or it would change with its cables, and the server forget its neighbors. */
    private void addServer() throws IOException, InterruptedException {
        run(ip, "netns", "add", server);
        run(ip, "-n", server, "link", "set", "lo", "up");
        run(ip, "-n", server, "link", "add", BRIDGE, "type", "bridge", "mcast_snooping", "0");
        run(ip, "-n", server, "link", "set", BRIDGE, "address", HARDWARE + "ff");
        run(ip, "-n", server, "address", "add", SERVER_ADDRESS + "/24", "dev", BRIDGE);
        run(ip, "-n", server, "link", "set", BRIDGE, "up");
    }

    /**
     * A client of multicast needs a route that tells it which network to join the group on. The server knows the hardware address
     * as it would know that of a router: if it had to ask for it, its kernel would keep packets while a cable is pulled, and
     * deliver them later.
     */
    private void addClient(int number) throws IOException, InterruptedException {
        String client = server + "-" + number;
        String port = CABLE + number;
        String address = "192.0.2." + (10 + number);
        String hardware = HARDWARE + String.format("%02x", number);
        run(ip, "netns", "add", client);
        clients.add(client);
        run(ip, "-n", server, "link", "add", port, "type", "veth", "peer", "name", CABLE, "netns", client);
        run(ip, "-n", client, "link", "set", CABLE, "address", hardware);
        run(ip, "-n", server, "link", "set", port, "master", BRIDGE, "up");
        run(ip, "-n", server, "neighbor", "add", address, "lladdr", hardware, "dev", BRIDGE, "nud", "permanent");
        run(ip, "-n", client, "address", "add", address + "/24", "dev", CABLE);
        run(ip, "-n", client, "link", "set", CABLE, "up");
        run(ip, "-n", client, "route", "add", "239.0.0.0/8", "dev", CABLE);
    }

    /** What to put before a command to run it at the server. */
    List<String> atServer() {
        return List.of(ip, "netns", "exec", server);
    }

    /** What to put before a command to run it at a client. */
    List<String> atClient(int number) {
        return List.of(ip, "netns", "exec", clients.get(number));
    }

    /** Pulls the cable of a client, or puts it back; the server notices when it has none. */
    void connect(int client, boolean connected) throws IOException, InterruptedException {
        run(ip, "-n", server, "link", "set", CABLE + client, connected ? "up" : "down");
    }

    /** Packets that the server has sent, each one once, however many cables it leaves by. */
    long packetsOfServer() throws IOException, InterruptedException {
        String counter = "/sys/class/net/" + BRIDGE + "/statistics/tx_packets";
        List<String> lines =
                run(ip, "netns", "exec", server, "cat", counter).lines().toList();
        return Long.parseLong(lines.get(lines.size() - 1));
    }

    /** Waits until the server has sent as many. */
    void awaitPacketsOfServer(long count) throws IOException, InterruptedException {
        for (long end = System.nanoTime() + LONGEST_NANOS; packetsOfServer() < count; ) {
            if (System.nanoTime() >= end) {
                throw new AssertionError("the server did not send " + count + " packets");
            }
            Thread.sleep(20);
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        try (ProgramRun program = ProgramRun.start(directory, List.of(command))) {
            String output = program.output();
            if (!output.startsWith("exit status 0\n")) {
                throw new AssertionError(String.join(" ", command) + ": " + output);
            }
            return output;
        }
    }

    /** Takes it away, with its cables. */
    @Override
    public void close() throws IOException, InterruptedException {
        for (String client : clients) {
            run(ip, "netns", "delete", client);
        }
        run(ip, "netns", "delete", server);
    }
}
