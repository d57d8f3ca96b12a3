package dev.pxekit.dhcp.server;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The boundary to the caller's listener: what it throws is logged and goes no further. */
final class SafeListener {

    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final DhcpServerListener listener;

    SafeListener(DhcpServerListener listener) {
        this.listener = listener;
    }

    void tell(Consumer<DhcpServerListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("listener failed");
        }
    }
}
