package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The bytes of an image; of one of raw sectors their user data. Thread safe. Positional reads go to the {@link FileChannel}
 * without a lock; a file system that has only seekable channels, and raw sectors, are read under one.
 *
 * <p>A {@link FileChannel} closes when a thread that uses it is interrupted. Many threads share this one, so it is opened
 * again for the others.
 */
final class Image implements Closeable {

    private final Path path;
    private final long size;
    private final Object lock = new Object();
    private volatile SeekableByteChannel channel;
    private volatile boolean closed;

    private Image(Path path, SeekableByteChannel channel, long size) {
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    static Image open(Path path) throws IOException {
        SeekableByteChannel channel = openChannel(path);
        try {
            return new Image(path, channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static SeekableByteChannel openChannel(Path path) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.READ);
        try {
            return RawSectorChannel.wrap(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** The size in bytes, as it was when the image was opened. */
    long size() {
        return size;
    }

    /** Reads {@code length} bytes, or says that the image ends before. The caller bounds the length. */
    ByteBuffer read(long offset, int length) throws IOException {
        require(offset, length);
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            read(buffer, offset + buffer.position());
        }
        return buffer.flip();
    }

    /** Reads at least one byte into the buffer, or throws. */
    int read(ByteBuffer target, long offset) throws IOException {
        require(offset, 1);
        while (true) {
            SeekableByteChannel current = channel;
            try {
                int count = read(current, target, offset);
                if (count <= 0 && target.hasRemaining()) {
                    throw endsBefore(offset, 1);
                }
                return count;
            } catch (ClosedChannelException e) {
                reopen(current, e);
            }
        }
    }

    private int read(SeekableByteChannel source, ByteBuffer target, long offset) throws IOException {
        if (source instanceof FileChannel file) {
            return file.read(target, offset);
        }
        synchronized (lock) {
            source.position(offset);
            return source.read(target);
        }
    }

    /** Sends bytes to a channel, by the operating system where it can; returns how many, possibly fewer than asked. */
    long transferTo(long offset, long length, WritableByteChannel target) throws IOException {
        require(offset, length);
        while (true) {
            SeekableByteChannel current = channel;
            if (!(current instanceof FileChannel file)) {
                ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, 1 << 16));
                read(buffer, offset);
                return target.write(buffer.flip());
            }
            try {
                return file.transferTo(offset, length, target);
            } catch (ClosedChannelException e) {
                if (file.isOpen()) {
                    throw e; // the target is closed, not the image
                }
                reopen(current, e);
            }
        }
    }

    /**
     * Maps bytes of the image.
     *
     * @throws UnsupportedOperationException if the image's file system cannot map
     */
    MappedByteBuffer map(long offset, long length) throws IOException {
        require(offset, length);
        while (true) {
            SeekableByteChannel current = channel;
            if (!(current instanceof FileChannel file)) {
                throw new UnsupportedOperationException(
                        path + " cannot be mapped: its file system has no FileChannel, or it holds raw sectors");
            }
            try {
                return file.map(FileChannel.MapMode.READ_ONLY, offset, length);
            } catch (ClosedChannelException e) {
                reopen(current, e);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // is it still the very channel that failed?
    private void reopen(SeekableByteChannel failed, ClosedChannelException cause) throws IOException {
        synchronized (lock) {
            if (closed || Thread.currentThread().isInterrupted() || cause instanceof ClosedByInterruptException) {
                throw cause;
            }
            if (channel == failed && !failed.isOpen()) {
                SeekableByteChannel again = openChannel(path);
                if (again.size() != size) {
                    again.close();
                    throw new IOException("the image " + path + " has changed while it was open: " + size
                            + " bytes before, " + again.size() + " now");
                }
                channel = again;
            }
        }
    }

    /** Checks a range against the size of the image. */
    void require(long offset, long length) throws IsoFormatException {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw endsBefore(offset, length);
        }
    }

    private IsoFormatException endsBefore(long offset, long length) {
        return new IsoFormatException(
                "the image ends early: it has " + size + " bytes, " + length + " more are expected", offset);
    }

    @Override
    public void close() throws IOException {
        synchronized (lock) {
            closed = true;
            channel.close();
        }
    }
}
