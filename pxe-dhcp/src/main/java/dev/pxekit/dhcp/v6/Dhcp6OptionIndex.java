package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.RawOption;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/**
 * Where options stand in octets that do not change: one number an option, so that reading a message makes no objects of its
 * options.
 */
final class Dhcp6OptionIndex {

    /** Octets of an option's code and length. */
    static final int HEADER_LENGTH = 4;

    /** The longest message or value, so that an offset fits in two octets. */
    static final int MAXIMUM_LENGTH = 0xffff;

    /** As many options as messages of firmware have. */
    private static final int INITIAL_SIZE = 16;

    private final byte[] octets;
    private final int start;
    private final int end;

    /** Where the first of the octets stands in those that were handed to the decoder. */
    private final int base;

    /** The code in the bits from 16 on, below it where the value begins; its length is in the two octets before that. */
    private int[] slots = new int[INITIAL_SIZE];

    private int size;

    Dhcp6OptionIndex(byte[] octets, int start, int end, int base) {
        this.octets = octets;
        this.start = start;
        this.end = end;
        this.base = base;
    }

    /** Adds the option whose value begins at an offset. */
    void add(int code, int offset) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size * 2);
        }
        slots[size++] = code << 16 | offset;
    }

    int size() {
        return size;
    }

    byte[] octets() {
        return octets;
    }

    /** Where the first option begins. */
    int start() {
        return start;
    }

    /** Where the last option ends. */
    int end() {
        return end;
    }

    int base() {
        return base;
    }

    int code(int i) {
        return slots[i] >>> 16;
    }

    /** Where a value begins in the octets. */
    int offset(int i) {
        return slots[i] & 0xffff;
    }

    int length(int i) {
        int value = offset(i);
        return (octets[value - 2] & 0xff) << 8 | (octets[value - 1] & 0xff);
    }

    byte[] value(int i) {
        return Arrays.copyOfRange(octets, offset(i), offset(i) + length(i));
    }

    /** A reader of a value, whose offsets count in the octets that were handed to the decoder. */
    OptionReader reader(int i) {
        int value = offset(i);
        return OptionReader.of(octets, value, value + length(i), base + value);
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

    /** The options one by one. */
    List<RawOption> list() {
        return new AbstractList<>() {
            @Override
            public RawOption get(int i) {
                if (i < 0 || i >= size) {
                    throw new IndexOutOfBoundsException(i);
                }
                return RawOption.of(code(i), octets, offset(i), length(i));
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** Whether the octets are the same. */
    boolean sameOctets(Dhcp6OptionIndex other) {
        return Arrays.equals(octets, start, end, other.octets, other.start, other.end);
    }

    int octetsHash() {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + octets[i];
        }
        return hash;
    }
}
