package dev.pxekit.dhcp.server;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The boundary to a caller's listener: what it throws is logged and goes no further. */
final class ListenerBoundary<L> {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerBoundary.class);

    private final L listener;

    ListenerBoundary(L listener) {
        this.listener = listener;
    }

    void tell(Consumer<? super L> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("listener failed");
        }
    }
}
