package dev.pxekit.tftp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the requests of one address of a server: they become transfers, or are refused. */
final class RequestHandler {

    private final TransferRegistry registry;
    private final ServerPorts ports;
    private volatile ServerPorts.@Nullable OfAddress places;
    private @Nullable MulticastGroups groups;

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
            registry.request(port, client, request, () -> reading(port, client, request));
        }
    }

    private ServerTransfer reading(ServerPort port, InetSocketAddress client, TftpPacket.Request request) {
        ServerPorts.OfAddress at = places(port);
        if (groups == null || !isForGroup(port, request)) {
            return new ReadTransfer(client, request, registry, port, at.next());
        }
        return new MulticastTransfer(
                client, request, registry, port, groups, new MulticastTransfer.GroupPlace(at.nextWithRequests()));
    }

    /** Text is converted by each transfer for itself, and the addresses of groups are of IPv4. */
    private static boolean isForGroup(ServerPort port, TftpPacket.Request request) {
        return request.options().get(TftpOption.MULTICAST.name()).isPresent()
                && request.mode().equals(TransferMode.OCTET)
                && port.address().getAddress() instanceof Inet4Address;
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
        ServerPorts.OfAddress known = places;
        if (known != null) {
            return known;
        }
        ServerPorts.OfAddress opened = ports.new OfAddress(port);
        groups = registry.settings()
                .multicast()
                .map(addresses -> new MulticastGroups(addresses, opened, registry.cache()))
                .orElse(null);
        places = opened;
        return opened;
    }

    /** Closes the ports that transfers share. */
    void close() {
        ServerPorts.OfAddress opened = places;
        if (opened != null) {
            opened.close();
        }
    }
}
