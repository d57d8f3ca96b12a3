package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.BootServerType;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two services of a proxy DHCP server (PXE 2.1 §2.4.3): offers on port 67, acknowledgements on port 4011. */
final class ProxyResponders {

    private static final Logger LOG = LoggerFactory.getLogger(ProxyResponders.class);
    private static final int MOST_ANNOUNCED = 10_000;

    private final Inet4Address server;
    private final BootQuestion boot;
    private final BootAnswer answer;
    private final ListenerBoundary<DhcpServerListener> listener;
    private final AnnouncedArchitectures announced = new AnnouncedArchitectures(MOST_ANNOUNCED);

    ProxyResponders(Inet4Address server, BootPolicy policy, ListenerBoundary<DhcpServerListener> listener) {
        this.server = server;
        this.listener = listener;
        this.boot = new BootQuestion(policy, listener);
        this.answer = new BootAnswer(server);
    }

    /**
     * Port 67. A DISCOVER is offered boot options. A REQUEST belongs to the server that gives addresses, but for two: one that
     * names this server, as some firmware sends after a proxy's offer, and the search for a boot server by broadcast, which names
     * none and has a boot item (PXE 2.1 §2.2.4; iPXE, net/udp/dhcp.c).
     */
    Optional<DhcpPacket> dhcp(DhcpPacket request) {
        Optional<String> unusable = RequestCheck.fault(request);
        if (unusable.isPresent()) {
            return ignore(request, unusable.get());
        }
        if (isType(request, MessageType.DISCOVER)) {
            return offer(request);
        }
        if (isType(request, MessageType.INFORM)) {
            return acknowledge(request, false);
        }
        if (!isType(request, MessageType.REQUEST)) {
            return ignore(request, "not a message that a proxy answers");
        }
        Optional<Inet4Address> picked = request.options().get(DhcpOption.SERVER_IDENTIFIER);
        if (picked.isEmpty() && bootItem(request).isPresent()) {
            return acknowledge(request, true);
        }
        if (picked.filter(server::equals).isPresent()) {
            return acknowledge(request, false);
        }
        // There is nothing to answer, but a policy that counts boots is asked as by the server that gives addresses.
        boot.decide(announced.recall(request));
        return ignore(request, "REQUEST for the server that gives addresses");
    }

    /** Port 4011: a REQUEST or INFORM, with the boot item that the client picked given back; a DISCOVER as on port 67. */
    Optional<DhcpPacket> bootServer(DhcpPacket request) {
        Optional<String> unusable = RequestCheck.fault(request);
        if (unusable.isPresent()) {
            return ignore(request, unusable.get());
        }
        if (isType(request, MessageType.DISCOVER)) {
            return offer(request);
        }
        return isType(request, MessageType.REQUEST) || isType(request, MessageType.INFORM)
                ? acknowledge(request, false)
                : ignore(request, "not a message that a boot server answers");
    }

    private Optional<DhcpPacket> offer(DhcpPacket request) {
        BootClient client = BootClient.of(request);
        if (client.isNetworkBoot()) {
            announced.hear(client);
        }
        Optional<DhcpPacket> offer = reply(request, MessageType.OFFER, client, boot.decide(client), Optional.empty());
        offer.ifPresent(packet -> listener.tell(l -> l.proxyOffered(request, packet)));
        return offer;
    }

    /**
     * Acknowledges without an address.
     *
     * @param search whether the request went to all boot servers: it is answered for an item of this server's menu only
     */
    private Optional<DhcpPacket> acknowledge(DhcpPacket request, boolean search) {
        Optional<Inet4Address> picked = request.options().get(DhcpOption.SERVER_IDENTIFIER);
        if (picked.isPresent() && !picked.get().equals(server)) {
            return ignore(request, "the client picked server " + picked.get().getHostAddress());
        }
        Optional<PxeVendorOptions.BootItem> item = bootItem(request);
        if (item.filter(PxeVendorOptions.BootItem::asksForCredentials).isPresent()) {
            return ignore(request, "asks for the credentials of a boot file (BIS), of which there are none");
        }
        BootClient client = announced.recall(request);
        BootDecision decision = boot.decide(client);
        // Type 0 is the local disk, which nobody has to ask for: from some ROMs it says that nothing was picked yet.
        Optional<BootServerType> type =
                item.map(PxeVendorOptions.BootItem::type).filter(given -> !given.equals(BootServerType.BOOTSTRAP));
        boolean chooses = type.isPresent() && (search || !decision.choices().isEmpty());
        if (chooses) {
            Optional<BootDecision> chosen = decision.choices().stream()
                    .filter(choice -> type.get().equals(choice.type()))
                    .map(BootChoice::decision)
                    .findFirst();
            if (chosen.isEmpty()) {
                return ignore(request, "no item of type " + type.get() + " in the menu of this client");
            }
            decision = chosen.get();
        } else if (search) {
            return ignore(request, "search for a boot server of no type");
        }
        Optional<DhcpPacket> reply = reply(request, MessageType.ACK, client, decision, item);
        reply.ifPresent(packet -> listener.tell(l -> l.bootServerAcknowledged(request, packet)));
        return reply;
    }

    private static Optional<PxeVendorOptions.BootItem> bootItem(DhcpPacket request) {
        return request.options()
                .get(PxeVendorOptions.OPTION)
                .flatMap(options -> options.get(PxeVendorOptions.BOOT_ITEM));
    }

    private Optional<DhcpPacket> reply(
            DhcpPacket request,
            MessageType type,
            BootClient client,
            BootDecision decision,
            Optional<PxeVendorOptions.BootItem> bootItem) {
        Optional<String> misfit = BootAnswer.misfit(client, decision);
        if (misfit.isPresent()) {
            return ignore(request, misfit.get());
        }
        if (client.isIpxe() && decision.isLocalDisk()) {
            return ignore(request, "local disk: iPXE goes on to it if there is no boot file");
        }
        DhcpPacket.Builder reply = DhcpPacket.replyTo(request, type)
                .clientAddress(request.clientAddress())
                .option(DhcpOption.SERVER_IDENTIFIER, server);
        if (request.clientAddress().isAnyLocalAddress()) {
            // There is no address in the reply that a relay agent could send it to (RFC 1542 §4.1.2).
            reply.broadcast(true);
        }
        answer.writeProxy(reply, request, client, decision, type.equals(MessageType.OFFER), bootItem);
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
