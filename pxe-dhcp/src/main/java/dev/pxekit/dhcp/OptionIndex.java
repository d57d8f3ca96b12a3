package dev.pxekit.dhcp;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where options with one octet of code and one of length stand in octets that do not change: one number an option, so that
 * reading a packet makes no objects of its options.
 */
final class OptionIndex {

    static final int PAD = 0;
    static final int END = 255;

    static final int LONGEST_PART = 255;

    /** As many options as packets of firmware have. */
    private static final int INITIAL_SIZE = 24;

    private final byte[] octets;

    /** The code in the bits from 16 on, below it where the value begins; its length is in the octet before that. */
    private int[] slots;

    private int size;

    OptionIndex(byte[] octets) {
        this(octets, new int[INITIAL_SIZE], 0);
    }

    private OptionIndex(byte[] octets, int[] slots, int size) {
        this.octets = octets;
        this.slots = slots;
        this.size = size;
    }

    /** Adds the option whose value begins at an offset. */
    void add(int code, int offset) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
        }
        slots[size++] = code << 16 | offset;
    }

    /**
     * Adds the options between two offsets.
     *
     * @param padAndEnd whether 0 and 255 are PAD and END; without them they are codes as any other
     * @return the offset of END, or of {@code end} if there is none
     * @throws DhcpFormatException if an option runs past the end; the options before it are added
     */
    int scan(int start, int end, boolean padAndEnd, String what) throws DhcpFormatException {
        int position = start;
        while (position < end) {
            int code = octets[position] & 0xff;
            if (padAndEnd) {
                if (code == END) {
                    return position;
                }
                if (code == PAD) {
                    position++;
                    continue;
                }
            }
            if (end - position < 2) {
                throw new DhcpFormatException(what + " " + code + " without a length", position);
            }
            int length = octets[position + 1] & 0xff;
            int left = end - position - 2;
            if (length > left) {
                throw new DhcpFormatException(
                        what + " " + code + " of " + length + " octets with " + left + " left", position);
            }
            add(code, position + 2);
            position += 2 + length;
        }
        return end;
    }

    int size() {
        return size;
    }

    byte[] octets() {
        return octets;
    }

    int code(int i) {
        return slots[i] >>> 16;
    }

    int offset(int i) {
        return slots[i] & 0xffff;
    }

    int length(int i) {
        return octets[offset(i) - 1] & 0xff;
    }

    RawOption get(int i) {
        return RawOption.of(code(i), octets, offset(i), length(i));
    }

    /** The options one by one. */
    List<RawOption> list() {
        return new AbstractList<>() {
            @Override
            public RawOption get(int i) {
                if (i < 0 || i >= size) {
                    throw new IndexOutOfBoundsException(i);
                }
                return OptionIndex.this.get(i);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** The first option with a code from a place on, or -1. */
    int find(int code, int from) {
        for (int i = from; i < size; i++) {
            if (slots[i] >>> 16 == code) {
                return i;
            }
        }
        return -1;
    }

    /** A reader of all parts of a value, joined; empty if there is none. */
    Optional<OptionReader> joined(int code) {
        int first = find(code, 0);
        if (first < 0) {
            return Optional.empty();
        }
        if (find(code, first + 1) < 0) {
            return Optional.of(reader(first));
        }
        OptionWriter parts = new OptionWriter();
        for (int i = first; i >= 0; i = find(code, i + 1)) {
            parts.writeBytes(octets, offset(i), length(i));
        }
        return Optional.of(OptionReader.of(parts.toByteArray()));
    }

    OptionReader reader(int i) {
        return new OptionReader(octets, offset(i), length(i));
    }

    /** Octets of all parts of a value, or -1 if there is none. */
    int joinedLength(int code) {
        int length = -1;
        for (int i = find(code, 0); i >= 0; i = find(code, i + 1)) {
            length = Math.max(length, 0) + length(i);
        }
        return length;
    }

    /** Where the octet of a joined value stands in the octets. */
    int offsetOfJoined(int code, long valueOffset) {
        long left = valueOffset;
        int last = find(code, 0);
        for (int i = last; i >= 0; i = find(code, i + 1)) {
            if (left < length(i)) {
                return (int) (offset(i) + left);
            }
            left -= length(i);
            last = i;
        }
        return offset(last) + length(last);
    }

    boolean sameOptions(OptionIndex other) {
        if (size != other.size) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (code(i) != other.code(i)
                    || !Arrays.equals(
                            octets,
                            offset(i),
                            offset(i) + length(i),
                            other.octets,
                            other.offset(i),
                            other.offset(i) + other.length(i))) {
                return false;
            }
        }
        return true;
    }
}
