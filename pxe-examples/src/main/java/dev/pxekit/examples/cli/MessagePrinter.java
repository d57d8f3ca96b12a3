package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.DhcpFormatException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints messages one after the other as they come, in one of the formats. */
final class MessagePrinter {

    private static final String DETAIL = "        ";

    private final PrintWriter out;
    private final MessageFormat format;
    private final boolean verbose;
    private final Conversations conversations = new Conversations();
    private @Nullable Instant start;
    private long messages;
    private long malformed;

    /**
     * Starts before the first message.
     *
     * @param verbose whether the text form follows the line of a summary
     */
    MessagePrinter(PrintWriter out, MessageFormat format, boolean verbose) {
        this.out = out;
        this.format = format;
        this.verbose = verbose;
    }

    /** Prints a message. */
    void print(MessageInput.Payload payload, DecodedMessage message) {
        long known = conversations.count();
        long conversation = conversations.numberOf(message);
        messages++;
        switch (format) {
            case TEXT -> printText(payload.seen(), message, conversation);
            case SUMMARY -> printSummary(payload.seen(), message, conversation, conversation > known);
            case JSON -> printJson(payload.seen(), message, conversation);
            case HEX -> printHex(payload);
        }
    }

    /** Prints octets that are no message, with the reason. */
    void print(MessageInput.Payload payload, DhcpFormatException fault) {
        messages++;
        malformed++;
        String message = String.valueOf(fault.getMessage());
        String reason = Printable.of(message);
        switch (format) {
            case TEXT -> {
                payload.seen().ifPresent(seen -> out.println("# " + place(seen)));
                out.println("# malformed: " + reason);
                out.println("# " + payload.hex());
                out.println();
            }
            case SUMMARY -> {
                out.println(line("-", payload.seen()) + "MALFORMED  " + reason);
                out.println(DETAIL + payload.hex());
            }
            case JSON ->
                out.println(json(payload.seen())
                        .text("error", message)
                        .number("offset", fault.offset())
                        .text("hex", payload.hex()));
            case HEX -> printHex(payload);
        }
    }

    /** How many messages were printed, in words. */
    String total() {
        return String.format(
                Locale.ROOT,
                "%,d DHCP message%s in %,d conversation%s%s",
                messages,
                messages == 1 ? "" : "s",
                conversations.count(),
                conversations.count() == 1 ? "" : "s",
                malformed == 0 ? "" : String.format(Locale.ROOT, ", %,d malformed", malformed));
    }

    private void printHex(MessageInput.Payload payload) {
        out.println(payload.hex());
    }

    private void printText(Optional<Seen> seen, DecodedMessage message, long conversation) {
        seen.ifPresent(at -> out.println("# " + place(at) + ", conversation " + conversation));
        message.asker().ifPresent(asker -> out.println("# client: " + Printable.of(asker)));
        message.diagnostics().forEach(odd -> out.println("# odd: " + Printable.of(odd.toString())));
        printLines("", message);
        out.println();
    }

    private static String place(Seen seen) {
        return "frame " + seen.number() + ", " + seen.time() + ", " + way(seen);
    }

    private static String way(Seen seen) {
        return Endpoints.text(seen.source()) + " > " + Endpoints.text(seen.destination());
    }

    /** The values of the text form are quoted already, its remarks may not be. */
    private void printLines(String indent, DecodedMessage message) {
        for (String line : message.text().stripTrailing().split("\n", -1)) {
            out.println(indent + Printable.of(line));
        }
    }

    private void printSummary(Optional<Seen> seen, DecodedMessage message, long conversation, boolean first) {
        if (first) {
            out.println((messages == 1 ? "" : System.lineSeparator()) + "Conversation " + conversation + ", xid "
                    + message.transactionId() + ": "
                    + Printable.of(message.asker().orElseGet(message::client))
                    + seen.map(at -> ", " + at.time()).orElse(""));
        }
        String facts = String.join(", ", message.facts());
        out.println((line("" + conversation, seen) + message.type() + "  " + Printable.of(facts)).stripTrailing());
        message.diagnostics().forEach(odd -> out.println(DETAIL + "odd: " + Printable.of(odd.toString())));
        if (verbose) {
            printLines(DETAIL, message);
        }
    }

    /** The beginning of a line: conversation, seconds since the first message, and the way. */
    private String line(String conversation, Optional<Seen> seen) {
        String number = String.format(Locale.ROOT, "%5s ", "[" + conversation + "]");
        if (seen.isEmpty()) {
            return number;
        }
        Instant time = seen.get().time();
        start = start == null ? time : start;
        double seconds = Duration.between(start, time).toNanos() / 1e9;
        return String.format(Locale.ROOT, "%s%10.3f  %s  ", number, seconds, way(seen.get()));
    }

    private void printJson(Optional<Seen> seen, DecodedMessage message, long conversation) {
        JsonLine line = json(seen);
        line.number("conversation", conversation);
        message.asker().ifPresent(asker -> line.text("client", asker));
        out.println(line.json("message", message.json()));
    }

    private static JsonLine json(Optional<Seen> seen) {
        JsonLine line = new JsonLine();
        seen.ifPresent(at -> line.number("frame", at.number())
                .text("time", at.time().toString())
                .text("source", Endpoints.text(at.source()))
                .text("destination", Endpoints.text(at.destination())));
        return line;
    }
}
