package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The DATA packets of one window at a time, read in order and kept until the window has moved on. Not thread safe. */
final class WindowPackets {

    private final AgreedOptions agreed;
    private final BlockReader content;
    private final int slot;
    private final ByteBuffer packets;

    private long firstBlock = 1;
    private long lastBlock;
    /** Bytes of the last packet, which stands behind full ones. */
    private int lastLength;

    private boolean end;

    /** @param size of the content: no more memory is taken than for packets of it all, unless text makes it longer */
    WindowPackets(AgreedOptions agreed, BlockReader content, long size) {
        this.agreed = agreed;
        this.content = content;
        this.slot = agreed.blockSize() + DataPackets.HEADER;
        // Text doubles at most.
        long most = 2 * (size / agreed.blockSize() + 1);
        this.packets = ByteBuffer.allocateDirect((int) Math.min(agreed.windowSize(), most) * slot);
    }

    /**
     * Has the packets of these blocks at hand, and forgets those before them.
     *
     * @return the last one that there is: {@code last}, or the end of the content before it
     */
    long load(long first, long last) throws IOException {
        forgetBefore(first);
        if (lastBlock < last && !end) {
            int from = (int) (lastBlock + 1 - firstBlock) * slot;
            int blocks = (int) Math.min(last - lastBlock, (packets.capacity() - from) / slot);
            int length = DataPackets.fill(
                    packets.slice(from, blocks * slot),
                    lastBlock + 1,
                    blocks,
                    agreed.blockSize(),
                    agreed.rollover(),
                    content);
            end = length < blocks * slot;
            lastBlock += end ? length / slot + 1 : blocks;
            lastLength = end ? length % slot : slot;
        }
        return Math.min(last, lastBlock);
    }

    private void forgetBefore(long first) {
        int gone = (int) (first - firstBlock) * slot;
        int kept = (int) (lastBlock + 1 - first) * slot;
        if (gone > 0 && kept > 0) {
            packets.put(0, packets, gone, kept);
        }
        firstBlock = first;
    }

    /** The packet of a block that was loaded last. */
    ByteBuffer packet(long block) {
        return packets.slice((int) (block - firstBlock) * slot, block == lastBlock ? lastLength : slot);
    }

    /** Whether {@link #lastBlock} is the last of the content. */
    boolean isEnd() {
        return end;
    }

    long lastBlock() {
        return lastBlock;
    }

    /** Bytes of content up to this block, which was loaded. */
    long contentUpTo(long block) {
        return end && block == lastBlock
                ? (block - 1) * agreed.blockSize() + lastLength - DataPackets.HEADER
                : block * agreed.blockSize();
    }
}
