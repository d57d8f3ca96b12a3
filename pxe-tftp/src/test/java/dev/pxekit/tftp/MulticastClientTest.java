package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that share a group of the server, all on the loopback interface. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.pxekit.tftp.TestTransports#all")
class MulticastClientTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int BLOCK_SIZE = 1024;
    private static final int BLOCKS = 401;
    private static final byte[] CONTENT = RandomFiles.bytes(2, BLOCK_SIZE * (BLOCKS - 1) + 100);

    @TempDir
    private Path directory;

    private final TftpServer.Transport transport;
    private final RecordingListener served = new RecordingListener();
    private final RecordingListener watched = new RecordingListener();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<TftpRequest> requests = new ArrayList<>();
    /** Where the file cannot be read any further until it is released. */
    private final CountDownLatch held = new CountDownLatch(1);

    private final CountDownLatch released = new CountDownLatch(1);
    private int heldAt = Integer.MAX_VALUE;
    private @Nullable TftpServer server;
    private InetSocketAddress address = Addresses.loopback();

    MulticastClientTest(TftpServer.Transport transport) {
        this.transport = transport;
    }

    @AfterEach
    void close() throws Exception {
        released.countDown();
        if (server != null) {
            server.close();
        }
        executor.shutdownNow();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private TftpServer.Builder builder() throws IOException {
        return TftpServer.builder()
                .bind(Addresses.loopback())
                .transport(transport)
                .listener(served)
                .files(request -> {
                    synchronized (requests) {
                        requests.add(request);
                    }
                    return new HeldFile();
                })
                .multicast(new MulticastRange(Addresses.client("239.255.78.0"), 256, Addresses.groupPort(), 1))
                .retransmissionTimeout(Duration.ofSeconds(20));
    }

    private void start(TftpServer.Builder builder) throws IOException {
        TftpServer built = builder.build();
        server = built;
        address = built.start();
    }

    private TftpClient.Builder client() {
        return TftpClient.builder()
                .server(address)
                .blockSize(BLOCK_SIZE)
                .listener(watched)
                .retransmission(Duration.ofSeconds(20), 1)
                .multicast();
    }

    private final class HeldFile implements TftpFile {

        @Override
        public long size() {
            return CONTENT.length;
        }

        @Override
        public Object identity() {
            return CONTENT;
        }

        @Override
        public int read(ByteBuffer target, long from) throws IOException {
            if (from >= heldAt) {
                held.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            int length = (int) Math.min(target.remaining(), CONTENT.length - from);
            target.put(CONTENT, (int) from, length);
            return length;
        }

        @Override
        public void close() {}
    }

    private CompletableFuture<byte[]> get(TftpClient asking) {
        return asking.async(executor, call -> call.get("file"));
    }

    /** Waits until so many transfers have begun at the clients. */
    private void awaitStarted(CountDownLatch started) throws InterruptedException {
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static TransferListener counting(CountDownLatch started) {
        return new TransferListener() {
            @Override
            public void started(Transfer transfer) {
                started.countDown();
            }
        };
    }

    private static Multicast answerTo(TransferResult result) {
        return result.transfer().options().get(TftpOption.MULTICAST).orElseThrow();
    }

    @Test
    void oneClientGetsTheFileFromItsGroup() throws Exception {
        start(builder());
        assertThat(client().build().get("file")).isEqualTo(CONTENT);
        TransferResult result = watched.result();
        assertThat(result.bytes()).isEqualTo(CONTENT.length);
        assertThat(result.blocks()).isEqualTo(BLOCKS);
        assertThat(answerTo(result).master()).isTrue();
        assertThat(requests.get(0).options()).hasToString("blksize=1024 tsize=0 multicast=");
        assertThat(served.result().isCompleted()).isTrue();
    }

    @Test
    void fileAppearsWhenItIsWhole() throws Exception {
        start(builder());
        NetworkInterface loopback = NetworkInterface.getByInetAddress(LOOPBACK);
        Path target = directory.resolve("got");
        TransferResult result = client().multicast(loopback).build().get("file", target);
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(answerTo(result).group()).isPresent();
        assertThat(directory).isDirectoryNotContaining("glob:**/.tftp*");
    }

    @Test
    void clientsThatComeTogetherAndLateGetItAll() throws Exception {
        heldAt = CONTENT.length / 2;
        start(builder());
        CompletableFuture<byte[]> first = get(client().build());
        awaitStarted(held);
        CountDownLatch started = new CountDownLatch(3);
        List<CompletableFuture<byte[]>> late = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            late.add(get(client().listener(counting(started)).build()));
        }
        awaitStarted(started);
        released.countDown();
        assertThat(first.join()).isEqualTo(CONTENT);
        for (CompletableFuture<byte[]> one : late) {
            assertThat(one.join()).isEqualTo(CONTENT);
        }
        for (int i = 0; i < 4; i++) {
            TransferResult result = served.result();
            assertThat(result.isCompleted()).isTrue();
            assertThat(result.bytes()).isEqualTo(CONTENT.length);
        }
    }

    @Test
    void masterThatIsInterruptedGivesWayToNext() throws Exception {
        heldAt = CONTENT.length / 2;
        start(builder());
        CompletableFuture<byte[]> leaving = get(client().build());
        awaitStarted(held);
        CountDownLatch started = new CountDownLatch(1);
        CompletableFuture<byte[]> next =
                get(client().listener(counting(started)).build());
        awaitStarted(started);
        leaving.cancel(true);
        assertThat(served.result().isCompleted()).isFalse();
        released.countDown();
        assertThat(next.join()).isEqualTo(CONTENT);
        assertThat(served.result().isCompleted()).isTrue();
    }

    @Test
    void serverMayRefuseIt() throws Exception {
        start(builder().optionPolicy(OptionPolicy.refusing("multicast")));
        assertThat(client().build().get("file")).isEqualTo(CONTENT);
        Path target = directory.resolve("got");
        TransferResult result = client().build().get("file", target);
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(result.bytes()).isEqualTo(CONTENT.length);
        assertThat(result.transfer().options()).hasToString("blksize=1024 tsize=" + CONTENT.length);
    }

    @Test
    void serverMayKnowNoOptions() throws Exception {
        start(builder().optionPolicy(request -> TftpOptions.none()));
        assertThat(client().build().get("file")).isEqualTo(CONTENT);
    }

    @Test
    void whatIsWrittenInOrderIsNotAskedForInGroup() throws Exception {
        start(builder());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        client().build().get("file", stream);
        client().build().get("file", Channels.newChannel(stream));
        client().mode(TransferMode.NETASCII).build().get("file");
        client().build().size("file");
        assertThat(requests)
                .hasSize(4)
                .allMatch(request -> request.options().get("multicast").isEmpty());
        assertThat(stream.size()).isEqualTo(2 * CONTENT.length);
    }

    @Test
    void fileThatIsTooLargeIsRefusedAtOnce() throws Exception {
        start(builder());
        TftpClient small = client().maxSize(1000).build();
        assertThatThrownBy(() -> small.get("file"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the limit is 1000");
        assertThat(served.result().isCompleted()).isFalse();
    }
}
