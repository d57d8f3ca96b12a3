package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file as the DATA packets of one block size, for all transfers that ask for it: cut into chunks, of which those in use and
 * some more are in memory. Its fields belong to the lock of the {@link PacketCache}, but for the file, which belongs to
 * {@link #loads}.
 */
final class PacketImage {

    private static final long UNKNOWN = Long.MAX_VALUE;

    /** Small chunks would be read one by one, large ones kept for transfers that are elsewhere in the file. */
    private static final int USUAL_CHUNK = 32 << 10;

    private final Layout layout;
    private final TftpFile file;
    private final @Nullable BlockReader sequential;
    private final SerialExecutor loads;
    private final Map<Long, PacketChunk> chunks = new HashMap<>();

    /** Transfers that use it. */
    int users;

    /** Memory that is promised to them. */
    long reserved;

    /**
     * What two transfers must have in common to share packets.
     *
     * @param content the identity of the file
     * @param size of the file in bytes
     * @param chunkBlocks blocks of a chunk: a multiple of the window, so that a window that begins where one should lies in one
     */
    record Layout(Object content, boolean isText, long size, int blockSize, Rollover rollover, int chunkBlocks) {

        static Layout of(TftpFile file, TransferMode mode, AgreedOptions agreed, int maxTransferMemory) {
            int slot = DataPackets.HEADER + agreed.blockSize();
            int window = agreed.windowSize();
            int most = Math.min(USUAL_CHUNK, maxTransferMemory / 2);
            long blocks = (long) window * Math.max(1, most / ((long) window * slot));
            boolean isText = mode.equals(TransferMode.NETASCII);
            if (!isText) {
                blocks = Math.min(blocks, file.size() / agreed.blockSize() + 1);
            }
            return new Layout(
                    // Text is converted from the beginning on, by each transfer for itself.
                    isText ? new Object() : file.identity(),
                    isText,
                    file.size(),
                    agreed.blockSize(),
                    agreed.rollover(),
                    (int) blocks);
        }

        int slotSize() {
            return DataPackets.HEADER + blockSize;
        }

        /** The number of the last block, if it is known beforehand. */
        long lastBlock() {
            return isText ? UNKNOWN : size / blockSize + 1;
        }

        /** Bytes that this many transfers can have in use at once: two chunks each, where a window does not begin with one. */
        long memory(int transfers) {
            long each = 2L * chunkBlocks * slotSize();
            long blocks = Math.min(lastBlock(), Long.MAX_VALUE / slotSize());
            return Math.min(transfers * each, blocks * slotSize());
        }
    }

    PacketImage(Layout layout, TftpFile file, SerialExecutor loads) {
        this.layout = layout;
        this.file = file;
        this.loads = loads;
        this.sequential = layout.isText() ? BlockReader.of(file, TransferMode.NETASCII) : null;
    }

    Layout layout() {
        return layout;
    }

    SerialExecutor loads() {
        return loads;
    }

    Map<Long, PacketChunk> chunks() {
        return chunks;
    }

    int slotSize() {
        return layout.slotSize();
    }

    /** The chunk that a block is in, by number. */
    long chunkOf(long block) {
        return (block - 1) / layout.chunkBlocks();
    }

    /** The number of the last chunk, as far as it is known. */
    long lastChunk() {
        return chunkOf(layout.lastBlock());
    }

    /** Whether all of it is in memory, or about to be. */
    boolean isWhole() {
        return chunks.size() > lastChunk();
    }

    /** Whether all of it can be in so much memory. */
    boolean fits(long limit) {
        return layout.lastBlock() <= limit / slotSize();
    }

    /** Whether chunks can be read before they are asked for, and read again. */
    boolean isRandomAccess() {
        return sequential == null;
    }

    PacketChunk newChunk(long number) {
        long first = number * layout.chunkBlocks() + 1;
        return new PacketChunk(this, first, (int) Math.min(layout.chunkBlocks(), layout.lastBlock() - first + 1));
    }

    /** Reads the packets of a chunk, as one of {@link #loads}. Returns their length. */
    int read(PacketChunk chunk, ByteBuffer packets) throws IOException {
        BlockReader content =
                sequential == null ? new OctetReader(file, (chunk.firstBlock() - 1) * layout.blockSize()) : sequential;
        return DataPackets.fill(
                packets, chunk.firstBlock(), chunk.blocks(), layout.blockSize(), layout.rollover(), content);
    }

    /** As the last of {@link #loads}. */
    void closeFile() throws IOException {
        file.close();
    }
}
