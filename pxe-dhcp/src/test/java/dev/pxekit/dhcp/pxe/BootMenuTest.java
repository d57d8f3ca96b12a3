package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.internal.Ipv4;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootMenuTest {

    /** The menu that dnsmasq 2.90 sent to a BIOS client. */
    private static final String DNSMASQ = "060103080e8000010a4d00018001010a4d0001092d80000d426f6f7420756e64696f6e6c79"
            + "80010d426f6f74207078656c696e757800000a426f6f74206c6f63616c0a1202507265737320463820666f72206d656e75ff";

    private static final BootMenu MENU = new BootMenu(
            PxeVendorOptions.NO_BROADCAST_DISCOVERY | PxeVendorOptions.NO_MULTICAST_DISCOVERY,
            List.of(server(0x8000), server(0x8001)),
            List.of(
                    new BootMenu.Item(BootServerType.of(0x8000), "Boot undionly"),
                    new BootMenu.Item(BootServerType.of(0x8001), "Boot pxelinux"),
                    new BootMenu.Item(BootServerType.BOOTSTRAP, "Boot local")),
            new BootMenu.Prompt(2, "Press F8 for menu"));

    private static BootMenu.Server server(int type) {
        return new BootMenu.Server(BootServerType.of(type), List.of(Ipv4.parse("10.77.0.1")));
    }

    @Test
    void writesTheMenuThatAnotherServerSends() {
        assertThat(HexFormat.of().formatHex(MENU.toOptions().encode())).isEqualTo(DNSMASQ);
    }

    @Test
    void leavesOutTheServersOfAMenuThatFindsThemByBroadcast() {
        PxeVendorOptions options = new BootMenu(0, List.of(), MENU.items(), MENU.prompt()).toOptions();
        assertThat(options.contains(PxeVendorOptions.BOOT_SERVERS)).isFalse();
        assertThat(options.get(PxeVendorOptions.BOOT_MENU)).contains(MENU.items());
    }

    @Test
    void refusesItemsThatNoSuboptionHolds() {
        BootMenu menu =
                new BootMenu(0, List.of(), Collections.nCopies(20, MENU.items().get(0)), MENU.prompt());
        assertThatThrownBy(menu::toOptions)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("suboption 9 of 320 octets");
    }

    @Test
    void refusesPartsOutOfRange() {
        assertThatThrownBy(() -> new BootMenu(256, List.of(), MENU.items(), MENU.prompt()))
                .hasMessage("discovery control: 256 (expected: 0..255)");
        assertThatThrownBy(() -> new BootMenu(0, List.of(), List.of(), MENU.prompt()))
                .hasMessageContaining("without items");
        assertThatThrownBy(() -> new BootMenu.Prompt(256, "")).hasMessage("prompt timeout: 256 (expected: 0..255)");
        assertThatThrownBy(() -> new BootMenu.Server(
                        BootServerType.BOOTSTRAP, Collections.nCopies(256, Ipv4.parse("10.77.0.1"))))
                .hasMessage("boot server with 256 addresses (expected: 0..255)");
    }
}
