package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.HardwareAddress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A network namespace of a {@link Lab}. */
final class Namespace {

    private final String name;
    private final List<Program> programs = new ArrayList<>();
    private int ports;
    private CableEnd otherEnd = state -> {
        throw new IllegalStateException("no cable");
    };

    /** The end of a cable that is not here. */
    private interface CableEnd {
        void set(String state) throws IOException;
    }

    Namespace(String name) throws IOException {
        this.name = name;
        Program.run("ip", "netns", "add", name);
    }

    /** Adds a bridge, which forwards from the first frame on: clients lose no DISCOVER. */
    void addBridge(String bridge, String address) throws IOException {
        run("ip", "link", "add", bridge, "type", "bridge", "stp_state", "0", "forward_delay", "0");
        run("ip", "address", "add", address, "dev", bridge);
        run("ip", "link", "set", bridge, "up");
    }

    /** Adds {@code eth0}, at the other end of a cable from a bridge of another namespace. */
    void plugInto(Namespace host, String bridge, String hardwareAddress) throws IOException {
        String port = "port" + ++host.ports;
        host.run(
                "ip",
                "link",
                "add",
                port,
                "type",
                "veth",
                "peer",
                "name",
                "eth0",
                "address",
                hardwareAddress,
                "netns",
                name);
        host.run("ip", "link", "set", port, "master", bridge, "up");
        run("ip", "link", "set", "eth0", "up");
        otherEnd = state -> host.run("ip", "link", "set", port, state);
    }

    /** Takes the cable of {@code eth0} out: its carrier is lost. */
    void unplug() throws IOException {
        otherEnd.set("down");
    }

    void plugIn() throws IOException {
        otherEnd.set("up");
    }

    /** Lets nothing more arrive that is sent to a neighbour alone: broadcasts still do. */
    void cut(String neighbour) throws IOException {
        run("ip", "neighbour", "replace", neighbour, "lladdr", "52:54:00:00:00:00", "nud", "permanent", "dev", "eth0");
    }

    void uncut(String neighbour) throws IOException {
        run("ip", "neighbour", "delete", neighbour, "dev", "eth0");
    }

    HardwareAddress hardwareAddress() throws IOException {
        return HardwareAddress.parse(run("cat", "/sys/class/net/eth0/address").strip());
    }

    /** Runs a program to its end, which must be a good one, and returns what it wrote. */
    String run(String... command) throws IOException {
        return Program.run(here(command));
    }

    /** Starts a program, which is ended with the namespace if not before. */
    Program start(String... command) throws IOException {
        return added(Program.start(here(command)));
    }

    /** Starts a program, as {@link #start(String...)}, whose output is octets. */
    Program startPiped(String... command) throws IOException {
        return added(Program.startPiped(here(command)));
    }

    private Program added(Program program) {
        programs.add(program);
        return program;
    }

    /** Starts a Java program of the tests. */
    Program start(Class<?> program, String... arguments) throws IOException {
        String classPath = String.join(
                File.pathSeparator,
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return start(Stream.concat(
                        Stream.of(java, "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", classPath, program.getName()),
                        Stream.of(arguments))
                .toArray(String[]::new));
    }

    private String[] here(String... command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", name), Stream.of(command))
                .toArray(String[]::new);
    }

    void close() throws IOException {
        programs.forEach(Program::close);
        Program.run("ip", "netns", "delete", name);
    }
}
