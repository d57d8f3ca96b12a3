package dev.pxekit.ipxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpxeSimulatorTest {

    private static final URI SCRIPT = URI.create("http://10.0.0.1/os/boot.ipxe");

    private static BootOutcome run(String body, Map<String, String> files) {
        return IpxeSimulator.builder()
                .setting("net0/mac", "52:54:00:12:34:56")
                .resources(uri -> Optional.ofNullable(files.get(uri.toString())).map(Resource::of))
                .build()
                .run(IpxeScript.parseStrict("#!ipxe\n" + body), SCRIPT);
    }

    @Test
    void bootsWhatTheLinuxRecipeWrites() {
        URI kernel = URI.create("http://10.0.0.1/os/vmlinuz");
        URI initrd = URI.create("http://10.0.0.1/os/initrd.img");
        IpxeScript script = IpxeScript.builder()
                .dhcp()
                .linux(kernel, List.of(initrd), "mac=${net0/mac:hexhyp}")
                .build();

        BootOutcome outcome = IpxeSimulator.builder()
                .setting("net0/mac", "52:54:00:12:34:56")
                .resources(uri -> Optional.of(Resource.of("anything")))
                .build()
                .run(script, SCRIPT);

        assertThat(outcome)
                .isEqualTo(new BootOutcome.Booted(
                        kernel,
                        "initrd=initrd.img mac=52-54-00-12-34-56",
                        List.of(new BootOutcome.Initrd("initrd.img", initrd, Optional.empty())),
                        List.of(
                                "Configuring (net0 52:54:00:12:34:56)...... ok",
                                "http://10.0.0.1/os/vmlinuz... ok",
                                "http://10.0.0.1/os/initrd.img... ok")));
    }

    @Test
    void resolvesRelativeUrisAgainstTheChainedScript() {
        BootOutcome outcome = run(
                "chain ../other/menu.ipxe || echo never",
                Map.of(
                        "http://10.0.0.1/other/menu.ipxe", "#!ipxe\nboot vmlinuz a=1\n",
                        "http://10.0.0.1/other/vmlinuz", "kernel"));

        assertThat(outcome).isInstanceOfSatisfying(BootOutcome.Booted.class, booted -> {
            assertThat(booted.kernel()).hasToString("http://10.0.0.1/other/vmlinuz");
            assertThat(booted.commandLine()).isEqualTo("a=1");
        });
    }

    @Test
    void failsWithTheLineAndIpxesMessage() {
        assertThat(run("echo a\nkernel nope\nboot\n", Map.of()))
                .isEqualTo(new BootOutcome.Failed("Not found", 3, List.of("a", "nope... Not found")));
    }

    @Test
    void tellsTheLineOfTheChainForAFailureInside() {
        assertThat(run("\nchain a.ipxe", Map.of("http://10.0.0.1/os/a.ipxe", "#!ipxe\n\n\n\n\ngoto nowhere")))
                .isInstanceOfSatisfying(
                        BootOutcome.Failed.class,
                        failed -> assertThat(failed.line()).isEqualTo(3));
    }

    @Test
    void exitsWithTheStatusGiven() {
        assertThat(run("exit 3", Map.of())).isEqualTo(new BootOutcome.Exited(3, List.of()));
        assertThat(run("exit", Map.of())).isEqualTo(new BootOutcome.Exited(0, List.of()));
    }

    @Test
    void failsOnCommandsThatIpxeDoesNotKnow() {
        assertThat(run("frobnicate", Map.of()))
                .isEqualTo(new BootOutcome.Failed("Exec format error", 2, List.of("frobnicate: command not found")));
    }

    @Test
    void stopsAtCommandsThatAreNotSimulated() {
        assertThat(run("echo a\nshell", Map.of()))
                .isEqualTo(new BootOutcome.Stopped("the command shell is not simulated", 3, List.of("a")));
    }

    @Test
    void showsTextInUtf8() {
        assertThat(run("echo caf\u00e9 ${:string}", Map.of()).transcript()).containsExactly("caf\u00e9 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":a goto a",
                "set h:hex 24:7b:78:7d\nset x ${h:string}\nset y:hex 24:7b:79:7d\necho ${y:string}${y}",
                "chain boot.ipxe",
                "set x:hex 24:7b:78:3a:73:74:72:69:6e:67:7d\necho ${x:string}",
                ":a\nset x ${x}${x}abc\ngoto a",
                ":a\ninc i:int32\nset s${i}/x y\ngoto a",
                ":a\nimgfetch boot.ipxe\ngoto a",
                "chain --replace boot.ipxe"
            })
    void stopsWhatWouldNotEnd(String body) {
        BootOutcome outcome = run(body, Map.of("http://10.0.0.1/os/boot.ipxe", "#!ipxe\n" + body));

        assertThat(outcome).isInstanceOfAny(BootOutcome.Stopped.class, BootOutcome.Exited.class);
    }

    @Test
    void failsRelativeUrisOfAScriptThatCameFromNowhere() {
        BootOutcome outcome = IpxeSimulator.builder().build().run(IpxeScript.parseStrict("#!ipxe\nchain a.ipxe\n"));

        assertThat(outcome.transcript()).containsExactly("Could not start download: Operation not supported");
    }

    @Test
    void reportsABrokenDownloadToTheScript() {
        BootOutcome outcome = IpxeSimulator.builder()
                .resources(uri -> {
                    throw new IOException("disk is gone");
                })
                .build()
                .run(IpxeScript.parseStrict("#!ipxe\nkernel k || echo no\n"), SCRIPT);

        assertThat(outcome.transcript()).containsExactly("k... Input/output error", "no");
    }

    @Test
    void readsResourcesFromFiles(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("next.ipxe"), "#!ipxe\necho from file\n");
        Resource resource = Resource.of(file);

        BootOutcome outcome = IpxeSimulator.builder()
                .resources(uri -> Optional.of(resource))
                .build()
                .run(IpxeScript.parseStrict("#!ipxe\nchain next.ipxe\nimgstat\n"), SCRIPT);

        assertThat(outcome.transcript())
                .containsExactly("next.ipxe... ok", "from file", "next.ipxe : 22 bytes [script]");
    }

    @Test
    void refusesSettingsThatCannotBeStored() {
        assertThatThrownBy(() -> IpxeSimulator.builder().setting("net0/mac", "not a mac"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("setting net0/mac: \"not a mac\" cannot be stored (Invalid argument): "
                        + "give it in the notation of the setting's type");
        assertThatThrownBy(() -> IpxeSimulator.builder().setting("builtin/platform", "efi"))
                .hasMessageContaining("Operation not supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":l\ninc i\nset s${i} BIG\ngoto l",
                ":l\ninc i\nset BIG${i} x\ngoto l",
                ":l\ninc i\nset BIG${i}/x y\ngoto l",
                ":l\ninc i\nimgfetch --name n${i} k BIG\ngoto l",
                ":l\ninc i\nimgfetch --name n${i} data:,BIG\ngoto l"
            })
    void stopsWhatWouldFillTheMemory(String body) {
        BootOutcome outcome = run(body.replace("BIG", "x".repeat(1_000_000)), Map.of("http://10.0.0.1/os/k", "kernel"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        BootOutcome.Stopped.class,
                        stopped -> assertThat(stopped.reason()).contains("hold more than 16777216 bytes"));
    }

    @Test
    void countsOnlyWhatSettingsAndImagesHoldAtATime() {
        String big = "x".repeat(1_000_000);
        String round = "set s " + big + "\nclear s\nset t " + big + "\nimgfetch --quiet --name n data:," + big
                + " a\nimgargs n b\nimgfree n\nimgfetch k " + big + "\nimgfree\n";

        BootOutcome outcome = run(round.repeat(20), Map.of("http://10.0.0.1/os/k", "kernel"));

        assertThat(outcome).isInstanceOf(BootOutcome.Exited.class);
    }

    @Test
    void stopsAtInitialSettingsThatFillTheMemory() {
        IpxeSimulator.Builder builder = IpxeSimulator.builder();
        for (int i = 0; i < 20; i++) {
            builder.setting("s" + i, "x".repeat(1_000_000));
        }

        assertThat(builder.build().run(IpxeScript.parseStrict("#!ipxe\n"))).isInstanceOf(BootOutcome.Stopped.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo ${b:uint32}", "echo ${b:ipv4}", "inc b:int32 || set b ${b:uristring}", "show b:uuid"})
    void countsTheWorkOfReadingALargeSetting(String command) {
        String body = "set a " + "x".repeat(1_000_000) + "\n:l\nset b ${a}\n" + command + "\ngoto l";

        assertThat(run(body, Map.of())).isInstanceOf(BootOutcome.Stopped.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00:00:00:ff:ff:ff:ff:ff:ff:ff:ff uint32 0xffffffffffffffff",
                "01:ff:ff:ff:ff:ff:ff:ff:ff uint32 -",
                "ff:ff:ff:80:00:00:00:00:00:00:00 int32 -9223372036854775808",
                "00:ff:ff:ff:ff:ff:ff:ff:ff int32 -",
                "ff:7f:ff:ff:ff:ff:ff:ff:ff int32 -",
                "ff int8 -1"
            })
    void readsIntegersOfAnyLengthThatFitIntoALong(String example) {
        String[] parts = example.split(" ", -1);

        assertThat(run("set x:hex " + parts[0] + "\necho =${x:" + parts[1] + "}", Map.of())
                        .transcript())
                .containsExactly("=" + parts[2].replaceAll("^-$", ""));
    }
}
