package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks the entries of a System Use area and of its continuation areas (IEEE P1281, SUSP 1.12).
 *
 * <pre>
 * 0          2       3        4
 * +----------+-------+--------+----------------+
 * | signature| length| version| data           |
 * +----------+-------+--------+----------------+
 * </pre>
 */
final class SystemUse {

    /** What one record may chain: sound images need one or two, access control lists a few more. */
    private static final int MAXIMUM_AREAS = 64;

    /** Bytes over all continuation areas of one record. */
    private static final int MAXIMUM_LENGTH = 1 << 16;

    private static final int CONTINUATION = Fields.signature('C', 'E');
    private static final int TERMINATOR = Fields.signature('S', 'T');

    /** Receives the entries; {@code CE} and {@code ST} are dealt with here. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes an entry.
         *
         * @param signature see {@link Fields#signature}
         * @param entry the whole entry, at least 4 bytes
         * @param offset where the entry is in the image
         */
        void entry(int signature, ByteBuffer entry, long offset) throws IsoFormatException;
    }

    private SystemUse() {}

    /**
     * What the continuation areas of one directory take from.
     *
     * @param directoryLength bytes of the directory's records
     */
    static TextBudget newBudget(long directoryLength) {
        return new TextBudget("continuation areas (CE)", directoryLength);
    }

    /**
     * Walks.
     *
     * @param area the first area, after the bytes to skip
     * @param offset where it is in the image
     * @param budget what continuation areas take from
     */
    static void walk(Image image, int blockSize, ByteBuffer area, long offset, TextBudget budget, Visitor visitor)
            throws IOException {
        Continuation continuation = walkArea(area, offset, visitor);
        Set<Long> visited = continuation == null ? Set.of() : new HashSet<>();
        long total = 0;
        while (continuation != null) {
            long start = continuation.block * blockSize + continuation.offset;
            if (!visited.add(start) || visited.size() >= MAXIMUM_AREAS) {
                throw new IsoFormatException(
                        "chain of continuation areas (CE) comes back to byte " + start + " or is longer than "
                                + MAXIMUM_AREAS,
                        continuation.at);
            }
            total += continuation.length;
            if (total > MAXIMUM_LENGTH) {
                throw new IsoFormatException(
                        "length of continuation areas (CE): " + total + " (expected: 0.." + MAXIMUM_LENGTH + ")",
                        continuation.at);
            }
            budget.spend(continuation.length, continuation.at);
            continuation = walkArea(image.read(start, (int) continuation.length), start, visitor);
        }
    }

    private static @Nullable Continuation walkArea(ByteBuffer area, long offset, Visitor visitor)
            throws IsoFormatException {
        Continuation continuation = null;
        int index = 0;
        while (area.capacity() - index >= 4) {
            int signature = (Fields.u8(area, index) << 8) | Fields.u8(area, index + 1);
            int length = Fields.u8(area, index + 2);
            if (length < 4) {
                break; // padding: everything up to the end of the area is zero in sound images
            }
            if (length > area.capacity() - index) {
                throw new IsoFormatException(
                        "length of System Use entry: " + length + " (expected: 4.." + (area.capacity() - index) + ")",
                        offset + index + 2);
            }
            if (signature == TERMINATOR) {
                break;
            }
            ByteBuffer entry = area.slice(index, length).order(area.order());
            if (signature == CONTINUATION) {
                if (length < 28) {
                    throw new IsoFormatException("length of CE entry: " + length + " (expected: 28)", offset + index);
                }
                continuation = new Continuation(
                        Fields.u32(entry, 4), Fields.u32(entry, 12), Fields.u32(entry, 20), offset + index);
            } else {
                visitor.entry(signature, entry, offset + index);
            }
            index += length;
        }
        return continuation;
    }

    private record Continuation(long block, long offset, long length, long at) {}
}
