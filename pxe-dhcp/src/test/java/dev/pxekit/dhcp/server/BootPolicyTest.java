package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

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

    @Test
    void findsAWrongEntryWhenThePolicyIsMade() {
        assertThatThrownBy(() -> BootPolicy.byArchitecture(Map.of(ClientArchitecture.X86_BIOS, "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BootPolicy file(String name) {
        return BootPolicy.always(BootDecision.bootFile(name));
    }

    @Test
    void decidesByHostBeforeAnythingElse() {
        BootClient client = client(ClientIdentity.uefiPxe(ADDRESS, MACHINE));
        BootClient other = client(ClientIdentity.uefiPxe(ADDRESS, UUID.randomUUID()));
        assertThat(BootPolicy.byHardwareAddress(Map.of(ADDRESS, file("mac")))
                        .orElse(policy)
                        .decide(client))
                .isEqualTo(BootDecision.bootFile("mac"));
        assertThat(BootPolicy.byClientIdentifier(Map.of(ClientIdentifier.of(ADDRESS), file("id")))
                        .decide(client))
                .isEqualTo(BootDecision.bootFile("id"));
        BootPolicy byMachine =
                BootPolicy.byMachine(Map.of(MACHINE, file("uuid"))).orElse(policy);
        assertThat(byMachine.decide(client)).isEqualTo(BootDecision.bootFile("uuid"));
        assertThat(byMachine.decide(other)).isEqualTo(BootDecision.bootFile("snponly.efi"));
    }

    @Test
    void leavesAHostsOwnIgnoreToTheNextPolicy() {
        BootPolicy ipxeOnly = BootPolicy.byHardwareAddress(Map.of(ADDRESS, BootPolicy.ipxe(SCRIPT)));
        assertThat(ipxeOnly.orElse(policy).decide(client(ClientIdentity.uefiPxe(ADDRESS, MACHINE))))
                .isEqualTo(BootDecision.bootFile("snponly.efi"));
    }

    @Test
    void asksAPolicyWhenItsConditionHolds() {
        BootPolicy ipxe = BootPolicy.when(BootClient::isIpxe, file("a"));
        assertThat(ipxe.decide(client(ClientIdentity.uefiIpxe(ADDRESS, MACHINE))))
                .isEqualTo(BootDecision.bootFile("a"));
        assertThat(ipxe.decide(client(ClientIdentity.uefiPxe(ADDRESS, MACHINE))))
                .isEqualTo(BootDecision.ignore());
    }

    @Test
    void takesTheLocalDiskForAnAnswer() {
        BootPolicy disk = BootPolicy.always(BootDecision.localDisk()).orElse(policy);
        assertThat(disk.decide(client(ClientIdentity.uefiPxe(ADDRESS, MACHINE))))
                .isEqualTo(BootDecision.localDisk());
    }

    @Test
    void tellsARaspberryPiFromTheBiosThatItSaysItIs() {
        HardwareAddress address = HardwareAddress.parse("dc:a6:32:00:00:01");
        BootClient pi = BootClient.of(DhcpPacket.builder()
                .clientHardwareAddress(address)
                .messageType(MessageType.DISCOVER)
                .addOptions(ClientIdentity.biosPxe(address, MACHINE).options())
                .build());
        assertThat(policy.decide(pi)).isEqualTo(BootDecision.ignore());
        assertThat(policy.orElse(BootPolicy.raspberryPi()).decide(pi)).isEqualTo(BootDecision.raspberryPi());
        assertThat(BootPolicy.raspberryPi().decide(client(ClientIdentity.biosPxe(ADDRESS, MACHINE))))
                .isEqualTo(BootDecision.ignore());
    }
}
