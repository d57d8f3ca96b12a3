package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.Link6.CLIENT;
import static dev.pxekit.dhcp.server.Link6.answer;
import static dev.pxekit.dhcp.server.Link6.solicit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.pxe.BootMenu;
import dev.pxekit.dhcp.pxe.BootServerType;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.VendorClass;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clients boot (RFC 5970), in the words of each firmware. */
class Dhcp6BootTest {

    private static final URI SCRIPT = URI.create("http://[fd77::1]:8080/boot.ipxe");

    private final Link6 link = Link6.ordinary();

    private static Dhcp6Message firmware(ClientArchitecture architecture, String vendorClass) {
        return solicit(CLIENT, 7)
                .option(Dhcp6Option.OPTION_REQUEST, List.of(59, 60, 23, 16))
                .option(Dhcp6Option.CLIENT_ARCHITECTURES, List.of(architecture))
                .option(Dhcp6Option.VENDOR_CLASS, new VendorClass(343, List.of(vendorClass)))
                .build();
    }

    private static Dhcp6Message pxe() {
        return firmware(ClientArchitecture.X64_UEFI, "PXEClient:Arch:00007:UNDI:003000");
    }

    private static Dhcp6Message http() {
        return firmware(ClientArchitecture.X64_UEFI_HTTP, "HTTPClient:Arch:00016:UNDI:003000");
    }

    private static Dhcp6Message ipxe() {
        return pxe().toBuilder()
                .option(Dhcp6Option.USER_CLASSES, List.of("iPXE"))
                .build();
    }

    private Optional<String> url(BootDecision decision, Dhcp6Message request) {
        link.settings.policy(BootPolicy.always(decision));
        return answer(link.responder(), request).options().get(Dhcp6Option.BOOT_FILE_URL);
    }

