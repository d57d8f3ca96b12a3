package dev.pxekit.dhcp.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The network of a test: namespaces with cables between them, and the programs that run there. All of it goes when it is closed. */
final class Lab implements AutoCloseable {

    private static final AtomicInteger LABS = new AtomicInteger();

    private final String prefix = "pxekit-dhcp-" + ProcessHandle.current().pid() + "-" + LABS.incrementAndGet() + "-";
    private final List<Namespace> namespaces = new ArrayList<>();

    /** A namespace without interfaces but its own loopback. */
    Namespace namespace(String name) throws IOException {
        Namespace namespace = new Namespace(prefix + name);
        namespaces.add(namespace);
        namespace.run("ip", "link", "set", "lo", "up");
        return namespace;
    }

    /** A namespace whose {@code eth0}, with a hardware address of its own, is on a bridge of another. */
    Namespace client(Namespace host, String bridge) throws IOException {
        int number = namespaces.size();
        Namespace client = namespace("client" + number);
        client.plugInto(host, bridge, String.format("52:54:00:77:01:%02x", number));
        return client;
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        // A test that took too long was interrupted, and has to clean up all the same.
        boolean interrupted = Thread.interrupted();
        for (Namespace namespace : namespaces) {
            try {
                namespace.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }
}
