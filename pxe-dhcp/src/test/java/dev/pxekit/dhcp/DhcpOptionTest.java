package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import dev.pxekit.dhcp.pxe.ClientNetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DhcpOptionTest {

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(DhcpOption.SUBNET_MASK, Ipv4.parse("255.255.255.0"), "ffffff00"),
                Arguments.of(
                        DhcpOption.ROUTERS,
                        List.of(Ipv4.parse("10.0.0.1"), Ipv4.parse("10.0.0.2")),
                        "0a0000010a000002"),
                Arguments.of(DhcpOption.HOST_NAME, "pc-1", "70632d31"),
                Arguments.of(DhcpOption.INTERFACE_MTU, 9000, "2328"),
                Arguments.of(DhcpOption.LEASE_TIME, Duration.ofHours(1), "00000e10"),
                Arguments.of(DhcpOption.LEASE_TIME, Duration.ofSeconds(0xffff_ffffL), "ffffffff"),
                Arguments.of(DhcpOption.OVERLOAD, 3, "03"),
                Arguments.of(DhcpOption.MESSAGE_TYPE, MessageType.NAK, "06"),
                Arguments.of(DhcpOption.PARAMETER_REQUEST_LIST, List.of(1, 3, 255, 0), "0103ff00"),
                Arguments.of(DhcpOption.MAXIMUM_MESSAGE_SIZE, 65280, "ff00"),
                Arguments.of(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.of(new byte[] {0, 1, 2}), "000102"),
                Arguments.of(DhcpOption.USER_CLASSES, List.of("iPXE", "lab"), "0469505845036c6162"),
                Arguments.of(
                        DhcpOption.CLIENT_ARCHITECTURES,
                        List.of(ClientArchitecture.X64_UEFI, ClientArchitecture.of(0x1234)),
                        "00071234"),
                Arguments.of(DhcpOption.CLIENT_NETWORK_INTERFACE, new ClientNetworkInterface(1, 3, 16), "010310"),
                Arguments.of(
                        DhcpOption.CLIENT_MACHINE_IDENTIFIER,
                        ClientMachineIdentifier.of(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                        "00332211005544776688" + "99aabbccddeeff"),
                Arguments.of(DhcpOption.of(224, "mine", OptionFormat.unsignedByte()), 200, "c8"));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void readsAndWritesItsValue(DhcpOption<T> option, T value, String hex) throws Exception {
        byte[] octets = HexFormat.of().parseHex(hex);
        assertThat(option.encode(value)).isEqualTo(octets);
        assertThat(option.decode(octets)).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void survivesMutations(DhcpOption<T> option, T value, String hex) {
        Fuzz.run(2_000, option::decode, HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "69505845, iPXE", // iPXE's bare text
        "0469505845, iPXE", // RFC 3004
        "000469505845, iPXE",
        "0069505845, '\u0000iPXE'"
    })
    void readsUserClassesInEitherEncoding(String hex, String userClass) throws Exception {
        assertThat(DhcpOption.USER_CLASSES.decode(HexFormat.of().parseHex(hex))).containsExactly(userClass);
    }

    @Test
    void dropsNulsAtTheEndOfText() throws Exception {
        assertThat(DhcpOption.BOOT_FILE_NAME.decode("a\0b\0\0".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("a\0b");
    }

    @Test
    void namesTheOptionInItsErrors() {
        assertThatThrownBy(() -> DhcpOption.SUBNET_MASK.decode(new byte[3]))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessage("option 1 (subnet mask): 4 octets expected, 3 left at offset 0");
        assertThatThrownBy(() -> DhcpOptions.EMPTY.require(DhcpOption.SUBNET_MASK))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessageContaining("is absent");
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> DhcpOption.LEASE_TIME.encode(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DhcpOption.INTERFACE_MTU.encode(65536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DhcpOption.ROUTERS.encode(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DhcpOption.of(255, "end", OptionFormat.bytes()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..254");
    }

    @Test
    void putReplacesInPlaceAndAddAppends() {
        DhcpOptions options = DhcpOptions.builder()
                .put(DhcpOption.HOST_NAME, "a")
                .put(DhcpOption.DOMAIN_NAME, "b")
                .put(DhcpOption.HOST_NAME, "c")
                .add(15, new byte[] {'d'})
                .build();
        assertThat(options).hasToString("[12=63, 15=62, 15=64]");
        assertThat(options.get(DhcpOption.DOMAIN_NAME)).contains("bd");
        assertThat(options.toBuilder().remove(15).build()).hasToString("[12=63]");
    }
}
