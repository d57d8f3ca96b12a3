package dev.pxekit.dhcp.interop;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A network with our server on 10.77.0.1, which leases 10.77.0.50 to 150 for 60 seconds, and any number of clients. */
final class Segment implements AutoCloseable {

    private final Lab lab = new Lab();
    private final Namespace host;
    private final Program server;
    private final Wire wire;

    private Segment() throws IOException {
        try {
            host = lab.namespace("server");
            host.addBridge("br0", "10.77.0.1/24");
            wire = Wire.tap(host, "br0");
            server = host.start(ServerProgram.class, "false", "10.77.0.1", "10.77.0");
            server.await("READY");
        } catch (IOException | RuntimeException | AssertionError e) {
            close();
            throw e;
        }
    }

    /** Opens it, or skips the test where it cannot. */
    static Segment open() throws IOException {
        Needs.program("tcpdump", "tcpdump");
        Needs.networkNamespaces();
        return new Segment();
    }

    Namespace client() throws IOException {
        return lab.client(host, "br0");
    }

    /** What the server tells of its decisions. */
    Program server() {
        return server;
    }

    Wire wire() {
        return wire;
    }

    /** A machine of the segment that has an address nobody leased to it. */
    void occupy(String address) throws IOException {
        client().run("ip", "address", "add", address + "/24", "dev", "eth0");
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
