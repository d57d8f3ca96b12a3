package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.HardwareAddress;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Writes UDP datagrams into a pcap file (draft-ietf-opsawg-pcap) with times in nanoseconds, which tcpdump and Wireshark
 * open: what a server saw, or part of a capture, for a bug report. The datagrams get Ethernet, IP and UDP headers with
 * right checksums; none is cut or put into fragments.
 *
 * <pre>{@code
 * try (CaptureWriter writer = CaptureWriter.open(Path.of("report.pcap"))) {
 *     writer.write(Instant.now(), sender, receiver, packet);
 * }
 * }</pre>
 *
 * <p>Each datagram goes to the stream in one piece and at once, so that the file can be read at any time. Thread safe;
 * blocks on the stream.
 */
public final class CaptureWriter implements Closeable {

    private static final int SNAPSHOT_LENGTH = 262_144;
    private static final int UDP = 17;
    private static final int HOP_LIMIT = 64;
    private static final int DO_NOT_FRAGMENT = 0x4000;
    private static final int UDP_HEADER_LENGTH = 8;
    private static final int MAXIMUM_LENGTH = 65_535;
    private static final int HARDWARE_ADDRESS_LENGTH = 6;

    private final OutputStream stream;

    private CaptureWriter(OutputStream stream) throws IOException {
        this.stream = stream;
        stream.write(ByteBuffer.allocate(24)
                .putInt(PcapFrames.NANOSECONDS)
                .putShort((short) PcapFrames.MAJOR_VERSION)
                .putShort((short) PcapFrames.MINOR_VERSION)
                .putLong(0)
                .putInt(SNAPSHOT_LENGTH)
                .putInt(LinkLayer.ETHERNET)
                .array());
    }

    /**
     * Opens a file for writing.
     *
     * @param file the file; one that is there is overwritten
     * @return a writer, which closes the file
     * @throws IOException if the file cannot be written
     */
    public static CaptureWriter open(Path file) throws IOException {
        OutputStream stream = Files.newOutputStream(file);
        try {
            return new CaptureWriter(stream);
        } catch (IOException e) {
            try (stream) {
                throw e;
            }
        }
    }

    /**
     * Writes a capture to a stream.
     *
     * @param stream the stream, which the writer closes when it is closed
     * @return a writer, which has written the header of the file
     * @throws IOException if the stream cannot be written
     */
    public static CaptureWriter open(OutputStream stream) throws IOException {
        return new CaptureWriter(stream);
    }

    /**
     * Writes a datagram of another capture, with the time and the addresses that it has there.
     *
     * @param datagram the datagram
     * @throws IllegalArgumentException as the other method does
     * @throws IOException if the file cannot be written
     */
    public void write(CapturedDatagram datagram) throws IOException {
        write(
                datagram.time(),
                datagram.source(),
                datagram.destination(),
                datagram.sourceHardwareAddress(),
                datagram.destinationHardwareAddress(),
                datagram.payload());
    }

    /**
     * Writes a datagram. The Ethernet addresses are those that belong to broadcast and multicast addresses, and zeros for
     * others.
     *
     * @param time when it was seen, from 1970 to 2106
     * @param source the sender's address and port
     * @param destination the receiver's address and port, of the same IP version
     * @param payload what comes after the UDP header, up to 65507 octets for IPv4 and 65527 for IPv6
     * @throws IllegalArgumentException if one of them is out of its range, an address is unresolved, or the versions differ
     * @throws IOException if the file cannot be written
     */
    public void write(Instant time, InetSocketAddress source, InetSocketAddress destination, byte[] payload)
            throws IOException {
        write(time, source, destination, Optional.empty(), Optional.empty(), payload);
    }

    private void write(
            Instant time,
            InetSocketAddress source,
            InetSocketAddress destination,
            Optional<HardwareAddress> sourceHardwareAddress,
            Optional<HardwareAddress> destinationHardwareAddress,
            byte[] payload)
            throws IOException {
        long seconds = time.getEpochSecond();
        if (seconds < 0 || seconds > 0xffff_ffffL) {
            throw new IllegalArgumentException("time: " + time + " (expected: from 1970 to 2106)");
        }
        byte[] packet = packet(source, destination, payload);
        boolean version4 = destination.getAddress() instanceof Inet4Address;
        ByteBuffer octets = ByteBuffer.allocate(16 + 14 + packet.length)
                .putInt((int) seconds)
                .putInt(time.getNano())
                .putInt(14 + packet.length)
                .putInt(14 + packet.length)
                .put(ethernet(destinationHardwareAddress).orElseGet(() -> ethernet(destination.getAddress())))
                .put(ethernet(sourceHardwareAddress).orElseGet(() -> new byte[HARDWARE_ADDRESS_LENGTH]))
                .putShort((short) (version4 ? LinkLayer.ETHER_TYPE_IPV4 : LinkLayer.ETHER_TYPE_IPV6))
                .put(packet);
        synchronized (stream) {
            stream.write(octets.array());
        }
    }

