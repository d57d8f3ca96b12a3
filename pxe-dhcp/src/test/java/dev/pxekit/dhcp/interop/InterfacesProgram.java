package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.DhcpServerListener;
import dev.pxekit.dhcp.server.NeighbourTable;
import dev.pxekit.dhcp.server.Subnet;
import dev.pxekit.dhcp.server.Transport;
import java.io.IOException;
import java.util.List;

/**
 * A server on one interface or several: {@code InterfacesProgram TRANSPORT NETWORK...}, where a network is {@code 10.77.0}, a
 * /24 whose address 1 is the server's. Replies are unicast where they can be. Writes a line for what it decides.
 */
final class InterfacesProgram {

    private InterfacesProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        DhcpServer.Builder builder = DhcpServer.builder()
                .transport(Transport.valueOf(arguments[0]))
                .neighbourTable(NeighbourTable.ipCommand())
                .listener(new Lines());
        for (String network : List.of(arguments).subList(1, arguments.length)) {
            builder.bind(network + ".1")
                    .subnet(Subnet.builder(network + ".0/24")
                            .pool(network + ".50", network + ".150")
                            .build());
        }
        try {
            LabServer.run(builder.build());
        } catch (IOException e) {
            System.out.println("REFUSED " + e.getMessage());
        }
    }

    private static final class Lines implements DhcpServerListener {

        @Override
        public void offered(DhcpPacket request, DhcpPacket offer) {
            System.out.println(
                    "offered " + offer.yourAddress().getHostAddress() + " to " + request.clientHardwareAddress());
        }

        @Override
        public void ignored(DhcpPacket request, String reason) {
            System.out.println("ignored " + request.clientHardwareAddress() + ": " + reason);
        }
    }
}
