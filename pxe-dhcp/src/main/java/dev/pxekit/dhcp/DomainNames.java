package dev.pxekit.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Domain names as labels (RFC 1035 §3.1) and the compressed list of the domain search option (RFC 3397 §2, RFC 1035 §4.1.4).
 * The text of a name has no dot at the end; in a label a dot or backslash has a backslash before it, and an octet that is not
 * printable ASCII is {@code \DDD} (RFC 1035 §5.1). The root is the empty text.
 */
final class DomainNames {

    private static final int LONGEST_LABEL = 63;

    /** Octets of a name with its length octets and the root (RFC 1035 §2.3.4). */
    private static final int LONGEST_NAME = 255;

    private static final int POINTER = 0xc0;
    private static final int LARGEST_POINTER = 0x3fff;

    /** Where the end of all names stands, which nothing points to. */
    private static final int ROOT = -1;

    /** A name has no more labels than this, so it needs no more pointers. */
    private static final int MOST_POINTERS = 127;

    /** Characters of all names of one list. */
    private static final int LARGEST_TEXT = 16_384;

    private static final String ESCAPES = "\\. or \\\\ or \\DDD with DDD from 000 to 255";

    /** Several names, later ones with pointers into earlier ones. */
    static final OptionFormat<List<String>> COMPRESSED = OptionFormats.scalar(
            DomainNames::readCompressed,
            DomainNames::writeCompressed,
            names -> names,
            plain -> Plain.list(plain).stream().map(Plain::text).toList());

    /** Several names, read with pointers and written without. */
    static final OptionFormat<List<String>> LIST = OptionFormats.scalar(
            DomainNames::readCompressed,
            (names, out) -> OptionFormat.list(OptionFormat.domainName()).write(names, out),
            COMPRESSED::toPlain,
            COMPRESSED::fromPlain);

    /** One name to the end of the octets; with a dot at its end if it is closed by the root, as it need not be. */
    static final OptionFormat<String> PARTIAL =
            OptionFormats.scalar(DomainNames::readPartial, DomainNames::writePartial, name -> name, Plain::text);

    private DomainNames() {}

    /** Reads a name that has no pointers. */
    static String read(OptionReader in) throws DhcpFormatException {
        if (in.hasRemaining() && in.peekUnsignedByte() == 0) {
            // A list may be all roots.
            in.readUnsignedByte();
            return "";
        }
        StringBuilder name = new StringBuilder();
        readLabels(in, name, false);
        return name.toString();
    }

    private static String readPartial(OptionReader in) throws DhcpFormatException {
        StringBuilder name = new StringBuilder();
        return readLabels(in, name, true) ? name.append('.').toString() : name.toString();
    }

    /** Reads labels up to the root, or to the end of the octets if that is allowed, and returns whether the root came. */
    private static boolean readLabels(OptionReader in, StringBuilder name, boolean mayEnd) throws DhcpFormatException {
        int start = in.offset();
        while (!mayEnd || in.hasRemaining()) {
            int length = readLabelLength(in);
            if (length == 0) {
                return true;
            }
            appendLabel(name, in.readBytes(length));
            checkLength(in.offset() - start + 1, start);
        }
        return false;
    }

    private static int readLabelLength(OptionReader in) throws DhcpFormatException {
        int offset = in.offset();
        int length = in.readUnsignedByte();
        if (length > LONGEST_LABEL) {
            throw new DhcpFormatException(
                    (length & POINTER) == POINTER
                            ? "compressed domain name (expected: labels only)"
                            : "label of " + length + " octets (expected: 0..63)",
                    offset);
        }
        return length;
    }

    private static void checkLength(int length, int start) throws DhcpFormatException {
        if (length > LONGEST_NAME) {
            throw new DhcpFormatException("domain name of more than 255 octets", start);
        }
    }

    /** Writes a name, closed by the root. */
    static void write(String name, OptionWriter out) {
        writeLabels(name, out);
        out.writeByte(0);
    }

