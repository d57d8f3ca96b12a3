package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP port of a server. What comes in goes to the transfer that is with its sender; a request goes to whoever takes requests,
 * on the ports where they are taken; a stranger gets ERROR 5 on the others (RFC 1350 §4). Belongs to its event loop.
 */
final class ServerPort extends ChannelInboundHandlerAdapter {

    private static final Logger logger = LoggerFactory.getLogger(ServerPort.class);

    private static final int DATA = 3;
    private static final int ACK = 4;

    /** The kernel takes this much at once for segmentation; Linux counts the headers of all segments, too. */
    private static final int MOST_SEGMENTS = 64;

    private static final int MOST_SEGMENTED_BYTES = 63_000;

    private final DatagramTransport transport;
    private final @Nullable RequestHandler requests;
    private final int loopNumber;
    private final Map<InetSocketAddress, ServerTransfer> transfers = new HashMap<>();

    private @Nullable Channel channel;

    /**
     * @param requests takes requests; null where none are taken
     * @param loopNumber of the event loop, among those of the server
     */
    ServerPort(DatagramTransport transport, @Nullable RequestHandler requests, int loopNumber) {
        this.transport = transport;
        this.requests = requests;
        this.loopNumber = loopNumber;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    Channel channel() {
        Channel open = channel;
        if (open == null) {
            throw new IllegalStateException("port: not open");
        }
        return open;
    }

    EventLoop loop() {
        return channel().eventLoop();
    }

    int loopNumber() {
        return loopNumber;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel().localAddress();
    }

    /** From now on packets of this client are for this transfer. */
    void attach(InetSocketAddress client, ServerTransfer transfer) {
        transfers.put(client, transfer);
    }

    /** Packets of this client are not for this transfer any more. */
    void detach(InetSocketAddress client, ServerTransfer transfer) {
        transfers.remove(client, transfer);
    }

    // ---- in

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            received(datagram.sender(), datagram.content());
        } finally {
            datagram.release();
        }
    }

    private void received(InetSocketAddress sender, ByteBuf content) {
        if (sender.getPort() == 0) {
            return; // nothing can be sent to port 0
        }
        ServerTransfer transfer = transfers.get(sender);
        if (transfer != null && content.readableBytes() >= DataPackets.HEADER) {
            int start = content.readerIndex();
            int opcode = content.getUnsignedShort(start);
            int block = content.getUnsignedShort(start + 2);
            if (opcode == ACK) {
                transfer.acknowledged(block);
                return;
            } else if (opcode == DATA) {
                transfer.data(
                        block,
                        content.nioBuffer(start + DataPackets.HEADER, content.readableBytes() - DataPackets.HEADER));
                return;
            }
        }
        TftpPacket packet;
        try {
            packet = TftpCodec.decode(content);
        } catch (TftpFormatException e) {
            dropped(sender, e.getMessage());
            return;
        }
        RequestHandler taker = requests;
        if (packet instanceof TftpPacket.Request request) {
            if (taker != null) {
                taker.request(this, sender, request);
            } else if (transfer == null) {
                refuseStranger(sender);
            }
        } else if (transfer != null) {
            transfer.received(packet);
        } else if (taker != null) {
            dropped(sender, "not a request");
        } else if (!(packet instanceof TftpPacket.Error)) {
            refuseStranger(sender); // an ERROR is never answered, or two hosts could keep each other busy
        }
    }

    private void refuseStranger(InetSocketAddress sender) {
        send(sender, new TftpPacket.Error(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"));
    }

    private static void dropped(InetSocketAddress sender, @Nullable String reason) {
        logger.atDebug()
                .addKeyValue("peer", sender)
                .addKeyValue("reason", reason)
                .log("packet dropped");
    }

    /** What all packets that came together called for goes out together. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        // Only if the address has gone, or the event loop is being shut down, which closes its sockets.
        for (ServerTransfer transfer : transfers.values().toArray(ServerTransfer[]::new)) {
            transfer.portClosed();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A packet that could not be sent, as when the network is unreachable for a moment: like one that was lost.
        logger.atDebug().setCause(cause).log("packet not sent or received");
    }

    // ---- out

    /** Sends a packet; one for which there is no memory is as good as lost on the way. */
    void send(InetSocketAddress peer, TftpPacket packet) {
        Channel open = channel();
        try {
            ByteBuf encoded = open.alloc().ioBuffer(TftpCodec.encodedLength(packet));
            TftpCodec.encode(packet, encoded);
            open.writeAndFlush(new DatagramPacket(encoded, peer), open.voidPromise());
        } catch (OutOfMemoryError e) {
            logger.atWarn()
                    .addKeyValue("peer", peer)
                    .setCause(e)
                    .log("no memory for a packet: lower maxMemory, or raise -XX:MaxDirectMemorySize");
        }
    }

    /** Writes packets of a chunk, one by one. {@link #flush} sends them. */
    void write(InetSocketAddress peer, PacketChunk chunk, long first, long last) {
        Channel open = channel();
        for (long block = first; block <= last; block++) {
            open.write(new DatagramPacket(chunk.packets(block, block, loopNumber), peer), open.voidPromise());
        }
    }

    /** How far packets to multicast addresses go. */
    void multicastTimeToLive(int hops) {
        transport.multicastTimeToLive(channel(), hops);
    }

    /** Whether {@link #writeSegmented} can be used. */
    boolean segments() {
        return transport.segments();
    }

    /**
     * Writes packets of a chunk, as many as possible with one message for the kernel to cut apart.
     *
     * @param ifNot called if the kernel does not take them, as it doesn't where a packet has to go in several fragments; they
     *     are lost then
     */
    void writeSegmented(InetSocketAddress peer, PacketChunk chunk, long first, long last, ChannelFutureListener ifNot) {
        Channel open = channel();
        int packetSize = chunk.image().slotSize();
        int most = Math.min(MOST_SEGMENTS, MOST_SEGMENTED_BYTES / packetSize);
        if (most < 2) {
            write(peer, chunk, first, last);
            return;
        }
        for (long from = first; from <= last; from += most) {
            long to = Math.min(last, from + most - 1);
            if (from == to) {
                write(peer, chunk, from, to);
            } else {
                ByteBuf packets = chunk.packets(from, to, loopNumber);
                open.write(transport.segmented(packets, packetSize, peer)).addListener(ifNot);
            }
        }
    }

    void flush() {
        channel().flush();
    }

    /** Waits until the port is closed, up to a time of the nanosecond clock; not on an event loop. */
    void awaitClosed(long end) {
        if (!loop().isTerminated()) {
            channel().closeFuture().awaitUninterruptibly(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    void close() {
        Channel open = channel();
        if (open.eventLoop().isTerminated()) {
            transport.closeAbandoned(open);
        } else {
            open.close();
        }
    }
}
