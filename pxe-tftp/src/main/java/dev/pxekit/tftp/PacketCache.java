package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The content that a server's transfers have in memory: packets ready for the wire, read once for all transfers that are after
 * the same file in the same block size at the same time.
 *
 * <p>What all transfers need at once is reserved when they begin and never exceeds the budget; what the budget has left is for
 * reading ahead, and for packets that one transfer has sent and another will. The least recently used of those go first.
 *
 * <p>Thread safe: one lock, held for moments, never while a file is read.
 */
final class PacketCache {

    private static final Logger logger = LoggerFactory.getLogger(PacketCache.class);

    /** How far to read ahead of a transfer, in bytes: enough that the disk and the wire work at the same time. */
    private static final int READ_AHEAD = 512 << 10;

    private static final int ALLOCATION_TRIES = 3;

    private final long budget;
    private final Executor executor;
    private final Map<PacketImage.Layout, PacketImage> images = new HashMap<>();

    /** Chunks that no transfer needs at the moment, the least recently used first. */
    private final Set<PacketChunk> idle = new LinkedHashSet<>();

    /** Chunks of images that nobody uses, whose packets still wait in a socket. */
    private final List<PacketChunk> leaving = new ArrayList<>();

    private long reserved;
    private long used;

    /** How much to use: the budget, or less where the JVM has refused that. */
    private long limit;

    /**
     * @param budget bytes for all packets
     * @param executor where files are read
     */
    PacketCache(long budget, Executor executor) {
        this.budget = budget;
        this.limit = budget;
        this.executor = executor;
    }

    /** Bytes that are not promised to a transfer. */
    synchronized long free() {
        return budget - reserved;
    }

    /** Bytes that chunks take at the moment. */
    synchronized long used() {
        return used;
    }

    /**
     * Takes part in an image for one more transfer. {@link #leave} ends that.
     *
     * @param file the image's from now on: read by it, and closed in the end or at once, if the image has one already
     * @return the image, or nothing if the budget does not allow one more; the file is still the caller's then
     */
    synchronized Optional<PacketImage> join(PacketImage.Layout layout, TftpFile file) {
        PacketImage image = images.get(layout);
        long need = layout.memory(image == null ? 1 : image.users + 1) - (image == null ? 0 : image.reserved);
        if (need > budget - reserved) {
            return Optional.empty();
        }
        if (image == null) {
            image = new PacketImage(layout, file, new SerialExecutor(executor));
            images.put(layout, image);
        } else {
            finallyIn(image, () -> close(file));
        }
        image.users++;
        image.reserved += need;
        reserved += need;
        return Optional.of(image);
    }

    /** A transfer, which has no chunk pinned any more, is done with the image. With the last one its memory is free again. */
    synchronized void leave(PacketImage image) {
        image.users--;
        long need = image.users == 0 ? 0 : image.layout().memory(image.users);
        reserved -= image.reserved - need;
        image.reserved = need;
        if (image.users == 0) {
            images.remove(image.layout());
            for (PacketChunk chunk : image.chunks().values()) {
                // One that is being read is let go of when it has been.
                if (chunk.isReady()) {
                    letGo(chunk);
                }
            }
            image.chunks().clear();
            PacketImage unused = image;
            finallyIn(image, () -> close(unused));
        }
        if (images.isEmpty()) {
            limit = budget; // a shortage may be over
        }
        sweep();
    }

    /**
     * Keeps a chunk in memory until {@link #unpin}, and has it read if it is not there.
     *
     * @param whenRead called, by any thread, when the chunk is ready or has failed, if it is neither now
     */
    synchronized PacketChunk pin(PacketImage image, long number, Runnable whenRead) {
        PacketChunk chunk = image.chunks().get(number);
        if (chunk == null) {
            chunk = image.newChunk(number);
            makeRoom(chunk.size(), false);
            load(image, number, chunk);
        }
        chunk.pins++;
        idle.remove(chunk);
        if (!chunk.isReady() && !chunk.isFailed()) {
            chunk.waiting.add(whenRead);
        }
        readAhead(image, number);
        return chunk;
    }

    synchronized void unpin(PacketChunk chunk) {
        chunk.pins--;
        if (chunk.pins > 0) {
            return;
        }
        PacketImage image = chunk.image();
        long number = image.chunkOf(chunk.firstBlock());
        if (!image.isRandomAccess()) {
            // Never needed again, and cannot be read again.
            image.chunks().remove(number);
            if (chunk.isReady()) {
                letGo(chunk);
            }
        } else if (chunk.isReady() && image.chunks().get(number) == chunk) {
            if (image.users == 1 && !image.fits(limit)) {
                // Whoever comes next finds the beginning gone in any case. The memory is taken again at once, which is
                // the fastest.
                image.chunks().remove(number);
                letGo(chunk);
            } else {
                idle.add(chunk);
            }
        }
    }

    /** Once half of what was read ahead is left, as much again is read. */
    private void readAhead(PacketImage image, long number) {
        if (image.isWhole() || !image.isRandomAccess()) {
            return;
        }
        int chunkSize = image.layout().chunkBlocks() * image.slotSize();
        long ahead = Math.max(1, READ_AHEAD / chunkSize);
        if (image.chunks().containsKey(Math.min(number + (ahead + 1) / 2, image.lastChunk()))) {
            return;
        }
        for (long next = number + 1; next <= Math.min(number + ahead, image.lastChunk()); next++) {
            if (!image.chunks().containsKey(next)) {
                PacketChunk chunk = image.newChunk(next);
                if (!makeRoom(chunk.size(), true)) {
                    return;
                }
                load(image, next, chunk);
            }
        }
    }

