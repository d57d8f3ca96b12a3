package dev.pxekit.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Prints a line with the time for each thing that happens, for whoever watches. A thread of its own prints them: if nobody reads
 * what it prints, such as a pager that waits for a key, lines are left out and counted, and whoever has something to tell goes
 * on. Thread safe.
 */
final class EventLines implements AutoCloseable {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int MOST_WAITING = 1000;
    private static final Duration LAST_LINES = Duration.ofSeconds(1);

    private final PrintWriter out;
    private final AtomicLong leftOut = new AtomicLong();
    private final ExecutorService printer = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), EventLines::newThread);

    EventLines(PrintWriter out) {
        this.out = out;
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "pxekit-events");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns at once. */
    void print(String protocol, String what) {
        LocalTime time = LocalTime.now(ZoneId.systemDefault());
        try {
            printer.execute(() -> printNow(time, protocol, what));
        } catch (RejectedExecutionException e) {
            leftOut.incrementAndGet();
        }
    }

    /** Lines are left out only while others wait, so one of those follows to tell it. */
    private void printNow(LocalTime time, String protocol, String what) {
        long lines = leftOut.getAndSet(0);
        if (lines > 0) {
            out.println(line(time, "", lines + " lines left out: they came faster than they were read"));
        }
        out.println(line(time, protocol, what));
        out.flush();
    }

    private static String line(LocalTime time, String protocol, String what) {
        return String.format(Locale.ROOT, "%s %-5s %s", time.format(TIME), protocol, TransferText.printable(what));
    }

    /** Waits a moment for the lines that were not printed yet. */
    @Override
    public void close() {
        printer.shutdown();
        try {
            printer.awaitTermination(LAST_LINES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
