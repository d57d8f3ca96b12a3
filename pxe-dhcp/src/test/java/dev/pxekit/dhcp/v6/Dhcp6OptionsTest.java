package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.RawOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Dhcp6OptionsTest {

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void keepsOrderRepeatedAndUnknownOptions() throws Exception {
        byte[] octets = hex("00070001ff" + "fff00000" + "00070001fe" + "0000000101");
        Dhcp6Options options = Dhcp6Options.decode(octets);
        assertThat(options).hasToString("[7=ff, 65520=, 7=fe, 0=01]");
        assertThat(options.entries()).extracting(RawOption::code).containsExactly(7, 65520, 7, 0);
        assertThat(options.codes()).containsExactly(7, 65520, 0);
        assertThat(options.get(Dhcp6Option.PREFERENCE)).contains(255);
        assertThat(options.getAll(Dhcp6Option.PREFERENCE)).containsExactly(255, 254);
        assertThat(options.contains(65520)).isTrue();
        assertThat(options.contains(Dhcp6Option.IA_NA)).isFalse();
        assertThat(options.raw(7)).contains(hex("ff"));
        assertThat(options.raw(8)).isEmpty();
        assertThat(options.encode()).isEqualTo(octets);
        assertThat(options.toBuilder().build()).isEqualTo(options).hasSameHashCodeAs(options);
        assertThat(Dhcp6Options.EMPTY.isEmpty()).isTrue();
    }

    @Test
    void countsMalformedValuesAsAbsent() throws Exception {
        Dhcp6Options options = Dhcp6Options.decode(hex("00070000" + "0007000102"));
        assertThat(options.get(Dhcp6Option.PREFERENCE)).isEmpty();
        assertThat(options.getAll(Dhcp6Option.PREFERENCE)).containsExactly(2);
        assertThatThrownBy(() -> options.require(Dhcp6Option.PREFERENCE))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessage("option 7 (preference): 1 octet expected, 0 left at offset 4");
        assertThatThrownBy(() -> options.require(Dhcp6Option.RAPID_COMMIT))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessage("option 14 (rapid commit) is absent at offset 0");
    }

    @Test
    void putReplacesAddAppends() {
        Dhcp6Options options = Dhcp6Options.builder()
                .put(Dhcp6Option.PREFERENCE, 1)
                .put(200, hex("aa"))
                .add(Dhcp6Option.PREFERENCE, 2)
                .put(Dhcp6Option.PREFERENCE, 3)
                .add(200, hex("bb"))
                .build();
        assertThat(options).hasToString("[7=03, 200=aa, 200=bb]");
        assertThat(options.toBuilder().remove(200).build()).hasToString("[7=03]");
        Dhcp6Options other = Dhcp6Options.builder()
                .add(200, hex("01"))
                .add(200, hex("02"))
                .add(201, hex("03"))
                .build();
        assertThat(options.toBuilder().putAll(other).build()).hasToString("[7=03, 200=01, 200=02, 201=03]");
        assertThat(options.toBuilder().addAll(other).build())
                .hasToString("[7=03, 200=aa, 200=bb, 200=01, 200=02, 201=03]");
    }

    @Test
    void refusesWhatDoesNotFit() {
        Dhcp6Options.Builder builder = Dhcp6Options.builder();
        assertThatThrownBy(() -> builder.add(65536, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(-1, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(1, new byte[65536])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.put(Dhcp6Option.PREFERENCE, 256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option 7 (preference): value: 256");
        assertThatThrownBy(() -> builder.add(1, new byte[65535]).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65539");
    }

    @Test
    void readsOptionsWithCodesOfTheirOwn() throws Exception {
        Dhcp6Option<Integer> own = Dhcp6Option.of(3, "own", OptionFormat.unsignedByte());
        OptionFormat<Dhcp6Options> format = Dhcp6Options.format(List.of(own));
        Dhcp6Option<Dhcp6Options> outer = Dhcp6Option.of(300, "outer", format);
        Dhcp6Options options = outer.decode(hex("0003000105"));
        assertThat(options.get(own)).contains(5);
        assertThat(options.diagnostics()).isEmpty();
        List<Object> plain = List.of(Map.of("option", 3, "name", "own", "value", 5));
        assertThat(format.toPlain(options)).isEqualTo(plain);
        assertThat(format.fromPlain(plain)).isEqualTo(options);
        assertThatThrownBy(() -> outer.decode(hex("00030002050003")))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessageContaining("option header of 1 octets");
    }

    @Test
    void keepsTheOctetsOfMalformedValuesInItsPlainForm() throws Exception {
        Dhcp6Options options = Dhcp6Options.decode(hex("00070000" + "fff0000101"));
        Object plain = Dhcp6Options.format().toPlain(options);
        assertThat(plain)
                .isEqualTo(List.of(
                        Map.of(
                                "option",
                                7,
                                "name",
                                "preference",
                                "hex",
                                "",
                                "fault",
                                "option 7 (preference): 1 octet expected, 0 left at offset 0"),
                        Map.of("option", 65520, "hex", "01")));
        assertThat(Dhcp6Options.format().fromPlain(plain)).isEqualTo(options);
    }
}
