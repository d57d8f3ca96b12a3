package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The DATA packets of a transfer that are in flight or read ahead: equal slots, side by side in one buffer, each a header with
 * its content behind it. A block lies in the slot of its number modulo the slots, so a block gives way to the one that comes
 * as many later as there are slots.
 *
 * <pre>
 *  slot 0                        slot 1
 * +--------+--------+-----------+--------+--------+-----------+--
 * | DATA 3 | block  | content   | DATA 3 | block  | content   | ...
 * +--------+--------+-----------+--------+--------+-----------+--
 * </pre>
 *
 * <p>One thread loads, the event loop sends what has been loaded; who starts the next load sees to it that no packet which is
 * to be overwritten is still on its way out ({@link #isAllSent}).
 */
final class BlockRing {

    private static final short DATA = 3;

    private final ByteBuf ring;
    /** The loading thread's own view: a {@link ByteBuf} must not be used by two threads, its memory may. */
    private final ByteBuffer view;

    private final int slots;
    private final int slotSize;
    private final int[] lengths;

    BlockRing(ByteBufAllocator allocator, int slots, int blockSize) {
        this.slots = slots;
        this.slotSize = ServerLimits.HEADER + blockSize;
        this.lengths = new int[slots];
        this.ring = allocator.directBuffer(slots * slotSize, slots * slotSize).writerIndex(slots * slotSize);
        this.view = ring.nioBuffer(0, slots * slotSize);
    }

    /** Bytes of memory of such a ring. */
    static long size(int slots, int blockSize) {
        return (long) slots * (ServerLimits.HEADER + blockSize);
    }

    /**
     * Reads a block into its slot, on the loading thread.
     *
     * @return whether it is the last of the file: it is not full
     */
    boolean load(long block, BlockReader reader) throws IOException {
        int slot = slot(block);
        ByteBuffer packet = view.slice(slot * slotSize, slotSize);
        packet.putShort(DATA).putShort((short) block);
        int length = reader.fill(packet);
        lengths[slot] = ServerLimits.HEADER + length;
        return length < slotSize - ServerLimits.HEADER;
    }

    /** The packet of a loaded block, to be written and so released; no copy. */
    ByteBuf packet(long block) {
        int slot = slot(block);
        return ring.retainedSlice(slot * slotSize, lengths[slot]);
    }

    int contentLength(long block) {
        return lengths[slot(block)] - ServerLimits.HEADER;
    }

    /** Whether every packet that was taken has been written, or dropped. */
    boolean isAllSent() {
        return ring.refCnt() == 1;
    }

    void release() {
        ring.release();
    }

    private int slot(long block) {
        return (int) ((block - 1) % slots);
    }
}
