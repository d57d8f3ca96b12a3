package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TftpClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server command on a free port of loopback, on a thread of this process that is interrupted in the end. */
final class RunningServe implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready {2}on (?:lo, )?127\\.0\\.0\\.1:(\\d+)[: ].*");

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;
    private final String firstLine;
    private final InetSocketAddress address;

    /** {@code pxekit tftp serve}. */
    RunningServe(String... arguments) throws InterruptedException {
        this(List.of("tftp", "serve", "--bind", "127.0.0.1", "--port", "0"), arguments);
    }

    /**
     * Any server.
     *
     * @param command begins the command line
     * @param arguments end it
     */
    RunningServe(List<String> command, String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        thread = new Thread(() -> exitCode.complete(run(all)));
        thread.start();
        firstLine = line();
        Matcher ready = READY.matcher(firstLine);
        if (!ready.matches()) {
            throw new AssertionError(firstLine);
        }
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(1)));
    }

    private int run(List<String> arguments) {
        int code = PxeKit.commandLine()
                .setOut(new PrintWriter(new Lines()))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        lines.add("ended with exit code " + code + ": " + err);
        return code;
    }

    String firstLine() {
        return firstLine;
    }

    /** The next line that it prints. */
    String line() throws InterruptedException {
        String line = lines.poll(20, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("no line for 20 seconds");
        }
        return line;
    }

    InetSocketAddress address() {
        return address;
    }

    TftpClient.Builder client() {
        return TftpClient.builder().server(address);
    }

    /** Interrupts the command and waits for its end. */
    int end() throws Exception {
        thread.interrupt();
        return exitCode.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        end();
    }

    /** Hands on whole lines. */
    private final class Lines extends Writer {

        private final StringBuilder begun = new StringBuilder();

        @Override
        public void write(char[] characters, int offset, int length) {
            begun.append(characters, offset, length);
            int end = begun.indexOf("\n");
            while (end >= 0) {
                lines.add(begun.substring(0, end).strip());
                begun.delete(0, end + 1);
                end = begun.indexOf("\n");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
