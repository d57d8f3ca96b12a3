package dev.pxekit.dhcp.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two network namespaces joined by a cable: 10.77.0.1/24 on the server's side, no address on the client's. */
public final class NetworkLab implements AutoCloseable {

    private final String server = "pxekit-dhcp-s" + ProcessHandle.current().pid();
    private final String client = "pxekit-dhcp-c" + ProcessHandle.current().pid();
    private final List<Process> running = new ArrayList<>();

    public NetworkLab() throws IOException {
        run("ip", "netns", "add", server);
        run("ip", "netns", "add", client);
        run("ip", "link", "add", "eth0", "netns", server, "type", "veth", "peer", "name", "eth0", "netns", client);
        inServer("ip", "link", "set", "lo", "up");
        inServer("ip", "addr", "add", "10.77.0.1/24", "dev", "eth0");
        inServer("ip", "link", "set", "eth0", "up");
        inClient("ip", "link", "set", "lo", "up");
        inClient("ip", "link", "set", "eth0", "up");
    }

    public String inServer(String... command) throws IOException {
        return run(in(server, List.of(command)));
    }

    public String inClient(String... command) throws IOException {
        return run(in(client, List.of(command)));
    }

    /** Starts a program on the server's side and waits for a line of its output that holds a text. */
    public void startInServer(String ready, String... command) throws IOException {
        Process process = new ProcessBuilder(in(server, List.of(command)))
                .redirectErrorStream(true)
                .start();
        running.add(process);
        StringBuilder output = new StringBuilder();
        var reader = process.inputReader(StandardCharsets.UTF_8);
        String line = reader.readLine();
        while (line != null && !line.contains(ready)) {
            output.append(line).append('\n');
            line = reader.readLine();
        }
        if (line == null) {
            throw new IOException(List.of(command) + " ended before it was ready:\n" + output);
        }
    }

    /** The command line of a Java program of the tests, with the class path of this one. */
    public static String[] java(Class<?> program, String... arguments) {
        String classPath = String.join(
                File.pathSeparator,
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                program.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static String[] in(String namespace, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(command);
        return whole.toArray(String[]::new);
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(List.of(command) + " failed:\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
        return output;
    }

    @Override
    public void close() {
        running.forEach(process -> {
            process.destroyForcibly();
            process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        });
        try {
            run("ip", "netns", "del", server);
            run("ip", "netns", "del", client);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
