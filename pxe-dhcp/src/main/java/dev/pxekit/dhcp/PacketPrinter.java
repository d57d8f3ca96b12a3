package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.PlainOptions;
import dev.pxekit.dhcp.internal.PlainText;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints packets as lines of text, which {@link PacketParser} reads back. What lines leave out is what a built packet has: END
 * after the options and zeros up to 300 octets. All else is written, so that the octets come back as they were.
 */
final class PacketPrinter {

    static final String TITLE = "DHCPv4 packet";

    private static final String OPTION = "option";
    private static final HexFormat HEX = HexFormat.of();

    private final DhcpPacket packet;
    private final byte[] image;
    private final StringBuilder out;

    /** The known options by code, as far as they were needed. */
    private final @Nullable DhcpOption<?>[] keys = new DhcpOption<?>[256];

    /** Of how many parts the value of each code is, and by the offset of its octets which part each option is. */
    private final int[] parts = new int[256];

    private final int[] partAt;

    private PacketPrinter(DhcpPacket packet, StringBuilder out) {
        this.packet = packet;
        this.image = packet.image();
        this.out = out;
        this.partAt = new int[image.length + 1];
        OptionIndex index = packet.options().index();
        for (int i = 0; i < index.size(); i++) {
            partAt[index.offset(i)] = ++parts[index.code(i)];
        }
    }

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
        if (!isZero(rest)) {
            line(out, "chaddr padding", HEX.formatHex(rest));
        }
        PacketPrinter printer = new PacketPrinter(packet, out);
        printer.field("sname", PacketImage.SNAME, PacketImage.SNAME_LENGTH, PacketImage.OVERLOAD_SNAME);
        printer.field("file", PacketImage.FILE, PacketImage.FILE_LENGTH, PacketImage.OVERLOAD_FILE);
        printer.options(0, PacketImage.HEADER_LENGTH, image.length, PacketImage.MINIMUM_ENCODED_LENGTH);
        return out.toString();
    }

    private static void line(StringBuilder out, String label, Object value) {
        out.append(label).append(": ").append(value).append('\n');
    }

    private static boolean isZero(byte[] octets) {
        for (byte octet : octets) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
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
        if (PacketImage.isAllText(image, offset, length)) {
            PlainText.print(out, 0, label, PacketImage.text(image, offset, length));
        } else {
            line(out, label, "hex " + HEX.formatHex(image, offset, offset + length));
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
        if (!isZero(tail)) {
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
                RawOption whole = RawOption.of(code, packet.options().raw(code).orElseThrow());
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
