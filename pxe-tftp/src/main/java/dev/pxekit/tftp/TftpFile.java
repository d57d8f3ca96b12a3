package dev.pxekit.tftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/**
 * One file, opened for one transfer. The server reads it from one thread at a time, never from an event loop, and closes it
 * when the transfer has ended. Its size does not change while it is open.
 */
public interface TftpFile extends Closeable {

    /**
     * The size.
     *
     * @return bytes, 0 or more
     */
    long size();

    /**
     * Reads at a position, into the buffer that goes to the wire.
     *
     * @param target where to; a direct buffer of any size, some hundred KiB when transfers share what is read
     * @param position from where, 0..{@link #size()}
     * @return how many bytes were read, at least one while there are any; -1 at the end of the file
     * @throws IOException if the file cannot be read; the transfer ends with an ERROR that does not show the message
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * What the content is known by. Two files whose identities are equal have equal content: transfers that run at the same
     * time share what is read from one of them, also after others of them were closed.
     *
     * @return an object whose {@code equals} and {@code hashCode} are cheap and stay as they are while the file is open; this
     *     file itself by default, so that nothing is shared
     */
    default Object identity() {
        return this;
    }

    /**
     * A file from an open channel, read without a copy of ours.
     *
     * @param channel closed with the file
     * @return the file
     * @throws IOException if the channel's size cannot be found
     */
    static TftpFile of(FileChannel channel) throws IOException {
        return new PositionalFile(channel, channel.size());
    }

    /**
     * A file from an open channel of any file system. A {@link FileChannel} is read by position, others are positioned first.
     *
     * @param channel closed with the file; nobody else moves its position meanwhile
     * @return the file
     * @throws IOException if the channel's size cannot be found
     */
    static TftpFile of(SeekableByteChannel channel) throws IOException {
        return channel instanceof FileChannel fileChannel ? of(fileChannel) : new SeekableFile(channel, channel.size());
    }

    /**
     * A file of these bytes. It has no position and nothing to close, so one of it may be opened for any number of transfers.
     *
     * @param content not copied: do not change it while it is served
     * @return the file
     */
    static TftpFile of(byte[] content) {
        return new BytesFile(ByteBuffer.wrap(content));
    }
}
