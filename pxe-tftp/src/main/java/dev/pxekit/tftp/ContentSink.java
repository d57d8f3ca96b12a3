package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where content goes that was received. */
@FunctionalInterface
interface ContentSink {

    /** Takes all of these bytes. */
    void write(ByteBuffer content) throws IOException;

    /** All content has been written. */
    default void end() throws IOException {}
}