    private static Optional<byte[]> ethernet(Optional<HardwareAddress> address) {
        return address.map(HardwareAddress::bytes).filter(octets -> octets.length == HARDWARE_ADDRESS_LENGTH);
    }

    /** The address that frames to this address have whoever it belongs to (RFC 1112 §6.4, RFC 2464 §7), or zeros. */
    private static byte[] ethernet(InetAddress address) {
        byte[] octets = address.getAddress();
        byte[] ethernet = new byte[HARDWARE_ADDRESS_LENGTH];
        if (!address.isMulticastAddress()) {
            boolean broadcast = Arrays.equals(octets, new byte[] {-1, -1, -1, -1});
            Arrays.fill(ethernet, (byte) (broadcast ? 0xff : 0));
        } else if (octets.length == 4) {
            ByteBuffer.wrap(ethernet)
                    .put(new byte[] {1, 0, 0x5e, (byte) (octets[1] & 0x7f)})
                    .put(octets, 2, 2);
        } else {
            ByteBuffer.wrap(ethernet).put(new byte[] {0x33, 0x33}).put(octets, 12, 4);
        }
        return ethernet;
    }

    /** An IP packet of one UDP datagram. */
    private static byte[] packet(InetSocketAddress source, InetSocketAddress destination, byte[] payload) {
        InetAddress from = source.getAddress();
        InetAddress to = destination.getAddress();
        boolean version4 = from instanceof Inet4Address && to instanceof Inet4Address;
        if (!version4 && !(from instanceof Inet6Address && to instanceof Inet6Address)) {
            throw new IllegalArgumentException(
                    "from " + source + " to " + destination + " (expected: addresses of one IP version)");
        }
        int maximum = MAXIMUM_LENGTH - UDP_HEADER_LENGTH - (version4 ? 20 : 0);
        if (payload.length > maximum) {
            throw new IllegalArgumentException(
                    "payload of " + payload.length + " octets (expected: at most " + maximum + ")");
        }
        byte[] addresses = ByteBuffer.allocate(version4 ? 8 : 32)
                .put(from.getAddress())
                .put(to.getAddress())
                .array();
        byte[] udp = udp(source.getPort(), destination.getPort(), addresses, payload);
        byte[] header = version4 ? header4(addresses, udp.length) : header6(addresses, udp.length);
        return ByteBuffer.allocate(header.length + udp.length)
                .put(header)
                .put(udp)
                .array();
    }

    private static byte[] header4(byte[] addresses, int payloadLength) {
        ByteBuffer header = ByteBuffer.allocate(20)
                .putShort((short) 0x4500)
                .putShort((short) (20 + payloadLength))
                .putShort((short) 0)
                .putShort((short) DO_NOT_FRAGMENT)
                .put((byte) HOP_LIMIT)
                .put((byte) UDP)
                .putShort((short) 0)
                .put(addresses);
        return header.putShort(10, (short) checksum(0, header.array())).array();
    }

    private static byte[] header6(byte[] addresses, int payloadLength) {
        return ByteBuffer.allocate(40)
                .putInt(0x6000_0000)
                .putShort((short) payloadLength)
                .put((byte) UDP)
                .put((byte) HOP_LIMIT)
                .put(addresses)
                .array();
    }

    /** Header and payload; the checksum is over a pseudo header too, and 0 is written as its other form (RFC 768). */
    private static byte[] udp(int sourcePort, int destinationPort, byte[] addresses, byte[] payload) {
        int length = UDP_HEADER_LENGTH + payload.length;
        ByteBuffer udp = ByteBuffer.allocate(length)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .putShort((short) length)
                .putShort((short) 0)
                .put(payload);
        int checksum = checksum(sum(UDP + length, addresses), udp.array());
        return udp.putShort(6, (short) (checksum == 0 ? 0xffff : checksum)).array();
    }

    /** The Internet checksum (RFC 1071) of octets, on top of a sum. */
    private static int checksum(long start, byte[] octets) {
        long sum = sum(start, octets);
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) ~sum & 0xffff;
    }

    private static long sum(long start, byte[] octets) {
        long sum = start;
        for (int i = 0; i < octets.length; i++) {
            sum += (octets[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        return sum;
    }

    /** Closes the file or stream. */
    @Override
    public void close() throws IOException {
        stream.close();
    }
}
