package dev.pxekit.dhcp.transport;

import java.net.InetSocketAddress;

/** Hears of datagrams that were dropped unread as they were too many: at once, and then once in ten seconds. */
@FunctionalInterface
public interface DropListener {

    /**
     * Datagrams were dropped. Called on the executor.
     *
     * @param reason why
     * @param packets how many since it was told last for the same reason
     * @param sender where the last one came from
     */
    void dropped(String reason, long packets, InetSocketAddress sender);
}
