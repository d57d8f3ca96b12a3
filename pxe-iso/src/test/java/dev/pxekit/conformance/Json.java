package dev.pxekit.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the sound JSON of a manifest into maps, lists, strings, doubles and booleans; {@code null} members are left out. */
final class Json {

    private final String text;
    private int index;

    private Json(String text) {
        this.text = text;
    }

    @SuppressWarnings("unchecked") // a manifest is an object
    static Map<String, Object> object(String text) {
        return (Map<String, Object>) new Json(text).value();
    }

    @SuppressWarnings("unchecked") // the caller knows the manifest
    static List<Map<String, Object>> list(Map<String, Object> object, String name) {
        return (List<Map<String, Object>>) object.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked") // the caller knows the manifest
    static Map<String, Object> object(Map<String, Object> object, String name) {
        return (Map<String, Object>) object.getOrDefault(name, Map.of());
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(index))) {
            index++;
        }
        return text.charAt(index);
    }

    private boolean take(char c) {
        if (peek() == c) {
            index++;
            return true;
        }
        return false;
    }

    private Object value() {
        char c = peek();
        if (c == '{') {
            return object();
        }
        if (c == '[') {
            return list();
        }
        return c == '"' ? string() : literal();
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        index++;
        while (!take('}')) {
            peek();
            String name = string();
            take(':');
            Object value = value();
            if (value != this) {
                members.put(name, value);
            }
            take(',');
        }
        return members;
    }

    private List<Object> list() {
        List<Object> items = new ArrayList<>();
        index++;
        while (!take(']')) {
            items.add(value());
            take(',');
        }
        return items;
    }

    private String string() {
        StringBuilder result = new StringBuilder();
        for (index++; text.charAt(index) != '"'; index++) {
            char c = text.charAt(index);
            if (c != '\\') {
                result.append(c);
                continue;
            }
            char escape = text.charAt(++index);
            switch (escape) {
                case 'n' -> result.append('\n');
                case 't' -> result.append('\t');
                case 'r' -> result.append('\r');
                case 'b' -> result.append('\b');
                case 'f' -> result.append('\f');
                case 'u' -> {
                    result.append((char) Integer.parseInt(text.substring(index + 1, index + 5), 16));
                    index += 4;
                }
                default -> result.append(escape);
            }
        }
        index++;
        return result.toString();
    }

    /** A number or a word; {@code this} stands for null. */
    private Object literal() {
        int start = index;
        while (index < text.length() && ",]} \n\r\t".indexOf(text.charAt(index)) < 0) {
            index++;
        }
        String word = text.substring(start, index);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> this;
            default -> Double.valueOf(word);
        };
    }
}
