package dev.pxekit.dhcp.lease;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;

/** The end of a journal's file, where groups of records are appended. For one thread at a time. */
final class JournalFile implements Closeable {

    private static final int BUFFER = 2 * JournalRecord.LONGEST;

    private final Disk.File file;
    private final long journal;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long end;
    private long records;
    private boolean sound;

    private JournalFile(Disk.File file, long journal, long end, long records, boolean sound) {
        this.file = file;
        this.journal = journal;
        this.end = end;
        this.records = records;
        this.sound = sound;
    }

    /** Begins a file that no one knows of yet; it is complete when it is {@linkplain #seal sealed}. */
    static JournalFile begin(Disk.File empty, long journal) {
        return new JournalFile(empty, journal, JournalHeader.LENGTH, 0, true);
    }

    /**
     * Takes a file that was read. It is sound if nothing was written to it since it got its name: a process that has died may
     * have failed to force the rest, which can then be read and is not on the disk.
     */
    static JournalFile resume(Disk.File file, JournalHeader header, long records, boolean whole) throws IOException {
        long end = file.length();
        return new JournalFile(file, header.journal(), end, records, whole && end == header.forced());
    }

    long journal() {
        return journal;
    }

    long records() {
        return records;
    }

    /**
     * Whether what is appended next would be as safe as it says. After a failed force the system may have forgotten what it
     * had not written and call it written: only another file helps.
     */
    boolean isSound() {
        return sound;
    }

    /** Appends a group of records and forces them. If it fails, the file ends where it did, or is no longer sound. */
    void append(Collection<Lease> group) throws IOException {
        sound = false;
        long newEnd;
        try {
            newEnd = write(group);
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        file.force();
        end = newEnd;
        records += group.size();
        sound = true;
    }

    private long write(Collection<Lease> group) throws IOException {
        long position = end;
        buffer.clear();
        for (Lease lease : group) {
            if (buffer.remaining() < JournalRecord.LONGEST) {
                position = drain(position);
            }
            JournalRecord.encode(lease, journal, (int) (position + buffer.position() - end), buffer);
        }
        return drain(position);
    }

    private long drain(long position) throws IOException {
        int length = buffer.position();
        file.write(buffer.array(), length, position);
        buffer.clear();
        return position + length;
    }

    /** A disk that is full has room again when the half of a group is taken back. */
    private void cutBack(IOException failure) {
        try {
            file.truncate(end);
            file.force();
            sound = true;
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Writes the header that says that all before the end is forced. */
    void seal() throws IOException {
        byte[] header = new JournalHeader(journal, end).encode();
        file.write(header, header.length, 0);
        file.force();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
