package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.PlainOptions;
import dev.pxekit.dhcp.internal.PlainTextParser;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes packets of the lines that {@link PacketPrinter} prints, or that people write. */
final class PacketParser {

    private static final String PAD = "pad";
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] header = new byte[PacketImage.HEADER_LENGTH];

    /** The fields that came: each may come once. */
    private final Set<String> fields = new HashSet<>();

    private final Area options = new Area(PacketImage.MAXIMUM_LENGTH - PacketImage.HEADER_LENGTH);

    private PacketParser(List<PlainTextParser.Entry> lines) {
        header[PacketImage.OP] = PacketImage.BOOTREQUEST;
        header[PacketImage.HTYPE] = HardwareAddress.ETHERNET;
        header[PacketImage.HLEN] = 6;
        PacketImage.writeInt(header, PacketImage.COOKIE, PacketImage.MAGIC_COOKIE);
        for (PlainTextParser.Entry line : lines) {
            try {
                read(line);
            } catch (IllegalArgumentException e) {
                throw line.fault(e);
            }
        }
    }

    static DhcpPacket parse(String text) {
        List<PlainTextParser.Entry> lines = PlainTextParser.parse(text);
        PacketParser parser = new PacketParser(lines);
        byte[] image = parser.image();
        try {
            return DhcpCodec.decode(image);
        } catch (DhcpFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private byte[] image() {
        byte[] tail = options.octets(PacketImage.MINIMUM_ENCODED_LENGTH - PacketImage.HEADER_LENGTH);
        byte[] image = Arrays.copyOf(header, header.length + tail.length);
        System.arraycopy(tail, 0, image, header.length, tail.length);
        return image;
    }

    private void read(PlainTextParser.Entry line) {
        if (line.optionCode() < 0 && !line.label().equals(PAD) && !fields.add(line.label())) {
            throw line.fault("one line of this kind");
        }
        switch (line.label()) {
            case PacketPrinter.TITLE -> {}
            case "op" -> header[PacketImage.OP] = (byte) operation(line);
            case "htype" -> header[PacketImage.HTYPE] = (byte) Plain.number(line.text(), 0, 0xff);
            case "hops" -> header[PacketImage.HOPS] = (byte) Plain.number(line.text(), 0, 0xff);
            case "xid" -> PacketImage.writeInt(header, PacketImage.XID, (int) hex(line, 0xffff_ffffL));
            case "secs" -> PacketImage.writeShort(header, PacketImage.SECS, (int) Plain.number(line.text(), 0, 0xffff));
            case "flags" -> PacketImage.writeShort(header, PacketImage.FLAGS, (int) hex(line, 0xffff));
            case "ciaddr" -> address(PacketImage.CIADDR, line);
            case "yiaddr" -> address(PacketImage.YIADDR, line);
            case "siaddr" -> address(PacketImage.SIADDR, line);
            case "giaddr" -> address(PacketImage.GIADDR, line);
            case "chaddr" -> hardwareAddress(line);
            case "chaddr padding" -> {
                byte[] padding = Plain.octets(line.text());
                int used = header[PacketImage.HLEN];
                if (padding.length != HardwareAddress.MAXIMUM_LENGTH - used) {
                    throw line.fault((HardwareAddress.MAXIMUM_LENGTH - used) + " octets in hexadecimal");
                }
                System.arraycopy(padding, 0, header, PacketImage.CHADDR + used, padding.length);
            }
            case "sname" -> text(PacketImage.SNAME, PacketImage.SNAME_LENGTH, line);
            case "file" -> text(PacketImage.FILE, PacketImage.FILE_LENGTH, line);
            case "sname options" -> overloaded(PacketImage.SNAME, PacketImage.SNAME_LENGTH, line);
            case "file options" -> overloaded(PacketImage.FILE, PacketImage.FILE_LENGTH, line);
            default -> options.read(line);
        }
    }

    private static int operation(PlainTextParser.Entry line) {
        return switch (line.text()) {
            case "BOOTREQUEST" -> PacketImage.BOOTREQUEST;
            case "BOOTREPLY" -> PacketImage.BOOTREPLY;
            default -> throw line.fault("BOOTREQUEST or BOOTREPLY");
        };
    }

    private static long hex(PlainTextParser.Entry line, long largest) {
        try {
            long value = Long.parseLong(line.text(), 16);
            if (value >= 0 && value <= largest) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw line.fault("a number in hexadecimal, at most " + Long.toHexString(largest));
        }
        throw line.fault("a number in hexadecimal, at most " + Long.toHexString(largest));
    }

    private void address(int offset, PlainTextParser.Entry line) {
        PacketImage.writeInt(header, offset, Ipv4.toInt(Ipv4.parse(line.text())));
    }

    private void hardwareAddress(PlainTextParser.Entry line) {
        byte[] octets = Plain.octets(line.text().replace(":", ""));
        if (octets.length > HardwareAddress.MAXIMUM_LENGTH) {
            throw line.fault("at most 16 octets in hexadecimal");
        }
        header[PacketImage.HLEN] = (byte) octets.length;
        System.arraycopy(octets, 0, header, PacketImage.CHADDR, octets.length);
    }

    private void text(int offset, int length, PlainTextParser.Entry line) {
        byte[] octets = line.value() instanceof PlainTextParser.Octets octetsInHex
                ? HEX.parseHex(octetsInHex.hex())
                : line.text().getBytes(StandardCharsets.UTF_8);
        if (octets.length > length) {
            throw line.fault("at most " + length + " octets");
        }
        System.arraycopy(octets, 0, header, offset, octets.length);
    }

    private void overloaded(int offset, int length, PlainTextParser.Entry line) {
        Area area = new Area(length);
        line.children().forEach(area::read);
        byte[] octets = area.octets(length);
        System.arraycopy(octets, 0, header, offset, octets.length);
    }

    /** The octets of one field that holds options. */
    private static final class Area {

        private final int maximumLength;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private boolean end = true;

        /** What follows END: these octets, or else so many zeros; -1 for as many as usual. */
        private byte @Nullable [] tail;

        private int padding = -1;

        private Area(int maximumLength) {
            this.maximumLength = maximumLength;
        }

        private void read(PlainTextParser.Entry line) {
            switch (line.label()) {
                case PAD -> out.writeBytes(new byte[(int) Plain.number(line.text(), 0, maximumLength - out.size())]);
                case "no end" -> end = false;
                case "after end" -> tail = Plain.octets(line.text());
                case "padding" -> padding = (int) Plain.number(line.text(), 0, maximumLength);
                default -> option(line);
            }
        }

        private void option(PlainTextParser.Entry line) {
            int code = line.optionCode();
            if (code < 1 || code > 254) {
                throw line.fault("a field of the packet, or option with a code from 1 to 254");
            }
            Map<String, Object> option = line.option();
            byte[] value = PlainOptions.octets(code, option, key(code, option.get(PlainOptions.VALUE)));
            if (value.length > maximumLength - out.size()) {
                throw line.fault("options of at most " + maximumLength + " octets");
            }
            int written = 0;
            do {
                int part = Math.min(OptionIndex.LONGEST_PART, value.length - written);
                out.write(code);
                out.write(part);
                out.write(value, written, part);
                written += part;
            } while (written < value.length);
        }

        /** Option 43 is what its value looks like: suboptions or octets. */
        private static @Nullable DhcpOption<?> key(int code, @Nullable Object value) {
            return code == PxeVendorOptions.OPTION.code() && value instanceof List
                    ? PxeVendorOptions.OPTION
                    : DhcpOption.forCode(code).orElse(null);
        }

        /** What was read, with END and what follows it. */
        private byte[] octets(int usualLength) {
            boolean filled = !end || tail != null || padding >= 0;
            if (end) {
                out.write(OptionIndex.END);
                out.writeBytes(tail != null ? tail : new byte[Math.max(padding, 0)]);
            }
            if (out.size() > maximumLength) {
                throw new IllegalArgumentException(
                        "options of " + out.size() + " octets (expected: at most " + maximumLength + ")");
            }
            return filled ? out.toByteArray() : Arrays.copyOf(out.toByteArray(), Math.max(out.size(), usualLength));
        }
    }
}
