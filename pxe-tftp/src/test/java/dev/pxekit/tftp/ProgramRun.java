package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of this machine that a test starts and sees to its end. */
final class ProgramRun implements AutoCloseable {

    /** How long a program may take: some move 64 MiB in blocks of 512 one by one, on a machine that may be busy. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final Path output;

    private ProgramRun(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static ProgramRun start(Path directory, List<String> command) throws IOException {
        Path output = Files.createTempFile("program", ".log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        return new ProgramRun(process, output);
    }

    /** Waits for the end. */
    String output() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the program did not end within " + PATIENCE.toMinutes() + " minutes; its output: "
                    + Files.readString(output));
        }
        return "exit status " + process.exitValue() + "\n" + Files.readString(output);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        Files.deleteIfExists(output);
    }
}
