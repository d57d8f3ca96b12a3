package dev.pxekit.tftp;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Two network namespaces with a cable between them, on which netem makes trouble. Needs root. */
final class NetworkNamespaces implements AutoCloseable {

    static final String SERVER_ADDRESS = "192.0.2.1";
    private static final String CLIENT_ADDRESS = "192.0.2.2";
    private static final String DEVICE = "cable";

    private final String ip = Needs.program("ip", "iproute2").toString();
    private final String tc = Needs.program("tc", "iproute2").toString();
    private final String server = "pxekit-server-" + ProcessHandle.current().pid();
    private final String client = "pxekit-client-" + ProcessHandle.current().pid();
    private final Path directory;

    private NetworkNamespaces(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes them; skips the test on a machine that cannot, or has no netem.
     *
     * @param directory where to run programs
     */
    static NetworkNamespaces make(Path directory) throws IOException, InterruptedException {
        Needs.networkNamespaces();
        NetworkNamespaces namespaces = new NetworkNamespaces(directory);
        boolean made = false;
        try {
            namespaces.connect();
            namespaces.requireNetem();
            made = true;
        } finally {
            if (!made) {
                namespaces.close();
            }
        }
        return namespaces;
    }

    private void connect() throws IOException, InterruptedException {
        run(ip, "netns", "add", server);
        run(ip, "netns", "add", client);
        run(ip, "-n", server, "link", "add", DEVICE, "type", "veth", "peer", "name", DEVICE, "netns", client);
        configure(server, SERVER_ADDRESS);
        configure(client, CLIENT_ADDRESS);
    }

    private void configure(String namespace, String address) throws IOException, InterruptedException {
        run(ip, "-n", namespace, "address", "add", address + "/24", "dev", DEVICE);
        run(ip, "-n", namespace, "link", "set", DEVICE, "up");
    }

    /** A part of the kernel, which no package brings: without it these tests are skipped, whatever is required of them. */
    private void requireNetem() throws IOException, InterruptedException {
        boolean missing = output(netem(server, List.of())).contains("qdisc kind is unknown");
        String reason = "needs a kernel with netem (CONFIG_NET_SCH_NETEM)";
        if (missing) {
            System.out.println("[SKIP] " + reason);
        }
        Assumptions.assumeFalse(missing, reason);
    }

    /** Sets the conditions of both directions. */
    void set(NetworkConditions conditions) throws IOException, InterruptedException {
        for (String namespace : List.of(server, client)) {
            List<String> command = netem(namespace, conditions.netem());
            requireSuccess(command, output(command));
        }
    }

    private List<String> netem(String namespace, List<String> arguments) {
        List<String> command = List.of(tc, "-n", namespace, "qdisc", "replace", "dev", DEVICE, "root", "netem");
        return Stream.concat(command.stream(), arguments.stream()).toList();
    }

    /** What to put before a command to run it at the server's end. */
    List<String> atServer() {
        return List.of(ip, "netns", "exec", server);
    }

    /** What to put before a command to run it at the client's end. */
    List<String> atClient() {
        return List.of(ip, "netns", "exec", client);
    }

    private void run(String... command) throws IOException, InterruptedException {
        requireSuccess(List.of(command), output(List.of(command)));
    }

    private static void requireSuccess(List<String> command, String output) {
        if (!output.startsWith("exit status 0\n")) {
            throw new AssertionError(String.join(" ", command) + ": " + output);
        }
    }

    private String output(List<String> command) throws IOException, InterruptedException {
        try (ProgramRun program = ProgramRun.start(directory, command)) {
            return program.output();
        }
    }

    /** Takes them away, and with them the cable. */
    @Override
    public void close() throws IOException, InterruptedException {
        for (String namespace : List.of(server, client)) {
            output(List.of(ip, "netns", "delete", namespace));
        }
    }
}
