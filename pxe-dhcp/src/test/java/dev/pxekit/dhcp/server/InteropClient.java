package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.client.DhcpClient;
import java.util.UUID;

/** The program that {@link DhcpInteropIT} runs in a namespace: firmware that gets a lease by broadcast and gives it back. */
final class InteropClient {

    private InteropClient() {}

    public static void main(String[] arguments) throws Exception {
        HardwareAddress address = HardwareAddress.parse("52:54:00:77:00:03");
        ClientIdentity firmware =
                ClientIdentity.uefiPxe(address, UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31"));
        try (DhcpClient client = DhcpClient.builder(firmware).open()) {
            DhcpPacket acknowledgement = client.request(client.discover().get(0));
            System.out.println(acknowledgement);
            client.release(acknowledgement);
        }
    }
}
