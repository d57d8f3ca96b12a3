package dev.pxekit.menu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.ipxe.BootOutcome;
import dev.pxekit.ipxe.Diagnostic;
import dev.pxekit.ipxe.IpxeScript;
import dev.pxekit.ipxe.IpxeSimulator;
import dev.pxekit.ipxe.ParseResult;
import dev.pxekit.ipxe.Resource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PxelinuxConfigTest {

    private static final URI BASE = URI.create("http://10.0.0.1/tftp/");

    private static final String MENU = """
            # boot menu
            UI menu.c32
            PROMPT 0
            TIMEOUT 55
            MENU TITLE Boot  me
            DEFAULT linux

            label local
              menu label ^Local disk
              localboot 0

            label linux
              MENU LABEL Fedora
              kernel fedora/vmlinuz\t
              append initrd=fedora/initrd.img,/extra.img  quiet ro

            label memory test
              linux ::memtest
              text help
                kernel not-a-keyword
              endtext

            label hdt
              kernel hdt.c32
            """;

    @Test
    void printsWhatItParsed() {
        String text = MENU.replace("\n", "\r\n");

        assertThat(PxelinuxConfig.parse(text).value()).hasToString(text);
        assertThat(PxelinuxConfig.parseStrict(MENU)).hasToString(MENU);
    }

    @Test
    void readsEntries() {
        PxelinuxConfig config = PxelinuxConfig.parseStrict(MENU);

        assertThat(config.entries()).hasSize(4);
        assertThat(config.entry("linux"))
                .contains(new PxelinuxEntry(
                        "linux",
                        "Fedora",
                        Optional.of("fedora/vmlinuz"),
                        List.of("fedora/initrd.img", "/extra.img"),
                        "quiet ro",
                        false));
        assertThat(config.entry("local").orElseThrow().localBoot()).isTrue();
        assertThat(config.entry("local").orElseThrow().title()).isEqualTo("Local disk");
        assertThat(config.entry("memory test").orElseThrow().kernel()).contains("::memtest");
        assertThat(config.defaultLabel()).contains("linux");
        assertThat(config.timeout()).isEqualTo(Duration.ofMillis(5500));
        assertThat(config.isInteractive()).isTrue();
    }

    @Test
    void inheritsTheGlobalAppendUnlessALabelHasItsOwn() {
        PxelinuxConfig config = PxelinuxConfig.parseStrict(
                "APPEND ro\nLABEL a\nKERNEL k\nLABEL b\nKERNEL k\nAPPEND -\nLABEL c\nKERNEL k\nAPPEND rw\n");

        assertThat(config.entries()).extracting(PxelinuxEntry::arguments).containsExactly("ro", "", "rw");
    }

    @Test
    void reportsWhatPxelinuxWouldNotUnderstand() {
        ParseResult<PxelinuxConfig> result =
                PxelinuxConfig.parse("TIMEOUT soon\nLABEL\nLABEL a\nLABEL a\n  KERNAL x\nINCLUDE more.cfg\n");

        assertThat(result.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(
                        "invalid-number", "label-without-name", "duplicate-label", "unknown-keyword", "file-not-read");
        assertThat(result.diagnostics().get(3).span().line()).isEqualTo(5);
        assertThat(result.diagnostics().get(3).span().column()).isEqualTo(3);
    }

    @Test
    void turnsAMenuIntoAnIpxeMenu() {
        assertThat(PxelinuxConfig.parseStrict(MENU).toIpxeScript(BASE)).hasToString("""
                #!ipxe
                :pxelinux-menu
                menu Boot me
                item local Local disk
                item linux Fedora
                item entry-3 memory test
                choose --default linux --timeout 5500 choice || exit 1
                goto ${choice}

                :local
                exit

                :linux
                kernel http://10.0.0.1/tftp/fedora/vmlinuz initrd=initrd.img initrd=extra.img quiet ro || goto pxelinux-failed
                initrd --name initrd.img http://10.0.0.1/tftp/fedora/initrd.img || goto pxelinux-failed
                initrd --name extra.img http://10.0.0.1/extra.img || goto pxelinux-failed
                boot || goto pxelinux-failed

                :entry-3
                kernel http://10.0.0.1/memtest || goto pxelinux-failed
                boot || goto pxelinux-failed

                :pxelinux-failed
                echo Booting failed.
                prompt --timeout 5000 Press a key ||
                imgfree
                goto pxelinux-menu
                """);
    }

    @Test
    void bootsTheDefaultAtOnceIfNobodyIsAsked() {
        PxelinuxConfig config = PxelinuxConfig.builder()
                .defaultLabel("b")
                .entry("a", "A", "ka", List.of(), "")
                .entry("b", "System B", "kb", List.of("ib"), "quiet")
                .build();

        BootOutcome outcome = IpxeSimulator.builder()
                .resources(uri -> Optional.of(Resource.of("x")))
                .build()
                .run(config.toIpxeScript(BASE));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        BootOutcome.Booted.class,
                        booted -> assertThat(booted.commandLine()).isEqualTo("initrd=ib quiet"));
    }

    @Test
    void saysSoIfThereIsNothingToBoot() {
        IpxeScript script = PxelinuxConfig.parseStrict("DEFAULT vesamenu.c32\n").toIpxeScript(BASE);

        assertThat(IpxeSimulator.builder().build().run(script))
                .isInstanceOfSatisfying(
                        BootOutcome.Exited.class,
                        exited -> assertThat(exited.status()).isEqualTo(1));
    }

    @Test
    void buildsWhatItReads() {
        PxelinuxConfig config = PxelinuxConfig.builder()
                .comment("made by a test")
                .menuModule("menu.c32")
                .title("Pick one")
                .prompt(false)
                .timeout(Duration.ofMillis(4950))
                .defaultLabel("linux")
                .entry("linux", "Linux", "vmlinuz", List.of("a.img", "b.img"), "quiet")
                .localBoot("local", "local")
                .build();

        assertThat(config).hasToString("""
                # made by a test
                UI menu.c32
                MENU TITLE Pick one
                PROMPT 0
                TIMEOUT 50
                DEFAULT linux
                LABEL linux
                  MENU LABEL Linux
                  LINUX vmlinuz
                  INITRD a.img,b.img
                  APPEND quiet
                LABEL local
                  LOCALBOOT 0
                """);
        assertThat(PxelinuxConfig.parse(config.toString()).diagnostics()).isEmpty();
    }

    @Test
    void refusesValuesThatDoNotFitOnALine() {
        assertThatThrownBy(() -> PxelinuxConfig.builder().title("a\nb")).hasMessageContaining("line end");
        assertThatThrownBy(() -> PxelinuxConfig.builder().entry("a", "A", "k", List.of("x,y"), ""))
                .hasMessageContaining("comma");
        assertThatThrownBy(() -> PxelinuxConfig.builder().localBoot("a", "A").localBoot("a", "A"))
                .hasMessageContaining("there already");
    }

    @Test
    void refusesARelativeBase() {
        PxelinuxConfig config = PxelinuxConfig.builder().localBoot("a", "A").build();

        assertThatThrownBy(() -> config.toIpxeScript(URI.create("tftp/"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAUrlWithAnIpv6AddressForAUrl() {
        PxelinuxConfig config = PxelinuxConfig.parseStrict("DEFAULT a\nLABEL a\nLINUX http://[2001:db8::1]/vmlinuz\n");

        assertThat(config.toIpxeScript(BASE).toString()).contains("kernel http://[2001:db8::1]/vmlinuz\n");
    }
}
