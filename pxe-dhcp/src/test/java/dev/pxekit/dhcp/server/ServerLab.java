package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;

/** A server without sockets at 10.77.0.1, its clock in hand, and the packets of clients. */
final class ServerLab {

    static final Inet4Address SERVER = Ipv4.parse("10.77.0.1");

    final ManualClock clock = new ManualClock();
    final Recorder recorder = new Recorder();
    final DhcpServer.Builder settings =
            DhcpServer.builder().bind(SERVER).clock(clock).listener(recorder);
    private Optional<DhcpResponder> responder = Optional.empty();

    static Subnet subnet(String network, String first, String last) {
        return Subnet.builder(network).pool(first, last).build();
    }

    static DhcpPacket.Builder packet(int client, MessageType type) {
        return DhcpPacket.builder()
                .transactionId(0x1000 + client)
                .clientHardwareAddress(hardware(client))
                .messageType(type);
    }

    static HardwareAddress hardware(int client) {
        return HardwareAddress.of(new byte[] {0x52, 0x54, 0, 0, (byte) (client >> 8), (byte) client});
    }

    Optional<DhcpPacket> respond(DhcpPacket.Builder packet) {
        return respond(packet, SERVER);
    }

    /** The answer to a packet that came in where the server has some address, from the address that the client has. */
    Optional<DhcpPacket> respond(DhcpPacket.Builder packet, Inet4Address server) {
        return respond(packet, server, packet.build().clientAddress());
    }

    /** The answer to a packet that came in where the server has some address. */
    Optional<DhcpPacket> respond(DhcpPacket.Builder packet, Inet4Address server, Inet4Address sender) {
        if (responder.isEmpty()) {
            settings.build();
            responder = Optional.of(new DhcpResponder(settings, null));
        }
        return reply(responder.get().respond(packet.build(), server, sender));
    }

    /** What is sent in the end. */
    static Optional<DhcpPacket> reply(Answer<DhcpPacket> answer) {
        answer.recorded().join();
        answer.announcement().run();
        return answer.reply();
    }

    DhcpPacket answer(DhcpPacket.Builder packet) {
        return respond(packet).orElseThrow(() -> new AssertionError("no answer: " + lastEvent()));
    }

    MessageType type(DhcpPacket.Builder packet) {
        return answer(packet).messageType().orElseThrow();
    }

    DhcpPacket discover(int client) {
        return answer(packet(client, MessageType.DISCOVER));
    }

    /** DISCOVER and REQUEST, each with what the packet has. */
    Inet4Address lease(DhcpPacket.Builder discover) {
        Inet4Address offered =
                answer(discover.messageType(MessageType.DISCOVER)).yourAddress();
        DhcpPacket acknowledgement = answer(discover.messageType(MessageType.REQUEST)
                .option(DhcpOption.SERVER_IDENTIFIER, SERVER)
                .option(DhcpOption.REQUESTED_ADDRESS, offered));
        if (!acknowledgement.messageType().equals(Optional.of(MessageType.ACK))
                || !acknowledgement.yourAddress().equals(offered)) {
            throw new AssertionError("no lease: " + lastEvent());
        }
        return offered;
    }

    Inet4Address lease(int client) {
        return lease(packet(client, MessageType.DISCOVER));
    }

    String lastEvent() {
        return recorder.events.isEmpty() ? "nothing" : recorder.events.get(recorder.events.size() - 1);
    }

    void advance(Duration time) {
        clock.advance(time);
    }
}
