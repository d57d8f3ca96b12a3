package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.JsonObject;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JsonLineTest {

    @Test
    void anyTextComesBackAsItWas() {
        String text = "quote \" backslash \\ line\n control \u0001 del \u007f ü 😀";
        String json =
                new JsonLine().text("a", text).texts("b", List.of(text, "")).toString();
        assertThat(json).isASCII().doesNotContain("\n");
        assertThat(JsonObject.parse(json).text("a")).isEqualTo(text);
        assertThat(JsonObject.parse(json).texts("b")).containsExactly(text, "");
    }

    @Test
    void numbersAreWrittenWithAPointAndAbsentOnesAsNull() {
        assertThat(new JsonLine()
                        .number("a", -5)
                        .decimal("b", OptionalDouble.of(1234.5678))
                        .decimal("c", OptionalDouble.empty()))
                .hasToString("{\"a\":-5,\"b\":1234.568,\"c\":null}");
    }
}
