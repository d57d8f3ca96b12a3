package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TransferListener;
import dev.pxekit.tftp.TransferResult;
import java.io.PrintWriter;

/** Prints a line for each transfer of a server when it has ended. Thread safe. */
final class TransferPrinter implements TransferListener, AutoCloseable {

    private final EventLines lines;

    TransferPrinter(PrintWriter out) {
        this.lines = new EventLines(out);
    }

    /** Waits a moment for the lines that were not printed yet. */
    @Override
    public void close() {
        lines.close();
    }

    @Override
    public void ended(TransferResult result) {
        String client = HostAndPort.of(result.transfer().peer()).toString();
        lines.print("tftp", client + " " + result.transfer().fileName() + ": " + TransferText.of(result));
    }
}
