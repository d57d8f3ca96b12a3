package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.internal.PlainJson;
import dev.pxekit.dhcp.internal.PlainOptions;
import dev.pxekit.dhcp.internal.PlainText;
import dev.pxekit.dhcp.internal.PlainTextParser;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options whose value is any octets. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class OptionFuzzTest {

    private static final DhcpOption<List<String>> DOMAIN_SEARCH =
            DhcpOption.of(119, "domain search", DomainNames.COMPRESSED);

    /** A few octets for each option. */
    static Stream<byte[]> knownOptionValues() {
        return DhcpOption.known().stream()
                .map(OptionKey::code)
                .flatMap(code -> Stream.of("", "00", "01", "00010203", "0003656e6700", "00" + "10".repeat(16))
                        .map(value -> HexFormat.of().parseHex(HexFormat.of().toHexDigits(code.byteValue()) + value)));
    }

    /** The code in the first octet, the value in the others. */
    @MethodSource("knownOptionValues")
    @FuzzTest
    void knownOption(byte[] octets) throws Exception {
        if (octets.length > 0) {
            Optional<DhcpOption<?>> option = DhcpOption.forCode(octets[0] & 0xff);
            if (option.isPresent()) {
                check(option.get(), Arrays.copyOfRange(octets, 1, octets.length));
            }
        }
    }

    static Stream<byte[]> domainSearchValues() {
        return seeds("03656e67056170706c6503636f6d00096d61726b6574696e67c004", "c000", "0161c000", "00", "0161");
    }

    @MethodSource("domainSearchValues")
    @FuzzTest
    void domainSearch(byte[] octets) throws Exception {
        check(DOMAIN_SEARCH, octets);
    }

    static Stream<byte[]> relayAgentInformationValues() {
        return seeds("010474657374020668656c6c6f31050a4d0000", "0101610102");
    }

    @MethodSource("relayAgentInformationValues")
    @FuzzTest
    void relayAgentInformation(byte[] octets) throws Exception {
        check(DhcpOption.RELAY_AGENT_INFORMATION, octets);
    }

    static Stream<byte[]> pxeVendorOptionsValues() {
        return seeds(
                "060103080e8000010a4d00018001010a4d0001092d80000d426f6f7420756e64696f6e6c79ff",
                "0601084704800000000000ff00");
    }

    @MethodSource("pxeVendorOptionsValues")
    @FuzzTest
    void pxeVendorOptions(byte[] octets) throws Exception {
        check(PxeVendorOptions.OPTION, octets);
    }

    static Stream<byte[]> ipxeOptionsValues() {
        return seeds("b105018086100e1801012301010600eb03010000", "b001010101ff");
    }

    @MethodSource("ipxeOptionsValues")
    @FuzzTest
    void ipxeOptions(byte[] octets) throws Exception {
        check(DhcpOption.IPXE, octets);
    }

    static Stream<DhcpOption<?>> options() {
        return Stream.concat(DhcpOption.known().stream(), Stream.of(DOMAIN_SEARCH, PxeVendorOptions.OPTION));
    }

    /** A value in many parts (RFC 3396); not where a search begins, as it would get slow. */
    @ParameterizedTest
    @MethodSource("options")
    void manyParts(DhcpOption<?> option) throws Exception {
        check(option, new byte[5_000]);
        check(option, HexFormat.of().parseHex("01".repeat(5_000)));
    }

    private static Stream<byte[]> seeds(String... hex) {
        return Stream.of(hex).map(HexFormat.of()::parseHex);
    }

    private static <T> void check(DhcpOption<T> option, byte[] octets) throws Exception {
        Optional<T> decoded = Untrusted.decode(octets, () -> option.decode(octets));
        if (decoded.isPresent()) {
            if (decoded.get() instanceof EncapsulatedOptions<?> suboptions) {
                assertThat(suboptions.encode()).isEqualTo(octets);
                checkSuboptions(suboptions, octets.length);
            }
            assertThat(decoded.get().toString()).isNotNull();
            checkWriting(option, decoded.get());
        }
        checkPlainForm(option, octets);
    }

    /** What is written may be shorter than what came, but then it stays as it is. */
    private static <T> void checkWriting(DhcpOption<T> option, T value) throws Exception {
        byte[] written;
        try {
            written = option.encode(value);
        } catch (IllegalArgumentException e) {
            // Bare text, as iPXE sends it, may not fit the form of the RFC.
            assertThat(option).isEqualTo(DhcpOption.USER_CLASSES);
            return;
        }
        assertThat(option.encode(option.decode(written))).isEqualTo(written);
        if (!(value instanceof EncapsulatedOptions<?>)) {
            Object plain = option.format().toPlain(value);
            assertThat(option.encode(option.format().fromPlain(plain))).isEqualTo(written);
        }
    }

    private static <S extends EncapsulatedOptions<S>> void checkSuboptions(
            EncapsulatedOptions<S> suboptions, int length) throws Exception {
        assertThat(Untrusted.within(Untrusted.PRINTING, length, suboptions::diagnostics))
                .allSatisfy(diagnostic -> assertThat(diagnostic.offset()).isBetween(0, length));
        S rebuilt = suboptions.toBuilder().build();
        assertThat(rebuilt.suboptions()).isEqualTo(suboptions.suboptions());
        assertThat(rebuilt.toBuilder().build()).isEqualTo(rebuilt);
    }

    /** The plain form gives the octets back, and so do the lines and the JSON that are made of it. */
    private static void checkPlainForm(DhcpOption<?> option, byte[] octets) throws Exception {
        Map<String, Object> plain = Untrusted.within(
                Untrusted.PRINTING,
                octets.length,
                () -> PlainOptions.entry(RawOption.of(option.code(), octets), option));
        assertThat(PlainOptions.octets(option.code(), plain, option)).isEqualTo(octets);
        assertThat(PlainJson.print(plain)).startsWith("{");
        StringBuilder lines = new StringBuilder();
        PlainText.printOption(lines, 0, "option", plain, "");
        List<PlainTextParser.Entry> entries = PlainTextParser.parse(lines.toString());
        assertThat(entries).as("%s", lines).hasSize(1);
        assertThat(PlainOptions.octets(option.code(), entries.get(0).option(), option))
                .as("%s", lines)
                .isEqualTo(octets);
    }
}
