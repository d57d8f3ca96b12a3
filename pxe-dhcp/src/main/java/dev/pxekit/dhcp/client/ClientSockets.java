package dev.pxekit.dhcp.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The sockets that one client listens on; it sends from the first of them. */
final class ClientSockets implements AutoCloseable {

    private static final int LONGEST_DATAGRAM = 65_535;

    private final Selector selector;
    private final List<DatagramChannel> channels;
    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST_DATAGRAM);

    /** A datagram; its octets are overwritten by the next one. */
    record Received(ByteBuffer octets, InetSocketAddress source) {}

    private ClientSockets(Selector selector, List<DatagramChannel> channels) {
        this.selector = selector;
        this.channels = channels;
    }

    static ClientSockets open(List<InetSocketAddress> locals) throws IOException {
        ClientSockets sockets = new ClientSockets(Selector.open(), new ArrayList<>());
        try {
            for (InetSocketAddress local : locals) {
                sockets.add(local);
            }
            return sockets;
        } catch (IOException e) {
            try (sockets) {
                throw e;
            }
        }
    }

    private void add(InetSocketAddress local) throws IOException {
        boolean version6 = local.getAddress() instanceof Inet6Address;
        ProtocolFamily family = version6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        DatagramChannel channel = DatagramChannel.open(family);
        channels.add(channel);
        try {
            if (local.getPort() != 0) {
                // Beside the client of the operating system, which often has the port, too.
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            if (version6) {
                int scope = ((Inet6Address) local.getAddress()).getScopeId();
                NetworkInterface outgoing = scope == 0 ? null : NetworkInterface.getByIndex(scope);
                if (outgoing != null) {
                    channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, outgoing);
                }
            } else {
                channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            }
            channel.bind(local);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + local.getAddress().getHostAddress() + " UDP port " + local.getPort()
                            + ": the port must be free, and one below 1024 needs root or CAP_NET_BIND_SERVICE",
                    e);
        }
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) channels.get(0).socket().getLocalSocketAddress();
    }

    void send(byte[] octets, InetSocketAddress target) throws IOException {
        try {
            channels.get(0).send(ByteBuffer.wrap(octets), target);
        } catch (IOException e) {
            throw new IOException(
                    "cannot send to " + target.getAddress().getHostAddress() + " UDP port " + target.getPort() + ": "
                            + e.getMessage() + " (is the interface up, is there a route, does a firewall forbid it?)",
                    e);
        }
    }

    /** The next datagram until a time of {@link System#nanoTime}. */
    Optional<Received> receive(long deadline) throws IOException {
        while (true) {
            Optional<Received> received = poll();
            long left = deadline - System.nanoTime();
            if (received.isPresent() || left <= 0) {
                return received;
            }
            // Rounded up: 0 would wait without end.
            selector.select(left / 1_000_000 + 1);
            selector.selectedKeys().clear();
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for an answer");
            }
        }
    }

    private Optional<Received> poll() throws IOException {
        for (DatagramChannel channel : channels) {
            buffer.clear();
            InetSocketAddress source = (InetSocketAddress) channel.receive(buffer);
            if (source != null) {
                return Optional.of(new Received(buffer.flip(), source));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
