package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.transport.DatagramService;
import dev.pxekit.dhcp.transport.ServiceSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of a server: started once, closed once. */
final class ServerLife {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLife.class);

    /** Opens a server's sockets. */
    @FunctionalInterface
    interface Opening {
        InetSocketAddress open(DatagramService service) throws IOException;
    }

    private final String name;
    private volatile @Nullable DatagramService service;
    private boolean closed;

    ServerLife(String name) {
        this.name = name;
    }

    InetSocketAddress start(ServerBuilder<?, ?> settings, Opening opening) throws IOException {
        return start(settings.service(), opening);
    }

    private synchronized InetSocketAddress start(ServiceSettings settings, Opening opening) throws IOException {
        if (service != null || closed) {
            throw new IllegalStateException(
                    name + (closed ? " is closed" : " is started") + ": build another one to start it");
        }
        DatagramService opened = new DatagramService(settings);
        boolean open = false;
        try {
            InetSocketAddress address = opening.open(opened);
            service = opened;
            open = true;
            LOG.atInfo().addKeyValue("address", address).log("{} started", name);
            return address;
        } finally {
            if (!open) {
                opened.close();
            }
        }
    }

    /** Not synchronized: an answer that {@link #close} waits for may ask. */
    long droppedPackets() {
        DatagramService started = service;
        return started == null ? 0 : started.droppedPackets();
    }

    synchronized void close() {
        DatagramService started = service;
        if (!closed && started != null) {
            started.close();
            LOG.atInfo().log("{} stopped", name);
        }
        closed = true;
    }
}
