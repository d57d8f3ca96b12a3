package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Where content goes that is received in any order. */
@FunctionalInterface
interface PositionalSink {

    /** Takes all of these bytes. */
    void write(ByteBuffer content, long position) throws IOException;

    /** A file; what has not been written is a hole. */
    static PositionalSink of(FileChannel channel) {
        return (content, position) -> {
            long next = position;
            while (content.hasRemaining()) {
                next += channel.write(content, next);
            }
        };
    }
}
