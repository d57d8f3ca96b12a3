package dev.pxekit.tftp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Takes the requests of one address of a server: they become transfers, or are refused. */
final class RequestHandler {

    private final TransferRegistry registry;
    private final ServerPorts ports;
    private ServerPorts.@Nullable OfAddress places;

    RequestHandler(TransferRegistry registry, ServerPorts ports) {
        this.registry = registry;
        this.ports = ports;
    }

    /** A request came in; called by the event loop of the port. */
    void request(ServerPort port, InetSocketAddress client, TftpPacket.Request request) {
        if (!request.mode().equals(TransferMode.OCTET) && !request.mode().equals(TransferMode.NETASCII)) {
            refuse(port, client, TftpErrorCode.ILLEGAL_OPERATION, "unknown mode (expected: octet, netascii)");
        } else if (request instanceof TftpPacket.WriteRequest) {
            refuse(port, client, TftpErrorCode.ACCESS_VIOLATION, "read only");
        } else {
            registry.request(
                    port, client, request, () -> new ReadTransfer(client, request, registry, port, place(port)));
        }
    }

    private static void refuse(ServerPort port, InetSocketAddress client, TftpErrorCode code, String reason) {
        port.send(client, new TftpPacket.Error(code, reason));
    }

    private ServerPorts.Place place(ServerPort port) {
        if (places == null) {
            places = ports.new OfAddress(port);
        }
        return places.next();
    }

    /** Closes the ports that transfers share. */
    void close() {
        if (places != null) {
            places.close();
        }
    }
}
