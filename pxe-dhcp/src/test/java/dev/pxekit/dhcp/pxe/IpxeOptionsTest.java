package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.Suboption;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.PlainOptions;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class IpxeOptionsTest {

    /** What the iPXE ROM of a virtio card sent. */
    private static final String ROM =
            "b105011af41000eb03010000170101220101130101110101270101190101290101100102210101" + "150101180101120101";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static Stream<Arguments> suboptions() {
        return Stream.of(
                Arguments.of(IpxeOptions.PRIORITY, "01 01 ff", -1, -1),
                Arguments.of(IpxeOptions.YOUR_ADDRESS, "02 04 0a4d0064", Ipv4.parse("10.77.0.100"), "10.77.0.100"),
                Arguments.of(IpxeOptions.NEXT_SERVER, "03 04 0a4d0001", Ipv4.parse("10.77.0.1"), "10.77.0.1"),
                Arguments.of(IpxeOptions.KEEP_SAN, "08 01 01", true, true),
                Arguments.of(IpxeOptions.SKIP_SAN_BOOT, "09 01 00", false, false),
                Arguments.of(IpxeOptions.FEATURE_PXE_EXTENSIONS, "10 01 02", 2, 2),
                Arguments.of(IpxeOptions.FEATURE_ISCSI, "11 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_AOE, "12 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_HTTP, "13 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_HTTPS, "14 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_TFTP, "15 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_FTP, "16 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_DNS, "17 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_BZIMAGE, "18 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_MULTIBOOT, "19 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_SLAM, "1a 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_SRP, "1b 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_NBI, "20 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_PXE, "21 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_ELF, "22 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_COMBOOT, "23 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_EFI, "24 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_FCOE, "25 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_VLAN, "26 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_MENU, "27 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_SDI, "28 01 01", 1, 1),
                Arguments.of(IpxeOptions.FEATURE_NFS, "29 01 ff", 255, 255),
                Arguments.of(IpxeOptions.SCRIPTLET, "51 05 7368656c6c", "shell", "shell"),
                Arguments.of(IpxeOptions.SYSLOGS, "55 03 6c6f67", "log", "log"),
                Arguments.of(IpxeOptions.TRUST, "5a 02 abcd", hex("abcd"), "abcd"),
                Arguments.of(IpxeOptions.CERTIFICATE, "5b 02 3082", hex("3082"), "3082"),
                Arguments.of(IpxeOptions.PRIVATE_KEY, "5c 02 3081", hex("3081"), "3081"),
                Arguments.of(IpxeOptions.CROSS_CERTIFICATE, "5d 08 687474703a2f2f61", "http://a", "http://a"),
                Arguments.of(IpxeOptions.NO_PXEDHCP, "b0 01 01", true, true),
                Arguments.of(
                        IpxeOptions.BUS_ID,
                        "b1 05 01 1af4 1000",
                        new IpxeOptions.BusId(1, 0x1af4, 0x1000),
                        Map.of("type", 1, "vendor", 0x1af4, "device", 0x1000)),
                Arguments.of(IpxeOptions.USE_CACHED, "b2 01 01", true, true),
                Arguments.of(IpxeOptions.SAN_RETRY, "bb 01 0a", 10, 10),
                Arguments.of(IpxeOptions.SAN_FILENAME, "bc 02 5c62", "\\b", "\\b"),
                Arguments.of(IpxeOptions.SAN_DRIVE, "bd 01 80", 0x80, 0x80),
                Arguments.of(IpxeOptions.USERNAME, "be 01 75", "u", "u"),
                Arguments.of(IpxeOptions.PASSWORD, "bf 01 70", "p", "p"),
                Arguments.of(IpxeOptions.REVERSE_USERNAME, "c0 01 75", "u", "u"),
                Arguments.of(IpxeOptions.REVERSE_PASSWORD, "c1 01 70", "p", "p"),
                Arguments.of(IpxeOptions.UID, "c2 04 fffffffe", 0xffff_fffeL, 0xffff_fffeL),
                Arguments.of(IpxeOptions.GID, "c3 04 00000064", 100L, 100L),
                Arguments.of(
                        IpxeOptions.VERSION,
                        "eb 03 011502",
                        new IpxeOptions.Version(1, 21, 2),
                        Map.of("major", 1, "minor", 21, "patch", 2)));
    }

    @ParameterizedTest
    @MethodSource("suboptions")
    <T> void readsAndWritesEachSuboption(Suboption<IpxeOptions, T> suboption, String octets, T value, Object plain) {
        IpxeOptions options = IpxeOptions.decode(hex(octets));
        assertThat(options.diagnostics()).isEmpty();
        assertThat(options.get(suboption).orElseThrow()).isEqualTo(value);
        assertThat(IpxeOptions.builder().put(suboption, value).build()).isEqualTo(options);
        assertThat(suboption.format().toPlain(value)).isEqualTo(plain);
        assertThat(suboption.encode(suboption.format().fromPlain(plain))).isEqualTo(suboption.encode(value));
        if (!(plain instanceof Map)) {
            assertThat(suboption.encode(suboption.format().fromPlain(plain.toString())))
                    .isEqualTo(suboption.encode(value));
        }
        Object whole = DhcpOption.IPXE.format().toPlain(options);
        assertThat(whole)
                .isEqualTo(
                        List.of(Map.of(PlainOptions.CODE, suboption.code(), "name", suboption.name(), "value", plain)));
        assertThat(DhcpOption.IPXE.format().fromPlain(whole)).isEqualTo(options);
    }

    @Test
    void knowsEverySuboptionOfTheRegistry() throws Exception {
        JsonObject registry =
                JsonObject.parse(Files.readString(Needs.conformance("dhcp").resolve("options.json")));
        Map<Integer, String> known = new TreeMap<>();
        suboptions()
                .map(arguments -> (Suboption<?, ?>) arguments.get()[0])
                .forEach(key -> known.put(key.code(), key.name()));
        Map<Integer, String> expected = new TreeMap<>();
        for (JsonObject entry : registry.object("dhcp4").objects("option_175_ipxe")) {
            expected.put((int) entry.number("code"), entry.text("name"));
        }
        assertThat(known).isEqualTo(expected);
    }

    @Test
    void listsTheFeaturesOfABuild() {
        IpxeOptions options = IpxeOptions.decode(hex(ROM));
        assertThat(options.features())
                .containsExactly(
                        "dns",
                        "elf",
                        "http",
                        "iscsi",
                        "menu",
                        "multiboot",
                        "nfs",
                        "pxe-ext",
                        "pxe",
                        "tftp",
                        "bzimage",
                        "aoe");
        assertThat(options.hasFeature(IpxeOptions.FEATURE_HTTPS)).isFalse();
    }

    @Test
    void leavesOutFeaturesOfVersion0AndRepeatedOnes() {
        assertThat(IpxeOptions.decode(hex("130100 170101 170101 2a0101 130101")).features())
                .containsExactly("dns");
        assertThat(IpxeOptions.decode(new byte[0]).features()).isEmpty();
    }

    @Test
    void takesAnyNumberButZeroForTrueAndKeepsIt() {
        IpxeOptions options = IpxeOptions.decode(hex("b00102"));
        assertThat(options.get(IpxeOptions.NO_PXEDHCP)).contains(true);
        Object plain = DhcpOption.IPXE.format().toPlain(options);
        assertThat(DhcpOption.IPXE.format().fromPlain(plain)).isEqualTo(options);
    }

    @ParameterizedTest
    @CsvSource({
        "01 00, 2",
        "01 02 0101, 3",
        "02 03 0a4d00, 2",
        "13 00, 2",
        "13 02 0101, 3",
        "b0 00, 2",
        "b1 04 011af410, 5",
        "b1 06 011af4100000, 7",
        "bd 00, 2",
        "c2 03 000000, 2",
        "c3 05 0000000000, 6",
        "eb 02 0100, 4",
        "17 01 01 eb 04 01000000, 8",
        "13 01, 0",
        "170101 eb, 3"
    })
    void tellsWhereAValueIsWrong(String octets, int offset) {
        IpxeOptions options = IpxeOptions.decode(hex(octets));
        assertThat(options.diagnostics())
                .singleElement()
                .satisfies(diagnostic -> assertThat(diagnostic.offset()).isEqualTo(offset));
        assertThat(options.encode()).isEqualTo(hex(octets));
    }

    @Test
    void refusesValuesOutOfRange() {
        var options = IpxeOptions.builder();
        assertThatThrownBy(() -> options.put(IpxeOptions.PRIORITY, 128)).hasMessage("value: 128 (expected: -128..127)");
        assertThatThrownBy(() -> options.put(IpxeOptions.PRIORITY, -129))
                .hasMessage("value: -129 (expected: -128..127)");
        assertThatThrownBy(() -> IpxeOptions.PRIORITY.format().fromPlain(300))
                .hasMessage("value: 300 (expected: -128..127)");
        assertThatThrownBy(() -> IpxeOptions.PRIORITY.format().fromPlain("high"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.put(IpxeOptions.UID, -1L)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpxeOptions.Version(256, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IpxeOptions.BusId(0, 65536, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
