package dev.pxekit.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.AssertionFailedError;

/**
 * What a test needs from the machine it runs on. A need that is not met skips the test with a reason that says what to
 * install; under {@code -Dpxekit.required=all}, as continuous integration runs, it fails the test instead.
 */
public final class Needs {

    private Needs() {}

    /**
     * Finds a program on the search path.
     *
     * @param name the program, such as {@code xorriso}
     * @param debianPackage the Debian package that brings it, for the message
     */
    public static Path program(String name, String debianPackage) {
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        require(found.isPresent(), "the program " + name + " (Debian package " + debianPackage + ")");
        return found.orElseThrow();
    }

    /** Finds a file that a Debian package brings. */
    public static Path file(String path, String debianPackage) {
        Path file = Path.of(path);
        require(Files.isReadable(file), "the file " + path + " (Debian package " + debianPackage + ")");
        return file;
    }

    /** Asks for the right to make network namespaces and tap devices. */
    public static void networkNamespaces() {
        Path unshare = program("unshare", "util-linux");
        program("ip", "iproute2");
        require(
                succeeds(unshare.toString(), "-n", "ip", "tuntap", "add", "pxekit0", "mode", "tap"),
                "root and /dev/net/tun, for network namespaces with tap devices");
    }

    /** Asks for the right to make mount namespaces, with file systems in memory. */
    public static void mountNamespaces() {
        Path unshare = program("unshare", "util-linux");
        require(
                succeeds(unshare.toString(), "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"),
                "root, for mount namespaces with file systems in memory");
    }

    /** The directory of conformance data, {@code -Dpxekit.conformance=DIR}; a machine without it always skips. */
    public static Path conformance(String subdirectory) {
        String directory = System.getProperty("pxekit.conformance", "");
        skipUnless(!directory.isBlank(), "needs conformance data: give its directory as -Dpxekit.conformance=DIR");
        Path path = Path.of(directory, subdirectory);
        skipUnless(Files.isDirectory(path), "needs the conformance data in " + path);
        return path;
    }

    private static void require(boolean met, String what) {
        if (!met && "all".equals(System.getProperty("pxekit.required"))) {
            throw new AssertionFailedError("needs " + what + "; nothing may be skipped under -Dpxekit.required=all");
        }
        skipUnless(met, "needs " + what);
    }

    /** Says on the console why a test is skipped: the test runner itself only counts. */
    private static void skipUnless(boolean met, String reason) {
        if (!met) {
            System.out.println("[SKIP] " + reason);
        }
        Assumptions.assumeTrue(met, reason);
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
