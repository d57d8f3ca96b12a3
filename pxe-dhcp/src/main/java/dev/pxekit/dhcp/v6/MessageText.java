package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.internal.PlainDiagnostics;
import dev.pxekit.dhcp.internal.PlainJson;
import dev.pxekit.dhcp.internal.PlainOptions;
import dev.pxekit.dhcp.internal.PlainText;
import dev.pxekit.dhcp.internal.PlainTextParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages as lines of text and back, and as JSON: their plain form with the options on lines of their own. */
final class MessageText {

    private static final String TITLE = "DHCPv6 message";
    private static final String OPTION = "option";

    private MessageText() {}

    static String print(Dhcp6Message message) {
        StringBuilder out = new StringBuilder(TITLE).append('\n');
        MessageFormat.headerToPlain(message).forEach((label, value) -> PlainText.print(out, 0, label, value));
        for (Object option : optionsToPlain(message)) {
            PlainText.printOption(out, 0, OPTION, (Map<?, ?>) option, "");
        }
        return out.toString();
    }

    private static List<Object> optionsToPlain(Dhcp6Message message) {
        return PlainOptions.toPlain(
                message.options(), code -> Dhcp6Option.forCode(code).orElse(null));
    }

    static String json(Dhcp6Message message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("family", 6);
        fields.putAll(MessageFormat.headerToPlain(message));
        fields.put(MessageFormat.OPTIONS, optionsToPlain(message));
        PlainDiagnostics.put(fields, message.diagnostics());
        return PlainJson.print(fields);
    }

    static Dhcp6Message parse(String text) {
        Map<String, PlainTextParser.Entry> header = new LinkedHashMap<>();
        Dhcp6Options.Builder options = Dhcp6Options.builder();
        for (PlainTextParser.Entry line : PlainTextParser.parse(text)) {
            try {
                read(line, header, options);
            } catch (IllegalArgumentException e) {
                throw line.fault(e);
            }
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        header.forEach((name, line) -> plain.put(name, line.plain()));
        try {
            return MessageFormat.headerFromPlain(plain)
                    .addOptions(options.build())
                    .build();
        } catch (IllegalArgumentException e) {
            throw header.isEmpty() ? e : header.values().iterator().next().fault(e);
        }
    }

    private static void read(
            PlainTextParser.Entry line, Map<String, PlainTextParser.Entry> header, Dhcp6Options.Builder options) {
        int code = line.optionCode();
        if (code >= 0) {
            options.add(
                    code,
                    PlainOptions.octets(
                            code, line.option(), Dhcp6Option.forCode(code).orElse(null)));
        } else if (MessageFormat.HEADER_FIELDS.contains(line.label())) {
            if (header.put(line.label(), line) != null) {
                throw line.fault("one line of this kind");
            }
        } else if (!line.label().equals(TITLE)) {
            throw line.fault(MessageFormat.HEADER_FIELDS + ", or option with a code from 1 to 65535");
        }
    }
}
