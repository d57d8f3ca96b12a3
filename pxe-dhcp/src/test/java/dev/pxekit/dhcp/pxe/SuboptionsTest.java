package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.Fuzz;
import dev.pxekit.dhcp.RawOption;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuboptionsTest {

    /** The menu that dnsmasq sent to a BIOS client. */
    private static final String MENU = "060103080e8000010a4d00018001010a4d0001092d80000d426f6f7420756e64696f6e6c79"
            + "80010d426f6f74207078656c696e757800000a426f6f74206c6f63616c0a1202507265737320463820666f72206d656e75ff";

    /** What the iPXE ROM of a virtio card sent. */
    private static final String IPXE =
            "b105011af41000eb03010000170101220101130101110101270101190101290101100102210101" + "150101180101120101";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void readsAPxeMenu() {
        PxeVendorOptions options = PxeVendorOptions.decode(hex(MENU));
        assertThat(options.get(PxeVendorOptions.DISCOVERY_CONTROL)).contains(3);
        assertThat(options.suboptions()).extracting(RawOption::code).containsExactly(6, 8, 9, 10);
        assertThat(options.get(PxeVendorOptions.BOOT_ITEM)).isEmpty();
    }

    @Test
    void readsABootItem() {
        assertThat(PxeVendorOptions.decode(hex("470480020001ff")).get(PxeVendorOptions.BOOT_ITEM))
                .contains(new PxeVendorOptions.BootItem(0x8002, 1));
    }

    @Test
    void closesPxeOptionsByEnd() {
        byte[] octets = PxeVendorOptions.builder()
                .put(PxeVendorOptions.DISCOVERY_CONTROL, PxeVendorOptions.DOWNLOAD_BOOT_FILE)
                .put(PxeVendorOptions.BOOT_ITEM, new PxeVendorOptions.BootItem(0x8000, 0))
                .build()
                .encode();
        assertThat(octets).isEqualTo(hex("060108470480000000ff"));
    }

    @Test
    void closesIpxeOptionsByNothing() {
        assertThat(IpxeOptions.builder()
                        .put(IpxeOptions.NO_PXEDHCP, true)
                        .put(1, new byte[] {-1})
                        .build()
                        .encode())
                .isEqualTo(hex("b001010101ff"));
    }

    @Test
    void readsIpxeSettings() {
        IpxeOptions options = IpxeOptions.decode(hex("b001010101ff"));
        assertThat(options.get(IpxeOptions.NO_PXEDHCP)).contains(true);
        assertThat(IpxeOptions.decode(new byte[0]).suboptions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {MENU, IPXE, "", "ff", "0000ff", "060108", "ff060108", "00060108ff00"})
    void writesTheSameOctetsAsItRead(String octets) {
        assertThat(PxeVendorOptions.decode(hex(octets)).encode()).isEqualTo(hex(octets));
        assertThat(IpxeOptions.decode(hex(octets)).encode()).isEqualTo(hex(octets));
    }

    @ParameterizedTest
    @CsvSource({"0602, 0", "06, 0", "06010847, 3"})
    void tellsOfASuboptionThatRunsPastTheEnd(String octets, int offset) {
        assertThat(PxeVendorOptions.decode(hex(octets)).diagnostics())
                .extracting(DhcpDiagnostic::offset)
                .containsExactly(offset);
    }

    @Test
    void treatsValuesOfTheWrongLengthAsAbsent() {
        PxeVendorOptions options = PxeVendorOptions.decode(hex("0602080847028000ff"));
        assertThat(options.get(PxeVendorOptions.DISCOVERY_CONTROL)).isEmpty();
        assertThat(options.get(PxeVendorOptions.BOOT_ITEM)).isEmpty();
    }

    @Test
    void survivesMutations() {
        Fuzz.run(
                octets -> {
                    PxeVendorOptions pxe = PxeVendorOptions.decode(octets);
                    assertThat(pxe.encode()).isEqualTo(octets);
                    pxe.diagnostics();
                    IpxeOptions ipxe = IpxeOptions.decode(octets);
                    ipxe.diagnostics();
                    ipxe.features();
                    assertThat(readBack(PxeVendorOptions.OPTION, pxe)).isEqualTo(withoutFraming(pxe.toBuilder()));
                    assertThat(readBack(DhcpOption.IPXE, ipxe)).isEqualTo(withoutFraming(ipxe.toBuilder()));
                },
                hex(MENU),
                hex(IPXE));
    }

    private static <S extends EncapsulatedOptions<S>> S readBack(DhcpOption<S> option, S value) {
        return option.format().fromPlain(option.format().toPlain(value));
    }

    /** The suboptions alone: the plain form has no PAD, nothing after END, and no suboption that is cut. */
    private static <S extends EncapsulatedOptions<S>> S withoutFraming(EncapsulatedOptions.Builder<S> builder) {
        return builder.build();
    }
}
