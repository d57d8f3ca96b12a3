package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
