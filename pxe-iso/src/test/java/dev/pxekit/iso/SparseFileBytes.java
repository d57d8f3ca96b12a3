package dev.pxekit.iso;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Sparse files of Rock Ridge as bytes, written after RRIP 1.12 §4.1.7: no program that makes images writes any. */
final class SparseFileBytes {

    static final int NOTHING = 1 << 31;
    static final int TABLE = 1 << 30;
    static final int TABLE_LENGTH = 2048;

    private final byte[] content;
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();

    private SparseFileBytes(byte[] content) {
        this.content = content;
    }

    static byte[] entry(long size, int depth) {
        byte[] sizes = SystemUseBytes.both((int) (size >>> 32), (int) size);
        return SystemUseBytes.entry("SF", TestImage.concat(sizes, new byte[] {(byte) depth}));
    }

    /** The entry of RRIP 1.10: a size of 32 bits, and tables of depth 3 and less. */
    static byte[] shortEntry(int size) {
        return SystemUseBytes.entry("SF", SystemUseBytes.both(size));
    }

    /** An index with what the entries of its first table say, and what follows it. */
    static byte[] index(int[] entries, byte[]... rest) {
        int[] all = Arrays.copyOf(entries, TABLE_LENGTH / 8);
        Arrays.fill(all, entries.length, all.length, NOTHING);
        return TestImage.concat(new byte[TABLE_LENGTH], SystemUseBytes.both(all), TestImage.concat(rest));
    }

    /** Records a file: zeros not at all, what has no room in one entry through tables, the rest in runs. */
    static byte[] record(byte[] content, int depth) {
        SparseFileBytes file = new SparseFileBytes(content);
        file.recorded.writeBytes(new byte[2 * TABLE_LENGTH]);
        byte[] table = file.table(0, depth);
        byte[] bytes = file.recorded.toByteArray();
        System.arraycopy(table, 0, bytes, TABLE_LENGTH, TABLE_LENGTH);
        return bytes;
    }

    private byte[] table(long start, int depth) {
        int[] entries = new int[256];
        for (int i = 0; i < entries.length; i++) {
            long first = start + i * (1L << (8 * depth));
            entries[i] = Long.compareUnsigned(first, content.length) >= 0 ? NOTHING : entry((int) first, depth);
        }
        return SystemUseBytes.both(entries);
    }

    private int entry(int start, int depth) {
        byte[] part = Arrays.copyOfRange(content, start, (int) Math.min(content.length, start + (1L << (8 * depth))));
        if (Arrays.equals(part, new byte[part.length])) {
            return NOTHING;
        }
        if (depth == 1 || !hasHole(part)) {
            int place = append(part, 256);
            return place / 256;
        }
        byte[] table = table(start, depth - 1);
        return TABLE | append(table, TABLE_LENGTH) / TABLE_LENGTH;
    }

    private static boolean hasHole(byte[] part) {
        for (int start = 0; start < part.length; start += 256) {
            int end = Math.min(part.length, start + 256);
            if (Arrays.equals(part, start, end, new byte[256], 0, end - start)) {
                return true;
            }
        }
        return false;
    }

    private int append(byte[] bytes, int unit) {
        recorded.writeBytes(new byte[(unit - recorded.size() % unit) % unit]);
        int place = recorded.size();
        recorded.writeBytes(bytes);
        return place;
    }
}
