package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HexTextTest {

    private static final String OCTETS = "0101060039030f1d000080000000000061626364";

    private static List<String> parse(String text) {
        return HexText.parse(text).orElseThrow().stream()
                .map(HexFormat.of()::formatHex)
                .toList();
    }

    @Test
    void digitsWithWhatStandsBetweenThem() {
        assertThat(parse("01:01:06\n00-39 0x03,0x0f;\n# remark\n1D")).containsExactly("0101060039030f1d");
        assertThat(parse("{0x01, 0x02}")).containsExactly("0102");
    }

    @Test
    void blankLinesAndRulesStandBetweenPackets() {
        assertThat(parse("01\n02\n\n03\n---\n04\n")).containsExactly("0102", "03", "04");
    }

    @Test
    void linesThatAreMessagesThemselves() {
        assertThat(parse("01123456\n02123456")).containsExactly("01123456", "02123456");
    }

    @Test
    void dumpOfXxd() {
        assertThat(parse("""
                        00000000: 0101 0600 3903 0f1d 0000 8000 0000 0000  ....9...........
                        00000010: 6162 6364                                abcd
                        """)).containsExactly(OCTETS);
    }

    @Test
    void dumpOfHexdump() {
        assertThat(parse("""
                        00000000  01 01 06 00 39 03 0f 1d  00 00 80 00 00 00 00 00  |....9...........|
                        00000010  61 62 63 64                                       |abcd|
                        00000014
                        """)).containsExactly(OCTETS);
    }

    @Test
    void dumpsOfWiresharkOneAfterTheOther() {
        String dump = """
                0000   01 01 06 00 39 03 0f 1d 00 00 80 00 00 00 00 00   ....9...........
                0010   61 62 63 64                                       abcd
                """;
        assertThat(parse(dump + dump)).containsExactly(OCTETS, OCTETS);
    }

    @Test
    void dumpOfTcpdump() {
        assertThat(parse("""
                        \t0x0000:  0101 0600 3903 0f1d 0000 8000 0000 0000  ....9...........
                        \t0x0010:  6162 6364                                abcd
                        """)).containsExactly(OCTETS);
    }

    @Test
    void dumpWithOtherLines() {
        assertThatThrownBy(() -> parse("00000000: 0101 0600 3903 0f1d  ....9...\n00000020: 61"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2: offset 00000020 of a dump (expected: 0008, as a line has at most 16 octets)");
    }

    @Test
    void otherTextIsNone() {
        assertThat(HexText.parse("op: BOOTREQUEST")).isEmpty();
        assertThat(HexText.parse("# 01\n\n")).isEmpty();
        assertThat(HexText.parse("00000000: 01\nmore")).isEmpty();
    }

    @Test
    void halfAnOctet() {
        assertThatThrownBy(() -> parse("01\n012"))
                .hasMessage("line 2: 3 hexadecimal digits (expected: two for each octet)");
    }
}
