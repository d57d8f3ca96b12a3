package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One socket: a packet out, again and again, until the packets that answer it come in. */
final class Exchange implements AutoCloseable {

    private static final int LONGEST_PACKET = 65_535;

    private final DatagramChannel channel;
    private final Selector selector;
    private final Duration timeout;
    private final int attempts;
    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST_PACKET);

    private Exchange(DatagramChannel channel, Selector selector, Duration timeout, int attempts) {
        this.channel = channel;
        this.selector = selector;
        this.timeout = timeout;
        this.attempts = attempts;
    }

    static Exchange open(InetSocketAddress local, Duration timeout, int attempts) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
            channel.bind(local);
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new Exchange(channel, selector, timeout, attempts);
        } catch (IOException e) {
            channel.close();
            throw new IOException(
                    "cannot listen on " + local.getAddress().getHostAddress() + " UDP port " + local.getPort()
                            + ": the port must be free, and one below 1024 needs root or CAP_NET_BIND_SERVICE",
                    e);
        }
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    void send(DhcpPacket packet, InetSocketAddress target) throws IOException {
        channel.send(ByteBuffer.wrap(DhcpCodec.encode(packet)), target);
    }

    /** The packets that answer a request: the first one, and those that follow within the window. */
    List<DhcpPacket> ask(DhcpPacket request, InetSocketAddress target, List<MessageType> types, Duration window)
            throws IOException {
        Duration wait = timeout;
        for (int attempt = 0; attempt < attempts; attempt++) {
            send(request, target);
            Optional<DhcpPacket> first = receive(request, types, wait);
            if (first.isPresent()) {
                return withFollowing(first.get(), request, types, window);
            }
            wait = wait.multipliedBy(2);
        }
        throw new SocketTimeoutException("no answer from " + target.getAddress().getHostAddress() + " UDP port "
                + target.getPort() + " to " + attempts + " times " + request);
    }

    private List<DhcpPacket> withFollowing(
            DhcpPacket first, DhcpPacket request, List<MessageType> types, Duration window) throws IOException {
        List<DhcpPacket> packets = new ArrayList<>(List.of(first));
        long end = System.nanoTime() + window.toNanos();
        Optional<DhcpPacket> next = Optional.of(first);
        while (next.isPresent()) {
            next = receive(request, types, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            next.ifPresent(packets::add);
        }
        return List.copyOf(packets);
    }

    private Optional<DhcpPacket> receive(DhcpPacket request, List<MessageType> types, Duration wait)
            throws IOException {
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            buffer.clear();
            boolean received = channel.receive(buffer) != null;
            if (received) {
                Optional<DhcpPacket> answer = answer(buffer.flip(), request, types);
                if (answer.isPresent()) {
                    return answer;
                }
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                return Optional.empty();
            }
            if (!received) {
                await(left, request);
            }
        }
    }

    private void await(long nanos, DhcpPacket request) throws IOException {
        // Rounded up: 0 would wait without end.
        selector.select(nanos / 1_000_000 + 1);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for an answer to " + request);
        }
    }

    /** What is no packet, or answers another request, is not for this client. */
    private static Optional<DhcpPacket> answer(ByteBuffer octets, DhcpPacket request, List<MessageType> types) {
        try {
            return Optional.of(DhcpCodec.decode(octets))
                    .filter(packet -> !packet.isRequest())
                    .filter(packet -> packet.transactionId() == request.transactionId())
                    .filter(packet -> packet.clientHardwareAddress().equals(request.clientHardwareAddress()))
                    .filter(packet ->
                            packet.messageType().filter(types::contains).isPresent());
        } catch (DhcpFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
