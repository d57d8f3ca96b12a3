package dev.pxekit.testkit;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A class of the tests with a {@code main}, run in a JVM of its own. */
public final class ChildJvm {

    private ChildJvm() {}

    /**
     * Starts a program, its errors among its output.
     *
     * @param launcher what comes before {@code java}
     * @param library any class of the module that is tested
     */
    public static Process start(
            List<String> launcher, List<String> jvmOptions, Class<?> library, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath(library, main), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The tests run as a module; the program runs from the class path, which is shorter to say. */
    private static String classPath(Class<?> library, Class<?> main) {
        return Stream.of(
                        testClasses(main),
                        mainClasses(library),
                        System.getProperty("jdk.module.path", ""),
                        System.getProperty("java.class.path", ""))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Where a class of the tests lies; its module claims to be elsewhere. */
    private static String testClasses(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        String url = String.valueOf(type.getResource("/" + file));
        return Path.of(URI.create(url.substring(0, url.length() - file.length())))
                .toString();
    }

    /** A directory, or a jar. */
    private static String mainClasses(Class<?> library) {
        URL location = library.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(URI.create(location.toString())).toString();
    }
}
