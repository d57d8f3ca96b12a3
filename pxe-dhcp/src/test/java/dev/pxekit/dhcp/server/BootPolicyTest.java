package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootPolicyTest {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
    private static final URI SCRIPT = URI.create("http://10.77.0.1:8080/boot.ipxe");

    private final BootPolicy policy = BootPolicy.firstOf(
            BootPolicy.ipxe(SCRIPT),
            BootPolicy.httpBoot(
                    Map.of(ClientArchitecture.X64_UEFI_HTTP, URI.create("http://10.77.0.1:8080/snponly.efi"))),
            BootPolicy.byArchitecture(
                    Map.of(ClientArchitecture.X86_BIOS, "undionly.kpxe", ClientArchitecture.X64_UEFI, "snponly.efi")));

    private static BootClient client(ClientIdentity identity) {
        return BootClient.of(DhcpPacket.builder()
                .clientHardwareAddress(ADDRESS)
                .messageType(MessageType.DISCOVER)
                .addOptions(identity.options())
                .build());
    }

    private static ClientIdentity architecture(int code) {
        return ClientIdentity.uefiPxe(ADDRESS, MACHINE).toBuilder()
                .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(ClientArchitecture.of(code)))
                .build();
    }

    @Test
    void breaksTheIpxeLoop() {
        assertThat(policy.decide(client(ClientIdentity.biosPxe(ADDRESS, MACHINE))))
                .isEqualTo(BootDecision.bootFile("undionly.kpxe"));
        assertThat(policy.decide(client(ClientIdentity.biosIpxe(ADDRESS, MACHINE))))
                .isEqualTo(BootDecision.url(SCRIPT));
        assertThat(policy.decide(client(ClientIdentity.uefiPxe(ADDRESS, MACHINE))))
                .isEqualTo(BootDecision.bootFile("snponly.efi"));
        assertThat(policy.decide(client(ClientIdentity.uefiIpxe(ADDRESS, MACHINE))))
                .isEqualTo(BootDecision.url(SCRIPT));
        assertThat(policy.decide(client(ClientIdentity.uefiHttp(ADDRESS, MACHINE)))
                        .url())
                .contains(URI.create("http://10.77.0.1:8080/snponly.efi"));
    }

    @Test
    void servesX64FirmwareThatCallsItselfEbc() {
        assertThat(policy.decide(client(architecture(9)))).isEqualTo(BootDecision.bootFile("snponly.efi"));
    }

    @Test
    void ignoresOtherArchitectures() {
        assertThat(policy.decide(client(architecture(11)))).isEqualTo(BootDecision.ignore());
        assertThat(policy.orElse(BootPolicy.always(BootDecision.bootFile("arm")))
                        .decide(client(architecture(11))))
                .isEqualTo(BootDecision.bootFile("arm"));
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

    @Test
    void refusesTheUnspecifiedNextServer() {
        assertThatThrownBy(() -> BootDecision.bootFile("a", Ipv4.ANY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsAWrongEntryWhenThePolicyIsMade() {
        assertThatThrownBy(() -> BootPolicy.byArchitecture(Map.of(ClientArchitecture.X86_BIOS, "")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
