package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that sends junk, 100,000 packets a second or as many as the machine can: random bytes, requests cut short, ACK,
 * DATA and ERROR of nobody's transfer, requests with options that make no sense. It runs until it is closed, but sends no more
 * than 2 million: as long as a machine sends itself more than it can take in, it loses nearly everything else.
 */
final class JunkFlood implements AutoCloseable {

    private static final int PER_MILLISECOND = 100;
    private static final int MOST = 2_000_000;
    private static final int VARIANTS = 4096;
    private static final List<String> SOURCES = List.of("127.0.0.1", "127.0.0.66", "127.6.6.6");

    /** For each target as many, so that each gets its share. */
    private final List<DatagramChannel> channels = new CopyOnWriteArrayList<>();

    private final Set<InetSocketAddress> targets = new HashSet<>();
    private final List<ByteBuffer> junk = new ArrayList<>();
    private final CountDownLatch flows = new CountDownLatch(1);
    private final FutureTask<Long> task = new FutureTask<>(this::run);
    private final AtomicInteger sent = new AtomicInteger();
    private volatile boolean stopped;

    private JunkFlood() {
        Random random = new Random(6);
        for (int i = 0; i < VARIANTS; i++) {
            byte[] bytes = junk(random, i);
            junk.add(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        }
    }

    /** Starts to send to an address, and returns when the first packets are on their way. */
    static JunkFlood start(InetSocketAddress target) throws IOException, InterruptedException {
        JunkFlood flood = new JunkFlood();
        flood.alsoTo(target);
        new Thread(flood.task, "junk").start();
        flood.flows.await();
        return flood;
    }

    /** Sends to this address, too: every address gets its share. */
    void alsoTo(InetSocketAddress target) {
        if (!targets.add(target)) {
            return; // the port of an earlier transfer, used again
        }
        try {
            for (String source : SOURCES) {
                InetSocketAddress local = new InetSocketAddress(source, 0);
                channels.add(DatagramChannel.open().bind(local).connect(target));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] junk(Random random, int variant) {
        return switch (variant % 6) {
            case 0 -> noise(random);
            // No further than into the file name.
            case 1 -> Arrays.copyOf(request("file", "blksize", "1428", "windowsize", "8"), random.nextInt(7));
            case 2 -> TftpCodec.encode(new TftpPacket.Ack(random.nextInt(0x10000)));
            case 3 ->
                TftpCodec.encode(
                        new TftpPacket.Data(random.nextInt(0x10000), ByteBuffer.allocate(random.nextInt(513))));
            case 4 -> TftpCodec.encode(new TftpPacket.Error(TftpErrorCode.of(random.nextInt(9)), "junk"));
            default -> {
                byte[] garbage = request("absent", "blksize", "-1", "tsize", "x", "", "", "BLKSIZE", "99999999999");
                // Few are whole: for each of those a file is looked up.
                yield variant % 48 == 5 ? garbage : Arrays.copyOf(garbage, random.nextInt(9));
            }
        };
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(600)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] request(String name, String... options) {
        String fields = name + "\0octet\0" + String.join("\0", options) + "\0";
        return ("\0\1" + fields).getBytes(US_ASCII);
    }

    /** Packets a second. */
    private long run() throws IOException {
        long begin = System.nanoTime();
        try {
            for (int millisecond = 0; !stopped && sent.get() < MOST; millisecond++) {
                for (int n = 0; n < PER_MILLISECOND; n++) {
                    send(channels.get(n % channels.size()), junk.get(sent.getAndIncrement() % VARIANTS));
                }
                flows.countDown();
                LockSupport.parkNanos(begin + millisecond * 1_000_000L - System.nanoTime());
            }
        } finally {
            flows.countDown();
        }
        return sent.get() * 1_000_000_000L / (System.nanoTime() - begin);
    }

    private static void send(DatagramChannel channel, ByteBuffer packet) throws IOException {
        try {
            channel.write(packet.rewind());
        } catch (PortUnreachableException e) {
            // The transfer at that port has ended.
        }
    }

    /** Packets sent so far. */
    int sent() {
        return sent.get();
    }

    /**
     * Ends the flood.
     *
     * @return packets a second that it has sent
     */
    long stop() throws Exception {
        stopped = true;
        return task.get();
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }
}
