package dev.pxekit.dhcp;

import java.io.IOException;

/** Octets that are not what the standard asks for: a packet, an option value or a suboption block that cannot be read. */
public final class DhcpFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The message without the offset. */
    private final String fault;

    /** Where the fault is. */
    private final long offset;

    /**
     * Makes an exception for one fault.
     *
     * @param message what was read, what was found and what was expected; the offset is added to it
     * @param offset where in the octets handed to the decoder the fault is, from 0
     */
    public DhcpFormatException(String message, long offset) {
        super(message + " at offset " + offset);
        this.fault = message;
        this.offset = offset;
    }

    /** The same fault with a word before it on what was being read. */
    DhcpFormatException in(String what) {
        DhcpFormatException named = new DhcpFormatException(what + ": " + fault, offset);
        named.initCause(this);
        return named;
    }

    /** The same fault in octets that begin so many earlier. */
    DhcpFormatException movedBy(long octets) {
        DhcpFormatException moved = new DhcpFormatException(fault, offset + octets);
        moved.initCause(this);
        return moved;
    }

    /** {@return the message without the offset} */
    public String fault() {
        return fault;
    }

    /** {@return where the fault is, counted from 0 in the octets that were handed to the decoder} */
    public long offset() {
        return offset;
    }
}
