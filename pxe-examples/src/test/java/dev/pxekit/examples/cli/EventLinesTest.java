package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

    @Test
    void printsALineForEachEventBeforeItIsClosed() {
        StringWriter out = new StringWriter();
        try (EventLines lines = new EventLines(new PrintWriter(out))) {
            lines.print("dhcp", "one\u001b[2J");
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
        List<String> events =
                out.lines().stream().filter(line -> line.contains(" dhcp ")).toList();
        assertThat(events).hasSizeBetween(1000, 2000).first().asString().endsWith("event 0");
        assertThat(out.lines().stream()
                        .map(LEFT_OUT::matcher)
                        .filter(Matcher::matches)
                        .mapToInt(told -> Integer.parseInt(told.group(1)))
                        .sum())
                .isEqualTo(5_000 - events.size());
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