    @Test
    void tellsFirmwareABootFileAsUrlOfItsOwn() {
        link.settings.policy(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi")));
        Dhcp6Message advertise = answer(link.responder(), pxe());
        assertThat(advertise.options().get(Dhcp6Option.BOOT_FILE_URL)).contains("tftp://[fd77::1]/snponly.efi");
        assertThat(advertise.options().contains(Dhcp6Option.VENDOR_CLASS))
                .as("PXEClient would send edk2 to a boot server")
                .isFalse();
        assertThat(link.recorder.events).containsExactly("boot snponly.efi", "advertise");
    }

    @Test
    void tellsTheBootServerThatIsSet() {
        link.settings.bootServer(Ipv6.parse("fd77::2"));
        assertThat(url(BootDecision.bootFile("grub/x64 #1.efi"), pxe()))
                .contains("tftp://[fd77::2]/grub/x64%20%231.efi");
    }

    @Test
    void givesHttpFirmwareItsUrlAndVendorClass() {
        link.settings.policy(BootPolicy.httpBoot(
                Map.of(ClientArchitecture.X64_UEFI_HTTP, URI.create("http://[fd77::1]/snponly.efi"))));
        Dhcp6Message advertise = answer(link.responder(), http());
        assertThat(advertise.options().get(Dhcp6Option.BOOT_FILE_URL)).contains("http://[fd77::1]/snponly.efi");
        assertThat(advertise.options().get(Dhcp6Option.VENDOR_CLASS))
                .contains(new VendorClass(343, List.of("HTTPClient")));
        List<Integer> codes = advertise.options().codes();
        assertThat(codes.indexOf(59))
                .as("edk2 reads the URL on until an octet 0, the first of the next option")
                .isLessThan(codes.size() - 1);
    }

    @Test
    void breaksTheLoopOfIpxe() {
        link.settings.policy(BootPolicy.ipxe(SCRIPT)
                .orElse(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi"))));
        Engine6 responder = link.responder();
        assertThat(answer(responder, ipxe()).options().get(Dhcp6Option.BOOT_FILE_URL))
                .contains(SCRIPT.toString());
        assertThat(answer(responder, pxe()).options().get(Dhcp6Option.BOOT_FILE_URL))
                .contains("tftp://[fd77::1]/snponly.efi");
    }

    @Test
    void tellsNoClientWhatItCannotLoad() {
        assertThat(url(BootDecision.url(SCRIPT), pxe())).isEmpty();
        assertThat(url(BootDecision.url(URI.create("tftp://[fd77::1]/a.efi")), pxe()))
                .contains("tftp://[fd77::1]/a.efi");
        assertThat(url(BootDecision.url(URI.create("tftp://[fd77::1]/a.efi")), http()))
                .isEmpty();
        assertThat(url(BootDecision.bootFile("a.efi"), http())).isEmpty();
        assertThat(url(BootDecision.ignore(), pxe())).isEmpty();
        BootDecision elsewhere = BootDecision.bootFile("a.efi", Ipv4.parse("10.77.0.9"));
        assertThat(url(elsewhere, pxe())).isEmpty();
        assertThat(url(elsewhere, ipxe())).contains("tftp://10.77.0.9/a.efi");
        assertThat(answer(link.responder(), http()).options().contains(Dhcp6Option.VENDOR_CLASS))
                .isFalse();
    }

    @Test
    void tellsBootFileParametersByArchitecture() {
        link.settings.bootFileParameters(ClientArchitecture.X64_UEFI, List.of("console=ttyS0", "quiet"));
        link.settings.policy(BootPolicy.always(BootDecision.bootFile("a.efi")));
        Engine6 responder = link.responder();
        assertThat(answer(responder, pxe()).options().get(Dhcp6Option.BOOT_FILE_PARAMETERS))
                .contains(List.of("console=ttyS0", "quiet"));
        Dhcp6Message other = firmware(ClientArchitecture.ARM64_UEFI, "PXEClient:Arch:00011:UNDI:003000");
        assertThat(answer(responder, other).options().contains(Dhcp6Option.BOOT_FILE_PARAMETERS))
                .isFalse();
    }

    @Test
    void asksThePolicyForBootClientsOnly() {
        link.settings.policy(BootPolicy.always(BootDecision.bootFile("a.efi")));
        Dhcp6Message advertise = answer(link.responder(), solicit(CLIENT, 7).build());
        assertThat(advertise.options().contains(Dhcp6Option.BOOT_FILE_URL)).isFalse();
        assertThat(link.recorder.events).containsExactly("advertise");
    }

    @Test
    void leasesNothingIfThePolicyFails() throws Exception {
        LeaseStore store = LeaseStore.inMemory();
        link.settings.leaseStore(store).rapidCommit(true).policy(client -> {
            throw new IllegalStateException("policy");
        });
        Engine6 responder = link.responder();
        Dhcp6Message request = Link6.toServer(Dhcp6MessageType.REQUEST, CLIENT)
                .addOption(Dhcp6Option.IA_NA, Link6.association(7, "fd77::177"))
                .option(Dhcp6Option.USER_CLASSES, List.of("iPXE"))
                .build();
        Dhcp6Message rapid =
                ipxe().toBuilder().option(Dhcp6Option.RAPID_COMMIT, true).build();
        for (Dhcp6Message message : List.of(request, rapid)) {
            assertThatThrownBy(() -> responder.respond(message, Link6.multicast()))
                    .isInstanceOf(IllegalStateException.class);
        }
        List<Lease> leases = new ArrayList<>();
        store.forEach(leases::add);
        assertThat(leases).isEmpty();
        assertThat(link.recorder.events).isEmpty();
    }

    @Test
    void givesTheFirstChoiceOfAMenu() {
        BootDecision menu = BootDecision.menu(
                new BootMenu.Prompt(10, "Press F8"),
                new BootChoice(BootServerType.of(0x8001), "Install", BootDecision.bootFile("install.efi")),
                BootChoice.localDisk("Local disk"));
        assertThat(url(menu, pxe())).contains("tftp://[fd77::1]/install.efi");
        assertThat(link.recorder.events).startsWith("boot " + menu);
        BootDecision diskFirst = BootDecision.menu(
                new BootMenu.Prompt(10, "Press F8"),
                BootChoice.localDisk("Local disk"),
                new BootChoice(BootServerType.of(0x8001), "Install", BootDecision.bootFile("install.efi")));
        assertThat(url(diskFirst, pxe())).isEmpty();
    }

    @Test
    void tellsTheListenerWhatItDoesNotTellTheClient() {
        assertThat(url(BootDecision.url(SCRIPT), pxe())).isEmpty();
        assertThat(link.recorder.events)
                .containsExactly("boot " + SCRIPT, "not told: PXE firmware takes tftp and not " + SCRIPT, "advertise");
        link.recorder.events.clear();
        assertThat(url(BootDecision.raspberryPi(), pxe())).isEmpty();
        assertThat(link.recorder.events).element(1).asString().startsWith("not told: over DHCPv6");
    }

    @Test
    void bootsTheLocalDiskWithoutAUrl() {
        Dhcp6Message advertise;
        link.settings.policy(BootPolicy.always(BootDecision.localDisk()));
        for (Dhcp6Message request : List.of(pxe(), http(), ipxe())) {
            link.recorder.events.clear();
            advertise = answer(link.responder(), request);
            assertThat(Link6.address(advertise)).startsWith("fd77::1");
            assertThat(List.of(59, 60, 16)).noneMatch(advertise.options()::contains);
            assertThat(link.recorder.events).containsExactly("boot local disk", "advertise");
        }
    }
}