    /**
     * Lets go of what is not needed until there is room.
     *
     * @param optional whether the room is for something that need not be
     */
    private boolean makeRoom(int size, boolean optional) {
        sweep();
        Iterator<PacketChunk> oldest = idle.iterator();
        while (used + size > limit && oldest.hasNext()) {
            PacketChunk chunk = oldest.next();
            if (!chunk.isBeingSent()) {
                oldest.remove();
                chunk.image().chunks().remove(chunk.image().chunkOf(chunk.firstBlock()));
                letGo(chunk);
            }
        }
        return !optional || used + size <= limit;
    }

    private void load(PacketImage image, long number, PacketChunk chunk) {
        image.chunks().put(number, chunk);
        used += chunk.size();
        if (!later(image, () -> read(image, chunk))) {
            failed(image, chunk);
        }
    }

    private void read(PacketImage image, PacketChunk chunk) {
        ByteBuf memory = null;
        int length = 0;
        try {
            memory = allocate(chunk.size());
            length = image.read(chunk, memory.nioBuffer(0, chunk.size()));
        } catch (IOException | RuntimeException e) {
            logger.atWarn()
                    .addKeyValue("file", image.layout().content())
                    .setCause(e)
                    .log("cannot read the file");
        } catch (OutOfMemoryError e) {
            // Memory off the heap has a limit of its own: these transfers go without, others are not touched.
            logger.atWarn()
                    .setCause(e)
                    .log("no memory for a transfer: lower maxMemory, or raise -XX:MaxDirectMemorySize");
        } finally {
            // Whatever was thrown: who waits is told.
            if (memory != null && length > 0) {
                ready(image, chunk, memory, length);
            } else {
                if (memory != null) {
                    memory.release();
                }
                failed(image, chunk);
            }
        }
    }

    /**
     * Memory that is given back to the system when it is freed, so that what is used is what counts. Where the JVM has no more, what
     * no transfer needs at the moment makes room.
     *
     * @throws OutOfMemoryError if that does not help
     */
    ByteBuf allocate(int size) {
        for (int tries = 1; ; tries++) {
            try {
                return UnpooledByteBufAllocator.DEFAULT.directBuffer(size, size);
            } catch (OutOfMemoryError e) {
                if (tries == ALLOCATION_TRIES) {
                    throw e;
                }
                useLess();
            }
        }
    }

    private synchronized void useLess() {
        limit = Math.min(limit, used / 4 * 3);
        logger.atInfo()
                .addKeyValue("limit", limit)
                .log("the JVM has less memory outside the heap than maxMemory: raise -XX:MaxDirectMemorySize");
        makeRoom(0, true);
    }

    private void ready(PacketImage image, PacketChunk chunk, ByteBuf memory, int length) {
        List<Runnable> waiting;
        synchronized (this) {
            chunk.becomeReady(memory, length);
            waiting = chunk.waiting;
            chunk.waiting = List.of();
            boolean wanted = image.chunks().get(image.chunkOf(chunk.firstBlock())) == chunk;
            if (chunk.pins == 0 && wanted) {
                idle.add(chunk);
            } else if (!wanted) {
                letGo(chunk);
            }
        }
        waiting.forEach(Runnable::run);
    }

    private void failed(PacketImage image, PacketChunk chunk) {
        List<Runnable> waiting;
        synchronized (this) {
            chunk.fail();
            used -= chunk.size();
            waiting = chunk.waiting;
            chunk.waiting = List.of();
            image.chunks().remove(image.chunkOf(chunk.firstBlock()), chunk);
        }
        waiting.forEach(Runnable::run);
    }

    /** Frees its memory, once no packet of it waits in a socket any more. */
    private void letGo(PacketChunk chunk) {
        idle.remove(chunk);
        leaving.add(chunk);
        sweep();
    }

    private void sweep() {
        leaving.removeIf(chunk -> {
            boolean gone = !chunk.isBeingSent();
            if (gone) {
                used -= chunk.size();
                chunk.free();
            }
            return gone;
        });
    }

    /** Runs a task of an image after those before it, unless the executor takes no more. */
    private static boolean later(PacketImage image, Runnable task) {
        try {
            image.loads().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** What has to run, runs: on this thread if the executor takes nothing any more, as after its shutdown. */
    private static void finallyIn(PacketImage image, Runnable task) {
        if (!later(image, task)) {
            task.run();
        }
    }

    private static void close(PacketImage image) {
        try {
            image.closeFile();
        } catch (IOException | RuntimeException e) {
            logger.atDebug().setCause(e).log("closing the file failed");
        }
    }

    private static void close(TftpFile file) {
        try {
            file.close();
        } catch (IOException | RuntimeException e) {
            logger.atDebug().setCause(e).log("closing the file failed");
        }
    }

    /**
     * Takes from the budget for a transfer that brings its own memory. {@link #giveBack} follows.
     *
     * @return whether there was enough
     */
    synchronized boolean reserve(int bytes) {
        if (bytes > budget - reserved) {
            return false;
        }
        makeRoom(bytes, false);
        reserved += bytes;
        used += bytes;
        return true;
    }

    synchronized void giveBack(int bytes) {
        reserved -= bytes;
        used -= bytes;
    }

    /** Frees what is left when no socket is open any more. */
    synchronized void close() {
        sweep();
    }
}
