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
        SelectStrategy strategy = BusyPoll.factory(Duration.ofHours(1)).newSelectStrategy();
        assertThat(strategy.calculateStrategy(() -> 3, false)).isEqualTo(3);
        assertThat(strategy.calculateStrategy(() -> 0, false)).isEqualTo(SelectStrategy.CONTINUE);
        assertThat(strategy.calculateStrategy(() -> 0, true))
                .describedAs("tasks run")
                .isZero();
        SelectStrategy tired = BusyPoll.factory(Duration.ofSeconds(1)).newSelectStrategy();
        Thread.sleep(1010);
        assertThat(tired.calculateStrategy(() -> 0, false)).isEqualTo(SelectStrategy.SELECT);
        assertThat(tired.calculateStrategy(() -> 0, false))
                .describedAs("woken up")
                .isZero();
        assertThat(tired.calculateStrategy(() -> 0, false))
                .describedAs("polls again after that")
                .isEqualTo(SelectStrategy.CONTINUE);
        assertThat(BusyPoll.factory(Duration.ZERO)).isSameAs(DefaultSelectStrategyFactory.INSTANCE);
    }
}
