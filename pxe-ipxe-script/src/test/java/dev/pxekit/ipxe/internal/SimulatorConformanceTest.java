package dev.pxekit.ipxe.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.ipxe.BootOutcome;
import dev.pxekit.ipxe.Resource;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the simulator with what a real iPXE did with the same scripts. */
class SimulatorConformanceTest {

    private static final String BASE = "http://10.0.2.2/";

    /** Categories that are about what is not simulated: menus, forms and request parameters. */
    private static final Set<String> CATEGORIES_LEFT_OUT = Set.of("menu", "params");

    /** Cases left out for a reason that a rule on their text does not catch. */
    private static final Map<String, String> CASES_LEFT_OUT = Map.of(
            "settings/ifconf_order", "dhcp brings no settings: the simulated network has no server",
            "boot/imgstat_types", "image types other than script and bzImage are not told apart",
            "boot/kernel_is_initrd", "image types other than script and bzImage are not told apart");

    @Test
    void simulatesWhatRealIpxeDid() throws IOException {
        Path directory = Needs.conformance("ipxe");
        byte[] kernel = Files.readAllBytes(directory.resolve("fake-kernel.bzImage"));
        Map<String, int[]> counts = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        for (String json : Files.readAllLines(directory.resolve("cases.jsonl"))) {
            Case testCase = new Case(JsonObject.parse(json), kernel);
            int[] count = counts.computeIfAbsent(testCase.category(), key -> new int[3]);
            if (testCase.isLeftOut()) {
                count[2]++;
                continue;
            }
            List<String> found = testCase.differences();
            count[found.isEmpty() ? 0 : 1]++;
            found.forEach(difference -> differences.add(testCase.id() + ": " + difference));
        }
        counts.forEach((category, count) -> System.out.printf(
                "[CONFORMANCE] ipxe %s: %d agree, %d differ, %d left out%n", category, count[0], count[1], count[2]));
        assertThat(differences).isEmpty();
        assertThat(counts.values().stream().mapToInt(count -> count[0]).sum())
                .as("cases compared")
                .isGreaterThanOrEqualTo(450);
    }

    /** One recorded script. */
    private static final class Case {

        private final JsonObject json;
        private final JsonObject expect;
        private final Map<String, byte[]> files = new LinkedHashMap<>();
        private final List<String> requests = new ArrayList<>();

        Case(JsonObject json, byte[] kernel) {
            this.json = json;
            this.expect = json.object("expect");
            files.put("case.ipxe", bytes(text("script")));
            JsonObject extra = json.object("files");
            for (String path : extra.keys()) {
                String content = extra.text(path);
                files.put(path, content.equals("<fake-kernel>") ? kernel : bytes(content));
            }
        }

        String id() {
            return text("id");
        }

        String category() {
            return text("category");
        }

        private String text(String key) {
            return json.text(key);
        }

        boolean isLeftOut() {
            if (CATEGORIES_LEFT_OUT.contains(category()) || CASES_LEFT_OUT.containsKey(id()) || json.has("keys")) {
                return true;
            }
            // Any word that names a command that is not simulated: it need not be reached, but mostly is.
            return Arrays.stream(text("script").split("\\s+")).anyMatch(CommandSyntax::isNotSimulated);
        }

