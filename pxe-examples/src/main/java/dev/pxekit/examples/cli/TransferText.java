package dev.pxekit.examples.cli;

import dev.pxekit.tftp.Transfer;
import dev.pxekit.tftp.TransferOutcome;
import dev.pxekit.tftp.TransferResult;
import java.time.Duration;
import java.util.Locale;

/** Transfers in words, for people. */
final class TransferText {

    private TransferText() {}

    /** {@code completed, 1,234,567 bytes in 12 ms (102.9 MB/s), blksize=1428 windowsize=8, 0 retransmissions}. */
    static String of(TransferResult result) {
        String outcome = of(result.outcome());
        return result.bytes() == 0 && !result.isCompleted()
                ? outcome + ", " + retransmissions(result)
                : outcome + ", " + measured(result);
    }

    /** Megabytes are 10⁶ bytes; a transfer that took no time at all took a microsecond. */
    static double megabytesPerSecond(long bytes, Duration duration) {
        return bytes / Math.max(1e-6, duration.toNanos() / 1e9) / 1e6;
    }

    /** Names and reasons come off the wire: what would steer a terminal or forge a line is shown as a question mark. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** {@code 1,234,567 bytes in 12 ms (102.9 MB/s), blksize=1428 windowsize=8, 0 retransmissions}. */
    static String measured(TransferResult result) {
        Transfer transfer = result.transfer();
        return String.format(
                Locale.ROOT,
                "%,d bytes in %,d ms (%.1f MB/s), %s, %s",
                result.bytes(),
                result.duration().toMillis(),
                megabytesPerSecond(result.bytes(), result.duration()),
                transfer.options().isEmpty() ? "no options" : transfer.options().toString(),
                retransmissions(result));
    }

    private static String retransmissions(TransferResult result) {
        return String.format(Locale.ROOT, "%,d retransmissions", result.retransmissions());
    }

    private static String of(TransferOutcome outcome) {
        if (outcome instanceof TransferOutcome.Failed failed) {
            return "failed: " + failed.reason();
        }
        return outcome instanceof TransferOutcome.Probe ? "asked for the size only" : "completed";
    }
}
