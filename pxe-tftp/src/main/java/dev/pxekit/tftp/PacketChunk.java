package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some consecutive DATA packets of a {@link PacketImage}, the unit that is read, shared and forgotten. Its fields belong to the
 * lock of the {@link PacketCache}, but for what {@link #isReady} publishes.
 */
final class PacketChunk {

    private final PacketImage image;
    private final long firstBlock;
    private final int blocks;

    /** Transfers that have packets of it in flight, or wait for it. */
    int pins;

    /** Told once when it is ready or has failed. */
    List<Runnable> waiting = new ArrayList<>();

    private @Nullable ByteBuf memory;
    /** The memory as each event loop sees it: a {@link ByteBuf} must not be used by two threads at once, its memory may. */
    private @Nullable ByteBuf[] views = {};

    private int length;
    private volatile boolean ready;
    private volatile boolean failed;

    PacketChunk(PacketImage image, long firstBlock, int blocks) {
        this.image = image;
        this.firstBlock = firstBlock;
        this.blocks = blocks;
    }

    PacketImage image() {
        return image;
    }

    long firstBlock() {
        return firstBlock;
    }

    int blocks() {
        return blocks;
    }

    /** Bytes of memory that it takes. */
    int size() {
        return blocks * image.slotSize();
    }

    void becomeReady(ByteBuf filled, int bytes) {
        memory = filled;
        length = bytes;
        ready = true;
    }

    void fail() {
        failed = true;
    }

    boolean isReady() {
        return ready;
    }

    boolean isFailed() {
        return failed;
    }

    /** The last block that it holds; of a ready chunk. */
    long lastBlock() {
        return firstBlock + (length - 1) / image.slotSize();
    }

    /** Whether the content ends here; of a ready chunk. */
    boolean isEnd() {
        return length < size();
    }

    /** Bytes of content from the beginning of the file up to this block, which is the last of the chunk; of a ready chunk. */
    long contentUpTo(long block) {
        return (block - 1) * (image.slotSize() - DataPackets.HEADER)
                + length
                - (block - firstBlock) * image.slotSize()
                - DataPackets.HEADER;
    }

    /**
     * Packets to be written, and so released; no copy. On an event loop, by a transfer that has it pinned.
     *
     * @param loop the number of the event loop
     * @param last at most {@link #lastBlock}
     */
    ByteBuf packets(long first, long last, int loop) {
        int from = (int) (first - firstBlock) * image.slotSize();
        int to = Math.min((int) (last + 1 - firstBlock) * image.slotSize(), length);
        return view(loop).retainedSlice(from, to - from);
    }

    private synchronized ByteBuf view(int loop) {
        ByteBuf filled = memory;
        if (filled == null) {
            throw new IllegalStateException("chunk of block " + firstBlock + " is not loaded");
        }
        if (views.length <= loop) {
            views = Arrays.copyOf(views, loop + 1);
        }
        ByteBuf view = views[loop];
        if (view == null) {
            view = Unpooled.wrappedBuffer(filled.nioBuffer(0, length));
            views[loop] = view;
        }
        return view;
    }

    /** Whether packets of it wait in a socket: its memory may not be used for anything else. */
    synchronized boolean isBeingSent() {
        for (ByteBuf view : views) {
            if (view != null && view.refCnt() > 1) {
                return true;
            }
        }
        return false;
    }

    void free() {
        ByteBuf held = memory;
        memory = null;
        if (held != null) {
            held.release();
        }
    }
}
