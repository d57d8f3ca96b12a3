package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.DhcpServerListener;
import java.time.Duration;
import java.util.List;

/**
 * The server of the tests: {@code ServerProgram AUTHORITATIVE ADDRESS NETWORK...}, where a network is {@code 10.77.0}, a /24 with addresses
 * 50 to 150 to lease for the shortest time and a router at 1. Writes a line for what it decides, until it is killed.
 */
final class ServerProgram {

    private ServerProgram() {}

    public static void main(String[] arguments) throws Exception {
        DhcpServer.Builder builder = DhcpServer.builder()
                .authoritative(Boolean.parseBoolean(arguments[0]))
                .rapidCommit(true)
                .bind(arguments[1])
                .listener(new Lines());
        for (String network : List.of(arguments).subList(2, arguments.length)) {
            builder.subnet(
                    LabServer.subnet(network).leaseTime(Duration.ofSeconds(60)).build());
        }
        LabServer.run(builder.build());
    }

    private static final class Lines implements DhcpServerListener {

        @Override
        public void offered(DhcpPacket request, DhcpPacket offer) {
            line("offered " + offer.yourAddress().getHostAddress(), request);
        }

        @Override
        public void acknowledged(DhcpPacket request, DhcpPacket acknowledgement) {
            line("acknowledged " + acknowledgement.yourAddress().getHostAddress(), request);
        }

        @Override
        public void refused(DhcpPacket request, DhcpPacket refusal, String reason) {
            line("refused, " + reason, request);
        }

        @Override
        public void released(DhcpPacket request, Lease lease) {
            line("released " + lease.address().getHostAddress(), request);
        }

        @Override
        public void declined(DhcpPacket request, Lease lease) {
            line("declined " + lease.address().getHostAddress(), request);
        }

        @Override
        public void ignored(DhcpPacket request, String reason) {
            line("ignored, " + reason, request);
        }

        private static void line(String what, DhcpPacket request) {
            System.out.println(what + " <- " + request);
        }
    }
}
