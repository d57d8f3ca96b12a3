package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal from its beginning to its end, whatever is in it, through a buffer of one size. Where no record can be read,
 * it looks for the next one at every octet.
 *
 * <p>Two kinds of unreadable octets are told apart. What was written and not yet forced when the power failed is <em>torn</em>:
 * nothing of it was ever acknowledged, and all of it belongs to the last group. Anything else is <em>damage</em>: of what was
 * there when the file got its name, or of a record with a later group behind it. Damage of nothing but the last group looks
 * like a torn one.
 */
final class JournalScan {

    private static final int BUFFER = 2 * JournalRecord.LONGEST;

    private final Disk.File file;
    private final long length;
    private final boolean headerWhole;
    private final @Nullable JournalHeader header;
    private final int version;
    private final byte[] buffer;
    private long bufferStart;
    private int bufferLength;

    private long recordsBefore;
    private long recordsAfter;
    private long unreadable;
    private long firstUnreadable = -1;
    private long lastGroup = -1;

    /** Reads the header only. */
    JournalScan(Disk.File file) throws IOException {
        this.file = file;
        length = file.length();
        byte[] first = new byte[(int) Math.min(length, JournalHeader.LENGTH)];
        file.read(first, 0, first.length, 0);
        header = JournalHeader.decode(first);
        headerWhole = header != null && Arrays.equals(header.encode(), first);
        version = JournalHeader.version(first);
        buffer = new byte[(int) Math.min(length, BUFFER)];
    }

    /** Null if it cannot be read, and with it no record. */
    @Nullable
    JournalHeader header() {
        return header;
    }

    /** The version if it is another than ours; else 0. */
    int otherVersion() {
        return version == JournalHeader.VERSION ? 0 : version;
    }

    /** Reads the records once; those behind what cannot be read are only counted, or shown as well. */
    void read(JournalHeader known, boolean showAll, Consumer<? super Lease> action) throws IOException {
        long position = JournalHeader.LENGTH;
        while (position < length) {
            int recordLength = fill(position, 4) ? JournalRecord.length(head(position)) : 0;
            Lease lease = recordLength > 0 && fill(position, recordLength)
                    ? JournalRecord.decode(buffer, (int) (position - bufferStart), recordLength, known.journal())
                    : null;
            if (lease == null) {
                firstUnreadable = firstUnreadable < 0 ? position : firstUnreadable;
                unreadable++;
                position++;
            } else {
                count(position);
                if (firstUnreadable < 0 || showAll) {
                    action.accept(lease);
                }
                position += recordLength;
            }
        }
        if (firstUnreadable < 0 && length < known.forced()) {
            firstUnreadable = length;
        }
    }

    private void count(long position) {
        if (firstUnreadable < 0) {
            recordsBefore++;
        } else {
            recordsAfter++;
            long preceding =
                    Integer.toUnsignedLong(JournalRecord.precedingOfGroup(buffer, (int) (position - bufferStart)));
            lastGroup = Math.max(lastGroup, position - preceding);
        }
    }

    private int head(long position) {
        return ByteBuffer.wrap(buffer).getInt((int) (position - bufferStart));
    }

    /** Has so many octets in the buffer, if there are as many. */
    private boolean fill(long position, int octets) throws IOException {
        if (position + octets > length) {
            return false;
        }
        if (position + octets > bufferStart + bufferLength) {
            bufferStart = position;
            bufferLength = file.read(buffer, 0, buffer.length, position);
        }
        return position + octets <= bufferStart + bufferLength;
    }

    long length() {
        return length;
    }

    /** How many records precede what cannot be read. */
    long recordsBefore() {
        return recordsBefore;
    }

    long recordsAfter() {
        return recordsAfter;
    }

    /** Where the first octets are that cannot be read; -1 if there are none. */
    long firstUnreadable() {
        return headerWhole ? firstUnreadable : 0;
    }

    long unreadable() {
        return unreadable;
    }

    boolean isDamaged() {
        return header == null
                || !headerWhole
                || (firstUnreadable >= 0 && firstUnreadable < Math.max(header.forced(), lastGroup));
    }
}
