package dev.pxekit.iso.internal;

import java.util.Arrays;

/**
 * Which owner each thing was first found at, such as the directory that holds the record of a subdirectory. The extents of
 * two directories may be the same or overlap; a record that both hold makes a loop or a shared branch, and a tree of shared
 * branches has more paths than anybody can walk. As every record has one parent here, a walk meets each at most once.
 * Thirty-two to sixty-four bytes a thing. Thread safe.
 */
final class Claims {

    private static final long FREE = -1;

    private long[] table = newTable(64);
    private int size;

    private static long[] newTable(int slots) {
        long[] table = new long[slots * 2];
        Arrays.fill(table, FREE);
        return table;
    }

    /**
     * Claims a thing.
     *
     * @param thing where it is in the image, not negative
     * @param owner where what it was found at is; for the root any other number
     * @return whether that owner is the first one to claim it, now or earlier
     */
    synchronized boolean claim(long thing, long owner) {
        int slot = slot(table, thing);
        if (table[slot] == thing) {
            return table[slot + 1] == owner;
        }
        table[slot] = thing;
        table[slot + 1] = owner;
        if (++size * 4 > table.length) {
            grow();
        }
        return true;
    }

    /** Whether anybody has claimed a thing. */
    synchronized boolean has(long thing) {
        return table[slot(table, thing)] == thing;
    }

    private static int slot(long[] table, long thing) {
        int slots = table.length / 2;
        int slot = (int) ((thing * 0x9E37_79B9_7F4A_7C15L) >>> 32) & (slots - 1);
        while (table[slot * 2] != FREE && table[slot * 2] != thing) {
            slot = (slot + 1) & (slots - 1);
        }
        return slot * 2;
    }

    private void grow() {
        long[] larger = newTable(table.length);
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != FREE) {
                int slot = slot(larger, table[i]);
                larger[slot] = table[i];
                larger[slot + 1] = table[i + 1];
            }
        }
        table = larger;
    }
}
