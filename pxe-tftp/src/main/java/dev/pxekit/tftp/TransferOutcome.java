package dev.pxekit.tftp;

/** How a transfer ended. */
public sealed interface TransferOutcome {

    /** All content arrived. */
    record Completed() implements TransferOutcome {}

    /**
     * The client only asked for the size: it took the OACK with {@code tsize} and ended the transfer before any content, with
     * ERROR 8 as UEFI firmware does before it fetches the file, or with ERROR 0.
     */
    record Probe() implements TransferOutcome {}

    /**
     * The transfer broke off, or did not begin.
     *
     * @param code the code of the ERROR sent or received; {@link TftpErrorCode#NOT_DEFINED} if there was none, as after the
     *     last retransmission
     * @param reason what happened, for a log; may hold text of the peer
     */
    record Failed(TftpErrorCode code, String reason) implements TransferOutcome {}
}
