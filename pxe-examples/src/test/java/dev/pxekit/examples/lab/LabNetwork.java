package dev.pxekit.examples.lab;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A network namespace with a bridge, {@code br0} at 10.77.0.1/24, and a tap device for one guest. Needs root. */
final class LabNetwork implements AutoCloseable {

    static final String BRIDGE = "br0";
    static final String TAP = "tap0";

    private final String namespace = "pxekit-lab-" + ProcessHandle.current().pid();

    private final String peer = namespace + "-peer";

    private @Nullable Process dhcpServer;

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
        return inside(namespace, command);
    }

    private static List<String> inside(String namespace, List<String> command) {
        List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        inside.addAll(command);
        return inside;
    }

    /**
     * Another machine on the bridge, with a DHCP server (dnsmasq) that hands out addresses and knows nothing of booting.
     * It ends with the network; its log goes to {@code log}.
     */
    void startOrdinaryDhcpServer(Path log) throws IOException, InterruptedException {
        startPeer(
                "10.77.0.2/24",
                log,
                "--no-ping",
                "--dhcp-authoritative",
                "--dhcp-range=10.77.0.50,10.77.0.150,255.255.255.0,1h");
        awaitPort(peer, 67, Objects.requireNonNull(dhcpServer));
    }

    /** Waits until a server inside the namespace has its UDP port. */
    void awaitPort(int port, Process server) throws IOException, InterruptedException {
        awaitPort(namespace, port, server);
    }

    private static void awaitPort(String namespace, int port, Process server) throws IOException, InterruptedException {
        while (output(inside(namespace, List.of("ss", "-Huln", "sport = :" + port)))
                .isBlank()) {
            if (server.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException("the server of port " + port + " ended with " + server.exitValue());
            }
        }
    }

    /**
     * Adds fd77::1/64 to the bridge, and another machine on it that is the router of that prefix (dnsmasq): it tells machines to ask
     * for addresses, without which neither UEFI nor iPXE boots over IPv6, and answers none that ask. It ends with the network; its
     * log goes to {@code log}.
     */
    void startRouter(Path log) throws IOException, InterruptedException {
        run("ip", "address", "add", "fd77::1/64", "dev", BRIDGE, "nodad");
        startPeer("fd77::2/64", log, "--enable-ra", "--dhcp-range=fd77::,static,64,1h", "--dhcp-ignore=tag:!known");
    }

    /** Another machine on the bridge, where dnsmasq runs. */
    private void startPeer(String address, Path log, String... settings) throws IOException, InterruptedException {
        Path dnsmasq = Needs.program("dnsmasq", "dnsmasq-base");
        Processes.run("ip", "netns", "add", peer);
        run("ip", "link", "add", "peer0", "type", "veth", "peer", "name", "eth0", "netns", peer);
        run("ip", "link", "set", "peer0", "master", BRIDGE, "up");
        Processes.run("ip", "-n", peer, "addr", "add", address, "dev", "eth0");
        Processes.run("ip", "-n", peer, "link", "set", "eth0", "up");
        Files.createDirectories(Objects.requireNonNull(log.getParent()));
        List<String> command = new ArrayList<>(List.of(dnsmasq.toString()));
        command.addAll(
                List.of("--keep-in-foreground", "--conf-file=/dev/null", "--port=0", "--user=root", "--pid-file="));
        command.addAll(List.of("--log-dhcp", "--log-facility=-", "--leasefile-ro"));
        command.addAll(List.of(settings));
        dhcpServer = new ProcessBuilder(inside(peer, command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** What a command prints that is run inside the namespace. */
    String output(String... command) throws IOException, InterruptedException {
        return output(inside(List.of(command)));
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private void run(String... command) throws IOException, InterruptedException {
        Processes.run(inside(List.of(command)).toArray(String[]::new));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (dhcpServer != null) {
            Processes.end(dhcpServer);
        }
        Processes.run("ip", "netns", "del", namespace);
        if (Files.exists(Path.of("/run/netns", peer))) {
            Processes.run("ip", "netns", "del", peer);
        }
    }
}
