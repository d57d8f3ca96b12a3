package dev.pxekit.examples.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Our boot server, in a process of its own inside the lab's namespace. */
final class LabServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Pattern READY = Pattern.compile("(?m)^ready\\b");

    private final Process process;
    private final Path log;

    private LabServer(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Runs a main class with arguments in the namespace and waits until it says that it is ready. */
    static LabServer start(LabNetwork network, Path logs, String name, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path log = Files.createDirectories(logs).resolve(name + ".server.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dpxekit.log=DEBUG",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(network.inside(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        LabServer server = new LabServer(process, log);
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!READY.matcher(Processes.readLog(log)).find()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new AssertionError("the boot server did not come up:\n" + lastLines());
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    /** All that the server has said so far. */
    String log() throws IOException {
        return Processes.readLog(log);
    }

    /** The last lines of the server's log, for the message of a failure. */
    String lastLines() throws IOException {
        return "the boot server's last lines (" + log + "):\n" + Processes.tail(log, 30);
    }

    @Override
    public void close() throws InterruptedException {
        Processes.end(process);
    }
}
