package dev.pxekit.dhcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TransportsTest {

    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void epollIsChosenWhereItIsThereUnlessTheCallersEventLoopsAreOthers() throws Exception {
        assertThat(Transports.auto(null)).isInstanceOf(EpollTransport.class);
        for (DatagramTransport transport : List.of(Transports.nio(), Transports.epoll())) {
            EventLoopGroup group = transport.newGroup(1, new DefaultThreadFactory("test"));
            assertThat(Transports.auto(group)).hasSameClassAs(transport);
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    @DisabledOnOs(OS.LINUX)
    void saysWhatEpollNeeds() {
        assertThat(Transports.auto(null)).isInstanceOf(NioTransport.class);
        assertThatThrownBy(Transports::epoll)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("netty-transport-native-epoll");
    }
}
