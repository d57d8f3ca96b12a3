package dev.pxekit.examples.cli;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Octets written in hexadecimal: digits with or without {@code 0x}, colons, commas and the like between them, or a dump with offsets
 * as xxd, hexdump -C and Wireshark make it. Blank lines and {@code ---} stand between packets, and a line that is a
 * packet by itself is one.
 */
final class HexText {

    private static final Pattern REMARK = Pattern.compile("\\s*#.*");
    private static final Pattern SEPARATORS = Pattern.compile("0[xX]|\\\\x|[\\s:,;{}-]");
    private static final Pattern DIGITS = Pattern.compile("[0-9a-fA-F]*");
    private static final Pattern DUMP = Pattern.compile("\\s*(?:0x)?([0-9a-fA-F]{4,8})(?::(?=\\s)|:?$|(?=\\s{2}))(.*)");
    private static final Pattern DUMPED = Pattern.compile("(\\s+)([0-9a-fA-F]{2,8})(?=\\s|$)");

    /** The octets on a line of the usual dumps. */
    private static final int DUMPED_OCTETS = 16;

    private final List<byte[]> packets = new ArrayList<>();
    private final List<byte[]> lines = new ArrayList<>();
    private @Nullable ByteArrayOutputStream dump;

    private HexText() {}

    /**
     * The packets in a text, or empty if the text is something else than hexadecimal.
     *
     * @throws IllegalArgumentException if it is hexadecimal with a fault
     */
    static Optional<List<byte[]>> parse(String text) {
        HexText parser = new HexText();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (!REMARK.matcher(line).matches() && !parser.read(line, number)) {
                return Optional.empty();
            }
        }
        parser.finishPacket();
        return parser.packets.isEmpty() ? Optional.empty() : Optional.of(parser.packets);
    }

    private boolean read(String line, int number) {
        if (line.isBlank() || TextSections.isSeparator(line)) {
            finishPacket();
            return true;
        }
        Matcher dumpLine = DUMP.matcher(line);
        if (dumpLine.matches() && (dump != null || (lines.isEmpty() && offset(dumpLine) == 0))) {
            readDump(dumpLine, number);
            return true;
        }
        String digits = SEPARATORS.matcher(line).replaceAll("");
        if (dump != null || !DIGITS.matcher(digits).matches()) {
            return false;
        }
        if (digits.length() % 2 != 0) {
            throw new IllegalArgumentException(
                    "line " + number + ": " + digits.length() + " hexadecimal digits (expected: two for each octet)");
        }
        lines.add(HexFormat.of().parseHex(digits));
        return true;
    }

    private static long offset(Matcher dumpLine) {
        return Long.parseLong(dumpLine.group(1), 16);
    }

    private void readDump(Matcher line, int number) {
        long offset = offset(line);
        if (offset == 0) {
            finishPacket();
        }
        ByteArrayOutputStream octets = dump == null ? new ByteArrayOutputStream() : dump;
        dump = octets;
        if (offset != octets.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "line %d: offset %s of a dump (expected: %04x, as a line has at most %d octets)",
                    number,
                    line.group(1),
                    octets.size(),
                    DUMPED_OCTETS));
        }
        octets.writeBytes(dumped(line.group(2)));
    }

    /** The octets of a line without the characters that stand after them: behind a gap that is wider than the one in the middle. */
    private static byte[] dumped(String line) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Matcher group = DUMPED.matcher(line);
        while (group.lookingAt()
                && octets.size() < DUMPED_OCTETS
                && group.group(2).length() % 2 == 0) {
            int gap = group.group(1).length();
            boolean middle = gap == 2 && octets.size() == DUMPED_OCTETS / 2;
            if (octets.size() > 0 && gap > 1 && !middle) {
                break;
            }
            octets.writeBytes(HexFormat.of().parseHex(group.group(2)));
            group.region(group.end(), line.length());
        }
        return octets.toByteArray();
    }

    private void finishPacket() {
        if (dump != null) {
            packets.add(dump.toByteArray());
            dump = null;
        }
        if (!lines.isEmpty() && lines.stream().allMatch(DecodedMessage::isWhole)) {
            packets.addAll(lines);
        } else if (!lines.isEmpty()) {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            lines.forEach(joined::writeBytes);
            packets.add(joined.toByteArray());
        }
        lines.clear();
    }
}
