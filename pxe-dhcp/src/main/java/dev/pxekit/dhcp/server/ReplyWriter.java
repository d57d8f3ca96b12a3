package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootClient;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Composes replies after RFC 2131 table 3: what identifies them, the lease, boot options, then the subnet's options, those
 * that the client asked for first and in its order; relay agent information last, as it came (RFC 3046 §2.2).
 */
final class ReplyWriter {

    private static final Duration WITHOUT_END = Duration.ofSeconds(0xffff_ffffL);

    private final Inet4Address server;
    private final BootAnswer bootAnswer;

    ReplyWriter(Inet4Address server) {
        this.server = server;
        this.bootAnswer = new BootAnswer(server);
    }

    /** An OFFER or ACK whose address is still to be set: it is made before an address is claimed for it. */
    Optional<DhcpPacket> lease(
            DhcpPacket request, MessageType type, Subnet subnet, Duration leaseTime, Optional<BootDecision> boot) {
        DhcpPacket.Builder reply = start(request, type)
                .clientAddress(type.equals(MessageType.ACK) ? request.clientAddress() : Ipv4.ANY)
                .option(DhcpOption.LEASE_TIME, leaseTime);
        if (leaseTime.compareTo(WITHOUT_END) < 0) {
            reply.option(DhcpOption.RENEWAL_TIME, leaseTime.dividedBy(2))
                    .option(DhcpOption.REBINDING_TIME, leaseTime.multipliedBy(7).dividedBy(8));
        }
        return finish(reply, request, subnet, boot);
    }

    /** The ACK of an INFORM: no address and no lease (RFC 2131 §4.3.5). */
    Optional<DhcpPacket> inform(DhcpPacket request, Subnet subnet, Optional<BootDecision> boot) {
        DhcpPacket.Builder reply = start(request, MessageType.ACK).clientAddress(request.clientAddress());
        return finish(reply, request, subnet, boot);
    }

    /** A NAK; through a relay agent it asks to be broadcast (RFC 2131 §4.3.2). */
    Optional<DhcpPacket> refusal(DhcpPacket request, String reason) {
        DhcpPacket.Builder reply = start(request, MessageType.NAK).option(DhcpOption.MESSAGE, reason);
        if (!request.relayAgent().isAnyLocalAddress()) {
            reply.broadcast(true);
        }
        echoRelayAgentInformation(reply, request);
        return ReplySize.fit(reply.build(), request, List.of(DhcpOption.MESSAGE.code()));
    }

    private DhcpPacket.Builder start(DhcpPacket request, MessageType type) {
        DhcpPacket.Builder reply = DhcpPacket.replyTo(request, type).option(DhcpOption.SERVER_IDENTIFIER, server);
        // RFC 6842 §3
        int identifier = DhcpOption.CLIENT_IDENTIFIER.code();
        request.options().raw(identifier).ifPresent(value -> reply.option(identifier, value));
        return reply;
    }

    private Optional<DhcpPacket> finish(
            DhcpPacket.Builder reply, DhcpPacket request, Subnet subnet, Optional<BootDecision> boot) {
        boot.ifPresent(decision -> bootAnswer.write(reply, request, BootClient.of(request), decision));
        DhcpOptions written = reply.build().options();
        List<Integer> added = new ArrayList<>(subnet.options().codes());
        added.removeIf(written::contains);
        // The subnet mask comes before all (RFC 2132 §3.3); sorting keeps the order of equals.
        List<Integer> asked =
                request.options().get(DhcpOption.PARAMETER_REQUEST_LIST).orElse(List.of());
        added.sort(Comparator.comparingInt(code -> rank(code, asked)));
        added.forEach(code -> reply.option(code, subnet.options().raw(code).orElseThrow()));
        echoRelayAgentInformation(reply, request);
        return ReplySize.fit(reply.build(), request, added);
    }

    private static int rank(int code, List<Integer> asked) {
        if (code == DhcpOption.SUBNET_MASK.code()) {
            return -1;
        }
        int index = asked.indexOf(code);
        return index < 0 ? asked.size() : index;
    }

    private static void echoRelayAgentInformation(DhcpPacket.Builder reply, DhcpPacket request) {
        int code = DhcpOption.RELAY_AGENT_INFORMATION.code();
        request.options().raw(code).ifPresent(value -> reply.removeOption(code).option(code, value));
    }
}
