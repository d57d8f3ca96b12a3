package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.server.BootDecision;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.Reservation;

/** Our server for {@link BootpcIT}, until it is killed: one client of BOOTP has an address of its own, others one of the pool. */
final class BootpServerProgram {

    static final String KNOWN = "52:54:00:77:02:01";

    private BootpServerProgram() {}

    public static void main(String[] arguments) throws Exception {
        LabServer.run(DhcpServer.builder()
                .bind("10.77.0.1")
                .subnet(LabServer.subnet("10.77.0").build())
                .reservation(Reservation.builder(HardwareAddress.parse(KNOWN))
                        .address("10.77.0.20")
                        .hostName("node1")
                        .build())
                .dynamicBootp(true)
                .policy(BootPolicy.always(BootDecision.bootFile("kernel.img")))
                .build());
    }
}
