package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"52:54:00:77:0A:01", "52-54-00-77-0a-01", "5254.0077.0a01", "525400770a01", " 52:54:00:77:0a:01 "
            })
    void parsesTheUsualForms(String text) {
        assertThat(HardwareAddress.parse(text)).hasToString("52:54:00:77:0a:01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "52:54:00:77:0a", "52:54:00:77:0a:0g", "52:54-00:77:0a:01", "52:54:00:77:0a:01:02"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> HardwareAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("52:54:00:77:00:01");
    }

    @Test
    void tellsHardwareTypesApart() {
        byte[] octets = {1, 2, 3, 4, 5, 6};
        assertThat(HardwareAddress.of(octets)).isNotEqualTo(HardwareAddress.of(6, octets));
    }

    @Test
    void isOneClientWithOrWithoutTheUsualOption61() {
        HardwareAddress address = HardwareAddress.parse("52:54:00:77:00:01");
        DhcpPacket without = DhcpPacket.builder().clientHardwareAddress(address).build();
        DhcpPacket with = without.toBuilder()
                .option(61, new byte[] {1, 0x52, 0x54, 0, 0x77, 0, 1})
                .build();
        assertThat(ClientIdentifier.of(with)).isEqualTo(ClientIdentifier.of(without));
    }
}
