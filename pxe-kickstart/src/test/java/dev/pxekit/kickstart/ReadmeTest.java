package dev.pxekit.kickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The snippets of the README. */
class ReadmeTest {

    @Test
    void theFirstSnippetBuildsAValidFile() {
        Kickstart kickstart = Kickstart.builder(SyntaxVersion.fedora(43))
                .text()
                .lang("en_US.UTF-8")
                .keyboard("us")
                .timezone("Europe/Prague", true)
                .networkDhcp("link")
                .url(URI.create("http://10.0.0.1/fedora/"))
                .lockRootPassword()
                .zerombr()
                .clearpart(true, true)
                .autopart()
                .packages(packages -> packages.group("core").add("vim-minimal"))
                .post("echo installed > /etc/motd")
                .reboot()
                .build();

        List<Diagnostic> diagnostics =
                KickstartValidator.of(SyntaxVersion.rhel(9)).validate(kickstart);

        assertThat(diagnostics).isEmpty();
    }

    @Test
    void theShellSnippetFindsARemovedCommand() {
        Kickstart kickstart = KickstartParser.parse("install\nlang en_US\n").kickstart();

        assertThat(KickstartValidator.of(SyntaxVersion.rhel(9)).validate(kickstart))
                .extracting(Diagnostic::code)
                .containsExactly("removed-command");
    }
}
