package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.PlainOptions;
import dev.pxekit.dhcp.internal.PlainText;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Packets as lines of text and back. What lines leave out is what a built packet has: END after the options and zeros up to 300
 * octets. All else is written, so that the octets come back as they were.
 */
final class PacketText {

    private static final String TITLE = "DHCPv4 packet";
    private static final String OPTION = "option";
    private static final String PAD = "pad";
    private static final HexFormat HEX = HexFormat.of();

    private PacketText() {}

    // Printing

    static String print(DhcpPacket packet) {
        StringBuilder out = new StringBuilder(TITLE).append('\n');
        byte[] image = packet.image();
        line(out, "op", packet.isRequest() ? "BOOTREQUEST" : "BOOTREPLY");
        line(out, "htype", packet.hardwareType());
        line(out, "hops", packet.hops());
        line(out, "xid", String.format(Locale.ROOT, "%08x", packet.transactionId()));
        line(out, "secs", packet.secondsElapsed());
        line(
                out,
                "flags",
                String.format(Locale.ROOT, "%04x%s", packet.flags(), packet.isBroadcast() ? "  # broadcast" : ""));
        line(out, "ciaddr", packet.clientAddress().getHostAddress());
        line(out, "yiaddr", packet.yourAddress().getHostAddress());
        line(out, "siaddr", packet.nextServer().getHostAddress());
        line(out, "giaddr", packet.relayAgent().getHostAddress());
        line(out, "chaddr", packet.clientHardwareAddress());
        int used = packet.clientHardwareAddress().length();
        byte[] rest = Arrays.copyOfRange(
                image, PacketImage.CHADDR + used, PacketImage.CHADDR + HardwareAddress.MAXIMUM_LENGTH);
        if (!isZero(rest, 0)) {
            line(out, "chaddr padding", HEX.formatHex(rest));
        }
        Printer printer = new Printer(packet, out);
        printer.field("sname", PacketImage.SNAME, PacketImage.SNAME_LENGTH, PacketImage.OVERLOAD_SNAME);
        printer.field("file", PacketImage.FILE, PacketImage.FILE_LENGTH, PacketImage.OVERLOAD_FILE);
        printer.options(0, PacketImage.HEADER_LENGTH, image.length, PacketImage.MINIMUM_ENCODED_LENGTH);
        return out.toString();
    }

    private static void line(StringBuilder out, String label, Object value) {
        out.append(label).append(": ").append(value).append('\n');
    }

    private static boolean isZero(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Prints what holds options or text. */
    private static final class Printer {

        private final DhcpPacket packet;
        private final byte[] image;
        private final StringBuilder out;

        /** The known options by code, as far as they were needed. */
        private final @Nullable DhcpOption<?>[] keys = new DhcpOption<?>[256];

        /** Of how many parts the value of each code is, and by the offset of its octets which part each option is. */
        private final int[] parts = new int[256];

        private final int[] partAt;

        private Printer(DhcpPacket packet, StringBuilder out) {
            this.packet = packet;
            this.image = packet.image();
            this.out = out;
            this.partAt = new int[image.length + 1];
            OptionIndex index = packet.options().index();
            for (int i = 0; i < index.size(); i++) {
                partAt[index.offset(i)] = ++parts[index.code(i)];
            }
        }

        private @Nullable DhcpOption<?> key(int code) {
            if (keys[code] == null) {
                keys[code] = packet.options().key(code);
            }
            return keys[code];
        }

        private void field(String label, int offset, int length, int overload) {
            if ((packet.overload() & overload) != 0) {
                out.append(label).append(" options:\n");
                options(1, offset, offset + length, offset + length);
                return;
            }
            byte[] octets = Arrays.copyOfRange(image, offset, offset + length);
            int end = 0;
            while (end < length && octets[end] != 0) {
                end++;
            }
            String text = new String(octets, 0, end, StandardCharsets.UTF_8);
            boolean whole = Arrays.equals(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), length), octets)
                    && isZero(octets, end);
            if (whole) {
                PlainText.print(out, 0, label, text);
            } else {
                line(out, label, "hex " + HEX.formatHex(octets));
            }
        }

        /** Prints the options of a field; the zeros after END that reach to a usual end are left out. */
        private void options(int depth, int start, int end, int usualEnd) {
            int position = start;
            int pads = 0;
            while (position < end && (image[position] & 0xff) != OptionIndex.END) {
                if (image[position] == OptionIndex.PAD) {
                    pads++;
                    position++;
                    continue;
                }
                pads(depth, pads);
                pads = 0;
                position = option(depth, position);
            }
            pads(depth, pads);
            if (position == end) {
                out.append("  ".repeat(depth)).append("no end\n");
                return;
            }
            byte[] tail = Arrays.copyOfRange(image, position + 1, end);
            if (!isZero(tail, 0)) {
                out.append("  ".repeat(depth))
                        .append("after end: ")
                        .append(HEX.formatHex(tail))
                        .append('\n');
            } else if (Math.max(position + 1, usualEnd) != end) {
                out.append("  ".repeat(depth))
                        .append("padding: ")
                        .append(tail.length)
                        .append('\n');
            }
        }

        private void pads(int depth, int pads) {
            if (pads > 0) {
                out.append("  ".repeat(depth)).append("pad: ").append(pads).append('\n');
            }
        }

