package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootMenu;
import dev.pxekit.dhcp.pxe.BootServerType;
import java.net.URI;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootDecisionTest {

    private static final BootMenu.Prompt PROMPT = new BootMenu.Prompt(10, "Press F8 for a menu");
    private static final BootDecision FILE = BootDecision.bootFile("snponly.efi");

    private static BootChoice choice(int type, String description) {
        return new BootChoice(BootServerType.of(type), description, FILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "a\nb", "bücher.efi"})
    void refusesBootFileNamesThatFirmwareCannotRead(String name) {
        assertThatThrownBy(() -> BootDecision.bootFile(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("printable ASCII");
    }

    @Test
    void refusesNamesTooLongForTheirField() {
        assertThat(BootDecision.bootFile("x".repeat(127)).bootFileName()).isPresent();
        assertThatThrownBy(() -> BootDecision.bootFile("x".repeat(128)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..127");
        assertThatThrownBy(() -> BootDecision.url(URI.create("http://h/" + "x".repeat(250))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..255");
    }

    @ParameterizedTest
    @ValueSource(strings = {"boot.ipxe", "/boot.ipxe", "file:/boot.ipxe", "mailto:a@b"})
    void refusesUrlsWithoutAHost(String url) {
        assertThatThrownBy(() -> BootDecision.url(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("scheme and host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "224.0.0.1"})
    void refusesNextServersThatAreNoMachine(String address) {
        assertThatThrownBy(() -> BootDecision.bootFile("a", Ipv4.parse(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("next server: " + address);
        assertThatThrownBy(() -> BootDecision.raspberryPi(Ipv4.parse(address)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsTheLocalDiskFromNothing() {
        assertThat(BootDecision.localDisk().isIgnore()).isFalse();
        assertThat(BootDecision.localDisk().isLocalDisk()).isTrue();
        assertThat(BootDecision.ignore().isLocalDisk()).isFalse();
        assertThat(BootDecision.localDisk()).isNotEqualTo(BootDecision.ignore()).hasToString("local disk");
    }

    @Test
    void refusesMenusThatFirmwareCannotRead() {
        assertThatThrownBy(() -> BootDecision.menu(PROMPT, choice(0x8001, "a"), choice(0x8001, "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two items of type");
        BootChoice[] many = IntStream.range(0, 20)
                .mapToObj(i -> choice(0x8000 + i, "Install this or that"))
                .toArray(BootChoice[]::new);
        assertThatThrownBy(() -> BootDecision.menu(PROMPT, many))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20 items")
                .hasMessageContaining("fewer items");
        assertThatThrownBy(() -> BootDecision.menu(new BootMenu.Prompt(1, ""), choice(0x8001, "a")))
                .hasMessageContaining("prompt of a boot menu");
    }

    @Test
    void acceptsAMenuThatFillsOption43() {
        // 3 for control, 2 + 7 n for servers, 2 + 3 n and the texts for items, 3 and the text for the prompt, 1 for
        // END.
        BootMenu.Prompt prompt = new BootMenu.Prompt(1, "a");
        String longest = "x".repeat(69);
        BootChoice[] most = {choice(1, longest), choice(2, longest), choice(3, longest), BootChoice.localDisk("xy")};
        BootDecision menu = BootDecision.menu(prompt, choice(1, longest), choice(2, longest), choice(3, longest));
        assertThat(PxeMenus.of(menu, Ipv4.ANY).encode()).hasSize(249);
        assertThatThrownBy(() -> BootDecision.menu(prompt, most))
                .hasMessageContaining("boot menu of 254 octets with 4 items");
    }

    @Test
    void refusesItemsThatAreNone() {
        assertThatThrownBy(() -> choice(0x8001, "x".repeat(70))).hasMessageContaining("1..69");
        assertThatThrownBy(() -> choice(0, "Disk")).hasMessageContaining("type 0 for the local disk");
        assertThatThrownBy(() -> new BootChoice(BootServerType.of(1), "Disk", BootDecision.localDisk()))
                .hasMessageContaining("type 0 for the local disk");
        BootDecision menu = BootDecision.menu(PROMPT, choice(1, "a"));
        assertThatThrownBy(() -> new BootChoice(BootServerType.of(1), "Menu", menu))
                .hasMessageContaining("boots menu of [a]");
    }

    @Test
    void leavesOutItemsThatBootNothing() {
        BootChoice nothing = new BootChoice(BootServerType.of(1), "Nothing", BootDecision.ignore());
        BootChoice disk = BootChoice.localDisk("Local disk");
        assertThat(BootDecision.menu(PROMPT, nothing, disk).choices()).containsExactly(disk);
        assertThat(BootDecision.menu(PROMPT, nothing)).isEqualTo(BootDecision.ignore());
    }

    @Test
    void takesOptionsThatAreNotTheServersOwn() {
        BootDecision decision =
                FILE.with(DhcpOption.PXELINUX_CONFIG_FILE, "a").with(DhcpOption.PXELINUX_PATH_PREFIX, "/b/");
        assertThat(decision.options().codes()).containsExactly(209, 210);
        assertThat(decision).isNotEqualTo(FILE);
        assertThat(decision.bootFileName()).contains("snponly.efi");
        for (int code : new int[] {50, 51, 53, 54, 60, 61, 66, 67, 82, 97}) {
            DhcpOptions options =
                    DhcpOptions.builder().put(code, new byte[] {1}).build();
            assertThatThrownBy(() -> FILE.with(options))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("option " + code);
        }
        assertThatThrownBy(() -> BootDecision.localDisk().with(DhcpOption.VENDOR_SPECIFIC_INFORMATION, new byte[1]))
                .hasMessageContaining("option 43");
        assertThatThrownBy(() -> BootDecision.ignore().with(DhcpOption.ROOT_PATH, "a"))
                .hasMessageContaining("something to boot");
    }
}
