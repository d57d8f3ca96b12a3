package dev.pxekit.kickstart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the JSON of conformance data: maps, lists, strings, numbers as doubles, booleans. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static JsonObject parse(String text) {
        return (JsonObject) new Json(text).value();
    }

    /** A JSON object; null counts as absent. */
    static final class JsonObject {

        private final Map<String, Object> members;

        JsonObject(Map<String, Object> members) {
            this.members = members;
        }

        Set<String> keys() {
            return members.keySet();
        }

        boolean has(String key) {
            return members.getOrDefault(key, Absent.NULL) != Absent.NULL;
        }

        /** The text of a member; empty if it is absent. */
        String text(String key) {
            return has(key) ? members.getOrDefault(key, "").toString() : "";
        }

        /** A member that is an object; an empty one if it is absent. */
        JsonObject object(String key) {
            return members.getOrDefault(key, Absent.NULL) instanceof JsonObject object
                    ? object
                    : new JsonObject(Map.of());
        }

        /** A member that is a list; an empty one if it is absent. */
        List<?> list(String key) {
            return members.getOrDefault(key, Absent.NULL) instanceof List<?> list ? list : List.of();
        }
    }

    private Object value() {
        char c = next();
        at--;
        return switch (c) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> string();
            default -> literal();
        };
    }

    private JsonObject members() {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        while (next() != '}') {
            at--;
            String key = string();
            next();
            members.put(key, value());
            if (next() != ',') {
                at--;
            }
        }
        return new JsonObject(members);
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        at++;
        while (next() != ']') {
            at--;
            elements.add(value());
            if (next() != ',') {
                at--;
            }
        }
        return elements;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c != '\\') {
                string.append(c);
                continue;
            }
            char escaped = text.charAt(at++);
            switch (escaped) {
                case 'n' -> string.append('\n');
                case 't' -> string.append('\t');
                case 'r' -> string.append('\r');
                case 'b' -> string.append('\b');
                case 'f' -> string.append('\f');
                case 'u' -> {
                    string.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                }
                default -> string.append(escaped);
            }
        }
        at++;
        return string.toString();
    }

    private Object literal() {
        int start = at;
        while (at < text.length() && ",]}\n ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String literal = text.substring(start, at);
        return switch (literal) {
            case "null" -> Absent.NULL;
            case "true" -> true;
            case "false" -> false;
            default -> Double.valueOf(literal);
        };
    }

    private char next() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at++);
    }

    /** Stands for null. */
    enum Absent {
        NULL
    }
}
