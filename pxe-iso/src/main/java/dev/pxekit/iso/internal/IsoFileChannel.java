package dev.pxekit.iso.internal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A file of an image: {@link Content} as a channel. Positional reads and transfers need no lock: any number of threads may
 * make them at once.
 */
public final class IsoFileChannel extends FileChannel {

    private final Content content;
    private final Consumer<Closeable> onClose;
    private final Object positionLock = new Object();
    private long position;

    IsoFileChannel(Content content, Consumer<Closeable> onClose) {
        this.content = content;
        this.onClose = onClose;
    }

    private void requireOpen() throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
    }

    @Override
    public int read(ByteBuffer target, long filePosition) throws IOException {
        if (filePosition < 0) {
            throw new IllegalArgumentException("position: " + filePosition + " (expected: 0 or more)");
        }
        requireOpen();
        if (!target.hasRemaining()) {
            return 0;
        }
        return content.read(target, filePosition);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        synchronized (positionLock) {
            int count = read(target, position);
            position += Math.max(0, count);
            return count;
        }
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, targets.length);
        synchronized (positionLock) {
            long total = 0;
            for (int i = offset; i < offset + length; i++) {
                if (!targets[i].hasRemaining()) {
                    continue;
                }
                int count = read(targets[i], position);
                if (count < 0) {
                    return total == 0 ? -1 : total;
                }
                total += count;
                position += count;
                if (targets[i].hasRemaining()) {
                    break;
                }
            }
            return total;
        }
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        synchronized (positionLock) {
            return position;
        }
    }

    @Override
    public FileChannel position(long newPosition) throws IOException {
        if (newPosition < 0) {
            throw new IllegalArgumentException("position: " + newPosition + " (expected: 0 or more)");
        }
        requireOpen();
        synchronized (positionLock) {
            position = newPosition;
            return this;
        }
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return content.size();
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel target) throws IOException {
        if (from < 0 || count < 0) {
            throw new IllegalArgumentException("position, count: " + from + ", " + count + " (expected: 0 or more)");
        }
        requireOpen();
        return content.transferTo(from, count, target);
    }

    /** Maps; {@link UnsupportedOperationException} if the range is not contiguous or the image cannot be mapped. */
    @Override
    public MappedByteBuffer map(MapMode mode, long from, long length) throws IOException {
        if (from < 0 || length < 0 || length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "position, size: " + from + ", " + length + " (expected: 0 or more, size at most 2147483647)");
        }
        requireOpen();
        if (!mode.equals(MapMode.READ_ONLY)) {
            throw new NonWritableChannelException();
        }
        if (from > content.size() - length) {
            throw new EOFException(
                    "range: " + from + " + " + length + " (expected: within " + content.size() + " bytes)");
        }
        return content.map(from, length);
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new NonWritableChannelException();
    }

    @Override
    public int write(ByteBuffer source, long filePosition) {
        throw new NonWritableChannelException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long from, long count) {
        throw new NonWritableChannelException();
    }

    @Override
    public FileChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public void force(boolean metaData) throws IOException {
        requireOpen();
    }

    /** A shared lock is always granted and keeps nobody out: nothing in an image changes. */
    @Override
    public FileLock lock(long from, long length, boolean shared) throws IOException {
        requireOpen();
        if (!shared) {
            throw new NonWritableChannelException();
        }
        return new SharedLock(this, from, length);
    }

    @Override
    public FileLock tryLock(long from, long length, boolean shared) throws IOException {
        return lock(from, length, shared);
    }

    @Override
    protected void implCloseChannel() {
        onClose.accept(this);
    }

    private static final class SharedLock extends FileLock {
        private volatile boolean released;

        SharedLock(FileChannel channel, long position, long size) {
            super(channel, position, size, true);
        }

        @Override
        public boolean isValid() {
            return !released && acquiredBy().isOpen();
        }

        @Override
        public void release() throws IOException {
            if (!acquiredBy().isOpen()) {
                throw new ClosedChannelException();
            }
            released = true;
        }
    }
}
