package dev.pxekit.kickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

    @Test
    void splitsAsAShell() {
        assertThat(ShellWords.split("a 'b c'\"d\\\"e\\x\"f g\\ h '' i#j k").words())
                .isEqualTo(List.of("a", "b cd\"e\\xf", "g h", "", "i"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "two words",
                "it's",
                "say \"hi\"",
                "back\\slash",
                "a#b",
                "$6$salt$x/y.",
                "--name=",
                "--name=x y",
                "--append=a=\"b c\"",
                "--=",
                "tab\there",
                "--opt name=x"
            })
    void readsBackWhatItQuoted(String word) {
        assertThat(ShellWords.split(ShellWords.quote(word) + "\n"))
                .isEqualTo(new ShellWords(List.of(word), java.util.Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\0b", "a\fb", "a\u2028b"})
    void refusesLineEnds(String word) {
        assertThatThrownBy(() -> ShellWords.quote(word)).isInstanceOf(IllegalArgumentException.class);
    }
}
