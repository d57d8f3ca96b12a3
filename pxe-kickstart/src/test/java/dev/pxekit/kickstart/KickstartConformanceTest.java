package dev.pxekit.kickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares parser and validator with the verdicts of the reference implementation on the same documents. */
class KickstartConformanceTest {

    /** Errors that are about structure and commands; all others are about options, which are not checked yet. */
    private static final Set<String> CHECKED_ERRORS = Set.of(
            "unknown-command", "unknown-section", "section-not-closed", "unclosed-quote", "include-without-path");

    @ParameterizedTest
    @ValueSource(
            strings = {"commands-suite", "commands-generated", "documents", "documents-synthetic", "documents-installer"
            })
    void agreesWithTheReference(String name) throws IOException {
        Path file = Needs.conformance("kickstart").resolve("cases-" + name + ".jsonl.gz");
        Map<String, int[]> counts = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            reader.lines().map(JsonObject::parse).forEach(testCase -> compare(testCase, counts, differences));
        }
        counts.forEach((kind, count) -> System.out.printf(
                "[CONFORMANCE] kickstart %s %s: %d agree, %d differ, %d not checked yet%n",
                name, kind, count[0], count[1], count[2]));
        assertThat(differences).isEmpty();
    }

    private static void compare(JsonObject testCase, Map<String, int[]> counts, List<String> differences) {
        String verdict = testCase.text("verdict");
        String error = testCase.optionalText("error").orElse("");
        boolean accepted = verdict.equals("ok") || verdict.equals("deprecated") || verdict.equals("ok-unprintable");
        // What included files do is not seen, so an error may be in one of them, or be caused by one.
        boolean withFiles = !testCase.object("files").keys().isEmpty();
        String kind = accepted ? "accepted" : verdict.equals("removed") ? "removed-command" : error;
        boolean checked = accepted || verdict.equals("removed") || (CHECKED_ERRORS.contains(error) && !withFiles);
        for (String versionName : testCase.texts("versions")) {
            SyntaxVersion version = SyntaxVersion.of(versionName);
            ParseResult result = KickstartParser.parse(testCase.text("input"), version);
            Optional<String> difference = losslessness(result, testCase.text("input"));
            count(counts, "lossless print", difference, testCase, version, differences);
            if (checked) {
                List<Diagnostic> diagnostics = KickstartValidator.of(version).validate(result.kickstart());
                difference = accepted ? acceptance(testCase, diagnostics) : refusal(testCase, kind, diagnostics);
                count(counts, kind, difference, testCase, version, differences);
            } else {
                counts.computeIfAbsent("other errors", key -> new int[3])[2]++;
            }
        }
    }

    private static void count(
            Map<String, int[]> counts,
            String kind,
            Optional<String> difference,
            JsonObject testCase,
            SyntaxVersion version,
            List<String> differences) {
        counts.computeIfAbsent(kind, key -> new int[3])[difference.isEmpty() ? 0 : 1]++;
        difference.ifPresent(text -> differences.add(testCase.text("id") + " " + version + " " + kind + ": " + text));
    }

    private static Optional<String> losslessness(ParseResult result, String input) {
        StringBuilder printed = new StringBuilder();
        result.kickstart().items().forEach(item -> printed.append(item.text()));
        return printed.toString().equals(input) && result.kickstart().toString().equals(input)
                ? Optional.empty()
                : Optional.of("printed " + printed);
    }

    private static Optional<String> acceptance(JsonObject testCase, List<Diagnostic> diagnostics) {
        Optional<Diagnostic> error =
                diagnostics.stream().filter(Diagnostic::isError).findFirst();
        if (error.isPresent()) {
            return error.map(Diagnostic::toString);
        }
        Set<String> expected = new TreeSet<>();
        for (String warning : testCase.texts("warnings")) {
            if (warning.startsWith("deprecated-command") || warning.equals("deprecated-section")) {
                expected.add(warning);
            }
        }
        Set<String> actual = new TreeSet<>();
        List<String> lines = TextLines.split(testCase.text("input"));
        for (Diagnostic diagnostic : diagnostics) {
            String line = lines.get(diagnostic.span().line() - 1);
            if (diagnostic.code().equals("deprecated-command")) {
                actual.add(
                        "deprecated-command:" + ShellWords.split(line).words().get(0));
            } else if (diagnostic.code().equals("deprecated-section")) {
                actual.add(diagnostic.code());
            }
        }
        return expected.equals(actual) ? Optional.empty() : Optional.of("warnings " + expected + " but was " + actual);
    }

    private static Optional<String> refusal(JsonObject testCase, String kind, List<Diagnostic> diagnostics) {
        Optional<Diagnostic> first =
                diagnostics.stream().filter(Diagnostic::isError).findFirst();
        if (first.isEmpty()) {
            return Optional.of("accepted");
        }
        Optional<String> line = testCase.optionalText("line");
        boolean agrees = first.get().code().equals(kind)
                && line.map(Integer::parseInt)
                        .map(number -> number == first.get().span().line())
                        .orElse(true);
        return agrees ? Optional.empty() : Optional.of("line " + line.orElse("any") + " but was " + first.get());
    }
}
