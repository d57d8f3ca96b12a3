package dev.pxekit.media.internal.extraction;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies content, by the operating system where both ends are files, and compares it. */
final class FileCopy {

    /** Of one transfer, after which it is asked whether to go on. */
    private static final int CHUNK = 8 << 20;

    private static final int BUFFER = 1 << 16;

    private final Workers workers;
    private final Tally tally;

    FileCopy(Workers workers, Tally tally) {
        this.workers = workers;
        this.tally = tally;
    }

    /** Opens a file for reading, no link: where a file system does not know how to refuse links it has none. */
    static SeekableByteChannel open(Path file) throws IOException {
        try {
            return Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return Files.newByteChannel(file, StandardOpenOption.READ);
        }
    }

    /** Copies a file from its start to its end, which must be where it is expected. */
    void copy(SeekableByteChannel source, SeekableByteChannel target, long size) throws IOException {
        long found = source.size();
        if (found != size) {
            throw new IOException("the file has changed: " + found + " bytes (expected: " + size + ")");
        }
        if (source instanceof FileChannel file) {
            transfer(file, target, size);
        } else {
            pump(source, target, size);
        }
    }

    private void transfer(FileChannel source, SeekableByteChannel target, long size) throws IOException {
        long position = 0;
        while (position < size) {
            requireGoingOn();
            long count = source.transferTo(position, Math.min(CHUNK, size - position), target);
            if (count <= 0) {
                throw endsEarly(position, size);
            }
            position += count;
            tally.wrote(count);
        }
    }

    private void pump(SeekableByteChannel source, SeekableByteChannel target, long size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER, Math.max(1, size)));
        long position = 0;
        while (position < size) {
            requireGoingOn();
            buffer.clear().limit((int) Math.min(buffer.capacity(), size - position));
            int count = source.read(buffer);
            if (count <= 0) {
                throw endsEarly(position, size);
            }
            buffer.flip();
            while (buffer.hasRemaining()) {
                target.write(buffer);
            }
            position += count;
            tally.wrote(count);
        }
    }

    /** Whether both have the same content. */
    boolean isSame(SeekableByteChannel one, SeekableByteChannel other) throws IOException {
        ByteBuffer left = ByteBuffer.allocateDirect(BUFFER);
        ByteBuffer right = ByteBuffer.allocateDirect(BUFFER);
        int count;
        do {
            requireGoingOn();
            count = fill(one, left);
            if (count != fill(other, right) || !left.equals(right)) {
                return false;
            }
        } while (count > 0);
        return true;
    }

    private static int fill(SeekableByteChannel source, ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = 0;
        while (buffer.hasRemaining() && count >= 0) {
            count = source.read(buffer);
        }
        return buffer.flip().remaining();
    }

    private void requireGoingOn() throws InterruptedIOException {
        if (workers.isStopped()) {
            throw new InterruptedIOException("the extraction has been stopped");
        }
    }

    private static EOFException endsEarly(long position, long size) {
        return new EOFException("the file ends early: " + position + " bytes (expected: " + size + ")");
    }
}
