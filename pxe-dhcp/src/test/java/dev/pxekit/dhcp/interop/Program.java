package dev.pxekit.dhcp.interop;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs, and the lines that it has written so far. */
final class Program implements AutoCloseable {

    /** For whatever happens at once on a machine that has nothing else to do. */
    static final Duration LONG = Duration.ofSeconds(60);

    private final List<String> command;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private int read;
    private boolean ended;

    private Program(List<String> command, Process process) {
        this.command = command;
        this.process = process;
    }

    /** Starts a program whose lines are collected. */
    static Program start(String... command) throws IOException {
        Program program = new Program(
                List.of(command), builder(command).redirectErrorStream(true).start());
        Thread reader = new Thread(program::readLines, "output of " + command[0]);
        reader.setDaemon(true);
        reader.start();
        return program;
    }

    /** Starts a program whose output is for {@link #output}. */
    static Program startPiped(String... command) throws IOException {
        return new Program(
                List.of(command),
                builder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }

    /** Runs a program to its end and returns what it wrote. */
    static String run(String... command) throws IOException {
        Program program = start(command);
        try {
            int status = program.awaitEnd();
            if (status != 0) {
                throw new IOException(List.of(command) + " ended with status " + status + ":\n" + program);
            }
            return program.toString();
        } finally {
            program.close();
        }
    }

    private static ProcessBuilder builder(String... command) {
        return new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    }

    private void readLines() {
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("[reading failed: " + e + "]");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for a line with a text in it, after the one that was waited for last, and returns it. */
    synchronized String await(String text) {
        long limit = System.nanoTime() + LONG.toNanos();
        while (true) {
            while (read < lines.size()) {
                String line = lines.get(read++);
                if (line.contains(text)) {
                    return line;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError("no line with \"" + text + "\" from " + command
                        + (ended ? ", which ended" : "") + ":\n" + this);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /** Waits for the end of the program and returns its exit status. */
    int awaitEnd() throws IOException {
        try {
            if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(command + " does not end:\n" + this);
            }
            synchronized (this) {
                while (!ended) {
                    wait(LONG.toMillis());
                }
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What a program writes that was started for it. */
    InputStream output() {
        return process.getInputStream();
    }

    /** Sends a signal, such as {@code USR1}. */
    void signal(String name) throws IOException {
        run("kill", "-" + name, Long.toString(process.pid()));
    }

    /** Runs another program where this one is, in the same network and with the same files. */
    String runBeside(String... command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("nsenter", "-t", Long.toString(process.pid()), "-n", "-m"));
        whole.addAll(List.of(command));
        return run(whole.toArray(String[]::new));
    }

    @Override
    public synchronized String toString() {
        return String.join("\n", lines) + "\n";
    }

    /** Ends the program and what it started, at once. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
