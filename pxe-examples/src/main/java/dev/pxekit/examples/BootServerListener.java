package dev.pxekit.examples;

import dev.pxekit.dhcp.server.DhcpServerListener;
import dev.pxekit.examples.http.HttpFileServer;
import dev.pxekit.tftp.TransferListener;

/**
 * Hears all that a {@link BootServer} does: who was offered what, every TFTP transfer, every HTTP request. Every method does nothing
 * unless it is overridden. Called on threads of the servers, several at once; must not block.
 */
public interface BootServerListener extends DhcpServerListener, TransferListener, HttpFileServer.Observer {

    @Override
    default void answered(HttpFileServer.Exchange exchange) {}
}
