package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Content that is compressed with zisofs: block by block, each found by a pair of pointers in a table that follows the
 * header. A block is read when one of its bytes is asked for; the last one is kept, one more a thread is there while it is
 * inflated. Nothing is as large as the file.
 */
final class ZisofsContent implements Content {

    private final ExtentContent compressed;
    private final long size;
    private final int blockSize;
    private final long tableStart;
    private final long tableEnd;
    private final int pointerLength;
    private volatile @Nullable Block last;

    /** An uncompressed block of the file. */
    private record Block(long number, ByteBuffer bytes) {}

    private ZisofsContent(ExtentContent compressed, ZisofsEntry entry, long tableEnd, int pointerLength) {
        this.compressed = compressed;
        this.size = entry.size();
        this.blockSize = 1 << entry.blockSizeLog2();
        this.tableStart = entry.headerLength();
        this.tableEnd = tableEnd;
        this.pointerLength = pointerLength;
    }

    static ZisofsContent open(ExtentContent compressed, ZisofsEntry entry) throws IOException {
        ZisofsHeader.check(entry, compressed);
        int pointerLength = entry.version() == 1 ? Integer.BYTES : Long.BYTES;
        long blockSize = 1L << entry.blockSizeLog2();
        long blocks = entry.size() / blockSize + (entry.size() % blockSize == 0 ? 0 : 1);
        long tableEnd = entry.headerLength() + (blocks + 1) * pointerLength;
        if (tableEnd > compressed.size()) {
            throw new IsoFormatException(
                    "end of block pointers of zisofs: " + tableEnd + " (expected: within the " + compressed.size()
                            + " bytes of the file)",
                    compressed.offsetAt(0));
        }
        return new ZisofsContent(compressed, entry, tableEnd, pointerLength);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int total = 0;
        while (target.hasRemaining() && position + total < size) {
            ByteBuffer bytes = bytesAt(position + total, target.remaining(), total > 0);
            if (!bytes.hasRemaining()) {
                break;
            }
            total += bytes.remaining();
            target.put(bytes);
        }
        return total == 0 ? -1 : total;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        long total = 0;
        while (total < count && position + total < size) {
            ByteBuffer bytes = bytesAt(position + total, count - total, total > 0);
            int sent = bytes.hasRemaining() ? target.write(bytes) : 0;
            total += sent;
            if (sent == 0 || bytes.hasRemaining()) {
                break;
            }
        }
        return total;
    }

    @Override
    public MappedByteBuffer map(long position, long length) {
        throw new UnsupportedOperationException("the file is compressed in the image");
    }

    /**
     * The bytes of one block from a position on, for the caller alone.
     *
     * @param others whether the caller has others already, so that damage may wait for the next call: then none are returned
     */
    private ByteBuffer bytesAt(long position, long count, boolean others) throws IOException {
        long number = position / blockSize;
        ByteBuffer block;
        try {
            block = block(number);
        } catch (IsoFormatException e) {
            if (others) {
                return ByteBuffer.allocate(0);
            }
            throw e;
        }
        int start = (int) (position % blockSize);
        return block.slice(start, (int) Math.min(count, block.capacity() - start));
    }

    private ByteBuffer block(long number) throws IOException {
        Block known = last;
        if (known != null && known.number == number) {
            return known.bytes;
        }
        ByteBuffer bytes = readBlock(number).asReadOnlyBuffer();
        last = new Block(number, bytes);
        return bytes;
    }

    private ByteBuffer readBlock(long number) throws IOException {
        long pointer = tableStart + number * pointerLength;
        ByteBuffer pair = compressed.read(pointer, 2 * pointerLength);
        long start = pointerLength == Integer.BYTES ? Fields.u32(pair, 0) : pair.getLong(0);
        long end = pointerLength == Integer.BYTES ? Fields.u32(pair, 4) : pair.getLong(8);
        if (start < tableEnd || end < start || end > compressed.size()) {
            throw new IsoFormatException(
                    "pointers to a block of zisofs: " + Long.toUnsignedString(start) + ", " + Long.toUnsignedString(end)
                            + " (expected: rising, " + tableEnd + ".." + compressed.size() + ")",
                    compressed.offsetAt(pointer));
        }
        int length = (int) Math.min(blockSize, size - number * blockSize);
        if (start == end) {
            return ByteBuffer.allocate(length); // a block of zeros is not recorded
        }
        // zlib makes of what it cannot compress an eighth and a 64th more, and some bytes, at the very most.
        int longest = blockSize + blockSize / 4;
        if (end - start > longest) {
            throw new IsoFormatException(
                    "length of a compressed block of zisofs: " + (end - start) + " (expected: at most " + longest + ")",
                    compressed.offsetAt(pointer));
        }
        return inflate(compressed.read(start, (int) (end - start)), length, compressed.offsetAt(start));
    }

    private static ByteBuffer inflate(ByteBuffer from, int length, long offset) throws IsoFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(from);
            byte[] bytes = new byte[length];
            int count = 0;
            int more;
            do {
                more = inflater.inflate(bytes, count, length - count);
                count += more;
            } while (more > 0 && count < length);
            // The end of the stream is behind its last byte: only this reads it, and the checksum with it.
            if (count < length || inflater.inflate(new byte[1]) > 0 || !inflater.finished()) {
                throw new IsoFormatException(
                        "uncompressed length of a block of zisofs: " + (count < length ? count : "more or cut short")
                                + " (expected: " + length + ")",
                        offset);
            }
            return ByteBuffer.wrap(bytes);
        } catch (DataFormatException e) {
            IsoFormatException failure = new IsoFormatException(
                    "compressed block of zisofs: " + e.getMessage() + " (expected: zlib)", offset);
            failure.initCause(e);
            throw failure;
        } finally {
            inflater.end();
        }
    }
}
