package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TransportsTest {

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void epollIsChosenWhereItIsThere() throws Exception {
        assertThat(Transports.of(TftpServer.Transport.AUTO, null)).isInstanceOf(EpollTransport.class);
        assertThat(Transports.of(TftpServer.Transport.EPOLL, null).segments()).isTrue();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void groupOfTheCallerDecides() throws Exception {
        for (TftpServer.Transport transport : TestTransports.all().toList()) {
            DatagramTransport expected = Transports.of(transport, null);
            EventLoopGroup group =
                    expected.newGroup(1, new DefaultThreadFactory("test"), DefaultSelectStrategyFactory.INSTANCE);
            assertThat(Transports.of(TftpServer.Transport.AUTO, group)).hasSameClassAs(expected);
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisabledOnOs(OS.LINUX)
    void saysWhatEpollNeeds() throws Exception {
        assertThat(Transports.of(TftpServer.Transport.AUTO, null)).isInstanceOf(NioTransport.class);
        assertThatThrownBy(() -> Transports.of(TftpServer.Transport.EPOLL, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("netty-transport-native-epoll");
    }

    @Test
    void pollsForMomentAfterThePacketAndThenSleeps() throws Exception {
        AtomicLong now = new AtomicLong();
        SelectStrategy strategy = new BusyPoll(Duration.ofNanos(100), now::get);
        now.set(50);
        assertThat(strategy.calculateStrategy(() -> 3, false)).isEqualTo(3);
        now.set(149);
        assertThat(strategy.calculateStrategy(() -> 0, false)).isEqualTo(SelectStrategy.CONTINUE);
        assertThat(strategy.calculateStrategy(() -> 0, true))
                .describedAs("tasks run")
                .isZero();
        now.set(150);
        assertThat(strategy.calculateStrategy(() -> 0, false)).isEqualTo(SelectStrategy.SELECT);
        now.set(1000);
        assertThat(strategy.calculateStrategy(() -> 0, false))
                .describedAs("woken up")
                .isZero();
        now.set(1099);
        assertThat(strategy.calculateStrategy(() -> 0, false))
                .describedAs("polls again after that")
                .isEqualTo(SelectStrategy.CONTINUE);
        assertThat(BusyPoll.factory(Duration.ZERO)).isSameAs(DefaultSelectStrategyFactory.INSTANCE);
    }
}
