package dev.pxekit.tftp;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener whose exceptions are logged and go no further. */
final class ListenerCalls implements TransferListener {

    private static final Logger logger = LoggerFactory.getLogger(ListenerCalls.class);

    private final TransferListener listener;

    ListenerCalls(TransferListener listener) {
        this.listener = listener;
    }

    @Override
    public void started(Transfer transfer) {
        call(() -> listener.started(transfer));
    }

    @Override
    public void progress(Transfer transfer, long bytes) {
        call(() -> listener.progress(transfer, bytes));
    }

    @Override
    public void ended(TransferResult result) {
        call(() -> listener.ended(result));
    }

    private static void call(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            logger.atWarn().setCause(e).log("the transfer listener threw");
        }
    }
}
