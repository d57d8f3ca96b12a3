package dev.pxekit.examples.cli;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A JSON object in one line of ASCII (RFC 8259), its members in the order in which they are added. */
final class JsonLine {

    private final StringJoiner members = new StringJoiner(",", "{", "}");

    JsonLine text(String name, String value) {
        return member(name, quoted(value));
    }

    JsonLine texts(String name, List<String> values) {
        return member(name, values.stream().map(JsonLine::quoted).collect(Collectors.joining(",", "[", "]")));
    }

    JsonLine number(String name, long value) {
        return member(name, Long.toString(value));
    }

    /** A list of objects that are JSON already. */
    JsonLine objects(String name, List<String> objects) {
        return member(name, "[" + String.join(",", objects) + "]");
    }

    /** A value that is JSON already. */
    JsonLine json(String name, String json) {
        return member(name, json);
    }

    /** A number with three decimals, or {@code null}. */
    JsonLine decimal(String name, OptionalDouble value) {
        return member(name, value.isEmpty() ? "null" : String.format(Locale.ROOT, "%.3f", value.getAsDouble()));
    }

    @Override
    public String toString() {
        return members.toString();
    }

    private JsonLine member(String name, String value) {
        members.add(quoted(name) + ":" + value);
        return this;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
