package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Netty's own option is that of packets to single addresses with one of the transports. */
class MulticastTimeToLiveTest {

    /** IP_MULTICAST_TTL of IPPROTO_IP, as Linux has it. */
    private static final ChannelOption<Integer> OF_KERNEL = new IntegerUnixChannelOption("kernel", 0, 33);

    @ParameterizedTest
    @MethodSource("dev.pxekit.tftp.TestTransports#all")
    void isSetForMulticast(TftpServer.Transport kind) throws IOException {
        DatagramTransport transport = Transports.of(kind, null);
        EventLoopGroup group =
                transport.newGroup(1, new DefaultThreadFactory("time-to-live"), DefaultSelectStrategyFactory.INSTANCE);
        try {
            Channel channel = new Bootstrap()
                    .group(group)
                    .channelFactory(
                            () -> transport.newChannel(Addresses.loopback().getAddress(), 512))
                    .handler(new ChannelInboundHandlerAdapter())
                    .bind(Addresses.loopback())
                    .syncUninterruptibly()
                    .channel();
            ChannelOption<Integer> option =
                    kind == TftpServer.Transport.EPOLL ? OF_KERNEL : ChannelOption.IP_MULTICAST_TTL;
            assertThat(channel.config().getOption(option)).isEqualTo(1);
            transport.multicastTimeToLive(channel, 7);
            assertThat(channel.config().getOption(option)).isEqualTo(7);
            channel.close().syncUninterruptibly();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
