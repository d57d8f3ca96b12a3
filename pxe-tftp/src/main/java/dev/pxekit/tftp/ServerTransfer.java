package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One read transfer of a server: a {@link TransferSender} joined to a socket of its own, a {@link BlockRing} and the executor.
 * All state belongs to {@link #loop}, but for the file, its reader and the loading side of the ring, which belong to the tasks
 * of {@link #tasks}.
 */
final class ServerTransfer extends SimpleChannelInboundHandler<DatagramPacket> implements TransferSender.Output {

    private static final Logger logger = LoggerFactory.getLogger(ServerTransfer.class);

    private static final String CANNOT_READ = "cannot read the file";
    private static final String BUSY = "server busy, try again later";

    private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();

    private final InetSocketAddress client;
    private final TftpPacket.ReadRequest request;
    private final TransferRegistry registry;
    private final EventLoop loop;
    private final SerialExecutor tasks;
    private final ListenerCalls listener;
    private final long startedAt = System.nanoTime();
    private final ChannelFutureListener afterWrite = future -> written();

    private Transfer transfer;
    private @Nullable Running running;
    private volatile boolean ended;
    private boolean loading;
    private boolean awaitsWrite;
    private long tickAt = TransferSender.NEVER;
    private long progressAt = startedAt;
    private volatile boolean stalled;

    /** Belongs to the tasks until its first blocks are loaded; then the event loop sends from it. */
    private volatile @Nullable BlockRing ring;

    /** What a transfer has once its socket is bound. */
    private record Running(
            Channel channel,
            TftpFile file,
            BlockReader reader,
            int slots,
            AgreedOptions agreed,
            TransferSender sender) {}

    ServerTransfer(
            InetSocketAddress client, TftpPacket.ReadRequest request, TransferRegistry registry, EventLoop loop) {
        this.client = client;
        this.request = request;
        this.registry = registry;
        this.loop = loop;
        this.tasks = new SerialExecutor(registry.settings().executor());
        this.listener = new ListenerCalls(registry.settings().listener());
        this.transfer = new Transfer(client, request.fileName(), request.mode(), TftpOptions.none());
    }

    InetSocketAddress client() {
        return client;
    }

    /**
     * Whether a request from the same client port is this one once more, and not to be answered twice. A client that has
     * received blocks, fell silent and asks again has started over.
     */
    boolean isFor(TftpPacket.ReadRequest other) {
        return request.equals(other) && !stalled;
    }

    void begin() {
        if (!offer(this::openFile)) {
            onLoop(() -> refuse(TftpErrorCode.NOT_DEFINED, BUSY));
        }
    }

    /** Ends the transfer for a reason of the server's. Any thread. */
    void cancel(TftpErrorCode code, String reason) {
        boolean handedOver = onLoop(() -> {
            if (running == null) {
                refuse(code, reason);
            } else {
                fail(running, code, reason);
            }
        });
        if (!handedOver) {
            // Nobody else touches the transfer once its loop has ended, which need not have closed the socket.
            loop.terminationFuture().addListener(over -> end(new TransferOutcome.Failed(code, reason)));
        }
    }

    /** Ends the transfer since its client has turned to another: nothing more is said to it. Any thread. */
    void supersede() {
        onLoop(() -> {
            if (running == null) {
                end(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "the client asked for something else"));
            } else {
                // As if the client had said that it is done: its ERROR may be lost, or still on its way.
                running.sender().refused(TftpErrorCode.NOT_DEFINED, "asked for something else");
                afterInput(running);
            }
        });
    }

    // ---- opening, on the executor

    private void openFile() {
        if (ended) {
            return; // the client has asked for something else meanwhile
        }
        Runnable next = () -> refuse(TftpErrorCode.NOT_DEFINED, CANNOT_READ);
        TftpFile unclaimed = null;
        try {
            TftpFile file = registry.settings()
                    .files()
                    .open(new TftpRequest(client, request.fileName(), request.mode(), request.options()));
            unclaimed = file;
            if (file.size() < 0) {
                throw new IOException("size: " + file.size() + " (expected: 0 or more)");
            }
            AgreedOptions agreed =
                    AgreedOptions.agree(request.options(), request.mode(), file.size(), limitsThatFitMemory());
            if (onLoop(() -> opened(file, agreed))) {
                unclaimed = null;
            }
            next = null;
        } catch (TftpErrorException e) {
            next = () -> refuse(e.code(), Printable.of(e.text()));
            logRefusal(e);
        } catch (NoSuchFileException | FileNotFoundException e) {
            next = () -> refuse(TftpErrorCode.FILE_NOT_FOUND, "file not found");
            logRefusal(e);
        } catch (AccessDeniedException e) {
            next = () -> refuse(TftpErrorCode.ACCESS_VIOLATION, "access violation");
            logRefusal(e);
        } catch (IOException | RuntimeException e) {
            logFailure(e);
        } finally {
            if (unclaimed != null) {
                close(unclaimed);
            }
            if (next != null) {
                onLoop(next);
            }
        }
    }

    /** What is asked now, and allocated once the client has answered, has to fit what others have left. */
    private ServerLimits limitsThatFitMemory() {
        ServerLimits limits = registry.settings().limits();
        return limits.withMaxTransferMemory(
                (int) Math.min(limits.maxTransferMemory(), registry.memory().free()));
    }

    private void logFailure(Exception e) {
        logger.atWarn()
                .addKeyValue("peer", client)
                .addKeyValue("file", Printable.of(request.fileName()))
                .setCause(e)
                .log(CANNOT_READ);
    }

    private void logRefusal(IOException e) {
        logger.atDebug()
                .addKeyValue("peer", client)
                .addKeyValue("file", Printable.of(request.fileName()))
                .addKeyValue("reason", e.getMessage())
                .log("request refused");
    }

    // ---- the life of the transfer, on the event loop

    private void opened(TftpFile file, AgreedOptions agreed) {
        if (ended) {
            onExecutor(() -> close(file));
            return;
        }
        transfer = new Transfer(client, request.fileName(), request.mode(), agreed.answer());
        registry.settings()
                .ports()
                .bind(this, loop)
                .whenCompleteAsync((channel, failure) -> step(() -> bound(channel, failure, file, agreed)), loop);
    }

    private void bound(@Nullable Channel channel, @Nullable Throwable failure, TftpFile file, AgreedOptions agreed) {
        if (channel == null || ended) {
            onExecutor(() -> close(file));
            if (channel != null) {
                channel.close();
            } else {
                logger.atWarn()
                        .addKeyValue("peer", client)
                        .setCause(failure)
                        .log("no port for a transfer: widen the port range, or lower maxTransfers");
                refuse(TftpErrorCode.NOT_DEFINED, BUSY);
            }
            return;
        }
        ServerLimits limits = registry.settings().limits();
        TransferSender sender = new TransferSender(agreed, limits.untilFirstAck(), limits.afterFirstAck(agreed), this);
        Running now =
                new Running(channel, file, BlockReader.of(file, request.mode()), slots(file, agreed), agreed, sender);
        running = now;
        Transfer started = transfer;
        offer(() -> listener.started(started));
        sender.start(System.nanoTime());
        afterInput(now);
    }

    /** Two windows, one in flight and one read ahead; no more than the file has blocks. */
    private int slots(TftpFile file, AgreedOptions agreed) {
        long most = 2L * agreed.windowSize();
        if (request.mode().equals(TransferMode.NETASCII)) {
            return (int) most; // up to twice the size of the file
        }
        return (int) Math.min(most, file.size() / agreed.blockSize() + 1);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        step(() -> received(datagram));
    }

    private void received(DatagramPacket datagram) {
        Running now = running;
        if (now == null || ended) {
            return;
        }
        TftpPacket packet;
        try {
            packet = TftpCodec.decode(datagram.content());
        } catch (TftpFormatException e) {
            logger.atDebug()
                    .addKeyValue("peer", datagram.sender())
                    .addKeyValue("reason", e.getMessage())
                    .log("packet dropped");
            return;
        }
        if (!datagram.sender().equals(client)) {
            // An ERROR is never answered, or two hosts could keep each other busy.
            if (!(packet instanceof TftpPacket.Error)) {
                registry.sendError(
                        now.channel(), datagram.sender(), TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID");
            }
        } else if (packet instanceof TftpPacket.Ack ack) {
            now.sender().acknowledged(ack.block(), System.nanoTime());
            afterInput(now);
        } else if (packet instanceof TftpPacket.Error error) {
            now.sender().refused(error.code(), error.message());
            afterInput(now);
        }
    }

    @Override
    public void sendOptionAck() {
        Running now = running;
        if (now != null) {
            registry.send(
                    now.channel(), client, new TftpPacket.OptionAck(now.agreed().answer()));
        }
    }

    @Override
    public void sendData(long block) {
        Running now = running;
        if (now != null) {
            ByteBuf packet = ring(block).packet(block);
            now.channel()
                    .write(new DatagramPacket(packet, client), now.channel().voidPromise());
        }
    }

    private BlockRing ring(long block) {
        BlockRing loaded = ring;
        if (loaded == null) {
            throw new IllegalStateException("block " + block + " is not loaded");
        }
        return loaded;
    }

    /** Follows up what the sender has made of an input. */
    private void afterInput(Running now) {
        if (ended) {
            return;
        }
        stalled = now.sender().isStalled();
        now.channel().flush();
        if (now.sender().outcome().isPresent()) {
            end(now.sender().outcome().get());
            return;
        }
        load();
        reportProgress(now);
        scheduleTick(now);
    }

    private void fail(Running now, TftpErrorCode code, String reason) {
        if (ended) {
            return;
        }
        try {
            registry.sendError(now.channel(), client, code, reason);
        } finally {
            now.sender().fail(code, reason);
            afterInput(now);
        }
    }

    private void load() {
        Running now = running;
        if (now == null
                || ended
                || loading
                || now.sender().isWhollyLoaded()
                || now.sender().awaitsOptionAck()) {
            return;
        }
        long from = now.sender().loadedBlocks() + 1;
        long most = now.sender().ackedBlocks() + now.slots();
        long to = Math.min(most, from + now.agreed().windowSize() - 1);
        if (from > to) {
            return;
        }
        BlockRing loaded = ring;
        if (loaded != null && !loaded.isAllSent()) {
            awaitWrite(now);
            return;
        }
        loading = true;
        if (!offer(() -> load(now, from, to))) {
            fail(now, TftpErrorCode.NOT_DEFINED, BUSY);
        }
    }

    /** The socket is full. Behind what waits there, an empty write calls back when all has gone. */
    private void awaitWrite(Running now) {
        if (!awaitsWrite) {
            awaitsWrite = true;
            now.channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(afterWrite);
        }
    }

    private void written() {
        awaitsWrite = false;
        load();
    }

    private void load(Running now, long from, long to) {
        if (ended) {
            return;
        }
        long block = from - 1;
        boolean isLast = false;
        String fault = CANNOT_READ;
        try {
            BlockRing into = ring == null ? allocate(now) : ring;
            if (into == null) {
                fault = BUSY;
                return;
            }
            while (block < to && !isLast) {
                block++;
                isLast = into.load(block, now.reader());
            }
            fault = "";
        } catch (IOException | RuntimeException e) {
            logFailure(e);
        } finally {
            long loadedTo = block;
            boolean whole = isLast;
            String failure = fault;
            onLoop(() -> loaded(now, loadedTo, whole, failure));
        }
    }

    /** Memory for the blocks, or nothing if others have it all. */
    private @Nullable BlockRing allocate(Running now) {
        long size = BlockRing.size(now.slots(), now.agreed().blockSize());
        if (!registry.memory().reserve(size)) {
            logger.atWarn().addKeyValue("peer", client).log("transfers have all memory: raise maxMemory");
            return null;
        }
        BlockRing allocated = null;
        try {
            allocated = new BlockRing(
                    now.channel().alloc(), now.slots(), now.agreed().blockSize());
            ring = allocated;
        } catch (OutOfMemoryError e) {
            // Memory off the heap has a limit of its own: this transfer goes without, those that run are not touched.
            logger.atWarn()
                    .addKeyValue("peer", client)
                    .setCause(e)
                    .log("no memory for a transfer: lower maxMemory, or raise -XX:MaxDirectMemorySize");
        } finally {
            if (allocated == null) {
                registry.memory().release(size);
            }
        }
        return allocated;
    }

    private void loaded(Running now, long block, boolean isLast, String fault) {
        loading = false;
        if (ended) {
            return;
        }
        if (fault.isEmpty()) {
            now.sender().loaded(block, isLast, System.nanoTime());
            afterInput(now);
        } else {
            fail(now, TftpErrorCode.NOT_DEFINED, fault);
        }
    }

    private void reportProgress(Running now) {
        long time = System.nanoTime();
        if (now.sender().ackedBlocks() > 0 && time - progressAt >= PROGRESS_NANOS) {
            progressAt = time;
            long bytes = ackedBytes(now);
            Transfer reported = transfer;
            offer(() -> listener.progress(reported, bytes));
        }
    }

    private long ackedBytes(Running now) {
        long acked = now.sender().ackedBlocks();
        boolean whole = now.sender()
                .outcome()
                .filter(TransferOutcome.Completed.class::isInstance)
                .isPresent();
        return whole
                ? (acked - 1) * now.agreed().blockSize() + ring(acked).contentLength(acked)
                : acked * now.agreed().blockSize();
    }

    /** One task at a time waits; a deadline that has moved away is noticed when it runs. */
    private void scheduleTick(Running now) {
        long deadline = now.sender().deadline();
        if (deadline < tickAt) {
            tickAt = deadline;
            loop.schedule(() -> step(() -> tick(now, deadline)), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private void tick(Running now, long scheduledFor) {
        if (ended || tickAt != scheduledFor) {
            return;
        }
        tickAt = TransferSender.NEVER;
        now.sender().tick(System.nanoTime());
        afterInput(now);
    }

    private void refuse(TftpErrorCode code, String reason) {
        if (!ended) {
            try {
                registry.sendError(client, code, reason);
            } finally {
                end(new TransferOutcome.Failed(code, reason));
            }
        }
    }

    private void end(TransferOutcome outcome) {
        if (ended) {
            return;
        }
        ended = true;
        Running now = running;
        TransferResult result =
                new TransferResult(transfer, outcome, 0, 0, 0, Duration.ofNanos(System.nanoTime() - startedAt));
        try {
            registry.remove(this);
            if (now != null) {
                result = new TransferResult(
                        transfer,
                        outcome,
                        ackedBytes(now),
                        now.sender().ackedBlocks(),
                        now.sender().retransmissions(),
                        result.duration());
            }
            logger.atDebug()
                    .addKeyValue("peer", client)
                    .addKeyValue("file", Printable.of(request.fileName()))
                    .addKeyValue("outcome", outcome)
                    .addKeyValue("bytes", result.bytes())
                    .addKeyValue("retransmissions", result.retransmissions())
                    .log("transfer ended");
        } finally {
            TransferResult reported = result;
            onExecutor(() -> cleanUp(now, reported));
            if (now != null) {
                TransferPorts.close(now.channel());
            }
        }
    }

    /** The last task. */
    private void cleanUp(@Nullable Running now, TransferResult result) {
        try {
            BlockRing allocated = ring;
            if (now != null && allocated != null) {
                allocated.release();
                registry.memory()
                        .release(BlockRing.size(now.slots(), now.agreed().blockSize()));
            }
            if (now != null) {
                close(now.file());
            }
            listener.ended(result);
        } finally {
            registry.release(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // Only if the event loop is being shut down, which closes its sockets.
        step(() -> end(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "the socket was closed")));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A packet that could not be sent, as when the network is unreachable for a moment: like one that was lost.
        logger.atDebug().addKeyValue("peer", client).setCause(cause).log("packet not sent");
    }

    // ---- threads

    private void close(TftpFile file) {
        try {
            file.close();
        } catch (IOException | RuntimeException e) {
            logger.atDebug()
                    .addKeyValue("file", Printable.of(request.fileName()))
                    .setCause(e)
                    .log("closing the file failed");
        }
    }

    /** Runs what is to be done on the event loop; without one the transfer is over. */
    private boolean onLoop(Runnable task) {
        try {
            loop.execute(() -> step(task));
            return true;
        } catch (RejectedExecutionException e) {
            logger.atDebug().addKeyValue("peer", client).log("event loop has ended");
            return false;
        }
    }

    /** A step that throws, as for want of memory, is the last: nothing of the transfer may be left behind. */
    private void step(Runnable task) {
        boolean returned = false;
        try {
            task.run();
            returned = true;
        } finally {
            if (!returned) {
                end(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "the server failed"));
            }
        }
    }

    /** Runs a task after those before it, unless the executor takes no more. */
    private boolean offer(Runnable task) {
        try {
            tasks.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            logger.atDebug().addKeyValue("peer", client).log("executor takes no more");
            return false;
        }
    }

    /** What has to run, runs: on this thread if the executor takes nothing any more, as after its shutdown. */
    private void onExecutor(Runnable task) {
        if (!offer(task)) {
            task.run();
        }
    }
}
