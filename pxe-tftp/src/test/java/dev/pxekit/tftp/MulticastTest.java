package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MulticastTest {

    @ParameterizedTest
    @ValueSource(strings = {"239.255.0.1,1758,1", "239.255.0.1,65535,0", ",,1", ",,0", "ff15:0:0:0:0:0:0:1,1758,1"})
    void valueIsReadAndWritten(String text) {
        Optional<Multicast> value = TftpOption.MULTICAST.parse(text);
        assertThat(value).map(TftpOption.MULTICAST::format).contains(text);
    }

    @Test
    void partsAreTold() {
        assertThat(TftpOption.MULTICAST.parse("239.255.0.1,1758,0"))
                .contains(new Multicast(Optional.of(new InetSocketAddress("239.255.0.1", 1758)), false));
        assertThat(TftpOption.MULTICAST.parse(",,1")).contains(new Multicast(Optional.empty(), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ",,",
                ",,2",
                ",,1,",
                "1",
                "239.255.0.1,,1",
                ",1758,1",
                "239.255.0.1,1758",
                "239.255.0.1,0,1",
                "239.255.0.1,65536,1",
                "239.255.0.1,-1,1",
                "239.255.0.1,1758,01",
                "192.0.2.1,1758,1",
                "localhost,1758,1",
                "239.255.0,1758,1x"
            })
    void otherTextsAreNoValue(String text) {
        assertThat(TftpOption.MULTICAST.parse(text)).isEmpty();
    }

    @Test
    void groupHasMulticastAddress() {
        Optional<InetSocketAddress> unicast = Optional.of(new InetSocketAddress("192.0.2.1", 1758));
        assertThatThrownBy(() -> new Multicast(unicast, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a multicast address");
    }
}
