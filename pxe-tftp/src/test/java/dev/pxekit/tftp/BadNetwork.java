package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between a client and a server on loopback that loses, doubles, reorders and delays packets, for machines whose
 * kernel has no netem. It works as an address translator does: the client sees a port of its own for each port of the server.
 * One thread of its own moves the packets.
 */
final class BadNetwork implements AutoCloseable {

    private static final int DATA = 3;

    /** Takes a packet that came in on a channel, and says where it goes on. */
    private interface Way {
        void carry(SocketAddress from, ByteBuffer packet) throws IOException;
    }

    private record Delivery(long at, long order, DatagramChannel through, SocketAddress to, ByteBuffer packet) {}

    private final InetSocketAddress server;
    private final NetworkConditions conditions;
    private final Random random;
    private final Selector selector = Selector.open();
    private final DatagramChannel front;
    private final Map<SocketAddress, DatagramChannel> clients = new HashMap<>();
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final PriorityQueue<Delivery> onTheWay =
            new PriorityQueue<>(Comparator.comparingLong(Delivery::at).thenComparingLong(Delivery::order));
    private final AtomicLong dataPackets = new AtomicLong();
    private final FutureTask<Void> task = new FutureTask<>(this::run);
    private volatile boolean stopped;
    private long order;

    private BadNetwork(InetSocketAddress server, NetworkConditions conditions, long seed) throws IOException {
        this.server = server;
        this.conditions = conditions;
        this.random = new Random(seed);
        this.front = open((client, packet) -> toServer(client, packet, server));
    }

    /** Opens a network to a server. */
    static BadNetwork to(InetSocketAddress server, NetworkConditions conditions, long seed) throws IOException {
        BadNetwork network = new BadNetwork(server, conditions, seed);
        new Thread(network.task, "bad network").start();
        return network;
    }

    /** Where a client finds the server. */
    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) front.getLocalAddress();
    }

    /** DATA packets that the server has sent. */
    long dataPackets() {
        return dataPackets.get();
    }

    private DatagramChannel open(Way way) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channels.add(channel);
        channel.bind(Addresses.loopback()).configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, way);
        return channel;
    }

    private void toServer(SocketAddress client, ByteBuffer packet, SocketAddress to) throws IOException {
        DatagramChannel back = clients.get(client);
        if (back == null) {
            Map<SocketAddress, DatagramChannel> ports = new HashMap<>();
            back = open((from, answer) -> toClient(client, ports, from, answer));
            clients.put(client, back);
        }
        send(back, to, packet);
    }

    private void toClient(
            SocketAddress client, Map<SocketAddress, DatagramChannel> ports, SocketAddress from, ByteBuffer packet)
            throws IOException {
        if (packet.remaining() > 2 && packet.getShort(0) == DATA) {
            dataPackets.incrementAndGet();
        }
        DatagramChannel port = from.equals(server) ? front : ports.get(from);
        if (port == null) {
            port = open((sender, answer) -> toServer(sender, answer, from));
            ports.put(from, port);
        }
        send(port, client, packet);
    }

    private void send(DatagramChannel through, SocketAddress to, ByteBuffer packet) throws IOException {
        int copies = random.nextDouble() < conditions.duplication() ? 2 : 1;
        if (random.nextDouble() < conditions.loss()) {
            return;
        }
        boolean atOnce = conditions.delayMillis() == 0 || random.nextDouble() < conditions.reordering();
        for (int i = 0; i < copies; i++) {
            if (atOnce) {
                through.send(packet.duplicate(), to);
            } else {
                ByteBuffer kept = ByteBuffer.allocate(packet.remaining())
                        .put(packet.duplicate())
                        .flip();
                long at = System.nanoTime() + conditions.delayMillis() * 1_000_000L;
                onTheWay.add(new Delivery(at, order++, through, to, kept));
            }
        }
    }

    private Void run() throws IOException {
        ByteBuffer packet = ByteBuffer.allocateDirect(1 << 16);
        while (!stopped) {
            deliver();
            if (onTheWay.isEmpty()) {
                selector.select();
            } else {
                selector.select(Math.max(1, (onTheWay.element().at() - System.nanoTime()) / 1_000_000));
            }
            for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
                receive((DatagramChannel) key.channel(), (Way) key.attachment(), packet);
            }
            selector.selectedKeys().clear();
        }
        return null;
    }

    private void deliver() throws IOException {
        while (!onTheWay.isEmpty() && onTheWay.element().at() <= System.nanoTime()) {
            Delivery delivery = onTheWay.remove();
            delivery.through().send(delivery.packet(), delivery.to());
        }
    }

    private static void receive(DatagramChannel channel, Way way, ByteBuffer packet) throws IOException {
        SocketAddress from = channel.receive(packet.clear());
        while (from != null) {
            way.carry(from, packet.flip());
            from = channel.receive(packet.clear());
        }
    }

    /** Ends the network. A failure of it fails the test. */
    @Override
    public void close() throws Exception {
        stopped = true;
        selector.wakeup();
        try {
            task.get();
        } finally {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
            selector.close();
        }
    }
}
