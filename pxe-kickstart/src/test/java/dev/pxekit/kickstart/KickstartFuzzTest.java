package dev.pxekit.kickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random token soup: the parser and the validator end, throw nothing and lose nothing. */
class KickstartFuzzTest {

    private static final List<String> TOKENS = List.of(
            "\n",
            "\n",
            "\r\n",
            "\r",
            "\f",
            "\u2028",
            " ",
            "\t",
            "#",
            "#version=RHEL9\n",
            "%end\n",
            "%end",
            "%",
            "%packages\n",
            "%post --nochroot\n",
            "%pre",
            "%raw\n",
            "%include ",
            "%ksappend x\n",
            "%traceback\n",
            "lang ",
            "en_US",
            "rootpw ",
            "--iscrypted",
            "--name=",
            "'",
            "\"",
            "\\",
            "\\\n",
            "$6$a",
            "device x\n",
            "install\n",
            "foo\n",
            "\0",
            "\u00e9",
            "@core\n",
            "-vim\n",
            "=",
            "--");

    @Test
    void parserKeepsEveryText() {
        Random random = new Random(20261121);
        List<SyntaxVersion> versions = SyntaxVersion.all();
        for (int i = 0; i < 5_000; i++) {
            StringBuilder soup = new StringBuilder();
            for (int n = random.nextInt(50); n > 0; n--) {
                soup.append(TOKENS.get(random.nextInt(TOKENS.size())));
            }
            String text = soup.toString();
            SyntaxVersion version = versions.get(random.nextInt(versions.size()));

            Kickstart kickstart = KickstartParser.parse(text, version).kickstart();

            assertThat(kickstart).hasToString(text);
            assertThat(String.join(
                            "",
                            kickstart.items().stream().map(KickstartItem::text).toList()))
                    .isEqualTo(text);
            for (Diagnostic diagnostic : KickstartValidator.of(version).validate(kickstart)) {
                assertThat(diagnostic.span().offset() + diagnostic.span().length())
                        .isLessThanOrEqualTo(text.length());
            }
        }
    }

    @Test
    void parserKeepsRandomBytes() {
        Random random = new Random(5);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            assertThat(KickstartParser.parse(bytes, SyntaxVersion.latestRhel())
                            .kickstart()
                            .toBytes())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void quotedWordsAreReadBack() {
        Random random = new Random(9);
        String alphabet = "ab -='\"\\#$%@\u00e9\t";
        for (int i = 0; i < 10_000; i++) {
            StringBuilder word = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                word.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(ShellWords.split(ShellWords.quote(word.toString()) + "\n")
                            .words())
                    .containsExactly(word.toString());
        }
    }

    @Test
    void manyOpenSectionsTakeLinearTime() {
        String text = "%raw\n".repeat(30_000) + "%post\n".repeat(30_000);

        assertThat(KickstartParser.parse(text).kickstart().sections()).hasSize(60_000);
    }
}
