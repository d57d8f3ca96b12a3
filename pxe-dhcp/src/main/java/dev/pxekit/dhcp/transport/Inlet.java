package dev.pxekit.dhcp.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What comes in by one socket. */
final class Inlet extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final Logger LOG = LoggerFactory.getLogger(Inlet.class);

    private final AnswerQueue answers;
    private final DatagramHandler handler;
    private final InetAddress address;
    private final String interfaceName;
    private final Map<Integer, String> scopes;
    private volatile @Nullable Outlet replies;

    /**
     * An inlet.
     *
     * @param address the server's, for {@link Received}
     * @param interfaceName that of the address, or empty
     * @param scopes the interfaces to answer link-local IPv6 senders on, by scope; none for all
     */
    Inlet(
            AnswerQueue answers,
            DatagramHandler handler,
            InetAddress address,
            String interfaceName,
            Map<Integer, String> scopes) {
        this.answers = answers;
        this.handler = handler;
        this.address = address;
        this.interfaceName = interfaceName;
        this.scopes = scopes;
    }

    /** Nothing is answered before it is known by which socket. */
    void replyBy(Outlet outlet) {
        replies = outlet;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        InetSocketAddress sender = datagram.sender();
        Optional<String> arrived = arrivedBy(sender);
        Outlet outlet = replies;
        if (arrived.isPresent() && outlet != null) {
            byte[] octets = ByteBufUtil.getBytes(datagram.content());
            Received received = new Received(octets, sender, address, arrived.get());
            answers.add(
                    handler.client(octets, sender), sender, octets.length, later -> answer(received, outlet, later));
        }
    }

    /** The interface that a datagram came in by, "" if that is not known; empty for one that is not served. */
    private Optional<String> arrivedBy(InetSocketAddress sender) {
        if (scopes.isEmpty() || !(sender.getAddress() instanceof Inet6Address from) || !from.isLinkLocalAddress()) {
            return Optional.of(interfaceName);
        }
        return Optional.ofNullable(scopes.get(from.getScopeId()));
    }

    private void answer(Received received, Outlet outlet, AnswerQueue.Later later) {
        Drops drops = answers.drops();
        try {
            handler.answer(received, new DatagramHandler.Replies() {
                @Override
                public void send(byte[] octets, InetSocketAddress target) {
                    outlet.send(octets, target);
                }

                @Override
                public void after(CompletableFuture<?> event, Runnable rest) {
                    later.after(event, rest);
                }

                @Override
                public void fail(String why, Throwable cause) {
                    drops.fail(received.sender(), why, cause);
                }

                @Override
                public void drop(String why, @Nullable Throwable cause) {
                    drops.drop(received.sender(), why, cause);
                }
            });
        } catch (RuntimeException e) {
            drops.drop(received.sender(), "failed", e);
            LOG.atWarn().addKeyValue("peer", received.sender()).setCause(e).log("request failed");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Such as "port unreachable" from an earlier reply: the socket goes on.
        LOG.atDebug().setCause(cause).log("receiving failed");
    }
}
