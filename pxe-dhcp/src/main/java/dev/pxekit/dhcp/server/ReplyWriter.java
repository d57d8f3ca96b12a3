package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Composes replies after RFC 2131 table 3: what identifies them, the lease, boot options, then what the client is told by its
 * subnet and more, what it asked for first and in its order; relay agent information last, as it came (RFC 3046 §2.2).
 */
final class ReplyWriter {

    private final OptionInheritance inheritance;

    ReplyWriter(OptionInheritance inheritance) {
        this.inheritance = inheritance;
    }

    /** An OFFER, or the ACK of a lease; empty if it is more than the client takes. */
    Optional<DhcpPacket> lease(
            ClientRequest request,
            MessageType type,
            Subnet subnet,
            Inet4Address address,
            Duration leaseTime,
            Optional<BootDecision> boot) {
        return lease(start(request, type), request, type, subnet, address, leaseTime, boot);
    }

    /** The ACK that answers a DISCOVER (RFC 4039 §3.1). */
    Optional<DhcpPacket> rapidCommit(
            ClientRequest request,
            Subnet subnet,
            Inet4Address address,
            Duration leaseTime,
            Optional<BootDecision> boot) {
        DhcpPacket.Builder reply = start(request, MessageType.ACK).option(DhcpOption.RAPID_COMMIT, true);
        return lease(reply, request, MessageType.ACK, subnet, address, leaseTime, boot);
    }

    private Optional<DhcpPacket> lease(
            DhcpPacket.Builder reply,
            ClientRequest request,
            MessageType type,
            Subnet subnet,
            Inet4Address address,
            Duration leaseTime,
            Optional<BootDecision> boot) {
        reply.yourAddress(address)
                .clientAddress(type.equals(MessageType.ACK) ? request.packet().clientAddress() : Ipv4.ANY)
                .option(DhcpOption.LEASE_TIME, leaseTime);
        if (leaseTime.compareTo(LeaseTime.WITHOUT_END) < 0) {
            // Not by Duration.dividedBy, which calculates with decimal numbers of any length.
            long seconds = leaseTime.toSeconds();
            reply.option(DhcpOption.RENEWAL_TIME, Duration.ofSeconds(seconds / 2))
                    .option(DhcpOption.REBINDING_TIME, Duration.ofSeconds(seconds * 7 / 8));
        }
        return finish(reply, request, subnet, boot);
    }

    /** The ACK of an INFORM: no address and no lease (RFC 2131 §4.3.5). */
    Optional<DhcpPacket> inform(ClientRequest request, Subnet subnet, Optional<BootDecision> boot) {
        DhcpPacket.Builder reply =
                start(request, MessageType.ACK).clientAddress(request.packet().clientAddress());
        return finish(reply, request, subnet, boot);
    }

    /** The reply to a client that knows BOOTP only: none of DHCP's own options (RFC 1534 §2). */
    Optional<DhcpPacket> bootp(ClientRequest request, Subnet subnet, Inet4Address address, BootDecision decision) {
        DhcpPacket.Builder reply = start(request, MessageType.ACK)
                .removeOption(DhcpOption.MESSAGE_TYPE.code())
                .removeOption(DhcpOption.SERVER_IDENTIFIER.code())
                .clientAddress(request.packet().clientAddress())
                .yourAddress(address);
        new BootAnswer(request.server()).writeBootp(reply, decision);
        List<Integer> added = addOptions(reply, request, subnet);
        return ReplySize.fitBootp(reply.build(), request.packet(), added);
    }

    /** A NAK; through a relay agent it asks to be broadcast (RFC 2131 §4.3.2). */
    Optional<DhcpPacket> refusal(ClientRequest request, String reason) {
        DhcpPacket.Builder reply = start(request, MessageType.NAK).option(DhcpOption.MESSAGE, reason);
        if (!request.packet().relayAgent().isAnyLocalAddress()) {
            reply.broadcast(true);
        }
        echoRelayAgentInformation(reply, request.packet());
        return ReplySize.fit(reply.build(), request.packet(), List.of(DhcpOption.MESSAGE.code()));
    }

    private static DhcpPacket.Builder start(ClientRequest request, MessageType type) {
        DhcpPacket packet = request.packet();
        DhcpPacket.Builder reply =
                DhcpPacket.replyTo(packet, type).option(DhcpOption.SERVER_IDENTIFIER, request.serverIdentifier());
        // RFC 6842 §3
        int identifier = DhcpOption.CLIENT_IDENTIFIER.code();
        packet.options().raw(identifier).ifPresent(value -> reply.option(identifier, value));
        // RFC 3011 §2: a client that selects a subnet takes no reply without it.
        Networks.selectedSubnet(packet).ifPresent(subnet -> reply.option(DhcpOption.SUBNET_SELECTION, subnet));
        return reply;
    }

    private Optional<DhcpPacket> finish(
            DhcpPacket.Builder reply, ClientRequest request, Subnet subnet, Optional<BootDecision> boot) {
        DhcpPacket packet = request.packet();
        boot.ifPresent(decision -> new BootAnswer(request.server()).write(reply, packet, request.client(), decision));
        List<Integer> added = addOptions(reply, request, subnet);
        return ReplySize.fit(reply.build(), packet, added);
    }

    /** Adds what the client is told besides, the most wanted first, and what it gets back; gives the codes of the former. */
    private List<Integer> addOptions(DhcpPacket.Builder reply, ClientRequest request, Subnet subnet) {
        DhcpOptions told = inheritance.of(request, subnet);
        List<Integer> added = new ArrayList<>(told.codes());
        added.removeIf(reply::hasOption);
        // The subnet mask comes before all (RFC 2132 §3.3); sorting keeps the order of equals.
        List<Integer> asked = request.client().requestedOptions();
        added.sort(Comparator.comparingInt(code -> rank(code, asked)));
        added.forEach(code -> reply.option(code, told.raw(code).orElseThrow()));
        echoRelayAgentInformation(reply, request.packet());
        return added;
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
