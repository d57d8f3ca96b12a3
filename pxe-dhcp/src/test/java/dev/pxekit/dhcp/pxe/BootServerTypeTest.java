package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootServerTypeTest {

    @ParameterizedTest
    @CsvSource({
        "0, PXE bootstrap",
        "1, Microsoft Windows NT boot server",
        "8, HP OpenView boot server",
        "9, type 9",
        "32768, type 32768",
        "65535, PXE API server"
    })
    void knowsTheTypesOfPxeAndKeepsOtherNumbers(int code, String name) {
        BootServerType type = BootServerType.of(code);
        assertThat(type.code()).isEqualTo(code);
        assertThat(type.name()).isEqualTo(name);
        assertThat(type).hasToString(name + " (" + code + ")");
        assertThat(BootServerType.parse(type.toString())).isEqualTo(type);
        assertThat(BootServerType.parse(Integer.toString(code))).isEqualTo(type);
    }

    @Test
    void readsANameInEitherCaseOfLetters() {
        assertThat(BootServerType.parse("hp openview boot server")).isEqualTo(BootServerType.HP_OPENVIEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "type", "(8", "8)", "-1", "65536", "123456"})
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> BootServerType.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("boot server type: ");
    }
}
