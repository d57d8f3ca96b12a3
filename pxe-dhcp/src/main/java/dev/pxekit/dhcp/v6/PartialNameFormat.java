package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import java.util.Arrays;

/**
 * A domain name in labels that takes up the rest of a value. One that is closed by the root has a dot at the end of its text,
 * one that just ends has none (RFC 4704 §4.2).
 */
final class PartialNameFormat implements OptionFormat<String> {

    private static final String DOT = ".";

    @Override
    public String read(OptionReader in) throws DhcpFormatException {
        int start = in.offset();
        byte[] labels = in.readRemaining();
        boolean partial = endOfLabels(labels) == labels.length;
        byte[] whole = partial ? Arrays.copyOf(labels, labels.length + 1) : labels;
        OptionReader name = OptionReader.of(whole, 0, whole.length, start);
        String text = OptionFormat.domainName().read(name);
        name.requireEnd();
        return partial ? text : text + DOT;
    }

    /** Where the labels end: at the root's, or after the last one. */
    private static int endOfLabels(byte[] labels) {
        int position = 0;
        while (position < labels.length && labels[position] != 0) {
            position += 1 + (labels[position] & 0xff);
        }
        return position;
    }

    @Override
    public void write(String value, OptionWriter out) {
        OptionWriter whole = new OptionWriter();
        boolean qualified = isQualified(value);
        OptionFormat.domainName().write(qualified ? value.substring(0, value.length() - 1) : value, whole);
        byte[] labels = whole.toByteArray();
        out.writeBytes(qualified ? labels : Arrays.copyOf(labels, labels.length - 1));
    }

    /** Whether the text ends in a dot that is not a label's, which has a backslash before it. */
    private static boolean isQualified(String value) {
        int backslashes = 0;
        int last = value.length() - 1;
        while (last - 1 - backslashes >= 0 && value.charAt(last - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return value.endsWith(DOT) && backslashes % 2 == 0;
    }

    @Override
    public Object toPlain(String value) {
        return value;
    }

    @Override
    public String fromPlain(Object plain) {
        return plain.toString();
    }
}
