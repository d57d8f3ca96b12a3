package dev.pxekit.dhcp;

import java.io.IOException;

/** Octets that are not what the standard asks for: a packet, an option value or a suboption block that cannot be read. */
public final class DhcpFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The message without the offset. */
    private String fault;

    /** Where the fault is. */
    private long offset;

    /**
     * Makes an exception for one fault.
     *
     * @param message what was read, what was found and what was expected; the offset is added to it
     * @param offset where in the octets handed to the decoder the fault is, from 0
     */
    public DhcpFormatException(String message, long offset) {
        super(message);
        this.fault = message;
        this.offset = offset;
    }

    /** This exception with a word before its message on what was being read. One a fault is enough: hostile input has many. */
    DhcpFormatException in(String what) {
        fault = what + ": " + fault;
        return this;
    }

    /** This exception for octets that begin so many earlier. */
    DhcpFormatException movedBy(long octets) {
        offset += octets;
        return this;
    }

    /** The message with the offset. */
    @Override
    public String getMessage() {
        return fault + " at offset " + offset;
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