    private static void writePartial(String name, OptionWriter out) {
        if (isClosed(name)) {
            write(name.substring(0, name.length() - 1), out);
        } else {
            writeLabels(name, out);
        }
    }

    private static void writeLabels(String name, OptionWriter out) {
        for (byte[] label : labels(name)) {
            out.writeByte(label.length).writeBytes(label);
        }
    }

    /** Whether a name ends with a dot that is no part of a label. */
    private static boolean isClosed(String name) {
        int backslashes = 0;
        while (backslashes < name.length() - 1 && name.charAt(name.length() - 2 - backslashes) == '\\') {
            backslashes++;
        }
        return name.endsWith(".") && backslashes % 2 == 0;
    }

    /** Reads names up to the end; pointers count from where the reader stands now, and lead backwards only. */
    private static List<String> readCompressed(OptionReader in) throws DhcpFormatException {
        int base = in.offset();
        byte[] octets = in.readRemaining();
        if (octets.length == 0) {
            throw new DhcpFormatException("no domain names (expected: one or more)", base);
        }
        List<String> names = new ArrayList<>();
        int position = 0;
        int total = 0;
        StringBuilder name = new StringBuilder();
        while (position < octets.length) {
            name.setLength(0);
            position = followName(octets, position, base, name);
            names.add(name.toString());
            total += name.length();
            // Two octets of pointer can stand for a name of 255: what is read stays within a small multiple of what
            // came.
            if (total > LARGEST_TEXT) {
                throw new DhcpFormatException("domain names of more than " + LARGEST_TEXT + " characters in all", base);
            }
        }
        return List.copyOf(names);
    }

    /** Reads one name and returns where the next one begins. Each pointer must lead before the one that it was read at. */
    private static int followName(byte[] octets, int start, int base, StringBuilder name) throws DhcpFormatException {
        int position = start;
        int next = -1;
        int earliest = start;
        int total = 1;
        int pointers = 0;
        while (true) {
            if (position >= octets.length) {
                throw new DhcpFormatException("domain name without an end", base + position);
            }
            int length = octets[position] & 0xff;
            if (length == 0) {
                return next < 0 ? position + 1 : next;
            }
            if ((length & POINTER) == POINTER) {
                if (position + 1 >= octets.length) {
                    throw new DhcpFormatException("pointer of one octet (expected: 2)", base + position);
                }
                int target = (length & ~POINTER) << 8 | (octets[position + 1] & 0xff);
                if (++pointers > MOST_POINTERS) {
                    throw new DhcpFormatException("domain name of more than 127 pointers", base + start);
                }
                if (target >= earliest) {
                    throw new DhcpFormatException(
                            "pointer to offset " + target + " (expected: one before " + earliest + ")",
                            base + position);
                }
                next = next < 0 ? position + 2 : next;
                earliest = target;
                position = target;
            } else if (length > LONGEST_LABEL) {
                throw new DhcpFormatException("label of " + length + " octets (expected: 0..63)", base + position);
            } else {
                if (length > octets.length - position - 1) {
                    throw new DhcpFormatException(
                            "label of " + length + " octets with " + (octets.length - position - 1) + " left",
                            base + position);
                }
                total += 1 + length;
                checkLength(total, base + start);
                byte[] label = new byte[length];
                System.arraycopy(octets, position + 1, label, 0, length);
                appendLabel(name, label);
                position += 1 + length;
            }
        }
    }

