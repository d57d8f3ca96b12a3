package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.nio.file.Files;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientArchitectureTest {

    @ParameterizedTest
    @CsvSource({
        "0, x86 BIOS, false, false",
        "7, x64 UEFI, true, false",
        "9, EBC, true, false",
        "16, x64 UEFI boot from HTTP, true, true",
        "19, ARM UEFI 64 boot from HTTP, true, true",
        "20, PC/AT BIOS boot from HTTP, false, true",
        "27, RISC-V 64-bit UEFI, true, false",
        "39, LoongArch 64-bit UEFI, true, false",
        "41, ARM rpiboot, false, false",
        "42, architecture 42, false, false",
        "65535, architecture 65535, false, false"
    })
    void knowsTheRegistryAndKeepsOtherNumbers(int code, String name, boolean uefi, boolean http) {
        ClientArchitecture architecture = ClientArchitecture.of(code);
        assertThat(architecture.code()).isEqualTo(code);
        assertThat(architecture.name()).isEqualTo(name);
        assertThat(architecture.isUefi()).isEqualTo(uefi);
        assertThat(architecture.isHttp()).isEqualTo(http);
        assertThat(architecture).isEqualTo(ClientArchitecture.of(code));
    }

    @Test
    void refusesNumbersOfMoreThanTwoOctets() {
        assertThatThrownBy(() -> ClientArchitecture.of(65536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClientArchitecture.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasAConstantForEveryNumberOfTheRegistry() throws Exception {
        JsonObject registry =
                JsonObject.parse(Files.readString(Needs.conformance("dhcp").resolve("options.json")));
        for (JsonObject entry : registry.objects("architectures")) {
            ClientArchitecture architecture = ClientArchitecture.of((int) entry.number("code"));
            assertThat(architecture.name()).isEqualTo(entry.text("name").replace(" (deprecated)", ""));
            assertThat(architecture.isHttp())
                    .as(architecture.toString())
                    .isEqualTo(entry.text("transport").equals("http"));
        }
    }

    @ParameterizedTest
    @MethodSource("allNumbers")
    void readsItsOwnText(int code) {
        ClientArchitecture architecture = ClientArchitecture.of(code);
        assertThat(ClientArchitecture.parse(architecture.toString())).isEqualTo(architecture);
        assertThat(ClientArchitecture.parse(Integer.toString(code))).isEqualTo(architecture);
        if (code <= 41) {
            assertThat(ClientArchitecture.parse(architecture.name().toUpperCase(Locale.ROOT)))
                    .isEqualTo(architecture);
        }
    }

    static IntStream allNumbers() {
        return IntStream.concat(IntStream.rangeClosed(0, 42), IntStream.of(256, 65535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x64", "7)", "(7", "x64 UEFI 7", "-1", "65536", "x64 UEFI (123456)"})
    void refusesOtherTexts(String text) {
        assertThatThrownBy(() -> ClientArchitecture.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("client architecture: ");
    }
}
