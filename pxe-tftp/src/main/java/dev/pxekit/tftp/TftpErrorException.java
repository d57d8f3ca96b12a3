package dev.pxekit.tftp;

import java.io.IOException;

/**
 * An ERROR packet as an exception. {@link TftpClient} throws it for the server's ERROR; {@link TftpFiles#open} and
 * {@link TftpUploads#open} may throw it to choose the code and the text that the client of a server gets.
 */
public final class TftpErrorException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The value of the code. */
    private final int code;
    /** The text as sent. */
    private final String text;

    /**
     * Makes the exception.
     *
     * @param code the error code
     * @param text the text of the packet; control characters become {@code ?} in {@link #getMessage()}
     */
    public TftpErrorException(TftpErrorCode code, String text) {
        super("TFTP error " + code + (text.isEmpty() ? "" : ": " + Printable.of(text)));
        this.code = code.value();
        this.text = text;
    }

    /**
     * The error code.
     *
     * @return the code, also one that has no name here
     */
    public TftpErrorCode code() {
        return TftpErrorCode.of(code);
    }

    /**
     * The text of the ERROR packet, as sent.
     *
     * @return the text, possibly empty
     */
    public String text() {
        return text;
    }
}
