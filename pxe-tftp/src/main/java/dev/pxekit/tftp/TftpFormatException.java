package dev.pxekit.tftp;

import java.io.IOException;

/** Bytes that are not a TFTP packet. The message says what was read, what was found and what was expected. */
public final class TftpFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Bytes from the beginning of the packet. */
    private final long offset;

    /**
     * Makes the exception.
     *
     * @param message what, found, expected
     * @param offset where in the packet, in bytes from its beginning
     */
    public TftpFormatException(String message, long offset) {
        super(message + " at offset " + offset);
        this.offset = offset;
    }

    /**
     * Where in the packet the fault is.
     *
     * @return bytes from the beginning of the packet
     */
    public long offset() {
        return offset;
    }
}
