package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two services of a proxy DHCP server (PXE 2.1 §2.4.3): offers on port 67, acknowledgements on port 4011. */
final class ProxyResponders {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyResponders.class);

    private final Inet4Address server;
    private final BootQuestion boot;
    private final BootAnswer answer;
    private final SafeListener listener;

    ProxyResponders(Inet4Address server, BootPolicy policy, SafeListener listener) {
        this.server = server;
        this.listener = listener;
        this.boot = new BootQuestion(policy, listener);
        this.answer = new BootAnswer(server);
    }

    /** Port 67: a DISCOVER is answered with boot options; all else belongs to the server that gives addresses. */
    Optional<DhcpPacket> offer(DhcpPacket request) {
        Optional<String> unusable = RequestCheck.fault(request);
        if (unusable.isPresent()) {
            return ignore(request, unusable.get());
        }
        if (!isType(request, MessageType.DISCOVER)) {
            return ignore(request, "not a DISCOVER");
        }
        Optional<DhcpPacket> offer = reply(request, MessageType.OFFER, Optional.empty());
        offer.ifPresent(packet -> listener.tell(l -> l.proxyOffered(request, packet)));
        return offer;
    }

    /** Port 4011: a REQUEST or INFORM, with the boot item that the client picked given back. */
    Optional<DhcpPacket> acknowledge(DhcpPacket request) {
        Optional<String> unusable = RequestCheck.fault(request);
        if (unusable.isPresent()) {
            return ignore(request, unusable.get());
        }
        if (!isType(request, MessageType.REQUEST) && !isType(request, MessageType.INFORM)) {
            return ignore(request, "neither a REQUEST nor an INFORM");
        }
        Optional<Inet4Address> picked = request.options().get(DhcpOption.SERVER_IDENTIFIER);
        if (picked.isPresent() && !picked.get().equals(server)) {
            return ignore(request, "the client picked server " + picked.get().getHostAddress());
        }
        Optional<PxeVendorOptions.BootItem> item = request.options()
                .get(PxeVendorOptions.OPTION)
                .flatMap(options -> options.get(PxeVendorOptions.BOOT_ITEM));
        Optional<DhcpPacket> reply = reply(request, MessageType.ACK, item);
        reply.ifPresent(packet -> listener.tell(l -> l.bootServerAcknowledged(request, packet)));
        return reply;
    }

    private Optional<DhcpPacket> reply(
            DhcpPacket request, MessageType type, Optional<PxeVendorOptions.BootItem> bootItem) {
        BootClient client = BootClient.of(request);
        Optional<BootDecision> decision = boot.ask(client);
        if (decision.isEmpty()) {
            return ignore(request, "nothing to boot");
        }
        DhcpPacket.Builder reply = DhcpPacket.replyTo(request, type)
                .clientAddress(request.clientAddress())
                .option(DhcpOption.SERVER_IDENTIFIER, server);
        answer.writeProxy(reply, request, client, decision.get(), bootItem);
        int relay = DhcpOption.RELAY_AGENT_INFORMATION.code();
        request.options().raw(relay).ifPresent(value -> reply.option(relay, value));
        Optional<DhcpPacket> fitting = ReplySize.fit(reply.build(), request, List.of());
        return fitting.isPresent() ? fitting : ignore(request, ReplySize.fault(request));
    }

    private static boolean isType(DhcpPacket packet, MessageType type) {
        return packet.messageType().filter(type::equals).isPresent();
    }

    private Optional<DhcpPacket> ignore(DhcpPacket request, String reason) {
        LOG.atDebug().addKeyValue("client", request.clientHardwareAddress()).log("ignored: {}", reason);
        listener.tell(l -> l.ignored(request, reason));
        return Optional.empty();
    }
}
