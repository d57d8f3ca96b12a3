package dev.pxekit.iso.internal;

import java.util.Arrays;

/**
 * Which record each directory was first reached by. A second record that points to the same directory makes a loop or a
 * shared branch, and a tree of shared branches has more paths than anybody can walk. Sixteen to thirty-two bytes a
 * directory. Thread safe.
 */
final class DirectoryClaims {

    private static final long FREE = -1;

    private long[] table = newTable(64);
    private int size;

    private static long[] newTable(int slots) {
        long[] table = new long[slots * 2];
        Arrays.fill(table, FREE);
        return table;
    }

    /**
     * Claims a directory.
     *
     * @param directory its number, not negative
     * @param origin the number of the record
     * @return whether the record is the first one to claim it, now or earlier
     */
    synchronized boolean claim(long directory, long origin) {
        int slot = slot(table, directory);
        if (table[slot] == directory) {
            return table[slot + 1] == origin;
        }
        table[slot] = directory;
        table[slot + 1] = origin;
        if (++size * 4 > table.length) {
            grow();
        }
        return true;
    }

    private static int slot(long[] table, long directory) {
        int slots = table.length / 2;
        int slot = (int) ((directory * 0x9E37_79B9_7F4A_7C15L) >>> 32) & (slots - 1);
        while (table[slot * 2] != FREE && table[slot * 2] != directory) {
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