        /** Prints the option at a position, with its further parts if they follow as they are written, and goes over them. */
        private int option(int depth, int position) {
            int code = image[position] & 0xff;
            int end = position + 2 + (image[position + 1] & 0xff);
            DhcpOption<?> key = key(code);
            if (partAt[position + 2] == 1) {
                OptionIndex index = packet.options().index();
                int first = index.find(code, 0);
                int last = lastOfRow(index, first);
                if (last - first + 1 == parts[code]) {
                    RawOption whole =
                            RawOption.of(code, packet.options().raw(code).orElseThrow());
                    PlainText.printOption(out, depth, OPTION, PlainOptions.entry(whole, key), "");
                    return index.offset(last) + index.length(last);
                }
            }
            Map<String, Object> part =
                    PlainOptions.entry(RawOption.of(code, image, position + 2, end - position - 2), null);
            if (key != null) {
                part.put(PlainOptions.NAME, key.name());
            }
            PlainText.printOption(out, depth, OPTION, part, "part " + partAt[position + 2] + " of " + parts[code]);
            return end;
        }

        /** The last of the parts that follow each other, all but the last of them as long as they can be. */
        private static int lastOfRow(OptionIndex index, int first) {
            int last = first;
            while (last + 1 < index.size()
                    && index.code(last + 1) == index.code(first)
                    && index.length(last) == OptionIndex.LONGEST_PART
                    && index.length(last + 1) > 0
                    && index.offset(last + 1) == index.offset(last) + index.length(last) + 2) {
                last++;
            }
            return last;
        }
    }

    // Parsing

    static DhcpPacket parse(String text) {
        List<PlainText.Entry> lines = PlainText.parse(text);
        Parser parser = new Parser(lines);
        byte[] image = parser.image();
        try {
            return DhcpCodec.decode(image);
        } catch (DhcpFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Makes the octets of lines. */
    private static final class Parser {

        private final byte[] header = new byte[PacketImage.HEADER_LENGTH];

        /** The fields that came: each may come once. */
        private final Set<String> fields = new HashSet<>();

        private final Area options = new Area(PacketImage.MAXIMUM_LENGTH - PacketImage.HEADER_LENGTH);

        private Parser(List<PlainText.Entry> lines) {
            header[PacketImage.OP] = PacketImage.BOOTREQUEST;
            header[PacketImage.HTYPE] = HardwareAddress.ETHERNET;
            header[PacketImage.HLEN] = 6;
            PacketImage.writeInt(header, PacketImage.COOKIE, PacketImage.MAGIC_COOKIE);
            for (PlainText.Entry line : lines) {
                try {
                    read(line);
                } catch (IllegalArgumentException e) {
                    throw line.fault(e);
                }
            }
        }

        private byte[] image() {
            byte[] tail = options.octets(PacketImage.MINIMUM_ENCODED_LENGTH - PacketImage.HEADER_LENGTH);
            byte[] image = Arrays.copyOf(header, header.length + tail.length);
            System.arraycopy(tail, 0, image, header.length, tail.length);
            return image;
        }

        private void read(PlainText.Entry line) {
            if (line.optionCode() < 0 && !line.label().equals(PAD) && !fields.add(line.label())) {
                throw line.fault("one line of this kind");
            }
            switch (line.label()) {
                case TITLE -> {}
                case "op" -> header[PacketImage.OP] = (byte) operation(line);
                case "htype" -> header[PacketImage.HTYPE] = (byte) Plain.number(line.text(), 0, 0xff);
                case "hops" -> header[PacketImage.HOPS] = (byte) Plain.number(line.text(), 0, 0xff);
                case "xid" -> PacketImage.writeInt(header, PacketImage.XID, (int) hex(line, 0xffff_ffffL));
                case "secs" ->
                    PacketImage.writeShort(header, PacketImage.SECS, (int) Plain.number(line.text(), 0, 0xffff));
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

        private static int operation(PlainText.Entry line) {
            return switch (line.text()) {
                case "BOOTREQUEST" -> PacketImage.BOOTREQUEST;
                case "BOOTREPLY" -> PacketImage.BOOTREPLY;
                default -> throw line.fault("BOOTREQUEST or BOOTREPLY");
            };
        }

        private static long hex(PlainText.Entry line, long largest) {
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

        private void address(int offset, PlainText.Entry line) {
            PacketImage.writeInt(header, offset, Ipv4.toInt(Ipv4.parse(line.text())));
        }

        private void hardwareAddress(PlainText.Entry line) {
            byte[] octets = Plain.octets(line.text().replace(":", ""));
            if (octets.length > HardwareAddress.MAXIMUM_LENGTH) {
                throw line.fault("at most 16 octets in hexadecimal");
            }
            header[PacketImage.HLEN] = (byte) octets.length;
            System.arraycopy(octets, 0, header, PacketImage.CHADDR, octets.length);
        }

        private void text(int offset, int length, PlainText.Entry line) {
            byte[] octets = line.value() instanceof PlainText.Octets octetsInHex
                    ? HEX.parseHex(octetsInHex.hex())
                    : line.text().getBytes(StandardCharsets.UTF_8);
            if (octets.length > length) {
                throw line.fault("at most " + length + " octets");
            }
            System.arraycopy(octets, 0, header, offset, octets.length);
        }

        private void overloaded(int offset, int length, PlainText.Entry line) {
            Area area = new Area(length);
            line.children().forEach(area::read);
            byte[] octets = area.octets(length);
            System.arraycopy(octets, 0, header, offset, octets.length);
        }
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

        private void read(PlainText.Entry line) {
            switch (line.label()) {
                case PAD -> out.writeBytes(new byte[(int) Plain.number(line.text(), 0, maximumLength - out.size())]);
                case "no end" -> end = false;
                case "after end" -> tail = Plain.octets(line.text());
                case "padding" -> padding = (int) Plain.number(line.text(), 0, maximumLength);
                default -> option(line);
            }
        }

        private void option(PlainText.Entry line) {
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
