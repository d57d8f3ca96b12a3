package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client writes a file: a {@link TransferReceiver} joined to a port and to a {@link TftpUpload}. The event loop gathers a window,
 * or some more of small ones, while the executor writes what came before: so twice as much is in memory, and the client is held up
 * when the disk is slower.
 */
final class WriteTransfer extends ServerTransfer implements TransferReceiver.Output<RuntimeException> {

    /** What is written at once where windows are smaller: each time costs two changes of threads. */
    private static final int USUAL_WRITE = 32 << 10;

    private final TftpUploads uploads;

    /** Belong to the executor. */
    private @Nullable TftpUpload upload;

    private @Nullable ContentSink sink;
    private @Nullable ByteBuf memory;

    private @Nullable AgreedOptions agreed;
    private @Nullable TransferReceiver<RuntimeException> receiver;
    private int window;
    private int reserved;
    private volatile boolean stalled;

    /** What the event loop gathers content in. */
    private ByteBuffer filling = ByteBuffer.allocate(0);

    /** The other one, unless the executor has it. */
    private @Nullable ByteBuffer spare;

    WriteTransfer(
            TftpUploads uploads,
            InetSocketAddress client,
            TftpPacket.Request request,
            TransferRegistry registry,
            ServerPort requestPort,
            ServerPorts.Place place) {
        super(client, request, registry, requestPort, place, registry.settings().writeExecutor());
        this.uploads = uploads;
    }

    // ---- begin

    @Override
    TftpOptions open(TftpRequest request) throws IOException {
        ServerSettings settings = registry().settings();
        TftpUpload opened = uploads.open(request);
        upload = opened;
        long size = request.options().get(TftpOption.TRANSFER_SIZE).orElse(0L);
        if (size > opened.maxSize()) {
            throw new TftpErrorException(
                    TftpErrorCode.DISK_FULL, "the file has " + size + " bytes, the limit is " + opened.maxSize());
        }
        ServerLimits limits = settings.writeLimits();
        long free = Math.min(limits.maxTransferMemory(), registry().cache().free());
        AgreedOptions options = AgreedOptions.agree(
                settings.optionPolicy().allow(request), request, size, limits.withMaxTransferMemory((int) free));
        agreed = options;
        receiver = TransferReceiver.ofServer(
                options, opened.maxSize(), limits.untilFirstAck(), limits.afterFirstAck(options), this);
        ContentSink target = opened::write;
        sink = request.mode().equals(TransferMode.NETASCII) ? new NetasciiDecoder(target) : target;
        return options.answer();
    }

    @Override
    int longestPacket() {
        return agreed().blockSize() + DataPackets.HEADER;
    }

    @Override
    void start(long now) {
        receiver().start(now);
    }

    private AgreedOptions agreed() {
        AgreedOptions options = agreed;
        if (options == null) {
            throw new IllegalStateException("transfer: not opened");
        }
        return options;
    }

    private TransferReceiver<RuntimeException> receiver() {
        TransferReceiver<RuntimeException> machine = receiver;
        if (machine == null) {
            throw new IllegalStateException("transfer: not opened");
        }
        return machine;
    }

    // ---- in

    @Override
    void takeData(int wireBlock, ByteBuffer content, long now) {
        if (hasEnded()) {
            receiver().data(wireBlock, content, now); // the client may have missed the last ACK
        } else if (memory != null || allocate()) {
            receiver().data(wireBlock, content, now);
            stalled = receiver().isStalled();
        } else {
            refuse(TftpErrorCode.NOT_DEFINED, BUSY);
        }
    }

    @Override
    void take(TftpPacket packet, long now) {
        if (packet instanceof TftpPacket.Error error) {
            receiver().refused(error.code(), error.message());
        }
    }

    /** Takes memory. Not before the first block: only then the client has shown that its address is its own. */
    private boolean allocate() {
        window = agreed().windowSize() * agreed().blockSize();
        int most = registry().settings().limits().maxTransferMemory() / 2;
        return allocate(Math.max(window, Math.min(USUAL_WRITE, most))) || allocate(window);
    }

