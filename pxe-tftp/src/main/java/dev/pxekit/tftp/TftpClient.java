package dev.pxekit.tftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A TFTP client that fetches files and sends them, one call one transfer.
 *
 * <pre>{@code
 * TftpClient client = TftpClient.builder().server(new InetSocketAddress("192.0.2.1", 69)).build();
 * byte[] script = client.get("boot.ipxe");
 * TransferResult result = client.get("initrd.img", Path.of("initrd.img"));
 * client.put(Path.of("running.cfg"), "switch-7.cfg");
 * CompletableFuture<OptionalLong> size = client.async(executor, tftp -> tftp.size("linux"));
 * }</pre>
 *
 * <p>By default it asks for blocks of 1428 bytes, windows of 8 and the size of the file; a server may take less, or none. To read,
 * it holds one block in memory, besides what the kernel keeps for its socket (4 MiB at most); to write, one window of 64 MiB at
 * most, and asks for no larger one. With {@link Builder#multicast()} it holds one block, and one
 * bit for each block of the file.
 *
 * <p>After a file has been fetched, its socket answers a repeated last block for up to 1.5 seconds, since the last ACK may have
 * been lost; a daemon thread does that for all clients, and no call waits for it.
 *
 * <p>Immutable and thread safe; calls block, and an interrupt ends them with {@link java.io.InterruptedIOException}, after an
 * ERROR to the server. {@link #async} runs calls on an executor. Content that was written to a target before a transfer failed
 * stays there, except that a {@link Path} is replaced only when all content has arrived.
 */
public final class TftpClient {

    /** The most bytes that {@link #get(String)} holds in memory. */
    public static final int MOST_IN_MEMORY = 256 << 20;

    private final ClientSettings settings;

    private TftpClient(ClientSettings settings) {
        this.settings = settings;
    }

    /**
     * A client to be configured.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder(ClientSettings.DEFAULT);
    }

    /**
     * A client like this one, to be configured further.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    /**
     * Fetches a file into memory.
     *
     * @param fileName its name, as the server has it
     * @return its content
     * @throws TftpErrorException if the server answers with an ERROR
     * @throws SocketTimeoutException if the server falls silent
     * @throws IOException if the transfer fails otherwise, or the file is larger than {@link #MOST_IN_MEMORY}
     */
    public byte[] get(String fileName) throws IOException {
        ClientSettings inMemory = settings.withMaxSize(Math.min(settings.maxSize(), MOST_IN_MEMORY));
        Optional<GroupInterface> network = settings.groupInterface();
        if (network.isPresent()) {
            ContentInMemory parts = new ContentInMemory();
            ClientMulticastRead.fetch(inMemory, fileName, parts, network.get());
            return parts.toByteArray();
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ClientRead.fetch(inMemory, fileName, streamSink(content));
        return content.toByteArray();
    }

    /**
     * Fetches a file into a stream.
     *
     * @param fileName its name, as the server has it
     * @param target neither flushed nor closed
     * @return what became of the transfer; always completed
     * @throws TftpErrorException if the server answers with an ERROR
     * @throws SocketTimeoutException if the server falls silent
     * @throws IOException if the transfer fails otherwise
     */
    public TransferResult get(String fileName, OutputStream target) throws IOException {
        return ClientRead.fetch(settings, fileName, streamSink(target));
    }

    /**
     * Fetches a file into a channel.
     *
     * @param fileName its name, as the server has it
     * @param target a channel in blocking mode; not closed
     * @return what became of the transfer; always completed
     * @throws TftpErrorException if the server answers with an ERROR
     * @throws SocketTimeoutException if the server falls silent
     * @throws IOException if the transfer fails otherwise
     */
    public TransferResult get(String fileName, WritableByteChannel target) throws IOException {
        return ClientRead.fetch(settings, fileName, channelSink(target));
    }

    /**
     * Fetches a file into a file, which appears under its name when all content has arrived.
     *
     * @param fileName its name, as the server has it
     * @param target of any file system; replaced if it is there, created in an existing directory if not
     * @return what became of the transfer; always completed
     * @throws TftpErrorException if the server answers with an ERROR
     * @throws SocketTimeoutException if the server falls silent
     * @throws IOException if the transfer fails otherwise
     */
    public TransferResult get(String fileName, Path target) throws IOException {
        try (WholeFile file = WholeFile.beside(target)) {
            TransferResult result = get(fileName, file);
            file.commit(true);
            return result;
        }
    }

    private TransferResult get(String fileName, WholeFile file) throws IOException {
        Optional<GroupInterface> network = settings.groupInterface();
        return network.isPresent() && file.channel() instanceof FileChannel channel
                ? ClientMulticastRead.fetch(settings, fileName, PositionalSink.of(channel), network.get())
                : get(fileName, file.channel());
    }

    /**
     * Asks for the size of a file as UEFI firmware does: takes the OACK, and ends the transfer with ERROR 8.
     *
     * @param fileName its name, as the server has it
     * @return its size in bytes, or empty if the server has the file and does not tell
     * @throws TftpErrorException if the server answers with an ERROR
     * @throws SocketTimeoutException if the server falls silent
     * @throws IOException if the transfer fails otherwise
     */
    public OptionalLong size(String fileName) throws IOException {
        TftpOptions asked =
                settings.options().toBuilder().set(TftpOption.TRANSFER_SIZE, 0L).build();
        ClientSettings octet = settings.withOptions(asked).withMode(TransferMode.OCTET);
        TransferResult result = ClientRead.probe(octet, fileName);
        Optional<Long> size = result.transfer().options().get(TftpOption.TRANSFER_SIZE);
        return size.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /**
     * Sends a file.
     *
     * @param source of any file system, read from its beginning to the size that it has now
     * @param fileName its name on the server
     * @return what became of the transfer; always completed: the server has acknowledged all of it
     * @throws TftpErrorException if the server answers with an ERROR, as one that is read only does
     * @throws SocketTimeoutException if the server falls silent
     * @throws IOException if the file cannot be read, or the transfer fails otherwise
     */
    public TransferResult put(Path source, String fileName) throws IOException {
        try (TftpFile content = TftpFile.of(Files.newByteChannel(source, StandardOpenOption.READ))) {
            return ClientWrite.send(settings, content, fileName);
        }
    }

    /**
     * Sends bytes.
     *
     * @param content not changed meanwhile
     * @param fileName their name on the server
     * @return what became of the transfer; always completed: the server has acknowledged all of it
     * @throws TftpErrorException if the server answers with an ERROR
     * @throws SocketTimeoutException if the server falls silent
     * @throws IOException if the transfer fails otherwise
     */
    public TransferResult put(byte[] content, String fileName) throws IOException {
        return ClientWrite.send(settings, TftpFile.of(content), fileName);
    }

    /**
     * Sends what a stream has.
     *
     * @param content read on, and not closed; what it has beyond the size stays in it
     * @param size bytes to send, 0 or more
     * @param fileName their name on the server
     * @return what became of the transfer; always completed: the server has acknowledged all of it
     * @throws TftpErrorException if the server answers with an ERROR
     * @throws SocketTimeoutException if the server falls silent
     * @throws java.io.EOFException if the stream ends before the size
     * @throws IOException if the stream cannot be read, or the transfer fails otherwise
     * @throws IllegalArgumentException if the size is negative
     */
    public TransferResult put(InputStream content, long size, String fileName) throws IOException {
        if (size < 0) {
            throw new IllegalArgumentException("size: " + size + " (expected: 0 or more)");
        }
        return ClientWrite.send(settings, new StreamFile(content, size), fileName);
    }

    /**
     * A call of a client, to be run elsewhere.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    public interface Call<T> {

        /**
         * Runs the call.
         *
         * @param client the client
         * @return its result
         * @throws IOException if the call fails
         */
        T run(TftpClient client) throws IOException;
    }

    /**
     * Runs a call on an executor, which it keeps busy for as long as the transfer takes; sinks, sources and the listener are
     * called there, too. The client has no threads of its own for transfers.
     *
     * @param executor where to run; virtual threads are fine
     * @param call what to run, such as {@code tftp -> tftp.get("boot.ipxe")}
     * @param <T> what it returns
     * @return completed on the thread of the call, with what it returns or throws. Completing it early, as {@code cancel} and
     *     {@code orTimeout} do, ends the transfer: its thread is interrupted, the server gets an ERROR, and the socket is closed
     *     a moment later. A call that has not begun then never does
     * @throws RejectedExecutionException if the executor takes no more
     */
    public <T> CompletableFuture<T> async(Executor executor, Call<T> call) {
        return InterruptibleCall.start(executor, () -> call.run(this));
    }

    private static ContentSink streamSink(OutputStream target) {
        return content -> {
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            target.write(bytes);
        };
    }

    private static ContentSink channelSink(WritableByteChannel target) {
        return (ByteBuffer content) -> {
            while (content.hasRemaining()) {
                target.write(content);
            }
        };
    }

    /** Configures a client. Not thread safe. */
    public static final class Builder {

        private ClientSettings settings;

        private Builder(ClientSettings settings) {
            this.settings = settings;
        }

        /**
         * The server. Default: port 69 of this machine.
         *
         * @param address its address and port; a name that is not resolved is looked up for each transfer
         * @return this
         */
        public Builder server(InetSocketAddress address) {
            settings = settings.withServer(address);
            return this;
        }

        /**
         * The options to ask for, in place of all others. {@link TftpOptions#none()} makes a client of RFC 1350.
         *
         * @param options asked in this order
         * @return this
         */
        public Builder options(TftpOptions options) {
            settings = settings.withOptions(options);
            return this;
        }

        /**
         * Asks for a block size. Default: 1428.
         *
         * @param bytes 8..65464
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder blockSize(int bytes) {
            return option(TftpOption.BLOCK_SIZE, bytes);
        }

        /**
         * Asks for a window size. Default: 8.
         *
         * @param blocks 1..65535
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder windowSize(int blocks) {
            return option(TftpOption.WINDOW_SIZE, blocks);
        }

        /**
         * Asks for an option.
         *
         * @param option which
         * @param value its value; for {@link TftpOption#TRANSFER_SIZE} 0, in place of which a write tells the size
         * @param <T> the type of the value
         * @return this
         * @throws IllegalArgumentException if the value is out of range
         */
        public <T> Builder option(TftpOption<T> option, T value) {
            return options(settings.options().toBuilder().set(option, value).build());
        }

        /**
         * The mode. Default: octet.
         *
         * @param mode octet or netascii, whose line ends are turned into LF
         * @return this
         * @throws IllegalArgumentException if the mode is another
         */
        public Builder mode(TransferMode mode) {
            if (!mode.equals(TransferMode.OCTET) && !mode.equals(TransferMode.NETASCII)) {
                throw new IllegalArgumentException("mode: " + mode + " (expected: octet, netascii)");
            }
            settings = settings.withMode(mode);
            return this;
        }

        /**
         * How long to wait for the server at first, and how often to send again; each further wait is twice as long, up to
         * 8 seconds. The {@link TftpOption#TIMEOUT} or {@link TftpOption#TIMEOUT_MICROS} that is asked for takes the place of this
         * time from the first answer on; in a write, without one, the time that answers take does. To a server that repeats its
         * last ACK, and nothing else, it is sent twice as often. Default: 1 second, 5 times.
         *
         * @param timeout 10 milliseconds to 255 seconds
         * @param most 0..100
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder retransmission(Duration timeout, int most) {
            if (timeout.toMillis() < 10 || timeout.toMillis() > 255_000 || most < 0 || most > 100) {
                throw new IllegalArgumentException("retransmission: " + timeout + ", " + most
                        + " times (expected: 10 milliseconds to 255 seconds, 0..100 times)");
            }
            settings = settings.withRetransmission(Retransmission.of(timeout, most));
            return this;
        }

        /**
         * The most bytes to take; a larger file ends the transfer with an ERROR, at once if the server tells its size. Default:
         * 64 GiB.
         *
         * @param bytes 0 or more
         * @return this
         * @throws IllegalArgumentException if negative
         */
        public Builder maxSize(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("maxSize: " + bytes + " (expected: 0 or more)");
            }
            settings = settings.withMaxSize(bytes);
            return this;
        }

        /**
         * Asks to receive files together with other clients (RFC 2090), on the network interface that leads to the server. Default:
         * files are sent to this client by itself.
         *
         * <p>It is asked for where content can be stored in any order: by {@link TftpClient#get(String)}, and by
         * {@link TftpClient#get(String, Path)} on a file system with {@link FileChannel}s, as the default one; in octet mode.
         * Otherwise it has no effect. Windows and {@code rollover} are not asked for along with it: a group has one block under way at
         * a time. A server that leaves {@code multicast} out sends the file to this client by itself, in lock step.
         *
         * <p>The pace of a group is that of its master, and a client waits for its turn to fetch what it has missed: as long as
         * anything is sent to the group. After a silence it asks again, and gives up as {@link #retransmission} has it. Blocks
         * are taken from the address and port only that the server has answered from; nothing else is known of who sent them.
         *
         * @return this
         */
        public Builder multicast() {
            settings = settings.withMulticast(GroupInterface::routed);
            return this;
        }

        /**
         * As {@link #multicast()}, on a network interface of choice.
         *
         * @param network where the groups are joined
         * @return this
         */
        public Builder multicast(NetworkInterface network) {
            settings = settings.withMulticast(server -> network);
            return this;
        }

        /**
         * Who watches the transfers. Default: nobody.
         *
         * @param listener called on the thread of the transfer
         * @return this
         */
        public Builder listener(TransferListener listener) {
            settings = settings.withListener(listener);
            return this;
        }

        /**
         * The client.
         *
         * @return a new client
         */
        public TftpClient build() {
            return new TftpClient(settings);
        }
    }
}
