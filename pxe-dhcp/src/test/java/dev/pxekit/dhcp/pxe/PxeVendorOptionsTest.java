package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.Suboption;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.PlainOptions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PxeVendorOptionsTest {

    private static final BootServerType INSTALLERS = BootServerType.of(0x8000);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static Stream<Arguments> suboptions() {
        return Stream.of(
                Arguments.of(PxeVendorOptions.MTFTP_ADDRESS, "01 04 e0010102", Ipv4.parse("224.1.1.2"), "224.1.1.2"),
                Arguments.of(PxeVendorOptions.MTFTP_CLIENT_PORT, "02 02 d206", 1746, 1746),
                Arguments.of(PxeVendorOptions.MTFTP_SERVER_PORT, "03 02 d306", 1747, 1747),
                Arguments.of(PxeVendorOptions.MTFTP_TIMEOUT, "04 01 05", 5, 5),
                Arguments.of(PxeVendorOptions.MTFTP_DELAY, "05 01 02", 2, 2),
                Arguments.of(PxeVendorOptions.DISCOVERY_CONTROL, "06 01 07", 7, 7),
                Arguments.of(
                        PxeVendorOptions.DISCOVERY_ADDRESS,
                        "07 04 e00b1621",
                        Ipv4.parse("224.11.22.33"),
                        "224.11.22.33"),
                Arguments.of(
                        PxeVendorOptions.BOOT_SERVERS,
                        "08 11 8000 02 0a4d0001 0a4d0002 0008 00 0000 00",
                        List.of(
                                new BootMenu.Server(
                                        INSTALLERS, List.of(Ipv4.parse("10.77.0.1"), Ipv4.parse("10.77.0.2"))),
                                new BootMenu.Server(BootServerType.HP_OPENVIEW, List.of()),
                                new BootMenu.Server(BootServerType.BOOTSTRAP, List.of())),
                        List.of(
                                Map.of("type", "type 32768 (32768)", "addresses", List.of("10.77.0.1", "10.77.0.2")),
                                Map.of("type", "HP OpenView boot server (8)", "addresses", List.of()),
                                Map.of("type", "PXE bootstrap (0)", "addresses", List.of()))),
                Arguments.of(
                        PxeVendorOptions.BOOT_MENU,
                        "09 0d 8000 07 496e7374616c6c 0000 00",
                        List.of(
                                new BootMenu.Item(INSTALLERS, "Install"),
                                new BootMenu.Item(BootServerType.BOOTSTRAP, "")),
                        List.of(
                                Map.of("type", "type 32768 (32768)", "description", "Install"),
                                Map.of("type", "PXE bootstrap (0)", "description", ""))),
                Arguments.of(
                        PxeVendorOptions.MENU_PROMPT,
                        "0a 05 0a 4d656e75",
                        new BootMenu.Prompt(10, "Menu"),
                        Map.of("timeout", 10, "text", "Menu")),
                Arguments.of(PxeVendorOptions.MULTICAST_ADDRESS_ALLOCATION, "0b 02 0102", new byte[] {1, 2}, "0102"),
                Arguments.of(
                        PxeVendorOptions.CREDENTIAL_TYPES,
                        "0c 08 00000001 ffffffff",
                        List.of(1L, 0xffff_ffffL),
                        List.of(1L, 0xffff_ffffL)),
                Arguments.of(PxeVendorOptions.loaderOption(64), "40 03 010203", new byte[] {1, 2, 3}, "010203"),
                Arguments.of(
                        PxeVendorOptions.BOOT_ITEM,
                        "47 04 8002 8001",
                        new PxeVendorOptions.BootItem(0x8002, 0x8001),
                        Map.of("type", "type 32770 (32770)", "layer", 0x8001)));
    }

    @ParameterizedTest
    @MethodSource("suboptions")
    <T> void readsAndWritesEachSuboption(
            Suboption<PxeVendorOptions, T> suboption, String octets, T value, Object plain) {
        PxeVendorOptions options = PxeVendorOptions.decode(hex(octets + "ff"));
        assertThat(options.diagnostics()).isEmpty();
        assertThat(options.get(suboption).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(value);
        assertThat(PxeVendorOptions.builder().put(suboption, value).build()).isEqualTo(options);
        assertThat(suboption.format().toPlain(value)).isEqualTo(plain);
        assertThat(suboption.encode(suboption.format().fromPlain(plain))).isEqualTo(suboption.encode(value));
        Object whole = PxeVendorOptions.OPTION.format().toPlain(options);
        assertThat(whole)
                .isEqualTo(
                        List.of(Map.of(PlainOptions.CODE, suboption.code(), "name", suboption.name(), "value", plain)));
        assertThat(PxeVendorOptions.OPTION.format().fromPlain(whole)).isEqualTo(options);
    }

    @Test
    void takesTheTextOfNumbersInPlainForms() {
        assertThat(PxeVendorOptions.MTFTP_CLIENT_PORT.format().fromPlain("1746"))
                .isEqualTo(1746);
        assertThat(PxeVendorOptions.BOOT_ITEM.format().fromPlain(Map.of("type", 8, "layer", "0")))
                .isEqualTo(new PxeVendorOptions.BootItem(BootServerType.HP_OPENVIEW, 0));
    }

    /** Octets of option 43 and where they go wrong. */
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "01 03 e00101 ff, 2, address of three octets",
        "01 05 e001010203 ff, 6, address of five octets",
        "02 01 d2 ff, 2, port of one octet",
        "03 03 d30600 ff, 4, port of three octets",
        "04 00 ff, 2, timeout of no octets",
        "06 02 0808 ff, 3, discovery control of two octets",
        "06 00 ff, 2, discovery control of no octets",
        "08 00 ff, 2, no boot servers",
        "08 02 8000 ff, 4, boot server without a count",
        "08 07 8000 02 0a4d0001 ff, 9, boot server that counts an address more than there are",
        "08 06 8000 01 0a4d00 ff, 5, boot server with a cut address",
        "08 09 8000 01 0a4d0001 80 01 ff, 11, second boot server without a count",
        "09 00 ff, 2, empty boot menu",
        "09 01 80 ff, 2, boot menu item with half a type",
        "09 02 8000 ff, 4, boot menu item without a length",
        "09 05 8000 03 4141 ff, 5, boot menu item shorter than its length",
        "0a 00 ff, 2, prompt without a timeout",
        "0c 00 ff, 2, no credential types",
        "0c 05 0000000101 ff, 6, credential type of one octet",
        "47 02 8000 ff, 4, boot item without a layer",
        "47 05 8000000000 ff, 6, boot item of five octets"
    })
    void tellsWhereAValueIsWrong(String octets, int offset, String what) {
        PxeVendorOptions options = PxeVendorOptions.decode(hex(octets));
        assertThat(options.diagnostics()).as(what).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo(DhcpDiagnostic.VALUE);
            assertThat(diagnostic.offset()).isEqualTo(offset);
        });
        assertThat(options.encode()).isEqualTo(hex(octets));
    }

    @ParameterizedTest
    @CsvSource({"06 01 08 09, 3", "06 01 08 09 05 8000, 3", "0a, 0"})
    void tellsWhereTheListIsCutAndReadsWhatStandsBefore(String octets, int offset) {
        PxeVendorOptions options = PxeVendorOptions.decode(hex(octets));
        assertThat(options.diagnostics()).containsExactly(options.diagnostics().get(0));
        assertThat(options.diagnostics().get(0).code()).isEqualTo(DhcpDiagnostic.CUT);
        assertThat(options.diagnostics().get(0).offset()).isEqualTo(offset);
        assertThat(options.get(PxeVendorOptions.DISCOVERY_CONTROL).isPresent()).isEqualTo(offset > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"06 01 08", "00 00 06 01 08 ff", "06 01 08 ff 09 02"})
    void readsPadsAndListsWithoutEndAndStopsAtEnd(String octets) {
        PxeVendorOptions options = PxeVendorOptions.decode(hex(octets));
        assertThat(options.get(PxeVendorOptions.DISCOVERY_CONTROL)).contains(PxeVendorOptions.DOWNLOAD_BOOT_FILE);
        assertThat(options.suboptions()).hasSize(1);
        assertThat(options.diagnostics()).isEmpty();
    }

    @Test
    void keepsZerosAtTheEndOfATextAndDoesNotReadThem() {
        PxeVendorOptions options = PxeVendorOptions.decode(hex("0a 04 00 414200 ff"));
        assertThat(options.get(PxeVendorOptions.MENU_PROMPT)).contains(new BootMenu.Prompt(0, "AB"));
        Object plain = PxeVendorOptions.OPTION.format().toPlain(options);
        assertThat(PxeVendorOptions.OPTION.format().fromPlain(plain)).isEqualTo(options);
    }

    @Test
    void refusesValuesOutOfRange() {
        var options = PxeVendorOptions.builder();
        assertThatThrownBy(() -> options.put(PxeVendorOptions.MTFTP_CLIENT_PORT, 65536))
                .hasMessageContaining("65536 (expected: 0..65535)");
        assertThatThrownBy(() -> options.put(PxeVendorOptions.MTFTP_CLIENT_PORT, -1))
                .hasMessageContaining("-1 (expected: 0..65535)");
        assertThatThrownBy(() -> options.put(PxeVendorOptions.DISCOVERY_CONTROL, 256))
                .hasMessageContaining("256 (expected: 0..255)");
        assertThatThrownBy(() -> options.put(PxeVendorOptions.BOOT_SERVERS, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PxeVendorOptions.BootItem(0, 65536))
                .hasMessageContaining("65536 (expected: 0..65535)");
        assertThatThrownBy(() -> new PxeVendorOptions.BootItem(65536, 0))
                .hasMessageContaining("65536 (expected: 0..65535)");
    }

    @Test
    void refusesMoreThanASuboptionHolds() {
        BootMenu.Item item = new BootMenu.Item(INSTALLERS, "x".repeat(125));
        assertThatThrownBy(() -> PxeVendorOptions.builder().put(PxeVendorOptions.BOOT_MENU, List.of(item, item)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("suboption 9 of 256 octets (expected: 0..255)");
        BootMenu.Item longer = new BootMenu.Item(INSTALLERS, "x".repeat(256));
        assertThatThrownBy(() -> PxeVendorOptions.builder().put(PxeVendorOptions.BOOT_MENU, List.of(longer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256 octets");
    }

    @Test
    void hasLoaderOptionsAroundTheBootItem() {
        assertThat(IntStream.rangeClosed(64, 127)
                        .filter(code -> code != 71)
                        .mapToObj(PxeVendorOptions::loaderOption)
                        .map(Suboption::code))
                .hasSize(63);
        for (int code : List.of(63, 71, 128)) {
            assertThatThrownBy(() -> PxeVendorOptions.loaderOption(code))
                    .hasMessage("loader option: " + code + " (expected: 64..127, not 71)");
        }
    }

    @Test
    void knowsWhetherABootItemAsksForCredentials() {
        assertThat(new PxeVendorOptions.BootItem(1, 0x8000).asksForCredentials())
                .isTrue();
        assertThat(new PxeVendorOptions.BootItem(0x8000, 0x7fff).asksForCredentials())
                .isFalse();
    }
}
