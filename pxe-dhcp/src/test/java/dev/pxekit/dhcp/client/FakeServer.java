package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** A socket on loopback that answers each datagram with what a test says. */
final class FakeServer implements AutoCloseable {

    /** What is answered; a fault of it ends the server. */
    interface Script {
        List<byte[]> answers(byte[] question, int number) throws Exception;
    }

    private final DatagramChannel channel;
    private final Thread thread;
    private final Script script;
    private final List<byte[]> questions = new CopyOnWriteArrayList<>();
    private final AtomicInteger done = new AtomicInteger();

    FakeServer(String address, Script script) throws IOException {
        this.script = script;
        channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        thread = new Thread(this::run, "fake server");
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.socket().getLocalSocketAddress();
    }

    /** What was asked so far. */
    List<byte[]> questions() {
        return questions;
    }

    /**
     * Numbers for one client. It draws how long to wait when it has asked: its wait begins once all answers are there, however
     * slow the machine is.
     */
    RandomGenerator patience() {
        RandomGenerator random = RandomGenerator.getDefault();
        return new RandomGenerator() {
            private int asked;

            @Override
            public long nextLong() {
                return random.nextLong();
            }

            @Override
            public long nextLong(long origin, long bound) {
                asked++;
                Await.until(() -> done.get() >= asked);
                return random.nextLong(origin, bound);
            }
        };
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocate(65_535);
        try {
            while (true) {
                buffer.clear();
                InetSocketAddress client = (InetSocketAddress) channel.receive(buffer);
                byte[] question = Arrays.copyOf(buffer.array(), buffer.position());
                questions.add(question);
                for (byte[] answer : script.answers(question, questions.size())) {
                    channel.send(ByteBuffer.wrap(answer), client);
                }
                done.incrementAndGet();
            }
        } catch (ClosedChannelException e) {
            return; // the test is over
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws Exception {
        channel.close();
        thread.join(10_000);
    }
}
