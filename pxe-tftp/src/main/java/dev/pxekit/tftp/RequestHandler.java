package dev.pxekit.tftp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the server's port: requests become transfers, or are refused; anything else is dropped without an answer. */
final class RequestHandler extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final Logger logger = LoggerFactory.getLogger(RequestHandler.class);

    private final ServerSettings settings;
    private volatile @Nullable TransferRegistry registry;

    RequestHandler(ServerSettings settings) {
        this.settings = settings;
    }

    /** The transfers; nothing before the channel is open. */
    @Nullable
    TransferRegistry registry() {
        return registry;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        registry = new TransferRegistry(settings, context.channel());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        TransferRegistry transfers = registry;
        if (transfers == null || datagram.sender().getPort() == 0) {
            return; // nothing can be sent to port 0
        }
        try {
            TftpPacket packet = TftpCodec.decode(datagram.content());
            if (packet instanceof TftpPacket.ReadRequest request) {
                read(transfers, datagram, request);
            } else if (packet instanceof TftpPacket.WriteRequest) {
                transfers.sendError(datagram.sender(), TftpErrorCode.ACCESS_VIOLATION, "read only");
            } else {
                dropped(datagram, "not a request");
            }
        } catch (TftpFormatException e) {
            dropped(datagram, e.getMessage());
        }
    }

    private static void read(TransferRegistry transfers, DatagramPacket datagram, TftpPacket.ReadRequest request) {
        if (request.mode().equals(TransferMode.OCTET) || request.mode().equals(TransferMode.NETASCII)) {
            transfers.request(datagram.sender(), request);
        } else {
            transfers.sendError(
                    datagram.sender(), TftpErrorCode.ILLEGAL_OPERATION, "unknown mode (expected: octet, netascii)");
        }
    }

    private static void dropped(DatagramPacket datagram, @Nullable String reason) {
        logger.atDebug()
                .addKeyValue("peer", datagram.sender())
                .addKeyValue("reason", reason)
                .log("packet dropped");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        logger.atDebug().setCause(cause).log("packet not sent or received");
    }
}
