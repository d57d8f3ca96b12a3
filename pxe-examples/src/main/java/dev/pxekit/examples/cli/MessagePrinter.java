package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.capture.CapturedDatagram;
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
            case TEXT -> printText(payload.datagram(), message, conversation);
            case SUMMARY -> printSummary(payload.datagram(), message, conversation, conversation > known);
            case JSON -> printJson(payload.datagram(), message, conversation);
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
                payload.datagram().ifPresent(datagram -> out.println("# " + place(datagram)));
                out.println("# malformed: " + reason);
                out.println("# " + payload.hex());
                out.println();
            }
            case SUMMARY -> {
                out.println(line("-", payload.datagram()) + "MALFORMED  " + reason);
                out.println(DETAIL + payload.hex());
            }
            case JSON ->
                out.println(json(payload.datagram())
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

    private void printText(Optional<CapturedDatagram> datagram, DecodedMessage message, long conversation) {
        datagram.ifPresent(seen -> out.println("# " + place(seen) + ", conversation " + conversation));
        message.asker().ifPresent(asker -> out.println("# client: " + Printable.of(asker)));
        message.diagnostics().forEach(odd -> out.println("# odd: " + Printable.of(odd.toString())));
        printLines("", message);
        out.println();
    }

    private static String place(CapturedDatagram datagram) {
        return "frame " + datagram.frameNumber() + ", " + datagram.time() + ", " + way(datagram);
    }

    private static String way(CapturedDatagram datagram) {
        return Endpoints.text(datagram.source()) + " > " + Endpoints.text(datagram.destination());
    }

    /** The values of the text form are quoted already, its remarks may not be. */
    private void printLines(String indent, DecodedMessage message) {
        for (String line : message.text().stripTrailing().split("\n", -1)) {
            out.println(indent + Printable.of(line));
        }
    }

    private void printSummary(
            Optional<CapturedDatagram> datagram, DecodedMessage message, long conversation, boolean first) {
        if (first) {
            out.println((messages == 1 ? "" : System.lineSeparator()) + "Conversation " + conversation + ", xid "
                    + message.transactionId() + ": "
                    + Printable.of(message.asker().orElseGet(message::client))
                    + datagram.map(seen -> ", " + seen.time()).orElse(""));
        }
        String facts = String.join(", ", message.facts());
        out.println((line("" + conversation, datagram) + message.type() + "  " + Printable.of(facts)).stripTrailing());
        message.diagnostics().forEach(odd -> out.println(DETAIL + "odd: " + Printable.of(odd.toString())));
        if (verbose) {
            printLines(DETAIL, message);
        }
    }

    /** The beginning of a line: conversation, seconds since the first message, and the way. */
    private String line(String conversation, Optional<CapturedDatagram> datagram) {
        String number = String.format(Locale.ROOT, "%5s ", "[" + conversation + "]");
        if (datagram.isEmpty()) {
            return number;
        }
        Instant time = datagram.get().time();
        start = start == null ? time : start;
        double seconds = Duration.between(start, time).toNanos() / 1e9;
        return String.format(Locale.ROOT, "%s%10.3f  %s  ", number, seconds, way(datagram.get()));
    }

    private void printJson(Optional<CapturedDatagram> datagram, DecodedMessage message, long conversation) {
        JsonLine line = json(datagram);
        line.number("conversation", conversation);
        message.asker().ifPresent(asker -> line.text("client", asker));
        out.println(line.json("message", message.json()));
    }

    private static JsonLine json(Optional<CapturedDatagram> datagram) {
        JsonLine line = new JsonLine();
        datagram.ifPresent(seen -> line.number("frame", seen.frameNumber())
                .text("time", seen.time().toString())
                .text("source", Endpoints.text(seen.source()))
                .text("destination", Endpoints.text(seen.destination())));
        return line;
    }
}
