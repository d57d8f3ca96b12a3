package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.Dhcp6Server;
import dev.pxekit.dhcp.server.Dhcp6ServerListener;
import dev.pxekit.dhcp.server.Subnet6;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The DHCPv6 server of the tests: {@code ServerProgram6 INTERFACE PREFIX...}, where a prefix is {@code fd77}, a /64 with addresses 1:0
 * to 1:ffff to lease for the shortest time. Writes a line for what it decides, until it is killed.
 */
final class ServerProgram6 {

    private ServerProgram6() {}

    public static void main(String[] arguments) throws Exception {
        Dhcp6Server.Builder builder = Dhcp6Server.builder()
                .networkInterface(arguments[0])
                .preference(255)
                .policy(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi")))
                .listener(new Lines());
        for (String prefix : List.of(arguments).subList(1, arguments.length)) {
            builder.subnet(Subnet6.builder(prefix + "::/64")
                    .domainNameServer("fd77::1")
                    .searchDomain("lab.example")
                    .pool(prefix + "::1:0", prefix + "::1:ffff")
                    .lifetimes(Duration.ofSeconds(60), Duration.ofSeconds(120))
                    .build());
        }
        try (Dhcp6Server server = builder.build()) {
            server.start();
            System.out.println("READY");
            Thread.currentThread().join();
        }
    }

    private static final class Lines implements Dhcp6ServerListener {

        @Override
        public void advertised(Dhcp6Message request, Dhcp6Message advertise) {
            line("advertised", request);
        }

        @Override
        public void replied(Dhcp6Message request, Dhcp6Message reply) {
            line("replied to " + request.innermost().type(), request);
        }

        @Override
        public void leased(Dhcp6Message request, Lease lease) {
            line("leased " + lease.address().getHostAddress(), request);
        }

        @Override
        public void refused(Dhcp6Message request, long iaid, Status status) {
            line("refused " + status, request);
        }

        @Override
        public void released(Dhcp6Message request, Lease lease) {
            line("released " + lease.address().getHostAddress(), request);
        }

        @Override
        public void declined(Dhcp6Message request, Lease lease) {
            line("declined " + lease.address().getHostAddress(), request);
        }

        @Override
        public void ignored(Dhcp6Message request, String reason) {
            line("ignored, " + reason, request);
        }

        private static void line(String what, Dhcp6Message request) {
            System.out.println(what + " <- " + request);
        }
    }
}
