package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpPacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A DHCPv4 packet that asks: its answers are BOOTREPLYs with its transaction id and hardware address. */
final class PacketQuestion implements Question<DhcpPacket> {

    private static final int MOST_SECONDS = 0xffff;

    private final DhcpPacket packet;
    private final boolean counting;
    private final Predicate<DhcpPacket> accepted;
    private final Predicate<List<DhcpPacket>> enough;
    private int seconds;

    private PacketQuestion(
            DhcpPacket packet, boolean counting, Predicate<DhcpPacket> accepted, Predicate<List<DhcpPacket>> enough) {
        this.packet = packet;
        this.counting = counting;
        this.accepted = accepted;
        this.enough = enough;
        this.seconds = packet.secondsElapsed();
    }

    /** A question that says in {@code secs} how long it has been asked. */
    static PacketQuestion counting(
            DhcpPacket packet, Predicate<DhcpPacket> accepted, Predicate<List<DhcpPacket>> enough) {
        return new PacketQuestion(packet, true, accepted, enough);
    }

    /** A question that always has the same {@code secs}. */
    static PacketQuestion constant(DhcpPacket packet, Predicate<DhcpPacket> accepted) {
        return new PacketQuestion(packet, false, accepted, answers -> false);
    }

    /** The {@code secs} that was sent last. */
    int seconds() {
        return seconds;
    }

    @Override
    public byte[] octets(Duration elapsed) {
        if (counting) {
            seconds = (int) Math.min(MOST_SECONDS, elapsed.toSeconds());
        }
        return DhcpCodec.encode(
                seconds == packet.secondsElapsed()
                        ? packet
                        : packet.toBuilder().secondsElapsed(seconds).build());
    }

    @Override
    public Optional<DhcpPacket> answer(ByteBuffer datagram) throws DhcpFormatException {
        return Optional.of(DhcpCodec.decode(datagram))
                .filter(answer -> !answer.isRequest())
                .filter(answer -> answer.transactionId() == packet.transactionId())
                .filter(answer -> answer.clientHardwareAddress().equals(packet.clientHardwareAddress()))
                .filter(accepted);
    }

    @Override
    public boolean isEnough(List<DhcpPacket> answers) {
        return enough.test(answers);
    }

    @Override
    public String toString() {
        return packet.toString();
    }
}
