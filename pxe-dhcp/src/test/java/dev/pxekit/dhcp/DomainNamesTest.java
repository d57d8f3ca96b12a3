package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNamesTest {

    private static final OptionFormat<String> NAME = OptionFormat.domainName();

    private static byte[] write(OptionFormat<String> format, String name) {
        OptionWriter out = new OptionWriter();
        format.write(name, out);
        return out.toByteArray();
    }

    private static byte[] compress(List<String> names) {
        OptionWriter out = new OptionWriter();
        DomainNames.COMPRESSED.write(names, out);
        return out.toByteArray();
    }

    private static List<String> expand(byte[] octets) throws DhcpFormatException {
        return DomainNames.COMPRESSED.read(OptionReader.of(octets));
    }

    private static List<String> expand(String hex) throws DhcpFormatException {
        return expand(HexFormat.of().parseHex(hex));
    }

    private static void assertFault(String hex, String message, int offset) {
        assertThatThrownBy(() -> expand(hex))
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 00",
        "a, 016100",
        "a.bc, 016102626300",
        "A_b-9, 05415f622d3900",
        "a\\.b.c, 03612e62016300",
        "a\\\\b, 03615c6200",
        "a\\\\\\.b, 04615c2e6200",
        "\\032\\000\\255\\127, 042000ff7f00",
        "*.x, 012a017800"
    })
    void readsAndWritesNames(String name, String hex) throws Exception {
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThat(NAME.read(OptionReader.of(octets))).isEqualTo(name);
        assertThat(write(NAME, name)).isEqualTo(octets);
        assertThat(NAME.fromPlain(NAME.toPlain(name))).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "., 00",
        "a, 0161",
        "a., 016100",
        "a.b, 01610162",
        "a\\., 02612e",
        "a\\.., 02612e00",
        "a\\\\., 02615c00",
        "a\\\\, 02615c"
    })
    void tellsClosedNamesFromPartialOnesByTheDotAtTheirEnd(String name, String hex) throws Exception {
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThat(DomainNames.PARTIAL.read(OptionReader.of(octets))).isEqualTo(name);
        assertThat(write(DomainNames.PARTIAL, name)).isEqualTo(octets);
    }

    @Test
    void writesNamesWithADotAtTheirEndAsWithout() {
        assertThat(write(NAME, "a.b.")).isEqualTo(write(NAME, "a.b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", ".a", "a b", "a\u00e9", "a\\", "a\\1", "a\\256", "a\\12x", "a\\-01", "a\\x"})
    void refusesTextThatIsNoName(String name) {
        assertThatThrownBy(() -> write(NAME, name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("domain name: " + name + " (expected: ");
    }

    @Test
    void takesLabelsOf63OctetsAndNamesOf255() throws Exception {
        String longest = String.join(".", "a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61));
        assertThat(write(NAME, longest)).hasSize(255);
        assertThat(NAME.read(OptionReader.of(write(NAME, longest)))).isEqualTo(longest);
        assertThat(expand(compress(List.of(longest)))).containsExactly(longest);
        assertThatThrownBy(() -> write(NAME, longest + "d")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(NAME, "a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsTheRootInTheLengthOfAPartialName() {
        OptionWriter labels = new OptionWriter();
        for (int i = 0; i < 127; i++) {
            labels.writeByte(1).writeByte('a');
        }
        labels.writeByte(1).writeByte('a');
        assertThatThrownBy(() -> DomainNames.PARTIAL.read(OptionReader.of(labels.toByteArray())))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessageContaining("more than 255 octets");
    }

    @Test
    void refusesNamesOfMoreThan255OctetsWithTheirEnd() {
        OptionWriter labels = new OptionWriter();
        for (int i = 0; i < 4; i++) {
            labels.writeByte(63).writeBytes(new byte[63]);
        }
        byte[] octets = labels.writeByte(0).toByteArray();
        assertThatThrownBy(() -> NAME.read(OptionReader.of(octets))).hasMessageContaining("more than 255 octets");
        assertThatThrownBy(() -> expand(octets)).hasMessageContaining("more than 255 octets");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0", "0161, 2", "0261, 1", "4061, 0", "8061, 0", "c000, 0",
    })
    void refusesLabelsThatAreNone(String hex, int offset) {
        assertThatThrownBy(() -> NAME.read(OptionReader.of(HexFormat.of().parseHex(hex))))
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    void expandsTheExampleOfRfc3397() throws Exception {
        String hex = "03656e67056170706c6503636f6d00096d61726b6574696e67c004";
        assertThat(expand(hex)).containsExactly("eng.apple.com", "marketing.apple.com");
        assertThat(compress(List.of("eng.apple.com", "marketing.apple.com")))
                .isEqualTo(HexFormat.of().parseHex(hex));
    }

    @Test
    void followsPointersToPointers() throws Exception {
        assertThat(expand("016100" + "0162c000" + "0163c003" + "c007")).containsExactly("a", "b.a", "c.b.a", "c.b.a");
    }

    @Test
    void refusesPointersThatDoNotLeadBackwards() {
        assertFault("c000", "pointer to offset 0", 0);
        assertFault("0161c000", "pointer to offset 0", 2);
        assertFault("016100c003", "pointer to offset 3", 3);
        assertFault("016100c005", "pointer to offset 5", 3);
        assertFault("016100c3ff", "pointer to offset 1023", 3);
        assertFault("016100c0", "pointer of one octet", 3);
    }

    @Test
    void refusesTwoPointersThatLeadToEachOther() {
        // The label's octets are a pointer forward, where a pointer leads back.
        assertFault("02c00400c001", "pointer to offset 4", 1);
    }

    @Test
    void refusesCutNames() {
        assertFault("", "no domain names", 0);
        assertFault("0161", "domain name without an end", 2);
        assertFault("0361", "label of 3 octets with 1 left", 0);
        assertFault("016100" + "4061", "label of 64 octets", 3);
    }

    @Test
    void refusesLongChainsOfPointers() {
        // Label octets that are pointers, each to the one before it.
        OptionWriter out = new OptionWriter().writeByte(0).writeByte(0);
        for (int i = 1; i <= 200; i++) {
            out.writeShort(0xc000 | 2 * (i - 1));
        }
        assertThatThrownBy(() -> expand(out.toByteArray()))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessageContaining("more than 127 pointers");
    }

    @Test
    void refusesAFewOctetsThatStandForVeryMuchText() {
        OptionWriter out = new OptionWriter();
        out.writeBytes(write(NAME, "x".repeat(60) + "." + "y".repeat(60)));
        for (int i = 0; i < 10_000; i++) {
            out.writeShort(0xc000);
        }
        assertThatThrownBy(() -> expand(out.toByteArray()))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessageContaining("in all");
    }

    @Test
    void countsPointersFromWhereTheListBegins() throws Exception {
        OptionWriter out = new OptionWriter().writeByte(9);
        DomainNames.COMPRESSED.write(List.of("a.b", "c.b"), out);
        OptionReader in = OptionReader.of(out.toByteArray());
        assertThat(in.readUnsignedByte()).isEqualTo(9);
        assertThat(DomainNames.COMPRESSED.read(in)).containsExactly("a.b", "c.b");
        assertThat(out.toByteArray()).isEqualTo(HexFormat.of().parseHex("09" + "0161016200" + "0163c002"));
    }

    @Test
    void writesNoPointersBeyondTheirReach() throws Exception {
        List<String> names = new ArrayList<>(Collections.nCopies(0x4000, ""));
        names.addAll(List.of("a.b", "c.b"));
        byte[] octets = compress(names);
        assertThat(octets).hasSize(0x4000 + 5 + 5);
        assertThat(expand(octets)).isEqualTo(names);
    }

    @Test
    void writesNoMoreTextThanItReads() {
        assertThatThrownBy(() -> compress(Collections.nCopies(1_000, "a-name-of-some-length")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in all");
    }

    @ParameterizedTest
    @CsvSource({
        "a.b a.b, 0161016200c000",
        "a.b b, 0161016200c002",
        "b a.b, 0162000161c000",
        "a.b.c a.c b.c, 016101620163000161c004c002",
        "a.b c.d, 01610162000163016400"
    })
    void pointsToTheLongestEndThatIsThere(String names, String hex) throws Exception {
        assertThat(compress(List.of(names.split(" ")))).isEqualTo(HexFormat.of().parseHex(hex));
        assertThat(expand(hex)).containsExactly(names.split(" "));
    }

    @Test
    void writesNamesOfManyLabelsInLittleMemory() throws Exception {
        writesInLittleMemory(".a".repeat(100));
    }

    @Test
    void writesEscapesInLittleMemory() throws Exception {
        writesInLittleMemory(".a" + ("\\001".repeat(60) + ".").repeat(3) + "a");
    }

    private static void writesInLittleMemory(String end) throws Exception {
        List<String> names =
                IntStream.range(0, 20).mapToObj(i -> (char) ('a' + i) + end).toList();
        byte[] octets = Untrusted.within(Untrusted.READING, 20 * (1 + end.length()), () -> compress(names));
        assertThat(expand(octets)).isEqualTo(names);
    }

    @Test
    void compressesAndExpandsToTheSameNames() throws Exception {
        Random random = new Random(3397);
        for (int round = 0; round < 2_000; round++) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(6); i++) {
                names.add(randomName(random));
            }
            assertThat(expand(compress(names))).isEqualTo(names);
        }
    }

    private static String randomName(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            name.append(name.isEmpty() ? "" : ".");
            name.append(List.of("a", "A", "bc", "\\.", "\\\\", "\\000", "\\200x", "-")
                    .get(random.nextInt(8)));
        }
        return name.toString();
    }

    @Test
    void survivesMutations() {
        byte[] seed = HexFormat.of().parseHex("03656e67056170706c6503636f6d00096d61726b6574696e67c004c004c013");
        Fuzz.run(DomainNamesTest::expand, seed);
        Fuzz.run(octets -> NAME.read(OptionReader.of(octets)), seed);
        Fuzz.run(octets -> DomainNames.PARTIAL.read(OptionReader.of(octets)), seed);
    }
}
