package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.Subnet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that leases as many addresses as it is told, over a socket, to clients in the same process: {@code LeaseHeapProgram STORE
 * LEASES}, where the store is a journal or {@code memory}. Says at the end how many leases there are, of a journal after it was read
 * again.
 */
final class LeaseHeapProgram {

    private static final int THREADS = 32;

    private LeaseHeapProgram() {}

    public static void main(String[] arguments) throws Exception {
        int leases = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("memory")) {
            try (LeaseStore store = LeaseStore.inMemory()) {
                lease(store, leases);
                tell(store);
            }
        } else {
            // Methods of their own: a variable of this one would keep the first store while the second is read.
            write(Path.of(arguments[0]), leases);
            read(Path.of(arguments[0]));
        }
    }

    private static void write(Path journal, int leases) throws Exception {
        try (LeaseStore store = LeaseStore.journal(journal)) {
            lease(store, leases);
        }
    }

    private static void read(Path journal) throws IOException {
        try (LeaseStore store = LeaseStore.journal(journal)) {
            tell(store);
        }
    }

    private static void lease(LeaseStore store, int leases) throws Exception {
        try (DhcpServer server = DhcpServer.builder()
                .bind("127.0.0.1")
                .port(0)
                .replyToSender()
                .leaseStore(store)
                .rapidCommit(true)
                .newClientsPerSecond(1_000_000)
                .subnet(Subnet.builder("10.64.0.0/12")
                        .router("10.64.0.1")
                        .domainNameServer("10.64.0.1")
                        .domainName("lab.example")
                        .pool("10.64.1.0", "10.67.255.255")
                        .leaseTime(Duration.ofDays(1))
                        .build())
                .build()) {
            InetSocketAddress address = server.start();
            AtomicInteger next = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Thread thread = new Thread(() -> ask(address, next, leases));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /** Asks as one client after the other, each until it has its lease (RFC 4039). */
    private static void ask(InetSocketAddress server, AtomicInteger next, int leases) {
        byte[] buffer = new byte[2048];
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(500);
            for (int client = next.getAndIncrement(); client < leases; client = next.getAndIncrement()) {
                byte[] discover = DhcpCodec.encode(DhcpPacket.builder()
                        .transactionId(client)
                        .messageType(MessageType.DISCOVER)
                        .clientHardwareAddress(HardwareAddress.of(ByteBuffer.allocate(6)
                                .putShort((short) 0x5254)
                                .putInt(client)
                                .array()))
                        .option(DhcpOption.RAPID_COMMIT, true)
                        .build());
                DhcpPacket reply = exchange(socket, server, discover, buffer);
                if (!reply.messageType().orElseThrow().equals(MessageType.ACK)) {
                    throw new AssertionError(reply);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DhcpPacket exchange(DatagramSocket socket, InetSocketAddress server, byte[] discover, byte[] buffer)
            throws IOException {
        Optional<DhcpPacket> answer = Optional.empty();
        while (answer.isEmpty()) {
            socket.send(new DatagramPacket(discover, discover.length, server));
            answer = answer(socket, discover, buffer);
        }
        return answer.get();
    }

    private static Optional<DhcpPacket> answer(DatagramSocket socket, byte[] discover, byte[] buffer)
            throws IOException {
        try {
            while (true) {
                DatagramPacket answer = new DatagramPacket(buffer, buffer.length);
                socket.receive(answer);
                // One to a question that was asked twice may come late.
                if (Arrays.equals(buffer, 4, 8, discover, 4, 8)) {
                    return Optional.of(DhcpCodec.decode(Arrays.copyOf(buffer, answer.getLength())));
                }
            }
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    private static void tell(LeaseStore store) throws IOException {
        long[] count = new long[1];
        store.forEach(lease -> count[0] += lease.state() == Lease.State.BOUND ? 1 : 0);
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        System.out.println(
                "leases: " + count[0] + ", " + (used >> 20) + " MB of " + (runtime.maxMemory() >> 20) + " used");
    }
}
