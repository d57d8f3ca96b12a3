package dev.pxekit.ipxe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.menu.PxelinuxConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random token soup: parsers and simulator end, and throw nothing. */
class IpxeFuzzTest {

    private static final List<String> TOKENS = List.of(
            "#!ipxe\n",
            "\n",
            "\r\n",
            "\\\n",
            " ",
            "\t",
            "\0",
            "#",
            ":",
            ":a",
            ":b ",
            "goto a",
            "goto ${x}",
            "set ",
            "x ",
            "x:hex 24:7b:78:7d",
            "x:int32 ",
            "net0/mac ",
            "a.b/c ",
            "${",
            "}",
            "${x}",
            "${x:string}",
            "${a/b:hexraw}",
            "${${x}}",
            "&&",
            "||",
            ";",
            " || ",
            " && ",
            "echo ",
            "inc x ",
            "isset ",
            "iseq a ",
            "chain ",
            "chain --replace ",
            "kernel ",
            "initrd --name n ",
            "imgargs n ",
            "imgfetch ",
            "boot",
            "imgfree ",
            "imgstat ",
            "imgexec ",
            "exit ",
            "sleep 1",
            "show x",
            "clear x",
            "prompt --timeout 5 ",
            "dhcp",
            "-",
            "--",
            "--help",
            "-t ",
            "=",
            "0x10",
            "self.ipxe ",
            "../",
            "http://h/k ",
            "data:,x ",
            "data:text/plain;base64,IyFpcHhlCmVjaG8K ",
            "?q",
            "##params",
            "\u00e9",
            "%zz",
            "[",
            "9999999999999999999 ",
            "LABEL x\n",
            "DEFAULT ",
            "APPEND initrd=a,b ; x",
            "MENU LABEL ",
            "KERNEL ",
            "TIMEOUT ",
            "UI menu.c32\n",
            "LOCALBOOT 0\n",
            "TEXT HELP\n",
            "ENDTEXT\n");

    private static String soup(Random random, int maxTokens) {
        StringBuilder soup = new StringBuilder();
        int count = random.nextInt(maxTokens);
        for (int i = 0; i < count; i++) {
            soup.append(TOKENS.get(random.nextInt(TOKENS.size())));
        }
        return soup.toString();
    }

    @Test
    void parserKeepsEveryText() {
        Random random = new Random(20261121);
        for (int i = 0; i < 10_000; i++) {
            String text = soup(random, 40);
            ParseResult<IpxeScript> result = IpxeScript.parse(text);
            assertThat(result.value()).hasToString(text);
            assertThat(String.join(
                            "",
                            result.value().lines().stream().map(IpxeLine::text).toList()))
                    .isEqualTo(text);
            for (IpxeCommand command : result.value().commands()) {
                for (IpxeWord word : command.words()) {
                    String raw = text.substring(
                            word.span().offset(),
                            word.span().offset() + word.span().length());
                    assertThat(raw.replaceAll("\\\\\r?\n", "")).isEqualTo(word.text());
                }
            }
        }
    }

    @Test
    void parserKeepsRandomBytes() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            assertThat(IpxeScript.parse(bytes).value().toBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void simulatorAlwaysEnds() {
        Random random = new Random(42);
        for (int i = 0; i < 3_000; i++) {
            String self = "#!ipxe\n" + soup(random, 60);
            IpxeSimulator simulator = IpxeSimulator.builder()
                    .platform(i % 2 == 0 ? "efi" : "linux", "x86_64")
                    .maxSteps(300)
                    .maxChainDepth(5)
                    .resources(uri -> uri.getPath() != null && uri.getPath().endsWith("self.ipxe")
                            ? Optional.of(Resource.of(self))
                            : uri.toString().length() % 2 == 0 ? Optional.of(Resource.of("x")) : Optional.empty())
                    .build();

            BootOutcome outcome = simulator.run(IpxeScript.parse(self).value(), URI.create("http://h/self.ipxe"));

            assertThat(outcome.transcript()).isNotNull();
        }
    }

    @Test
    void pxelinuxParserKeepsEveryText() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            String text = soup(random, 40);
            PxelinuxConfig config = PxelinuxConfig.parse(text).value();
            assertThat(config).hasToString(text);
            assertThat(String.join(
                            "", config.lines().stream().map(line -> line.text()).toList()))
                    .isEqualTo(text);
            try {
                IpxeScript script = config.toIpxeScript(URI.create("http://h/"));
                assertThat(IpxeScript.parse(script.toString()).hasErrors()).isFalse();
            } catch (IllegalArgumentException e) {
                // Declared: not every command line can be written in an iPXE script.
                assertThat(e).message().isNotBlank();
            }
        }
    }

    @Test
    void mutationsOfARealScriptAreKept() {
        byte[] script = IpxeScript.builder()
                .dhcp()
                .orElseGoto("failed")
                .linux(
                        URI.create("http://h/vmlinuz"),
                        List.of(URI.create("http://h/initrd.img")),
                        "a=${net0/mac:hexhyp}")
                .label("failed")
                .shell()
                .build()
                .toBytes();
        Random random = new Random(11);
        for (int i = 0; i < 5_000; i++) {
            byte[] mutated = script.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            assertThat(IpxeScript.parse(mutated).value().toBytes()).isEqualTo(mutated);
            String text = new String(mutated, StandardCharsets.ISO_8859_1);
            assertThat(IpxeScript.parse(text).value()).hasToString(text);
        }
    }
}
