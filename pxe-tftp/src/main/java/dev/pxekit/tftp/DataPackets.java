package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * DATA packets side by side, as they go to the wire: all full but the last of the file.
 *
 * <pre>
 * +--------+--------+-----------+--------+--------+-----------+--
 * | DATA 3 | block  | content   | DATA 3 | block  | content   | ...
 * +--------+--------+-----------+--------+--------+-----------+--
 * </pre>
 */
final class DataPackets {

    /** Opcode and block number. */
    static final int HEADER = 4;

    private static final short DATA = 3;

    private DataPackets() {}

    /**
     * Fills a buffer with the packets of blocks that follow each other. The content is read in one go, behind the room for
     * the headers, and then each block moves up to its header.
     *
     * @param packets room for so many full packets from its beginning on
     * @param content stands at the first of the blocks
     * @return the length of all packets; less than that of full ones at the end of the content only
     * @throws IOException if the content cannot be read
     */
    static int fill(
            ByteBuffer packets, long firstBlock, int blocks, int blockSize, Rollover rollover, BlockReader content)
            throws IOException {
        int room = blocks * blockSize;
        int start = blocks * HEADER;
        int length = content.fill(packets.duplicate().position(start).limit(start + room));
        int filled = length == room ? blocks : length / blockSize + 1;
        for (int i = 0; i < filled; i++) {
            int from = start + i * blockSize;
            int to = i * (HEADER + blockSize);
            int size = Math.min(blockSize, start + length - from);
            packets.putShort(to, DATA).putShort(to + 2, (short) rollover.wire(firstBlock + i));
            packets.put(to + HEADER, packets, from, size);
        }
        return length + filled * HEADER;
    }
}
