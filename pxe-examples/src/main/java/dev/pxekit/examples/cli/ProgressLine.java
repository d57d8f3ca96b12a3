package dev.pxekit.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** One line of a terminal that shows how far something is and is gone when it has ended. For one transfer. */
final class ProgressLine {

    private static final int WIDTH = 30;

    private final PrintWriter terminal;
    private final long startedAt = System.nanoTime();
    private int shown;

    ProgressLine(PrintWriter terminal) {
        this.terminal = terminal;
    }

    /**
     * Shows how far it is.
     *
     * @param total bytes in all, 0 if they are not known
     */
    void show(long bytes, long total) {
        show(text(bytes, total, Duration.ofNanos(System.nanoTime() - startedAt)));
    }

    /** Takes the line away. */
    void end() {
        show("");
        terminal.print('\r');
        terminal.flush();
    }

    /** {@code [######........................]  20 %  16.8 of 83.9 MB, 112.1 MB/s, 1 s left}, or without the size what is known. */
    static String text(long bytes, long total, Duration elapsed) {
        double rate = TransferText.megabytesPerSecond(bytes, elapsed);
        if (total <= 0) {
            return String.format(Locale.ROOT, "%.1f MB, %.1f MB/s", bytes / 1e6, rate);
        }
        double part = Math.min(1, (double) bytes / total);
        int filled = (int) (part * WIDTH);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %.1f of %.1f MB, %.1f MB/s, %.0f s left",
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                part * 100,
                bytes / 1e6,
                total / 1e6,
                rate,
                Math.max(0, total - bytes) / 1e6 / Math.max(rate, 1e-6));
    }

    private void show(String text) {
        terminal.print('\r' + text + " ".repeat(Math.max(0, shown - text.length())));
        terminal.flush();
        shown = text.length();
    }
}
