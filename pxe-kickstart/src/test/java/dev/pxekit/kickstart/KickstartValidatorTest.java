package dev.pxekit.kickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KickstartValidatorTest {

    private static List<String> validate(String text, SyntaxVersion version) {
        return KickstartValidator.of(version)
                .validate(KickstartParser.parse(text, version).kickstart())
                .stream()
                .map(diagnostic -> diagnostic.span().line() + " " + diagnostic.code())
                .toList();
    }

    @Test
    void knowsTheHistoryOfACommand() {
        String text = "text\ndevice eth0\n";

        assertThat(validate(text, SyntaxVersion.fedora(23))).isEmpty();
        assertThat(validate(text, SyntaxVersion.fedora(24))).containsExactly("2 deprecated-command");
        assertThat(validate(text, SyntaxVersion.rhel(8))).containsExactly("2 deprecated-command");
        assertThat(validate(text, SyntaxVersion.rhel(9))).containsExactly("2 removed-command");
    }

    @Test
    void warnsOfADeprecatedSection() {
        assertThat(validate("text\n%traceback\n%end\n", SyntaxVersion.fedora(33)))
                .isEmpty();
        assertThat(validate("text\n%traceback\n%end\n", SyntaxVersion.fedora(34)))
                .containsExactly("2 deprecated-section");
    }

    @Test
    void includesWhatTheParserSaysInTheOrderOfTheText() {
        assertThat(validate("foo\ninstall\nbar\n%post\n", SyntaxVersion.rhel(8)))
                .containsExactly(
                        "1 unknown-command", "2 deprecated-command", "3 unknown-command", "4 section-not-closed");
    }

    @Test
    void checksAgainstAnotherVersionThanThatOfTheParser() {
        Kickstart kickstart = KickstartParser.parse("timesource --ntp-server=a\n", SyntaxVersion.fedora(33))
                .kickstart();

        assertThat(KickstartValidator.of(SyntaxVersion.fedora(32)).validate(kickstart))
                .extracting(Diagnostic::code)
                .containsExactly("unknown-command");
    }
}
