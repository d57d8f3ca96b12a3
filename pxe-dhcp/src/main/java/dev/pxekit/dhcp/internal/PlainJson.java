package dev.pxekit.dhcp.internal;

import java.util.List;
import java.util.Map;

/** Plain forms as JSON (RFC 8259) on one line. */
public final class PlainJson {

    private PlainJson() {}

    /** The JSON text of a plain form. */
    public static String print(Object plain) {
        StringBuilder out = new StringBuilder();
        append(out, plain);
        return out.toString();
    }

    private static void append(StringBuilder out, Object plain) {
        if (plain instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                appendText(out.append(separator), String.valueOf(entry.getKey()));
                append(out.append(':'), entry.getValue());
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (plain instanceof List<?> list) {
            String separator = "[";
            for (Object item : list) {
                append(out.append(separator), item);
                separator = ",";
            }
            out.append(list.isEmpty() ? "[]" : "]");
        } else if (plain instanceof Number || plain instanceof Boolean) {
            out.append(plain);
        } else {
            appendText(out, plain.toString());
        }
    }

    private static void appendText(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
