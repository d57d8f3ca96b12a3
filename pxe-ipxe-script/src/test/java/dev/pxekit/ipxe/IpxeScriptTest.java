package dev.pxekit.ipxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.ipxe.IpxeCommand.Operator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpxeScriptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#!ipxe",
                "#!ipxe\r\necho a\r\n",
                "#!ipxe\necho a \\\n  b || goto x # no\n:x echo\n\n \t\n",
                "echo b \\",
                "\uFEFF#!ipxe\necho caf\u00e9",
                "#!ipxe\necho a\0b\n\r\r\n"
            })
    void printsWhatItParsed(String text) {
        IpxeScript script = IpxeScript.parse(text).value();

        assertThat(script.toString()).isEqualTo(text);
        assertThat(IpxeScript.parse(script.toBytes()).value().toBytes())
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(String.join("", script.lines().stream().map(IpxeLine::text).toList()))
                .isEqualTo(text);
    }

    @Test
    void keepsBytesThatAreNotUtf8() {
        byte[] latin1 = {'#', '!', 'i', 'p', 'x', 'e', '\n', 'e', 'c', 'h', 'o', ' ', (byte) 0xe9, '\n'};

        IpxeScript script = IpxeScript.parseStrict(latin1);

        assertThat(script.charset()).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(script.commands().get(0).arguments()).containsExactly("\u00e9");
        assertThat(script.toBytes()).isEqualTo(latin1);
    }

    @Test
    void splitsLinesIntoCommandsByOperators() {
        IpxeScript script = IpxeScript.parseStrict("#!ipxe\n:top isset ${x} && echo a;b || ; goto end # c\n");

        IpxeLine.Label line = (IpxeLine.Label) script.lines().get(1);
        assertThat(line.name()).isEqualTo("top");
        assertThat(line.comment()).contains("# c");
        assertThat(line.commands())
                .extracting(IpxeCommand::operator)
                .containsExactly(Operator.FIRST, Operator.AND, Operator.OR, Operator.ALWAYS);
        assertThat(line.commands())
                .extracting(IpxeCommand::toString)
                .containsExactly("isset ${x}", "echo a;b", "", "goto end");
        assertThat(script.commands()).hasSize(3);
    }

    @Test
    void joinsContinuedLinesAndKnowsWhereWordsStand() {
        IpxeScript script = IpxeScript.parseStrict("#!ipxe\nkernel vmli\\\r\nnuz \\\n  quiet\n");

        IpxeCommand command = script.commands().get(0);
        assertThat(command.name()).isEqualTo("kernel");
        assertThat(command.arguments()).containsExactly("vmlinuz", "quiet");
        assertThat(command.words().get(1).span()).isEqualTo(new Span(14, 10, 2, 8));
        assertThat(command.words().get(2).span()).isEqualTo(new Span(29, 5, 4, 3));
        assertThat(script.lines()).hasSize(2);
    }

    @Test
    void treatsQuotesAsOrdinaryCharacters() {
        assertThat(IpxeScript.parseStrict("#!ipxe\necho \"a b\" 'c\n")
                        .commands()
                        .get(0)
                        .arguments())
                .containsExactly("\"a", "b\"", "'c");
    }

    @Test
    void swallowsTheLineAfterAContinuedComment() {
        IpxeScript script = IpxeScript.parseStrict("#!ipxe\n# text \\\necho hidden\necho shown\n");

        assertThat(script.commands()).extracting(IpxeCommand::toString).containsExactly("echo shown");
    }

    @Test
    void findsTheFirstLabelOfAName() {
        IpxeScript script = IpxeScript.parseStrict("#!ipxe\n:a echo 1\n:a echo 2\n");

        assertThat(script.label("a").orElseThrow().span().line()).isEqualTo(2);
        assertThat(script.label("A")).isEmpty();
    }

    @Test
    void reportsMissingMagicWithItsPosition() {
        ParseResult<IpxeScript> result = IpxeScript.parse("\n#!ipxe\n");

        assertThat(result.hasErrors()).isTrue();
        assertThat(result.diagnostics().get(0).code()).isEqualTo("missing-magic");
        assertThat(result.diagnostics().get(0).span().line()).isEqualTo(1);
        assertThat(result.value().hasMagic()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#!ipxe", "#!IPXE\n", "#!ipxex\n", " #!ipxe\n", "\uFEFF#!ipxe\n", "echo\n"})
    void takesOnlyTheExactMagicForAScript(String text) {
        assertThatThrownBy(() -> IpxeScript.parseStrict(text))
                .isInstanceOf(SyntaxException.class)
                .hasMessageContaining("[missing-magic]");
    }

    @Test
    void reportsAContinuationAtTheEnd() {
        assertThat(IpxeScript.parse("#!ipxe\necho a \\\n").diagnostics())
                .extracting(Diagnostic::toString)
                .containsExactly("2:1: error: the last line ends in a backslash, so iPXE fails instead of running it: "
                        + "remove the backslash [continuation-at-end]");
    }

    @Test
    void warnsOfExpansionsThatAreNone() {
        ParseResult<IpxeScript> result = IpxeScript.parse("#!ipxe\necho ${a b} ${c}\n");

        assertThat(result.hasErrors()).isFalse();
        assertThat(result.diagnostics()).extracting(Diagnostic::code).isEqualTo(List.of("unterminated-expansion"));
    }

    @Test
    void comparesByText() {
        assertThat(IpxeScript.parseStrict("#!ipxe\n"))
                .isEqualTo(IpxeScript.builder().build())
                .hasSameHashCodeAs(IpxeScript.builder().build())
                .isNotEqualTo(IpxeScript.parseStrict("#!ipxe\n\n"));
    }
}
