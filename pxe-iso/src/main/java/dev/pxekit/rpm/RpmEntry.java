package dev.pxekit.rpm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a header's index and the part of the data store from its offset on.
 *
 * <pre>
 * 0      4      8        12      16
 * +------+------+--------+-------+
 * | tag  | type | offset | count |
 * +------+------+--------+-------+
 * </pre>
 *
 * @param tag the tag number
 * @param type 0 to 9
 * @param count how many values
 * @param data the store from the entry's first byte to its end
 * @param position where that first byte is in the package
 */
record RpmEntry(int tag, int type, int count, ByteBuffer data, long position) {

    static final int LENGTH = 16;

    private static final int CHAR = 1;
    private static final int INT8 = 2;
    private static final int INT16 = 3;
    private static final int INT32 = 4;
    private static final int INT64 = 5;
    private static final int STRING = 6;
    private static final int BIN = 7;
    private static final int STRING_ARRAY = 8;
    private static final int I18N_STRING = 9;

    /** Bytes of one value by type; strings have at least their NUL, NULL has nothing. */
    private static final int[] MINIMUM_SIZES = {0, 1, 1, 2, 4, 8, 1, 1, 1, 1};

    static RpmEntry decode(ByteBuffer index, int at, ByteBuffer store, long indexPosition, long storePosition)
            throws RpmFormatException {
        int tag = index.getInt(at);
        int type = index.getInt(at + 4);
        int offset = index.getInt(at + 8);
        int count = index.getInt(at + 12);
        if (type < 0 || type >= MINIMUM_SIZES.length) {
            throw new RpmFormatException("type of tag " + tag + ": " + type + " (expected: 0..9)", indexPosition + 4);
        }
        if (offset < 0 || offset > store.capacity()) {
            throw new RpmFormatException(
                    "offset of tag " + tag + ": " + offset + " (expected: 0.." + store.capacity() + ")",
                    indexPosition + 8);
        }
        int available = store.capacity() - offset;
        if (count < 0 || (long) count * MINIMUM_SIZES[type] > available || (type == STRING && count != 1)) {
            throw new RpmFormatException(
                    "count of tag " + tag + ": " + count + " (expected: what " + available
                            + " bytes hold, 1 for a string)",
                    indexPosition + 12);
        }
        return new RpmEntry(tag, type, count, store.slice(offset, available), storePosition + offset);
    }

    String string() throws RpmFormatException {
        List<String> strings = strings(1);
        if (strings.isEmpty()) {
            throw new RpmFormatException("tag " + tag + " holds no text", position);
        }
        return strings.get(0);
    }

    List<String> strings() throws RpmFormatException {
        return strings(count);
    }

    private List<String> strings(int limit) throws RpmFormatException {
        require(type == STRING || type == STRING_ARRAY || type == I18N_STRING, "a text");
        List<String> strings = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < Math.min(limit, count); i++) {
            int end = start;
            while (end < data.capacity() && data.get(end) != 0) {
                end++;
            }
            if (end == data.capacity()) {
                throw new RpmFormatException(
                        "text of tag " + tag + " runs over the end of the store", position + start);
            }
            byte[] bytes = new byte[end - start];
            data.get(start, bytes);
            strings.add(new String(bytes, StandardCharsets.UTF_8));
            start = end + 1;
        }
        return List.copyOf(strings);
    }

    long number() throws RpmFormatException {
        List<Long> numbers = numbers(1);
        if (numbers.isEmpty()) {
            throw new RpmFormatException("tag " + tag + " holds no number", position);
        }
        return numbers.get(0);
    }

    List<Long> numbers() throws RpmFormatException {
        return numbers(count);
    }

    private List<Long> numbers(int limit) throws RpmFormatException {
        require(type >= CHAR && type <= INT64, "a number");
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, count); i++) {
            numbers.add(
                    switch (type) {
                        case CHAR, INT8 -> data.get(i) & 0xffL;
                        case INT16 -> data.getShort(i * 2) & 0xffffL;
                        case INT32 -> data.getInt(i * 4) & 0xffff_ffffL;
                        default -> data.getLong(i * 8);
                    });
        }
        return List.copyOf(numbers);
    }

    ByteBuffer bytes() throws RpmFormatException {
        require(type == BIN, "bytes");
        return data.slice(0, count).asReadOnlyBuffer();
    }

    private void require(boolean fits, String what) throws RpmFormatException {
        if (!fits) {
            throw new RpmFormatException("type of tag " + tag + ": " + type + " (expected: " + what + ")", position);
        }
    }
}
