package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.UUID;

/** The program that {@link ClientInteropIT} runs in a namespace: one question to the servers there, by broadcast or multicast. */
final class ClientProgram {

    static final String ADDRESS = "52:54:00:77:00:03";

    private static final HardwareAddress HARDWARE_ADDRESS = HardwareAddress.parse(ADDRESS);
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");

    private ClientProgram() {}

    public static void main(String[] arguments) throws Exception {
        NetworkInterface eth0 = NetworkInterface.getByName("eth0");
        switch (arguments[0]) {
            case "boot-uefi" -> boot(eth0, ClientIdentity.uefiPxe(HARDWARE_ADDRESS, MACHINE));
            case "boot-bios" -> boot(eth0, ClientIdentity.biosPxe(HARDWARE_ADDRESS, MACHINE));
            case "boot-ipxe" -> boot(eth0, ClientIdentity.uefiIpxe(HARDWARE_ADDRESS, MACHINE));
            case "boot-http" -> boot(eth0, ClientIdentity.uefiHttp(HARDWARE_ADDRESS, MACHINE));
            case "survey" -> survey(eth0);
            case "life" -> life(eth0);
            case "rapid" -> rapid(eth0);
            case "life6" -> life6(eth0);
            case "rapid6" -> rapid6(eth0);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static DhcpClient open(NetworkInterface eth0, ClientIdentity identity) throws Exception {
        return DhcpClient.builder(identity).networkInterface(eth0).open();
    }

    private static void boot(NetworkInterface eth0, ClientIdentity identity) throws Exception {
        try (DhcpClient client = open(eth0, identity)) {
            BootInstructions boot = client.boot();
            System.out.println("address " + boot.address().getHostAddress());
            System.out.println("uri " + boot.uri().map(Object::toString).orElse("none"));
            System.out.println(
                    "menu " + boot.menu().map(menu -> menu.items().toString()).orElse("none"));
            System.out.println("item " + boot.item().map(Object::toString).orElse("none"));
        }
    }

    private static void survey(NetworkInterface eth0) throws Exception {
        ClientIdentity identity = ClientIdentity.uefiPxe(HARDWARE_ADDRESS, MACHINE, ClientArchitecture.X64_UEFI);
        try (DhcpClient client = open(eth0, identity)) {
            client.survey(Duration.ofSeconds(3)).forEach(answer -> System.out.println("answer " + answer.message()));
        }
    }

    private static void life(NetworkInterface eth0) throws Exception {
        try (DhcpClient client = open(eth0, ClientIdentity.plain(HARDWARE_ADDRESS))) {
            DhcpPacket lease = client.lease();
            show("lease", lease);
            show("renew", client.renew(lease));
            show("rebind", client.rebind(lease));
            show("reboot", client.reboot(lease.yourAddress()));
            System.out.println(
                    "inform " + client.inform(lease.yourAddress()).options().get(DhcpOption.ROUTERS));
            client.release(lease);
            show("again", client.lease());
        }
    }

    private static void rapid(NetworkInterface eth0) throws Exception {
        ClientIdentity rapid = ClientIdentity.plain(HARDWARE_ADDRESS).toBuilder()
                .option(DhcpOption.RAPID_COMMIT, true)
                .build();
        try (DhcpClient client = open(eth0, rapid)) {
            DhcpPacket lease = client.lease();
            show("rapid " + lease.options().contains(DhcpOption.RAPID_COMMIT), lease);
        }
    }

    private static void show(String what, DhcpPacket packet) {
        System.out.println(what + " " + packet.yourAddress().getHostAddress());
    }

    private static void life6(NetworkInterface eth0) throws Exception {
        try (Dhcp6Client client = Dhcp6Client.builder(Client6Identity.uefiPxe(MACHINE))
                .networkInterface(eth0)
                .timeout(Duration.ofSeconds(2))
                .open()) {
            System.out.println("information "
                    + client.informationRequest()
                            .options()
                            .get(Dhcp6Option.BOOT_FILE_URL)
                            .orElse("none"));
            Dhcp6Message lease = client.lease();
            show("lease", lease);
            System.out.println(
                    "url " + lease.options().get(Dhcp6Option.BOOT_FILE_URL).orElse("none"));
            show("renew", client.renew(lease));
            show("rebind", client.rebind(lease));
            System.out.println("confirm " + client.confirm(lease).type());
            System.out.println("decline " + client.decline(lease).type());
            Dhcp6Message other = client.lease();
            show("other", other);
            System.out.println("release " + client.release(other).type());
        }
    }

    private static void rapid6(NetworkInterface eth0) throws Exception {
        Client6Identity rapid = Client6Identity.plain(HARDWARE_ADDRESS).toBuilder()
                .option(Dhcp6Option.RAPID_COMMIT, true)
                .build();
        try (Dhcp6Client client =
                Dhcp6Client.builder(rapid).networkInterface(eth0).open()) {
            Dhcp6Message lease = client.lease();
            show("rapid " + lease.options().contains(Dhcp6Option.RAPID_COMMIT), lease);
        }
    }

    private static void show(String what, Dhcp6Message message) throws Exception {
        System.out.println(what + " "
                + message.options()
                        .require(Dhcp6Option.IA_NA)
                        .addresses()
                        .get(0)
                        .address()
                        .getHostAddress());
    }
}
