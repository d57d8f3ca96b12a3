package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import java.net.Inet4Address;

/**
 * Writes a boot decision into the reply to a client of BOOTP: into {@code siaddr}, {@code sname} and {@code file} (RFC 951 §3), as it
 * knows no option for them. What else a decision says is for PXE clients.
 */
final class BootpAnswer {

    private BootpAnswer() {}

    /**
     * The reply with what to boot, or as it is if that is no file or options lie in the fields.
     *
     * @param server the next server if the decision names none
     */
    static DhcpPacket write(DhcpPacket reply, BootDecision decision, Inet4Address server) {
        if (decision.bootFileName().isEmpty() || reply.options().contains(DhcpOption.OVERLOAD)) {
            return reply;
        }
        Inet4Address nextServer = decision.nextServer().orElse(server);
        return reply.toBuilder()
                .nextServer(nextServer)
                .serverHostName(nextServer.getHostAddress())
                .bootFileName(decision.bootFileName().get())
                .build();
    }
}
