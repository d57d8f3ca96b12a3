package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.Untrusted;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of any octets. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class Dhcp6MessageFuzzTest {

    static Stream<byte[]> messages() {
        String solicit = "01abcdef 0001000a00030001525400770001 00060004003b003c 000e0000 001000040000 0157";
        String advertise = "02abcdef 0003001400000001000007080000 0b400005000020010db8 003b000161";
        String relayed = "0c00 20010db8000000000000000000000001 fe800000000000005054 00fffe770001 0009000401abcdef";
        return Stream.of(solicit, advertise, relayed)
                .map(message -> HexFormat.of().parseHex(message.replace(" ", "")));
    }

    @Test
    void largest() throws Exception {
        octets(HexFormat.of().parseHex("01abcdef" + "00010000".repeat(16_000)));
    }

    @MethodSource("messages")
    @FuzzTest
    void octets(byte[] octets) throws Exception {
        var decoded = Untrusted.decode(octets, () -> Dhcp6Message.decode(octets));
        if (decoded.isPresent()) {
            assertThat(Untrusted.within(Untrusted.READING, octets.length, decoded.get()::encode))
                    .isEqualTo(octets);
            assertThat(Untrusted.within(Untrusted.PRINTING, octets.length, decoded.get()::toString))
                    .isNotBlank();
        }
    }
}
