package dev.pxekit.tftp;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One transfer of a server: what reading and writing have in common, which is how it begins, keeps time, and ends. All state
 * belongs to {@link #loop}, but for what the tasks of {@link #tasks} use.
 */
abstract class ServerTransfer {

    static final String BUSY = "server busy, try again later";
    static final String CANNOT_READ = "cannot read the file";

    private static final Logger logger = LoggerFactory.getLogger(ServerTransfer.class);

    private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();

    private final InetSocketAddress client;
    private final TftpPacket.Request request;
    private final TransferRegistry registry;
    private final ServerPort requestPort;
    private final ServerPorts.Place place;
    private final EventLoop loop;
    private final SerialExecutor tasks;
    private final ListenerCalls listener;
    private final long startedAt = System.nanoTime();

    private Transfer transfer;
    private @Nullable ServerPort port;
    private volatile boolean ended;
    private long tickAt = TransferSender.NEVER;
    private long progressAt = startedAt;

    /**
     * @param requestPort where the request came in
     * @param place where the transfer is to run
     * @param executor where what may block runs
     */
    ServerTransfer(
            InetSocketAddress client,
            TftpPacket.Request request,
            TransferRegistry registry,
            ServerPort requestPort,
            ServerPorts.Place place,
            Executor executor) {
        this.client = client;
        this.request = request;
        this.registry = registry;
        this.requestPort = requestPort;
        this.place = place;
        this.loop = place.loop();
        this.tasks = new SerialExecutor(executor);
        this.listener = new ListenerCalls(registry.settings().listener());
        this.transfer = new Transfer(client, request.fileName(), request.mode(), TftpOptions.none());
    }

    // ---- what is different in reading and writing

    /** Opens the content and agrees on options, on the executor. Calls {@link #opened}; what it throws ends the transfer. */
    abstract TftpOptions open(TftpRequest request) throws IOException;

    /** The longest packet that the client has reason to send, once the content is {@link #open}. */
    int longestPacket() {
        return ServerPorts.ANSWER;
    }

    /** Begins, on the event loop; the port is open. */
    abstract void start(long now);

    /** Takes a DATA packet, on the event loop; within {@link #lingerNanos} after the end, too. */
    void takeData(int wireBlock, ByteBuffer content, long now) {}

    /** Takes another packet, on the event loop. */
    abstract void take(TftpPacket packet, long now);

    /** The time has come, or not yet. */
    abstract void tick(long now);

    /** When {@link #tick} has something to do; {@link TransferSender#NEVER} if it has not. */
    abstract long deadline();

    /** How the transfer ended, from the point of view of its packets; empty while it runs. */
    abstract Optional<TransferOutcome> outcome();

    /** Ends the transfer as if the client had said that it is done. */
    abstract void abandon(String reason);

    abstract long bytes();

    abstract long blocks();

    abstract long retransmissions();

    /** The client has sent its request once more. Any thread. */
    void askedAgain() {}

    /** Whether a client that was active has fallen silent. Any thread. */
    abstract boolean isStalled();

    /** How long the client, which may have missed the last packet, is to be answered after the end; 0 if it is not. */
    long lingerNanos() {
        return 0;
    }

    /** Gives back what belongs to the event loop; called once, also if the transfer never started. */
    abstract void stop();

    /** Gives back what belongs to the executor, as the last task. */
    abstract void release();

    // ---- for them

    final InetSocketAddress client() {
        return client;
    }

    final TftpPacket.Request request() {
        return request;
    }

    final TransferRegistry registry() {
        return registry;
    }

    final boolean hasEnded() {
        return ended;
    }

    /** The port, once the transfer has started. */
    final ServerPort port() {
        ServerPort open = port;
        if (open == null) {
            throw new IllegalStateException("transfer: has not started");
        }
        return open;
    }

    // ---- begin

    /**
     * Whether a request from the same client port is this one once more, and not to be answered twice. A client that has
     * fallen silent amid the content and asks again has started over.
     */
    final boolean isFor(TftpPacket.Request other) {
        return request.equals(other) && !isStalled();
    }

    final void begin() {
        if (!offer(this::openContent)) {
            onLoop(() -> refuse(TftpErrorCode.NOT_DEFINED, BUSY));
        }
    }

    private void openContent() {
        if (ended) {
            return; // the client has asked for something else meanwhile
        }
        Runnable next = () -> refuse(TftpErrorCode.NOT_DEFINED, cannot());
        try {
            TftpOptions answer = open(new TftpRequest(client, request.fileName(), request.mode(), request.options()));
            next = () -> opened(answer);
        } catch (IOException | RuntimeException e) {
            Optional<Refusal> refusal = Refusal.of(e);
            if (refusal.isPresent()) {
                next = () -> refuse(refusal.get().code(), refusal.get().reason());
                logRefusal(e);
            } else {
                logFailure(e);
            }
        } finally {
            onLoop(next);
        }
    }

    /** What to tell the client when the content cannot be had, for no reason of its own. */
    final String cannot() {
        return request instanceof TftpPacket.WriteRequest ? "cannot write the file" : CANNOT_READ;
    }

    private void opened(TftpOptions answer) {
        if (ended) {
            return;
        }
        transfer = new Transfer(client, request.fileName(), request.mode(), answer);
        place.open(longestPacket()).whenComplete((open, failure) -> {
            if (loop.inEventLoop()) {
                step(() -> bound(open, failure));
            } else {
                onLoop(() -> bound(open, failure));
            }
        });
    }

    private void bound(@Nullable ServerPort open, @Nullable Throwable failure) {
        if (open == null) {
            logger.atWarn()
                    .addKeyValue("peer", client)
                    .setCause(failure)
                    .log("no port for a transfer: widen the port range, or lower maxTransfers");
            refuse(TftpErrorCode.NOT_DEFINED, BUSY);
            return;
        }
        if (ended) {
            place.leave(open);
            return;
        }
        port = open;
        open.attach(client, this);
        Transfer started = transfer;
        offer(() -> listener.started(started));
        start(System.nanoTime());
        follow();
    }

    // ---- run

    /** An ACK of the client came in, on the event loop. */
    void acknowledged(int wireBlock) {
        received(new TftpPacket.Ack(wireBlock));
    }

    /** A DATA packet of the client came in, on the event loop; the content is used before this returns. */
    final void data(int wireBlock, ByteBuffer content) {
        step(() -> {
            takeData(wireBlock, content, System.nanoTime());
            follow();
        });
    }

    /** A packet of the client came in, on the event loop. */
    final void received(TftpPacket packet) {
        step(() -> {
            if (!ended) {
                take(packet, System.nanoTime());
                follow();
            }
        });
    }

    /** Follows up what came of an input; flushes nothing, as more inputs may come with it. */
    final void follow() {
        if (ended) {
            return;
        }
        Optional<TransferOutcome> outcome = outcome();
        if (outcome.isPresent()) {
            end(outcome.get());
            return;
        }
        long now = System.nanoTime();
        reportProgress(now);
        scheduleTick(now);
    }

    private void reportProgress(long now) {
        if (now - progressAt >= PROGRESS_NANOS) {
            progressAt = now;
            Transfer reported = transfer;
            long bytes = bytes();
            if (bytes > 0) {
                offer(() -> listener.progress(reported, bytes));
            }
        }
    }

    /** One task at a time waits; a deadline that has moved away is noticed when it runs. */
    private void scheduleTick(long now) {
        long deadline = deadline();
        if (deadline < tickAt) {
            tickAt = deadline;
            loop.schedule(() -> step(() -> tickIfDue(deadline)), deadline - now, TimeUnit.NANOSECONDS);
        }
    }

    private void tickIfDue(long scheduledFor) {
        if (ended || tickAt != scheduledFor) {
            return;
        }
        tickAt = TransferSender.NEVER;
        tick(System.nanoTime());
        if (!ended) {
            port().flush();
            follow();
        }
    }

    // ---- end

    /** Ends the transfer for a reason of the server's. Any thread. */
    final void cancel(TftpErrorCode code, String reason) {
        if (!onLoop(() -> refuse(code, reason))) {
            // Nobody else touches the transfer once its loop has ended, which need not have closed the socket.
            loop.terminationFuture().addListener(over -> end(new TransferOutcome.Failed(code, reason)));
        }
    }

    /** Ends the transfer since its client has turned to another: nothing more is said to it. Any thread. */
    final void supersede() {
        onLoop(() -> {
            if (port == null) {
                end(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "the client asked for something else"));
            } else {
                abandon("asked for something else");
                follow();
            }
        });
    }

    /** Ends the transfer with an ERROR. */
    final void refuse(TftpErrorCode code, String reason) {
        if (!ended) {
            ServerPort from = port == null ? requestPort : port;
            try {
                from.send(client, new TftpPacket.Error(code, reason));
            } finally {
                end(new TransferOutcome.Failed(code, reason));
            }
        }
    }

    /** Something unforeseen was thrown amid a step. */
    final void failed() {
        end(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "the server failed"));
    }

    /** The port is closed, as by the end of its event loop. */
    final void portClosed() {
        step(() -> end(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "the socket was closed")));
    }

    private void end(TransferOutcome outcome) {
        if (ended) {
            return;
        }
        ended = true;
        ServerPort used = port;
        TransferResult result =
                new TransferResult(transfer, outcome, 0, 0, 0, Duration.ofNanos(System.nanoTime() - startedAt));
        try {
            registry.remove(this);
            if (used != null) {
                result = new TransferResult(transfer, outcome, bytes(), blocks(), retransmissions(), result.duration());
            }
            logger.atDebug()
                    .addKeyValue("peer", client)
                    .addKeyValue("file", Printable.of(request.fileName()))
                    .addKeyValue("outcome", outcome)
                    .addKeyValue("bytes", result.bytes())
                    .addKeyValue("retransmissions", result.retransmissions())
                    .log("transfer ended");
        } finally {
            stop();
            leaveLater();
            TransferResult reported = result;
            onExecutor(() -> cleanUp(reported));
        }
    }

    /** The client may have missed the last packet: the transfer stays known to its port for a moment. */
    private void leaveLater() {
        long nanos = port == null ? 0 : lingerNanos();
        if (nanos > 0 && registry.linger(this)) {
            try {
                loop.schedule(this::leave, nanos, TimeUnit.NANOSECONDS);
                return;
            } catch (RejectedExecutionException e) {
                logger.atDebug().addKeyValue("peer", client).log("event loop has ended");
            }
        }
        leave();
    }

    /** Answers the client no more. Any thread. */
    final void stopLingering() {
        if (!onLoop(this::leave)) {
            loop.terminationFuture().addListener(over -> leave());
        }
    }

    private void leave() {
        registry.lingered(this);
        ServerPort used = port;
        if (used != null) {
            port = null;
            used.detach(client, this);
            place.leave(used);
        }
    }

    /** The last task. */
    private void cleanUp(TransferResult result) {
        try {
            release();
            listener.ended(result);
        } finally {
            registry.release(this);
        }
    }

    // ---- threads and logs

    /** Runs what is to be done on the event loop; without one the transfer is over. */
    final boolean onLoop(Runnable task) {
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
                failed();
            }
        }
    }

    /** Runs a task after those before it, unless the executor takes no more. */
    final boolean offer(Runnable task) {
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

    final void logFailure(Throwable e) {
        logger.atWarn()
                .addKeyValue("peer", client)
                .addKeyValue("file", Printable.of(request.fileName()))
                .setCause(e)
                .log(cannot());
    }

    private void logRefusal(Exception e) {
        logger.atDebug()
                .addKeyValue("peer", client)
                .addKeyValue("file", Printable.of(request.fileName()))
                .addKeyValue("reason", e.getMessage())
                .log("request refused");
    }
}
