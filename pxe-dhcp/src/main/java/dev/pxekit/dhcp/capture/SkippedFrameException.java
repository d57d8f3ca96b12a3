package dev.pxekit.dhcp.capture;

/** A frame that cannot be read; the ones after it can. Has no stack trace, as a capture may have many. */
final class SkippedFrameException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    SkippedFrameException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
