package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.Fuzz;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Dhcp6MessageTest {

    private static final String SOLICIT = "01abcdef" + "0001000a00030001525400770001" + "00060004003b003c" + "000e0000"
            + "00100004" + "00000157" + "fff00001aa" + "fff00001bb";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void readsAndWritesAMessage() throws Exception {
        Dhcp6Message message = Dhcp6Message.decode(hex(SOLICIT));
        assertThat(message.type()).isEqualTo(Dhcp6MessageType.SOLICIT);
        assertThat(message.transactionId()).isEqualTo(0xabcdef);
        assertThat(message.options())
                .extracting(Dhcp6Options.Entry::code)
                .containsExactly(1, 6, 14, 16, 0xfff0, 0xfff0);
        assertThat(message.options().raw(14)).contains(new byte[0]);
        assertThat(message.options().raw(0xfff0)).contains(new byte[] {(byte) 0xaa});
        assertThat(message.encode()).isEqualTo(hex(SOLICIT));
        assertThat(new Dhcp6Message(
                        message.type(), 0xabcdef, message.options().toBuilder().build()))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "010203, 3", "01020304000100, 4", "0102030400010001, 4", "01020304000e000000, 8", "0c00, 2"})
    void rejectsWhatIsCut(String octets, long offset) {
        assertThatThrownBy(() -> Dhcp6Message.decode(hex(octets)))
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    void rejectsRelayAgentMessages() {
        assertThatThrownBy(() -> Dhcp6Message.decode(new byte[] {12, 0, 0, 0}))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessageContaining("RELAY-FORW");
    }

    @Test
    void keepsUnknownMessageTypes() throws Exception {
        assertThat(Dhcp6Message.decode(hex("c8000001")).type()).hasToString("TYPE-200");
    }

    @Test
    void survivesMutations() {
        Fuzz.run(octets -> assertThat(Dhcp6Message.decode(octets).encode()).isEqualTo(octets), hex(SOLICIT));
    }
}
