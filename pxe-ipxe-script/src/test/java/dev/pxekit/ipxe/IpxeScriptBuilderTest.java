package dev.pxekit.ipxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpxeScriptBuilderTest {

    private static final URI BASE = URI.create("http://10.0.0.1/");

    @Test
    void writesEveryCommand() {
        IpxeScript script = IpxeScript.builder()
                .comment("made for\ntests")
                .echo("hello world")
                .echo("-n is no option here")
                .set("base", "http://h/p q")
                .clear("old")
                .dhcp()
                .orElseGoto("failed")
                .kernel("${base}/vmlinuz", "quiet", "console=ttyS0 rd.debug")
                .initrd(BASE.resolve("initrd.img"))
                .initrd(BASE.resolve("extra"), "x.img")
                .imgfree()
                .sleep(Duration.ofMillis(1500))
                .menu("Boot menu")
                .gap("Systems")
                .item("a", "System A")
                .choose("target", "a", Duration.ofSeconds(3))
                .command("imgstat")
                .ignoringFailure()
                .command("isset", "${x}")
                .andThen("echo", "yes")
                .sanboot("iscsi:10.0.0.1::::iqn.test:disk")
                .chain(BASE.resolve("next.ipxe"))
                .boot()
                .blankLine()
                .label("failed")
                .shell()
                .exit(-1)
                .build();

        assertThat(script).hasToString("""
                #!ipxe
                # made for
                # tests
                echo hello world
                echo -- -n is no option here
                set base http://h/p q
                clear old
                dhcp || goto failed
                kernel ${base}/vmlinuz quiet console=ttyS0 rd.debug
                initrd http://10.0.0.1/initrd.img
                initrd --name x.img http://10.0.0.1/extra
                imgfree
                sleep 2
                menu Boot menu
                item --gap Systems
                item a System A
                choose --default a --timeout 3000 target
                imgstat ||
                isset ${x} && echo yes
                sanboot iscsi:10.0.0.1::::iqn.test:disk
                chain http://10.0.0.1/next.ipxe
                boot

                :failed
                shell
                exit 4294967295
                """);
        assertThat(IpxeScript.parse(script.toString()).diagnostics()).isEmpty();
    }

    @Test
    void namesInitialRamDisksForUefi() {
        IpxeScript script = IpxeScript.builder()
                .linux(
                        BASE.resolve("a/vmlinuz"),
                        List.of(BASE.resolve("a/initrd"), BASE.resolve("b/initrd"), BASE.resolve("c?x=1"), BASE),
                        "quiet")
                .build();

        assertThat(script.commands())
                .extracting(IpxeCommand::toString)
                .containsExactly(
                        "kernel http://10.0.0.1/a/vmlinuz initrd=initrd initrd=initrd-2 initrd=c initrd=initrd-3 quiet",
                        "initrd --name initrd http://10.0.0.1/a/initrd",
                        "initrd --name initrd-2 http://10.0.0.1/b/initrd",
                        "initrd --name c http://10.0.0.1/c?x=1",
                        "initrd --name initrd-3 http://10.0.0.1/",
                        "boot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two  spaces",
                " leading",
                "trailing ",
                "tab\there",
                "line\nend",
                "nul\0",
                "a # b",
                "a ; b",
                "a || b",
                "a && b"
            })
    void refusesTextsThatWouldBeReadDifferently(String text) {
        assertThatThrownBy(() -> IpxeScript.builder().set("x", text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IpxeScript.builder().echo(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IpxeScript.builder().kernel(BASE, text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "#comment", "||", "line\n"})
    void refusesWordsThatWouldNotStayOne(String word) {
        assertThatThrownBy(() -> IpxeScript.builder().command("iseq", word, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> IpxeScript.builder().label(word)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesALineThatWouldSwallowTheNext() {
        assertThatThrownBy(() -> IpxeScript.builder().echo("a\\")).hasMessageContaining("ends in a backslash");
        assertThatThrownBy(() -> IpxeScript.builder().comment("a\\")).hasMessageContaining("swallow");
    }

    @Test
    void refusesMoreArgumentsThanIpxeTakes() {
        String[] words = new String[256];
        java.util.Arrays.fill(words, "x");

        assertThatThrownBy(() -> IpxeScript.builder().command("echo", words))
                .hasMessageContaining("256 arguments (expected: at most 255");
    }

    @Test
    void keepsQuotesAndDollarSigns() {
        IpxeScript script = IpxeScript.builder().set("x", "a=\"b c\" 'd' $e $").build();

        assertThat(script.commands().get(0).arguments()).containsExactly("x", "a=\"b", "c\"", "'d'", "$e", "$");
    }

    @Test
    void refusesGotoWithoutItsLabel() {
        IpxeScript.Builder builder = IpxeScript.builder().gotoLabel("nowhere").gotoLabel("${anywhere}");

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("goto without its label: add label(…) for nowhere");
    }

    @Test
    void refusesALabelTwice() {
        assertThatThrownBy(() -> IpxeScript.builder().label("a").label("a")).hasMessageContaining("there already");
    }

    @Test
    void refusesAnOperatorWithoutACommandBefore() {
        assertThatThrownBy(() -> IpxeScript.builder().label("a").orElse("exit"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void goesOnFromAnExistingScript() {
        IpxeScript script = IpxeScript.parseStrict("#!ipxe\n:a\necho b");

        assertThat(script.toBuilder().gotoLabel("a").build()).hasToString("#!ipxe\n:a\necho b\ngoto a\n");
    }

    @Test
    void startsAnotherCommentAtALoneCarriageReturn() {
        assertThat(IpxeScript.builder().comment("a\rb\r\nc").boot().build())
                .hasToString("#!ipxe\n# a\n# b\n# c\nboot\n");
        assertThatThrownBy(() -> IpxeScript.builder().comment("C:\\x\\\r")).hasMessageContaining("swallow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#!ipxe\necho a \\\n", "#!ipxe\necho a \\", "#!ipxe\r\necho a \\\r\n", "#!ipxe\necho a \\\r"})
    void endsAContinuationBeforeItGoesOn(String text) {
        IpxeScript script = IpxeScript.parse(text).value().toBuilder().boot().build();

        assertThat(script.commands())
                .extracting(command -> command.name() + command.arguments())
                .endsWith("echo[a]", "boot[]");
    }

    @Test
    void refusesCharactersThatTheScriptCannotEncode() {
        byte[] latin1 = "#!ipxe\n# \u00e9\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        IpxeScript.Builder builder =
                IpxeScript.parse(latin1).value().toBuilder().echo("caf\u00e9");

        assertThatThrownBy(() -> builder.echo("\u2192 \u65e5\u672c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ISO-8859-1");
        assertThatThrownBy(() -> builder.comment("\u65e5")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.orElse("echo", "\u65e5")).isInstanceOf(IllegalArgumentException.class);
        assertThat(builder.build()).hasToString("#!ipxe\n# \u00e9\necho caf\u00e9\n");
    }

    @Test
    void refusesAnExpansionThatIsNotClosedInItsWord() {
        assertThatThrownBy(() -> IpxeScript.builder().kernel(BASE, "a=${x y}")).hasMessageContaining("without }");
        assertThatThrownBy(() -> IpxeScript.builder().echo("${a${b}")).hasMessageContaining("without }");
        assertThat(IpxeScript.builder().echo("${a${b}} }").build()).hasToString("#!ipxe\necho ${a${b}} }\n");
    }

    @Test
    void refusesATimeoutThatIpxeWouldWrap() {
        java.time.Duration longest = java.time.Duration.ofMillis(4_294_967_295L);

        assertThat(IpxeScript.builder().choose("x", "a", longest).build())
                .hasToString("#!ipxe\nchoose --default a --timeout 4294967295 x\n");
        assertThatThrownBy(() -> IpxeScript.builder().choose("x", "a", longest.plusMillis(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bits");
    }
}
