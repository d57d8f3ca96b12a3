package dev.pxekit.ipxe.internal;

import dev.pxekit.ipxe.IpxeLine;
import dev.pxekit.ipxe.IpxeScript;
import dev.pxekit.ipxe.ParseResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A script and where in it the machine is. */
final class RunningScript {

    private final List<IpxeLine> lines;
    private final Map<String, Integer> labels = new HashMap<>();
    private final boolean brokenAtEnd;
    private int next;
    private boolean leavesLine;
    private boolean exited;
    private Optional<Image> replacement = Optional.empty();

    RunningScript(byte[] bytes) {
        ParseResult<IpxeScript> parsed = IpxeScript.parse(ByteText.of(bytes));
        lines = parsed.value().lines();
        brokenAtEnd = parsed.diagnostics().stream()
                .anyMatch(diagnostic -> diagnostic.code().equals("continuation-at-end"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof IpxeLine.Label label) {
                labels.putIfAbsent(label.name(), i);
            }
        }
    }

    boolean hasNext() {
        return next < lines.size() && !exited;
    }

    /** Tells whether the next line is one that iPXE fails on instead of running it: its backslash joins nothing to it. */
    boolean nextIsBroken() {
        return brokenAtEnd && next == lines.size() - 1;
    }

    int nextLineNumber() {
        return lines.get(next).span().line();
    }

    IpxeLine advance() {
        leavesLine = false;
        return lines.get(next++);
    }

    /** Goes to a label, which ends the line that is running; returns whether there is one. */
    boolean jumpTo(String label) {
        Integer target = labels.get(label);
        if (target == null) {
            return false;
        }
        next = target;
        leavesLine = true;
        return true;
    }

    void exit() {
        exited = true;
        leavesLine = true;
    }

    boolean exited() {
        return exited;
    }

    /** Tells whether the rest of the running line is to be dropped. */
    boolean leavesLine() {
        return leavesLine;
    }

    void replaceBy(Image image) {
        replacement = Optional.of(image);
        exit();
    }

    Optional<Image> replacement() {
        return replacement;
    }
}
