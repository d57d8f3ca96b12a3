package dev.pxekit.tftp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that read one file at once, on one thread, with no more work and garbage than it takes to acknowledge blocks. They
 * look at block numbers and lengths, not at content.
 */
final class LoadClients implements Closeable {

    private static final long SILENCE_MILLIS = 1000;
    private static final int RECEIVE_BUFFER = 4 << 20;

    private final InetSocketAddress server;
    private final List<Client> clients = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(65536);
    private final ByteBuffer ack = ByteBuffer.allocateDirect(DataPackets.HEADER).putShort(0, (short) 4);
    private final byte[] request;
    private final int blockSize;
    private final int windowSize;

    private static final class Client {
        final DatagramChannel channel;
        long received;
        long acked;
        long bytes;
        boolean done;

        Client(DatagramChannel channel) {
            this.channel = channel;
        }
    }

    LoadClients(InetSocketAddress server, int count, String file, TftpOptions options) throws IOException {
        this.server = server;
        this.request = TftpCodec.encode(new TftpPacket.ReadRequest(file, TransferMode.OCTET, options));
        this.blockSize = options.get(TftpOption.BLOCK_SIZE).orElseThrow();
        this.windowSize = options.get(TftpOption.WINDOW_SIZE).orElseThrow();
        for (int i = 0; i < count; i++) {
            DatagramChannel channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            channel.bind(null).configureBlocking(false);
            Client client = new Client(channel);
            channel.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
        }
    }

    /** All clients read the file. Returns the bytes that they got together. */
    long fetch() throws IOException {
        for (Client client : clients) {
            client.received = 0;
            client.acked = 0;
            client.bytes = 0;
            client.done = false;
            client.channel.disconnect();
            client.channel.send(ByteBuffer.wrap(request), server);
        }
        int running = clients.size();
        while (running > 0) {
            if (selector.select(SILENCE_MILLIS) == 0) {
                askAgain();
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Client client = (Client) key.attachment();
                if (!client.done) {
                    receive(client);
                    running -= client.done ? 1 : 0;
                } else {
                    packet.clear();
                    client.channel.receive(packet);
                }
            }
            selector.selectedKeys().clear();
        }
        return clients.stream().mapToLong(client -> client.bytes).sum();
    }

    private void askAgain() throws IOException {
        for (Client client : clients) {
            if (!client.done && client.channel.isConnected()) {
                acknowledge(client);
            } else if (!client.done) {
                client.channel.send(ByteBuffer.wrap(request), server);
            }
        }
    }

    private void receive(Client client) throws IOException {
        while (!client.done) {
            packet.clear();
            if (!client.channel.isConnected()) {
                InetSocketAddress from = (InetSocketAddress) client.channel.receive(packet);
                if (from == null) {
                    return;
                }
                client.channel.connect(from);
            } else if (client.channel.read(packet) <= 0) {
                return;
            }
            take(client);
        }
    }

    private void take(Client client) throws IOException {
        packet.flip();
        switch (packet.getShort(0)) {
            case 3 -> {
                int ahead = (packet.getShort(2) - (int) client.received) & 0xFFFF;
                if (ahead == 1) {
                    client.received++;
                    client.bytes += packet.remaining() - DataPackets.HEADER;
                    client.done = packet.remaining() - DataPackets.HEADER < blockSize;
                    if (client.done || client.received - client.acked == windowSize) {
                        acknowledge(client);
                    }
                } else if (ahead < 0x8000 && ahead > 1 && client.acked != client.received) {
                    acknowledge(client);
                }
            }
            case 6 -> acknowledge(client);
            default -> throw new IOException("not DATA and not OACK: opcode " + packet.getShort(0));
        }
    }

    private void acknowledge(Client client) throws IOException {
        client.acked = client.received;
        ack.clear().putShort(2, (short) client.received);
        client.channel.write(ack);
    }

    @Override
    public void close() throws IOException {
        for (Client client : clients) {
            client.channel.close();
        }
        selector.close();
    }
}
