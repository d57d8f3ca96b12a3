package dev.pxekit.examples.cli;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints a line with the time for each thing that happens, for whoever watches. Thread safe. */
final class EventLines {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;

    EventLines(PrintWriter out) {
        this.out = out;
    }

    void print(String protocol, String what) {
        out.println(String.format(
                Locale.ROOT,
                "%s %-5s %s",
                LocalTime.now(ZoneId.systemDefault()).format(TIME),
                protocol,
                TransferText.printable(what)));
        out.flush();
    }
}
