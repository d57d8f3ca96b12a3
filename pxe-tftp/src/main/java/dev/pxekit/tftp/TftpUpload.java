package dev.pxekit.tftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One file that a client writes, begun for one transfer. The server calls it on its executor, from one thread at a time and never
 * from an event loop: {@link #write} for all content in its order, then {@link #commit} if the transfer went well, and
 * {@link #close} in any case. What any of them throws ends the transfer as in {@link TftpUploads#open}.
 */
public interface TftpUpload extends Closeable {

    /**
     * The most bytes to take, as they come from the wire: text in netascii has its line ends of two octets there. A larger file
     * ends with ERROR 3, at once if the client announces its size.
     *
     * @return 0 or more; no limit by default
     */
    default long maxSize() {
        return Long.MAX_VALUE;
    }

    /**
     * Takes the next bytes, all of them.
     *
     * @param content some consecutive bytes of the file; not valid any more after the call. Text has the line ends LF
     * @throws IOException if they cannot be stored
     */
    void write(ByteBuffer content) throws IOException;

    /**
     * All content is there: makes it visible under its name. The client's last block is acknowledged when this has returned, so
     * whatever is to outlive a loss of power is forced to the disk here, as {@link DirectoryUploads} do; a client waits some seconds.
     *
     * @throws IOException if that cannot be done; the client is told that it failed
     */
    void commit() throws IOException;

    /**
     * The last call. Without a {@link #commit} before it the transfer failed, and nothing is to be left of the file.
     *
     * @throws IOException is logged
     */
    @Override
    void close() throws IOException;
}