    private static void writeCompressed(List<String> names, OptionWriter out) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException(
                    "no domain names (expected: one or more; leave the option out for none)");
        }
        if (names.stream().mapToInt(String::length).sum() > LARGEST_TEXT) {
            throw new IllegalArgumentException("domain names of more than " + LARGEST_TEXT + " characters in all");
        }
        int base = out.length();
        Map<Tail, Integer> written = new HashMap<>();
        for (String name : names) {
            writeCompressed(labels(name), written, base, out);
        }
    }

    /** A label and where what follows it stands: the end of names, by which later ones find it. */
    private record Tail(String label, int next) {

        Tail(byte[] label, int next) {
            this(new String(label, StandardCharsets.ISO_8859_1), next);
        }
    }

    /** Writes a name up to the longest end of it that is there already. */
    private static void writeCompressed(List<byte[]> labels, Map<Tail, Integer> written, int base, OptionWriter out) {
        int fresh = labels.size();
        int pointer = ROOT;
        Integer known = ROOT;
        for (int i = labels.size() - 1; i >= 0; i--) {
            known = written.get(new Tail(labels.get(i), known));
            if (known == null) {
                break;
            }
            if (known <= LARGEST_POINTER) {
                fresh = i;
                pointer = known;
            }
        }
        int[] offsets = new int[fresh + 1];
        for (int i = 0; i < fresh; i++) {
            offsets[i] = out.length() - base;
            out.writeByte(labels.get(i).length).writeBytes(labels.get(i));
        }
        offsets[fresh] = pointer;
        for (int i = 0; i < fresh; i++) {
            written.putIfAbsent(new Tail(labels.get(i), offsets[i + 1]), offsets[i]);
        }
        if (pointer == ROOT) {
            out.writeByte(0);
        } else {
            out.writeShort(POINTER << 8 | pointer);
        }
    }

    private static void appendLabel(StringBuilder name, byte[] label) {
        if (!name.isEmpty()) {
            name.append('.');
        }
        for (byte octet : label) {
            int value = octet & 0xff;
            if (value == '.' || value == '\\') {
                name.append('\\').append((char) value);
            } else if (value > ' ' && value < 0x7f) {
                name.append((char) value);
            } else {
                name.append('\\').append((char) ('0' + value / 100));
                name.append((char) ('0' + value / 10 % 10)).append((char) ('0' + value % 10));
            }
        }
    }

    /** The labels of a name's text; a dot at its end changes nothing. */
    static List<byte[]> labels(String name) {
        List<byte[]> labels = new ArrayList<>();
        if (name.equals(".")) {
            return labels;
        }
        OptionWriter label = new OptionWriter();
        int total = 1;
        int position = 0;
        while (position < name.length()) {
            char c = name.charAt(position);
            if (c == '.') {
                total += 1 + label.length();
                labels.add(checkedLabel(label, name));
                position++;
            } else if (c == '\\') {
                position = unescape(name, position, label);
            } else if (c > ' ' && c < 0x7f) {
                label.writeByte(c);
                position++;
            } else {
                throw wrong(name, "printable ASCII; other octets as \\DDD");
            }
        }
        if (label.length() > 0) {
            total += 1 + label.length();
            labels.add(checkedLabel(label, name));
        }
        if (total > LONGEST_NAME) {
            throw wrong(name, "at most 255 octets with the lengths of its labels");
        }
        return labels;
    }

    private static byte[] checkedLabel(OptionWriter label, String name) {
        byte[] octets = label.cut(0);
        if (octets.length == 0 || octets.length > LONGEST_LABEL) {
            throw wrong(name, "labels of 1 to 63 octets");
        }
        return octets;
    }

    private static int unescape(String name, int position, OptionWriter label) {
        if (name.startsWith(".", position + 1) || name.startsWith("\\", position + 1)) {
            label.writeByte(name.charAt(position + 1));
            return position + 2;
        }
        int value = 0;
        for (int i = position + 1; i < position + 4; i++) {
            int digit = i < name.length() ? name.charAt(i) - '0' : -1;
            if (digit < 0 || digit > 9) {
                throw wrong(name, ESCAPES);
            }
            value = 10 * value + digit;
        }
        if (value > 255) {
            throw wrong(name, ESCAPES);
        }
        label.writeByte(value);
        return position + 4;
    }

    private static IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException("domain name: " + name + " (expected: " + expected + ")");
    }
}
