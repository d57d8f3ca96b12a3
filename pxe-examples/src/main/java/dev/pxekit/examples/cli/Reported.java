package dev.pxekit.examples.cli;

import java.io.PrintWriter;

/** One of the things that a command finds and reports, for people or for programs. */
interface Reported {

    /** An object on one line. */
    String json();

    /** One line or more for people. */
    void print(PrintWriter out);
}
