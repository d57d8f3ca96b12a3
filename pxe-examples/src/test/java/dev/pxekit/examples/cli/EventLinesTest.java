package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventLinesTest {

    private static final Pattern LEFT_OUT = Pattern.compile(".* (\\d+) lines left out: .*");

    /** A pipe that is full until somebody reads it. */
    private static final class Unread extends Writer {

        private final StringWriter written = new StringWriter();
        private final CountDownLatch read = new CountDownLatch(1);

        void read() {
            read.countDown();
        }

        List<String> lines() {
            return written.toString().lines().toList();
        }

        @Override
        public void write(char[] characters, int offset, int length) {
            try {
                read.await();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts who prints", e);
            }
            written.write(characters, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Until it is so, or the time is up: what the test asserts next says what is missing then. */
    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Test
    void printsALineForEachEventBeforeItIsClosed() {
        StringWriter out = new StringWriter();
        try (EventLines lines = new EventLines(new PrintWriter(out))) {
            lines.print("dhcp", "one\u001b[2J");
            // With the printer at work the last line needs but a moment, on a busy machine too.
            await(() -> out.toString().endsWith("\n"));
            lines.print("tftp", "two");
        }
        assertThat(out.toString().lines().toList())
                .hasSize(2)
                .satisfiesExactly(
                        one -> assertThat(one).matches("\\d\\d:\\d\\d:\\d\\d dhcp  one\\?\\[2J"),
                        two -> assertThat(two).matches("\\d\\d:\\d\\d:\\d\\d tftp  two"));
    }

    @Test
    void holdsNobodyUpWhileNobodyReadsAndSaysHowManyLinesThatCost() {
        Unread out = new Unread();
        try (EventLines lines = new EventLines(new PrintWriter(out))) {
            for (int i = 0; i < 5_000; i++) {
                lines.print("dhcp", "event " + i);
            }
            out.read();
        }
        // Closing waits for a moment only; a busy machine takes longer to print them all.
        await(() -> events(out).size() + leftOut(out) == 5_000);
        assertThat(events(out)).hasSizeBetween(1000, 2000).first().asString().endsWith("event 0");
        assertThat(leftOut(out)).isEqualTo(5_000 - events(out).size());
    }

    private static List<String> events(Unread out) {
        return out.lines().stream().filter(line -> line.contains(" dhcp ")).toList();
    }

    private static int leftOut(Unread out) {
        return out.lines().stream()
                .map(LEFT_OUT::matcher)
                .filter(Matcher::matches)
                .mapToInt(told -> Integer.parseInt(told.group(1)))
                .sum();
    }

    @Test
    void endsThoughNobodyReads() {
        Unread out = new Unread();
        try (EventLines lines = new EventLines(new PrintWriter(out))) {
            lines.print("dhcp", "never read");
        }
        assertThat(out.lines()).isEmpty();
        out.read();
    }
}
