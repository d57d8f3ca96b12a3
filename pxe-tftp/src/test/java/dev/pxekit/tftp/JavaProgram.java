package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pxekit.testkit.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A class of the tests with a {@code main}, run in a JVM of its own: in another network, or with little memory. */
final class JavaProgram implements AutoCloseable {

    private static final String END = "(end of output)";

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private JavaProgram(Process process) {
        this.process = process;
    }

    /**
     * Starts a program.
     *
     * @param launcher what comes before {@code java}, such as {@code ip netns exec NAME}
     * @param jvmOptions such as {@code -Xmx64m}
     */
    static JavaProgram start(List<String> launcher, List<String> jvmOptions, Class<?> main, String... arguments)
            throws IOException {
        JavaProgram program = new JavaProgram(ChildJvm.start(launcher, jvmOptions, TftpServer.class, main, arguments));
        Thread reader = new Thread(program::readLines, "output of " + main.getSimpleName());
        reader.setDaemon(true);
        reader.start();
        return program;
    }

    private void readLines() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // closed with the program
        } finally {
            lines.add(END);
        }
    }

    /** The next line that starts so, past others. */
    String line(String prefix) throws InterruptedException {
        List<String> passed = new ArrayList<>();
        while (true) {
            String line = lines.poll(30, TimeUnit.SECONDS);
            if (line == null || line.equals(END)) {
                throw new AssertionError("no line \"" + prefix + "...\" came; " + passed);
            }
            if (line.startsWith(prefix)) {
                return line;
            }
            passed.add(line);
        }
    }

    /** Waits for the end of a program that ends by itself. */
    void awaitEnd() {
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
