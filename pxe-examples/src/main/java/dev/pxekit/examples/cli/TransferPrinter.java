package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TransferListener;
import dev.pxekit.tftp.TransferResult;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Prints a line for each transfer of a server when it has ended. Thread safe. */
final class TransferPrinter implements TransferListener {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;

    TransferPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void ended(TransferResult result) {
        String client = HostAndPort.of(result.transfer().peer()).toString();
        String line = LocalTime.now(ZoneId.systemDefault()).format(TIME) + " " + client + " "
                + result.transfer().fileName() + ": " + TransferText.of(result);
        out.println(TransferText.printable(line));
        out.flush();
    }
}