        List<String> differences() {
            boolean userspace = text("platform").equals("linux");
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("net0/ip", "10.0.2.15");
            settings.put("net0/netmask", "255.255.255.0");
            settings.put("net0/mac", "52:54:00:12:34:56");
            settings.put("net0/chip", userspace ? "slirp" : "virtio-net");
            settings.put("net0/linktype", "Ethernet");
            settings.put("net0/ifname", "net0");
            Machine machine = new Machine(
                    settings, this::fetch, userspace ? "linux" : "pcbios", userspace ? "x86_64" : "i386", 10_000, 16);
            BootOutcome outcome = machine.run(bytes(text("script")), Optional.of(BASE + "case.ipxe"));
            List<String> differences = new ArrayList<>();
            compare(differences, "transcript", expectedTranscript(), transcript(outcome));
            compare(differences, "exit", expectedExit(), exit(outcome));
            compare(differences, "requests", expectedRequests(), requests);
            JsonObject settingsAfter = expect.object("settings_after");
            for (String name : settingsAfter.keys()) {
                JsonObject shown = settingsAfter.object(name);
                compare(
                        differences,
                        "setting " + name,
                        settingsAfter.has(name)
                                ? Optional.of(shown.text("show") + " = " + shown.text("value"))
                                : Optional.empty(),
                        machine.show(name));
            }
            if (outcome instanceof BootOutcome.Booted booted) {
                compareBoot(differences, booted);
            }
            return differences;
        }

        private Optional<Resource> fetch(URI uri) {
            // As the recording's server: slashes in front count as one.
            requests.add(uri.getRawPath().replaceFirst("^/+", "/")
                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
            String path = uri.getPath().replaceFirst("^/+", "");
            return Optional.ofNullable(files.get(path)).map(Resource::of);
        }

        private List<String> expectedTranscript() {
            return lines(expect.text("transcript"));
        }

        private static List<String> transcript(BootOutcome outcome) {
            return lines(String.join("\n", outcome.transcript()));
        }

        /** Without what iPXE adds for the web: the address of an explanation, and the pointer below a usage text. */
        private static List<String> lines(String transcript) {
            return Stream.of(ByteText.display(transcript).split("\n"))
                    .filter(line -> !line.startsWith("See https://ipxe.org/cmd/"))
                    .map(line -> line.replaceAll(" \\(https://ipxe\\.org/[0-9a-f]+\\)", ""))
                    .map(line -> line.replaceAll("0x[0-9a-f]{7,8}\\b", "0xERROR"))
                    .filter(line -> !line.isEmpty())
                    .toList();
        }

        private String expectedExit() {
            JsonObject exit = expect.object("exit");
            String message = exit.optionalText("message").orElse("").replaceAll(" \\(https:.*", "");
            return exit.text("status") + " " + message;
        }

        private static String exit(BootOutcome outcome) {
            if (outcome instanceof BootOutcome.Exited exited) {
                return exited.status() == 0
                        ? "ok "
                        : "error " + Status.ofExit(exited.status()).message();
            }
            if (outcome instanceof BootOutcome.Failed failed) {
                return "error " + failed.message();
            }
            return outcome instanceof BootOutcome.Booted ? "booted " : outcome.toString();
        }

        private List<String> expectedRequests() {
            return expect.objects("requests").stream()
                    .map(request -> request.text("path"))
                    .toList();
        }

        private void compareBoot(List<String> differences, BootOutcome.Booted booted) {
            JsonObject boot = expect.object("boot");
            compare(differences, "command line", boot.text("cmdline"), booted.commandLine());
            if (booted.initrds().stream().anyMatch(initrd -> initrd.arguments().isPresent())) {
                // The cpio header that such an image gets is not made here.
                return;
            }
            ByteArrayOutputStream memory = new ByteArrayOutputStream();
            for (BootOutcome.Initrd initrd : booted.initrds()) {
                byte[] content = files.getOrDefault(initrd.uri().getPath().substring(1), new byte[0]);
                while (content.length > 0 && memory.size() % 4096 != 0) {
                    memory.write(0);
                }
                memory.writeBytes(content);
            }
            String expected = boot.object("initrd").text("b64");
            compare(
                    differences,
                    "initial ram disk",
                    expected,
                    Base64.getEncoder().encodeToString(memory.toByteArray()));
        }

        private static void compare(List<String> differences, String what, Object expected, Object actual) {
            if (!expected.equals(actual)) {
                differences.add(what + ": expected " + expected + " but was " + actual);
            }
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
