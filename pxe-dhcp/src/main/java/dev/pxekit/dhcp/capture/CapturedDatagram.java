package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.HardwareAddress;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A UDP datagram (RFC 768) of a capture file, with its addresses and when it was seen. Immutable. */
public final class CapturedDatagram {

    /** RFC 2131 §4.1; 4011 is the boot service port of PXE 2.1 §2.2. */
    private static final Set<Integer> VERSION_4_PORTS = Set.of(67, 68, 4011);

    /** RFC 8415 §7.2; 4011 as for IPv4. */
    private static final Set<Integer> VERSION_6_PORTS = Set.of(546, 547, 4011);

    private final long frameNumber;
    private final Instant time;
    private final InetSocketAddress source;
    private final InetSocketAddress destination;
    private final Optional<HardwareAddress> sourceHardwareAddress;
    private final Optional<HardwareAddress> destinationHardwareAddress;
    private final byte[] payload;

    /** Takes over the payload. */
    CapturedDatagram(Frame frame, LinkPayload link, UdpDatagram datagram) {
        this.frameNumber = frame.number();
        this.time = frame.time();
        this.source = datagram.source();
        this.destination = datagram.destination();
        this.sourceHardwareAddress = link.source();
        this.destinationHardwareAddress = link.destination();
        this.payload = datagram.payload();
    }

    /** {@return the number of the frame in the file, from 1; of a datagram in fragments, the frame that completed it} */
    public long frameNumber() {
        return frameNumber;
    }

    /**
     * {@return when the frame was seen, to the resolution of the file; 1970-01-01T00:00:00Z if it does not say, as the Simple
     * Packet Block of pcapng}
     */
    public Instant time() {
        return time;
    }

    /** {@return the sender's address and port, made of octets without a look-up; an IPv6 address has no scope} */
    public InetSocketAddress source() {
        return source;
    }

    /** {@return the receiver's address and port, made of octets without a look-up; an IPv6 address has no scope} */
    public InetSocketAddress destination() {
        return destination;
    }

    /** {@return the sender's link-layer address; empty for links without addresses, such as raw IP} */
    public Optional<HardwareAddress> sourceHardwareAddress() {
        return sourceHardwareAddress;
    }

    /** {@return the receiver's link-layer address; empty for links without addresses, and for Linux cooked captures} */
    public Optional<HardwareAddress> destinationHardwareAddress() {
        return destinationHardwareAddress;
    }

    /** {@return a copy of the octets after the UDP header, 0 to 65527} */
    public byte[] payload() {
        return payload.clone();
    }

    /**
     * {@return whether one of the ports is a DHCP port: 67, 68 and the PXE boot service port 4011 over IPv4, 546, 547 and 4011
     * over IPv6}
     */
    public boolean isDhcp() {
        Set<Integer> ports = source.getAddress() instanceof Inet4Address ? VERSION_4_PORTS : VERSION_6_PORTS;
        return ports.contains(source.getPort()) || ports.contains(destination.getPort());
    }

    /** Frame number, time, addresses and length, for logs. */
    @Override
    public String toString() {
        return "frame " + frameNumber + " " + time + " " + source + " > " + destination + " " + payload.length
                + " octets";
    }
}
