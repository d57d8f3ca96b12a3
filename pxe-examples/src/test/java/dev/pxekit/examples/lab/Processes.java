package dev.pxekit.examples.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Child processes of the lab. */
final class Processes {

    private Processes() {}

    /** Runs a short command to its end. */
    static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status + ": " + output.strip());
        }
    }

    /** Ends a process and what it started; waits until they are gone. */
    static void end(Process process) throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    /** A log as text, without the escape sequences of a terminal. */
    static String readLog(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1)
                .replaceAll("\u001b\\[[0-9;=?]*[a-zA-Z]", "")
                .replace("\r", "");
    }

    /** The last lines of a log, for the message of a failure. */
    static String tail(Path log, int lines) throws IOException {
        String[] all = readLog(log).split("\n");
        int from = Math.max(0, all.length - lines);
        return String.join("\n", java.util.Arrays.asList(all).subList(from, all.length));
    }
}
