package dev.pxekit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every snippet of every README: blocks marked {@code java} compile, blocks marked {@code jshell} run in JShell from the root of
 * the project without an error.
 */
class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(java|jshell)\\n(.*?)^```$");
    private static final List<String> JDK_IMPORTS = List.of(
            "java.io.*",
            "java.net.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "static java.nio.charset.StandardCharsets.UTF_8");

    /** What a README's snippets may use without an import: the packages of its own module. */
    private static final List<String> PACKAGES = List.of(
            "pxe-dhcp: dev.pxekit.dhcp.* dev.pxekit.dhcp.pxe.* dev.pxekit.dhcp.v6.* dev.pxekit.dhcp.server.* dev.pxekit.dhcp.client.* dev.pxekit.dhcp.capture.* dev.pxekit.dhcp.lease.*",
            "pxe-tftp: dev.pxekit.tftp.*",
            "pxe-ipxe-script: dev.pxekit.ipxe.* dev.pxekit.menu.*",
            "pxe-kickstart: dev.pxekit.kickstart.*",
            "pxe-iso: dev.pxekit.iso.* dev.pxekit.rpm.* dev.pxekit.media.*",
            "pxe-examples: dev.pxekit.examples.* dev.pxekit.dhcp.server.*",
            "main: dev.pxekit.dhcp.pxe.ClientArchitecture dev.pxekit.dhcp.server.* dev.pxekit.tftp.* dev.pxekit.ipxe.IpxeScript"
                    + " dev.pxekit.kickstart.Kickstart dev.pxekit.kickstart.SyntaxVersion dev.pxekit.iso.* dev.pxekit.media.*"
                    + " dev.pxekit.examples.*");

    @TempDir
    private Path classes;

    @TestFactory
    Stream<DynamicTest> snippets() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            List<Path> readmes = Stream.concat(Stream.of(ROOT), modules.filter(Files::isDirectory))
                    .map(directory -> directory.resolve("README.md"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
            for (Path readme : readmes) {
                Matcher block = BLOCK.matcher(Files.readString(readme));
                while (block.find()) {
                    boolean shell = block.group(1).equals("jshell");
                    String code = block.group(2);
                    String first = code.strip().lines().findFirst().orElse("");
                    tests.add(DynamicTest.dynamicTest(ROOT.relativize(readme) + ": " + first, () -> {
                        if (shell) {
                            assertRuns(code);
                        } else {
                            assertCompiles(readme, code);
                        }
                    }));
                }
            }
        }
        assertThat(tests).as("snippets").hasSizeGreaterThan(PACKAGES.size());
        return tests.stream();
    }

    private void assertCompiles(Path readme, String code) {
        Path relative = ROOT.relativize(readme);
        String module =
                relative.getNameCount() == 1 ? "main" : relative.getName(0).toString();
        String packages = PACKAGES.stream()
                .filter(line -> line.startsWith(module + ": "))
                .map(line -> line.substring(module.length() + 2))
                .findFirst()
                .orElse("");
        String imports = Stream.concat(JDK_IMPORTS.stream(), Stream.of(packages.split(" ", -1)))
                .filter(name -> !name.isEmpty())
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
        String own = code.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body = code.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        String source = imports + own + "\nclass Snippet { void run() throws Exception {\n" + body + "\n} }\n";
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none"),
                        null,
                        List.of(file))
                .call();
        assertThat(compiled).as("%s\n%s", source, messages).isTrue();
    }

    private static void assertRuns(String code) {
        try (JShell shell =
                JShell.builder().executionEngine(new SameThread(), Map.of()).build()) {
            for (String element : classPath().split(java.io.File.pathSeparator, -1)) {
                shell.addToClasspath(element);
            }
            // what the jshell tool imports by itself
            Stream.of("java.io.*", "java.math.*", "java.net.*", "java.nio.file.*", "java.util.*", "java.util.stream.*")
                    .forEach(name -> shell.eval("import " + name + ";"));
            String input = "";
            for (String line : code.replace("\"pxe-", "\"" + ROOT + "/pxe-").split("\n", -1)) {
                input += line + "\n";
                SourceCodeAnalysis.CompletionInfo info =
                        shell.sourceCodeAnalysis().analyzeCompletion(input);
                if (info.completeness().isComplete()) {
                    assertEvaluates(shell, info.source());
                    input = "";
                }
            }
            assertThat(input).as("left over").isBlank();
        }
    }

    /** As the shell's own one that is called local, which at times waits for the end of threads that a snippet has started. */
    private static final class SameThread implements ExecutionControlProvider {

        @Override
        public String name() {
            return "same thread";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return new DirectExecutionControl();
        }
    }

    private static void assertEvaluates(JShell shell, String source) {
        for (SnippetEvent event : shell.eval(source)) {
            assertThat(event.exception()).as("%s", source).isNull();
            assertThat(event.status())
                    .as("%s %s", source, diagnostics(shell, event.snippet()))
                    .isNotEqualTo(Snippet.Status.REJECTED);
        }
    }

    private static String diagnostics(JShell shell, Snippet snippet) {
        return shell.diagnostics(snippet)
                .map(diagnostic -> diagnostic.getMessage(null))
                .collect(Collectors.joining("; "));
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
