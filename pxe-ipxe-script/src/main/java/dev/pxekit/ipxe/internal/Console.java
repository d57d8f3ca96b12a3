package dev.pxekit.ipxe.internal;

import java.util.ArrayList;
import java.util.List;

/** What a machine prints. */
final class Console {

    private final StringBuilder text = new StringBuilder();
    private final Budget budget;

    Console(Budget budget) {
        this.budget = budget;
    }

    void print(String output) {
        budget.output(output.length());
        text.append(output);
    }

    void printLine(String output) {
        print(output + "\n");
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf("\n", start);
            end = end < 0 ? text.length() : end;
            lines.add(ByteText.display(text.substring(start, end)));
            start = end + 1;
        }
        return lines;
    }
}
