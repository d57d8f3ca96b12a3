package dev.pxekit.dhcp.interop;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A network with our DHCPv6 server on fd77::1, and any number of clients. There are no router advertisements. */
final class Segment6 implements AutoCloseable {

    private final Lab lab = new Lab();
    private final Namespace host;
    private final Program server;

    private Segment6() throws IOException {
        try {
            host = lab.namespace("server");
            host.addBridge("br0", "10.77.0.1/24");
            host.run("ip", "address", "add", "fd77::1/64", "dev", "br0", "nodad");
            // The bridge has no carrier, and its address is not checked for duplicates, before there is a first port.
            lab.client(host, "br0");
            awaitLinkLocalAddress(host, "br0");
            server = host.start(ServerProgram6.class, "br0", "fd77");
            server.await("READY");
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** Opens it, or skips the test where it cannot. */
    static Segment6 open() throws IOException {
        Needs.networkNamespaces();
        return new Segment6();
    }

    /** A machine with a link-local address that is known to be its own only. */
    Namespace client() throws IOException {
        Namespace client = lab.client(host, "br0");
        awaitLinkLocalAddress(client, "eth0");
        return client;
    }

    /** What clients send from: without, and while it is tentative, they cannot (RFC 8415 §5). */
    static void awaitLinkLocalAddress(Namespace machine, String name) throws IOException {
        machine.run(
                "sh",
                "-c",
                "until ip -6 address show dev " + name + " scope link -tentative | grep -q fe80; do sleep 0.1; done");
    }

    /** What the server tells of its decisions. */
    Program server() {
        return server;
    }

    @Override
    public void close() {
        try {
            lab.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
