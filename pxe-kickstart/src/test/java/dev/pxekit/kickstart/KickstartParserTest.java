package dev.pxekit.kickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KickstartParserTest {

    private static final SyntaxVersion F43 = SyntaxVersion.fedora(43);

    private static final String DOCUMENT = """
            #version=F43
            # a comment
            lang en_US.UTF-8  # the language

            rootpw --iscrypted '$6$a#b'
            %include /tmp/disks.ks
            %packages --ignoremissing
            @core
            vim # editor
            %end
              %post --interpreter="/bin/my sh"
            echo '%packages'
              %endless
            %end now
            reboot""";

    @Test
    void readsAllKindsOfLines() {
        Kickstart kickstart = KickstartParser.parseStrict(DOCUMENT, F43);

        assertThat(kickstart.items())
                .extracting(item -> item.getClass().getSimpleName() + item.line())
                .containsExactly(
                        "Comment1",
                        "Comment2",
                        "KickstartCommand3",
                        "Blank4",
                        "KickstartCommand5",
                        "Include6",
                        "Section7",
                        "Section11",
                        "KickstartCommand15");
        assertThat(kickstart.commands("lang").get(0).arguments()).containsExactly("en_US.UTF-8");
        assertThat(kickstart.commands("rootpw").get(0).arguments()).containsExactly("--iscrypted", "$6$a#b");
        assertThat(kickstart.includes().get(0).target()).isEqualTo("/tmp/disks.ks");
        Section post = kickstart.sections("%post").get(0);
        assertThat(post.arguments()).containsExactly("--interpreter=/bin/my sh");
        assertThat(post.body()).containsExactly("echo '%packages'", "  %endless");
        assertThat(post.closed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "lang en",
                "%post\r\nx\r\n%end\r\n",
                "%",
                "a\fb\u2028c\n",
                "x \\\n",
                "\"",
                "%end\n%raw\n"
            })
    void printsWhatItParsed(String text) {
        assertThat(KickstartParser.parse(text).kickstart()).hasToString(text);
        assertThat(KickstartParser.parse(text.getBytes(StandardCharsets.UTF_8), F43)
                        .kickstart()
                        .toBytes())
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsBytesThatAreNotUtf8() {
        byte[] latin1 = {'l', 'a', 'n', 'g', ' ', (byte) 0xe9, '\n'};

        Kickstart kickstart = KickstartParser.parse(latin1, F43).kickstart();

        assertThat(kickstart.toBytes()).isEqualTo(latin1);
        assertThat(kickstart.commands().get(0).arguments()).containsExactly("\u00e9");
    }

    @ParameterizedTest
    @CsvSource({
        "'text\n  langg en\n', unknown-command, 2, 3",
        "'%raw\nx\n%end\n', unknown-section, 1, 1",
        "'text\n%end\n', unknown-section, 2, 1",
        "'%post\nx\n', section-not-closed, 2, 1",
        "'%pre\nx\n%post\ny\n%end\n', section-not-closed, 3, 1",
        "'rootpw \"x\n', unclosed-quote, 1, 1",
        "'lang en\\', dangling-escape, 1, 1",
        "'%include\n', include-without-path, 1, 1"
    })
    void reportsErrorsWithTheirPlace(String text, String code, int line, int column) {
        ParseResult result = KickstartParser.parse(text, F43);

        assertThat(result.diagnostics()).hasSize(1);
        Diagnostic diagnostic = result.diagnostics().get(0);
        assertThat(diagnostic.code()).isEqualTo(code);
        assertThat(diagnostic.isError()).isTrue();
        assertThat(diagnostic.span().line()).isEqualTo(line);
        assertThat(diagnostic.span().column()).isEqualTo(column);
    }

    @Test
    void lacksNoEndBeforeFedora8() {
        String text = "%pre\nx\n%post\ny\n";

        ParseResult result = KickstartParser.parse(text, SyntaxVersion.fedora(7));

        assertThat(result.diagnostics()).isEmpty();
        assertThat(result.kickstart().sections()).extracting(Section::name).containsExactly("%pre", "%post");
        assertThat(KickstartParser.parse(text, SyntaxVersion.fedora(8)).diagnostics())
                .hasSize(2);
    }

    @Test
    void readsOnAfterASectionHeaderThatIsNone() {
        Kickstart kickstart =
                KickstartParser.parse("%packges\nlang en\n%post\n%end\n", F43).kickstart();

        assertThat(kickstart.commands()).extracting(KickstartCommand::name).containsExactly("lang");
        assertThat(kickstart.sections()).hasSize(2);
    }

    @Test
    void warnsOfABackslashThatContinuesNothing() {
        ParseResult result = KickstartParser.parse("lang \\\nen\n", F43);

        assertThat(result.diagnostics().get(0).code()).isEqualTo("trailing-backslash");
        assertThat(result.diagnostics().get(0).isError()).isFalse();
    }

    @Test
    void takesTheVersionFromItsComment() {
        assertThat(KickstartParser.parse("#version=RHEL9\n").kickstart().version())
                .isEqualTo(SyntaxVersion.rhel(9));
        assertThat(KickstartParser.parse("#version=DEVEL\n").kickstart().version())
                .isEqualTo(SyntaxVersion.latestFedora());
        assertThat(KickstartParser.parse("#version=who\n").kickstart().version())
                .isEqualTo(SyntaxVersion.latestFedora());
    }

    @Test
    void saysInWhichVersionsACommandIs() {
        assertThat(KickstartParser.parse("user --name=a\n", SyntaxVersion.fedora(3))
                        .diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("no command user in FC3: it came with FC6");
        assertThat(KickstartParser.parse("lilo\n", F43).diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("no command lilo in F43: it went with FC5");
    }

    @Test
    void strictFormThrowsWithAllErrors() {
        assertThatThrownBy(() -> KickstartParser.parseStrict("foo\nbar\n", F43))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("1:1: error: no command foo")
                .hasMessageContaining("2:1: error: no command bar");
    }

    @Test
    void looksUpOptions() {
        KickstartCommand command = KickstartParser.parse("url --url=a --url b --noverifyssl -- --proxy\n", F43)
                .kickstart()
                .commands()
                .get(0);

        assertThat(command.option("--url")).contains("b");
        assertThat(command.hasFlag("--noverifyssl")).isTrue();
        assertThat(command.hasFlag("--proxy")).isFalse();
        assertThat(command.option("--proxy")).isEmpty();
    }
}
