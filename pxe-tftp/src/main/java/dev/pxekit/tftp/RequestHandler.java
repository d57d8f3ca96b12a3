package dev.pxekit.tftp;

import java.net.InetSocketAddress;
import java.util.Optional;
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
            write(port, client, request);
        } else {
            registry.request(
                    port,
                    client,
                    request,
                    () -> new ReadTransfer(
                            client, request, registry, port, places(port).next()));
        }
    }

    private void write(ServerPort port, InetSocketAddress client, TftpPacket.Request request) {
        Optional<TftpUploads> uploads = registry.settings().uploads();
        if (uploads.isEmpty()) {
            refuse(port, client, TftpErrorCode.ACCESS_VIOLATION, "read only");
            return;
        }
        registry.request(
                port,
                client,
                request,
                () -> new WriteTransfer(
                        uploads.get(),
                        client,
                        request,
                        registry,
                        port,
                        places(port).nextForWriting()));
    }

    private static void refuse(ServerPort port, InetSocketAddress client, TftpErrorCode code, String reason) {
        port.send(client, new TftpPacket.Error(code, reason));
    }

    private ServerPorts.OfAddress places(ServerPort port) {
        if (places == null) {
            places = ports.new OfAddress(port);
        }
        return places;
    }

    /** Closes the ports that transfers share. */
    void close() {
        if (places != null) {
            places.close();
        }
    }
}
