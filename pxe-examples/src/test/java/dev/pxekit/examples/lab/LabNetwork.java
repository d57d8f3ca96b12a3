package dev.pxekit.examples.lab;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A network namespace with a bridge, {@code br0} at 10.77.0.1/24, and a tap device for one guest. Needs root. */
final class LabNetwork implements AutoCloseable {

    static final String BRIDGE = "br0";
    static final String TAP = "tap0";

    private final String namespace = "pxekit-lab-" + ProcessHandle.current().pid();

    private final String peer = namespace + "-peer";

    private @Nullable Process ordinaryDhcpServer;

    private LabNetwork() {}

    static LabNetwork create() throws IOException, InterruptedException {
        Needs.networkNamespaces();
        LabNetwork network = new LabNetwork();
        Processes.run("ip", "netns", "add", network.namespace);
        try {
            network.run("ip", "link", "set", "lo", "up");
            // Without forward_delay 0 the bridge swallows a guest's first packets.
            network.run("ip", "link", "add", BRIDGE, "type", "bridge", "stp_state", "0", "forward_delay", "0");
            network.run("ip", "addr", "add", "10.77.0.1/24", "dev", BRIDGE);
            network.run("ip", "link", "set", BRIDGE, "up");
            network.run("ip", "tuntap", "add", TAP, "mode", "tap");
            network.run("ip", "link", "set", TAP, "master", BRIDGE, "up");
            return network;
        } catch (IOException | InterruptedException e) {
            network.close();
            throw e;
        }
    }

    /** Our address on the bridge. */
    Inet4Address address() throws IOException {
        return (Inet4Address) InetAddress.getByAddress(new byte[] {10, 77, 0, 1});
    }

    /** A command as it has to be given to run inside the namespace. */
    List<String> inside(List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        inside.addAll(command);
        return inside;
    }

    /**
     * Another machine on the bridge, with a DHCP server (dnsmasq) that hands out addresses and knows nothing of booting.
     * It ends with the network; its log goes to {@code log}.
     */
    void startOrdinaryDhcpServer(Path log) throws IOException, InterruptedException {
        Path dnsmasq = Needs.program("dnsmasq", "dnsmasq-base");
        Processes.run("ip", "netns", "add", peer);
        run("ip", "link", "add", "peer0", "type", "veth", "peer", "name", "eth0", "netns", peer);
        run("ip", "link", "set", "peer0", "master", BRIDGE, "up");
        Processes.run("ip", "-n", peer, "addr", "add", "10.77.0.2/24", "dev", "eth0");
        Processes.run("ip", "-n", peer, "link", "set", "eth0", "up");
        Files.createDirectories(Objects.requireNonNull(log.getParent()));
        ordinaryDhcpServer = new ProcessBuilder(List.of(
                        "ip",
                        "netns",
                        "exec",
                        peer,
                        dnsmasq.toString(),
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--port=0",
                        "--user=root",
                        "--pid-file=",
                        "--log-dhcp",
                        "--log-facility=-",
                        "--leasefile-ro",
                        "--no-ping",
                        "--dhcp-authoritative",
                        "--dhcp-range=10.77.0.50,10.77.0.150,255.255.255.0,1h"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private void run(String... command) throws IOException, InterruptedException {
        Processes.run(inside(List.of(command)).toArray(String[]::new));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (ordinaryDhcpServer != null) {
            Processes.end(ordinaryDhcpServer);
        }
        Processes.run("ip", "netns", "del", namespace);
        if (Files.exists(Path.of("/run/netns", peer))) {
            Processes.run("ip", "netns", "del", peer);
        }
    }
}
