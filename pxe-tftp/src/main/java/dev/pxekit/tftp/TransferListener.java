package dev.pxekit.tftp;

/**
 * Watches transfers. A server calls on its executor, a client on the calling thread; for one transfer the calls come one after
 * the other, for several at once. An exception is logged and harms nothing; a call that blocks holds up its own transfer only.
 */
public interface TransferListener {

    /**
     * The options are agreed: on a server before its first packet goes out, on a client when the first answer has come.
     *
     * @param transfer the transfer
     */
    default void started(Transfer transfer) {}

    /**
     * Content arrived. Called at most four times a second.
     *
     * @param transfer the transfer
     * @param bytes content that has arrived so far
     */
    default void progress(Transfer transfer, long bytes) {}

    /**
     * The transfer is over. Called once for each, also for one that was refused and so never {@link #started}, as when the file is
     * missing. Not called for requests that a server turns away at once: those over its limits, in an unknown mode, or to
     * write where nothing can be written.
     *
     * @param result what became of it
     */
    default void ended(TransferResult result) {}
}
