package dev.pxekit.tftp;

import static dev.pxekit.tftp.Asking.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {

    /** Every file there is, its content being its name. */
    private static final TftpFiles ECHO =
            TftpFiles.generated(request -> Optional.of(request.fileName().getBytes(UTF_8)));

    private static String rewritten(String name, NameRule... rules) throws IOException {
        return read(ECHO.rewriting(rules), name);
    }

    @Test
    void rewritesWithGroups() throws Exception {
        assertThat(rewritten("x86PC/UNDI/pxelinux/pxelinux.0", NameRule.rewrite("^x86PC/(.*)/([^/]+)$", "$2.from/$1")))
                .isEqualTo("pxelinux.0.from/UNDI/pxelinux");
    }

    @Test
    void rewritesTheFirstMatchOrAll() throws Exception {
        assertThat(rewritten("a-a-a", NameRule.rewrite("a", "b"))).isEqualTo("b-a-a");
        assertThat(rewritten("a-a-a", NameRule.rewriteAll("a", "b"))).isEqualTo("b-b-b");
    }

    @Test
    void whatReplacementBringsInIsNotLookedAtAgain() throws Exception {
        assertThat(rewritten("a", NameRule.rewriteAll("a", "aa"))).isEqualTo("aa");
    }

    @Test
    void eachRuleSeesWhatTheOnesBeforeMade() throws Exception {
        assertThat(rewritten("a", NameRule.rewrite("a", "b"), NameRule.rewrite("b", "c"), NameRule.rewrite("a", "d")))
                .isEqualTo("c");
    }

    @Test
    void lastRuleEndsTheRulesWhereItIsFound() throws Exception {
        NameRule[] rules = {NameRule.rewrite("^a", "b").last(), NameRule.rewrite("$", ".efi")};
        assertThat(rewritten("a", rules)).isEqualTo("b");
        assertThat(rewritten("x", rules)).isEqualTo("x.efi");
    }

    @Test
    void onlyWhatIsNotAllowedIsRefused() throws Exception {
        NameRule[] rules = {NameRule.rewrite("^boot/.*", "$0").last(), NameRule.refuse("")};
        assertThat(rewritten("/boot/bcd", rules)).isEqualTo("boot/bcd");
        assertThatThrownBy(() -> rewritten("etc/passwd", rules)).isInstanceOf(AccessDeniedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keys/a", "/keys/a", "\\keys\\a", "//keys//a", "./keys/./a", "/.\\keys/a", "keys/a/"})
    void noSpellingSlipsPastRule(String name) {
        assertThatThrownBy(() -> rewritten(name, NameRule.refuse("^keys/a$")))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void laterRulesSeePlainFormToo() {
        assertThatThrownBy(() -> rewritten("x", NameRule.rewrite("x", "/.//keys\\\\a"), NameRule.refuse("^keys/a$")))
                .isInstanceOf(AccessDeniedException.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "C:\\Boot\\BCD,   ^C:,           Boot/BCD",
                "\\\\host\\tftp\\BCD, ^\\\\\\\\host, tftp/BCD",
                "a/../b,          [^/]+/\\.\\./, b"
            })
    void refusedNameMayBeRepaired(String name, String regex, String expected) throws Exception {
        assertThat(rewritten(name, NameRule.rewrite(regex, ""))).isEqualTo(expected);
    }

    @Test
    void garbageAfterNameMayBeCutOff() throws Exception {
        // some PXE firmware sends what follows the name in its memory
        assertThat(rewritten("pxelinux.0\n\001\u00ff", NameRule.rewrite("(?s)^(pxelinux\\.0).*", "$1")))
                .isEqualTo("pxelinux.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "C:/secret", "\\\\\\\\host\\\\secret", "%2e%2e/secret", "a\nb"})
    void whatComesOutIsCheckedAsWhatComesIn(String replacement) {
        assertThatThrownBy(() -> rewritten("file", NameRule.rewrite("^file$", replacement)))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void nameThatGrowsBeyondBoundsIsNoSuchFile() {
        NameRule[] doubling = new NameRule[100];
        Arrays.fill(doubling, NameRule.rewrite(".+", "$0$0"));
        assertThatThrownBy(() -> rewritten("file", doubling)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> rewritten("x".repeat(1025), NameRule.rewrite(".+", "short")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void longestNameIsMatchedByRecursiveExpression() throws Exception {
        assertThat(rewritten("ab".repeat(512), NameRule.rewrite("^(a|b)*$", "short")))
                .isEqualTo("short");
    }

    @Test
    void rulesAreBeforeTheNextSource() throws Exception {
        TftpFiles files =
                TftpFiles.of("a", "1".getBytes(UTF_8)).orElse(ECHO).rewriting(NameRule.rewrite("^[xy]$", "a"));
        assertThat(read(files, "x")).isEqualTo("1");
        assertThat(read(files, "z")).isEqualTo("z");
    }

    @Test
    void withoutRulesNamesStayAsTheyAre() throws Exception {
        assertThat(rewritten("/Boot/BCD")).isEqualTo("Boot/BCD");
    }

    @ParameterizedTest
    @CsvSource({"(,x", "a,$1", "(a),$2", "a,$", "a,\\", "a,${name}"})
    void malformedRulesAreRefusedAtOnce(String regex, String replacement) {
        assertThatThrownBy(() -> NameRule.rewrite(regex, replacement)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NameRule.rewriteAll(regex, replacement)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namedGroupsAndLiteralDollarsAreFine() throws Exception {
        assertThat(rewritten("ab", NameRule.rewrite("(?x)(?<first>a) # comment", "${first}\\$")))
                .isEqualTo("a$b");
    }
}
