package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OctetsTest {

    @Test
    void parsesHexadecimalWithColonsOrWithout() {
        assertThat(Octets.parse("0aff"))
                .isEqualTo(Octets.of(new byte[] {10, -1}))
                .hasToString("0aff");
        assertThat(Octets.parse("0a:FF")).isEqualTo(Octets.parse("0aff"));
        assertThat(Octets.parse("")).isEqualTo(Octets.EMPTY);
    }

    @Test
    void refusesOtherText() {
        assertThatThrownBy(() -> Octets.parse("0a:f"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: 0a:f (expected: octets in hexadecimal)");
    }
}
