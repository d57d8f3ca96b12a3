package dev.pxekit.examples.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What DHCP sends to everybody: broadcasts to ports 67 and 68, and multicasts to all DHCPv6 servers. The sockets are bound to those very
 * addresses, so that they take nothing away from a server or a client of this machine.
 */
final class BroadcastSockets implements Closeable {

    private static final List<Integer> VERSION_4_PORTS = List.of(67, 68);
    private static final int VERSION_6_SERVER_PORT = 547;
    private static final int LONGEST_DATAGRAM = 65_535;

    private final Selector selector = Selector.open();
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST_DATAGRAM);
    private final List<String> notes = new ArrayList<>();
    private long count;

    private BroadcastSockets() throws IOException {}

    /** Opens the sockets; multicasts are heard on these interfaces, broadcasts on all that there are. */
    static BroadcastSockets open(List<NetworkInterface> interfaces) throws CommandFailure, IOException {
        BroadcastSockets sockets = new BroadcastSockets();
        try {
            for (int port : VERSION_4_PORTS) {
                sockets.openVersion4(port);
            }
            sockets.openVersion6(interfaces);
            return sockets;
        } catch (CommandFailure | IOException e) {
            try (sockets) {
                throw e;
            }
        }
    }

    private void openVersion4(int port) throws CommandFailure, IOException {
        // One for both families: Java binds no other to the broadcast address.
        DatagramChannel channel = DatagramChannel.open();
        channels.add(channel);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            channel.bind(new InetSocketAddress("255.255.255.255", port));
        } catch (SocketException e) {
            throw new CommandFailure(
                    "can't listen for broadcasts to UDP port " + port + " (" + e.getMessage()
                            + "): it takes root or CAP_NET_BIND_SERVICE, Linux, and a server on this machine that shares"
                            + " its port; or watch with: tcpdump -i IF -U -w - 'udp port 67 or udp port 68' | pxekit dhcp watch --capture -",
                    e);
        }
        register(channel);
    }

    private void openVersion6(List<NetworkInterface> interfaces) throws IOException {
        InetAddress group = Inet6Address.getByName("ff02::1:2");
        for (NetworkInterface each : interfaces) {
            DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET6);
            channels.add(channel);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            try {
                InetAddress onLink = Inet6Address.getByAddress(null, group.getAddress(), each.getIndex());
                channel.bind(new InetSocketAddress(onLink, VERSION_6_SERVER_PORT));
                channel.join(group, each);
                register(channel);
            } catch (IOException e) {
                notes.add("no DHCPv6 on " + each.getName() + ": " + e.getMessage());
            }
        }
    }

    private void register(DatagramChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** What could not be opened, and why. */
    List<String> notes() {
        return notes;
    }

    /** Waits for the next datagram; none if the thread was interrupted. */
    Optional<MessageInput.Payload> next() throws IOException {
        while (!Thread.currentThread().isInterrupted()) {
            for (DatagramChannel channel : channels) {
                buffer.clear();
                InetSocketAddress source = channel.isRegistered() ? (InetSocketAddress) channel.receive(buffer) : null;
                if (source != null) {
                    InetSocketAddress destination = (InetSocketAddress) channel.getLocalAddress();
                    byte[] octets = Arrays.copyOf(buffer.array(), buffer.position());
                    Seen seen = new Seen(++count, Instant.now(), withoutScope(source), withoutScope(destination));
                    return Optional.of(new MessageInput.Payload(octets, Optional.of(seen)));
                }
            }
            selector.select();
            selector.selectedKeys().clear();
        }
        return Optional.empty();
    }

    private static InetSocketAddress withoutScope(InetSocketAddress endpoint) throws IOException {
        return new InetSocketAddress(
                InetAddress.getByAddress(endpoint.getAddress().getAddress()), endpoint.getPort());
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
