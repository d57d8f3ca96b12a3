package dev.pxekit.iso.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * The bytes of a file. Thread safe: any number of threads may read at once. What the image lacks of the file is an error,
 * not zeros. Positions are in bytes, 0 or more; callers check that.
 */
interface Content {

    /** In bytes. */
    long size();

    /**
     * Reads as {@link java.nio.channels.FileChannel#read(ByteBuffer, long)}: fewer bytes than asked only at the end, or
     * where the next byte cannot be had.
     *
     * @param target with at least one byte of room
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** Sends bytes to a channel; returns how many, possibly fewer than asked and 0 at the end. */
    long transferTo(long position, long count, WritableByteChannel target) throws IOException;

    /**
     * Maps a range that lies within the content.
     *
     * @throws UnsupportedOperationException if the image does not hold it as one run of bytes, or cannot be mapped
     */
    MappedByteBuffer map(long position, long length) throws IOException;
}