    private boolean allocate(int half) {
        if (!registry().cache().reserve(2 * half)) {
            return false;
        }
        ByteBuf allocated = null;
        try {
            allocated = registry().cache().allocate(2 * half);
        } catch (OutOfMemoryError e) {
            // Memory off the heap has a limit of its own: this transfer goes without, those that run are not touched.
            logFailure(e);
        }
        if (allocated == null) {
            registry().cache().giveBack(2 * half);
            return false;
        }
        reserved = 2 * half;
        memory = allocated;
        filling = allocated.nioBuffer(0, half);
        spare = allocated.nioBuffer(half, half);
        return true;
    }

    @Override
    long lingerNanos() {
        boolean completed =
                outcome().filter(TransferOutcome.Completed.class::isInstance).isPresent();
        return completed
                ? registry().settings().limits().afterFirstAck(agreed()).lingerNanos()
                : 0;
    }

    @Override
    void abandon(String reason) {
        receiver().refused(TftpErrorCode.NOT_DEFINED, reason);
    }

    @Override
    void tick(long now) {
        receiver().tick(now);
        stalled = receiver().isStalled();
    }

    // ---- out

    @Override
    public void sendOpening() {
        TftpOptions answer = agreed().answer();
        port().send(client(), answer.isEmpty() ? new TftpPacket.Ack(0) : new TftpPacket.OptionAck(answer));
    }

    @Override
    public void sendAck(int wireBlock) {
        port().send(client(), new TftpPacket.Ack(wireBlock));
    }

    @Override
    public void sendError(TftpErrorCode code, String message) {
        port().send(client(), new TftpPacket.Error(code, message));
    }

    // ---- content

    @Override
    public void content(ByteBuffer bytes) {
        filling.put(bytes);
    }

    @Override
    public boolean accept() {
        if (filling.remaining() >= window) {
            return true;
        }
        ByteBuffer next = spare;
        if (next == null) {
            return false;
        }
        ByteBuffer full = filling.flip();
        filling = next;
        spare = null;
        return onExecutor(() -> {
            write(full);
            return () -> {
                spare = full.clear();
                receiver().accepted(System.nanoTime());
            };
        });
    }

    @Override
    public boolean end() {
        ByteBuffer rest = filling.flip();
        onExecutor(() -> {
            write(rest);
            commit();
            return receiver()::stored;
        });
        return false;
    }

    /** Something that is done on the executor, and what to do on the event loop when it has been. */
    private interface Task {
        Runnable run() throws IOException;
    }

    private boolean onExecutor(Task task) {
        boolean taken = offer(() -> {
            Runnable next = () -> refuse(TftpErrorCode.NOT_DEFINED, cannot());
            try {
                next = task.run();
            } catch (IOException | RuntimeException e) {
                Refusal refusal = Refusal.ofWriting(e);
                next = () -> refuse(refusal.code(), refusal.reason());
                logFailure(e);
            } finally {
                Runnable step = next;
                onLoop(() -> {
                    if (!hasEnded()) {
                        step.run();
                        follow();
                    }
                });
            }
        });
        if (!taken) {
            onLoop(() -> refuse(TftpErrorCode.NOT_DEFINED, BUSY));
        }
        return taken;
    }

    private void write(ByteBuffer content) throws IOException {
        ContentSink target = sink;
        if (target != null && !hasEnded()) {
            target.write(content);
        }
    }

    private void commit() throws IOException {
        TftpUpload complete = upload;
        ContentSink target = sink;
        if (complete != null && target != null && !hasEnded()) {
            target.end();
            complete.commit();
        }
    }

    // ---- state

    @Override
    long deadline() {
        return receiver().deadline();
    }

    @Override
    Optional<TransferOutcome> outcome() {
        return receiver().outcome();
    }

    @Override
    long bytes() {
        return receiver().receivedBytes();
    }

    @Override
    long blocks() {
        return receiver().receivedBlocks();
    }

    @Override
    long retransmissions() {
        return receiver().retransmissions();
    }

    @Override
    boolean isStalled() {
        return stalled;
    }

    // ---- end

    @Override
    void stop() {}

    @Override
    void release() {
        ByteBuf allocated = memory;
        memory = null;
        if (allocated != null) {
            allocated.release();
        }
        registry().cache().giveBack(reserved);
        TftpUpload opened = upload;
        if (opened != null) {
            try {
                opened.close();
            } catch (IOException | RuntimeException e) {
                logFailure(e);
            }
        }
    }
}
