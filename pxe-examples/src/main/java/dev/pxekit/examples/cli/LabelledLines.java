package dev.pxekit.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Lines with a label each, indented; of several values of one label each has a line. Values come out of images and are made printable. */
record LabelledLines(PrintWriter out) {

    /** A value; none if it is empty. */
    void add(String label, String value) {
        add(label, value.isEmpty() ? List.of() : List.of(value));
    }

    void add(String label, List<String> values) {
        String shown = label;
        for (String value : values) {
            out.println(String.format(Locale.ROOT, "  %-15s %s", shown, Printable.of(value)));
            shown = "";
        }
    }
}
