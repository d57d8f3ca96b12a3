package dev.pxekit.examples.cli;

import java.io.PrintWriter;

/** Whether what a command prints arrives. */
final class StandardOutput {

    private StandardOutput() {}

    /** Flushes, and ends the command if nobody reads on or nothing more can be stored. */
    static void flush(PrintWriter out) throws CommandFailure {
        // The writer does not see what the stream under it swallows.
        if (out.checkError() || System.out.checkError()) {
            throw new CommandFailure("can't write to standard output: its reader has ended, or the disk is full");
        }
    }
}
