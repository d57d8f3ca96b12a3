package dev.pxekit.examples.lab;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** A network namespace with a bridge, {@code br0} at 10.77.0.1/24, and a tap device for one guest. Needs root. */
final class LabNetwork implements AutoCloseable {

    static final String BRIDGE = "br0";
    static final String TAP = "tap0";

    private final String namespace = "pxekit-lab-" + ProcessHandle.current().pid();

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

    private void run(String... command) throws IOException, InterruptedException {
        Processes.run(inside(List.of(command)).toArray(String[]::new));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Processes.run("ip", "netns", "del", namespace);
    }
}
