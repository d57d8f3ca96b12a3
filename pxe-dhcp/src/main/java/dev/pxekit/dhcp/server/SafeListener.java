package dev.pxekit.dhcp.server;

/** The boundary to the listener of the DHCPv4 servers. */
final class SafeListener extends ListenerBoundary<DhcpServerListener> {

    SafeListener(DhcpServerListener listener) {
        super(listener);
    }
}
