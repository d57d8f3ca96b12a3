package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.DhcpFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Capture files and packets made by hand, field by field. */
final class CaptureOctets {

    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;

    /** Ethernet addresses 02:00:00:00:00:01 to 02:00:00:00:00:02. */
    static final String ETHERNET = "020000000002 020000000001";

    static final String TO_10_0_0_2 = "0a000001 0a000002";
    static final String TO_2001_DB8__2 = "20010db8000000000000000000000001 20010db8000000000000000000000002";

    private CaptureOctets() {}

    /** What was read, up to the end or up to the fault. */
    record Reading(
            List<CapturedDatagram> datagrams, long skipped, List<String> notes, Optional<DhcpFormatException> fault) {

        CapturedDatagram only() {
            if (datagrams.size() != 1 || fault.isPresent()) {
                throw new AssertionError("not one datagram: " + this, fault.orElse(null));
            }
            return datagrams.get(0);
        }
    }

    static Reading read(byte[] file) throws IOException {
        List<CapturedDatagram> datagrams = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.read(new ByteArrayInputStream(file))) {
            Optional<DhcpFormatException> fault = Optional.empty();
            try {
                for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                    datagrams.add(next.get());
                }
            } catch (DhcpFormatException e) {
                fault = Optional.of(e);
            }
            return new Reading(datagrams, reader.skipped(), reader.notes(), fault);
        }
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /** A pcap file of frames of a link type, one a second. */
    static byte[] pcap(int linkType, byte[]... frames) {
        return pcap(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, linkType, frames);
    }

    static byte[] pcap(ByteOrder order, int magic, int linkType, byte[]... frames) {
        byte[] file = pcapHeader(order, magic, linkType);
        for (int i = 0; i < frames.length; i++) {
            file = join(file, pcapRecord(order, i, 5, frames[i], frames[i].length));
        }
        return file;
    }

    static byte[] pcapHeader(ByteOrder order, int magic, int linkType) {
        return ByteBuffer.allocate(24)
                .order(order)
                .putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(262_144)
                .putInt(linkType)
                .array();
    }

    static byte[] pcapRecord(ByteOrder order, int seconds, int fraction, byte[] captured, int originalLength) {
        return ByteBuffer.allocate(16 + captured.length)
                .order(order)
                .putInt(seconds)
                .putInt(fraction)
                .putInt(captured.length)
                .putInt(originalLength)
                .put(captured)
                .array();
    }

    static byte[] ethernet(int type, byte[] packet) {
        return join(hex(ETHERNET), number(2, type), packet);
    }

    static byte[] number(int octets, int value) {
        byte[] four = ByteBuffer.allocate(4).putInt(value).array();
        return Arrays.copyOfRange(four, 4 - octets, 4);
    }

    static byte[] udp(int sourcePort, int destinationPort, byte[] payload) {
        return join(
                number(2, sourcePort),
                number(2, destinationPort),
                number(2, 8 + payload.length),
                number(2, 0),
                payload);
    }

    static byte[] ipv4(byte[] payload) {
        return ipv4(17, 1, 0, payload);
    }

    static byte[] ipv4(int protocol, int identification, int fragment, byte[] payload) {
        return join(
                hex("4500"),
                number(2, 20 + payload.length),
                number(2, identification),
                number(2, fragment),
                hex("40"),
                number(1, protocol),
                hex("0000 " + TO_10_0_0_2),
                payload);
    }

    static byte[] ipv6(int nextHeader, byte[] payload) {
        return join(
                hex("60000000"),
                number(2, payload.length),
                number(1, nextHeader),
                hex("40 " + TO_2001_DB8__2),
                payload);
    }

    /** A pcapng block around its body. */
    static byte[] block(ByteOrder order, int type, byte[] body) {
        int padded = body.length + 3 & ~3;
        return ByteBuffer.allocate(12 + padded)
                .order(order)
                .putInt(type)
                .putInt(12 + padded)
                .put(body)
                .putInt(8 + padded, 12 + padded)
                .array();
    }

    static byte[] section(ByteOrder order) {
        ByteBuffer body = ByteBuffer.allocate(16).order(order);
        return block(
                order,
                0x0a0d0d0a,
                body.putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1)
                        .array());
    }

    static byte[] interfaceDescription(ByteOrder order, int linkType, int snapshotLength, byte[] options) {
        ByteBuffer body = ByteBuffer.allocate(8 + options.length).order(order);
        return block(
                order,
                1,
                body.putShort((short) linkType)
                        .putShort((short) 0)
                        .putInt(snapshotLength)
                        .put(options)
                        .array());
    }

    static byte[] option(ByteOrder order, int code, byte[] value) {
        return ByteBuffer.allocate(4 + (value.length + 3 & ~3))
                .order(order)
                .putShort((short) code)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    static byte[] enhancedPacket(ByteOrder order, int interfaceNumber, long time, byte[] frame) {
        ByteBuffer body = ByteBuffer.allocate(20 + frame.length).order(order);
        return block(
                order,
                6,
                body.putInt(interfaceNumber)
                        .putInt((int) (time >>> 32))
                        .putInt((int) time)
                        .putInt(frame.length)
                        .putInt(frame.length)
                        .put(frame)
                        .array());
    }
}
