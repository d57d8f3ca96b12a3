package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpFormatException;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMachineIdentifierTest {

    private static final UUID MACHINE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final byte[] OCTETS = HexFormat.of().parseHex("0033221100554477668899aabbccddeeff");

    @Test
    void storesTheFirstThreeFieldsOfTheUuidLittleEndian() throws Exception {
        assertThat(ClientMachineIdentifier.of(MACHINE).encode()).isEqualTo(OCTETS);
        assertThat(ClientMachineIdentifier.decode(OCTETS).uuid()).contains(MACHINE);
        assertThat(ClientMachineIdentifier.decode(OCTETS)).hasToString(MACHINE.toString());
    }

    @Test
    void takesZerosForNoUuid() throws Exception {
        assertThat(ClientMachineIdentifier.decode(new byte[17]).uuid()).isEmpty();
    }

    @Test
    void keepsOtherTypesAsOctets() throws Exception {
        byte[] octets = OCTETS.clone();
        octets[0] = 1;
        ClientMachineIdentifier identifier = ClientMachineIdentifier.decode(octets);
        assertThat(identifier.type()).isEqualTo(1);
        assertThat(identifier.uuid()).isEmpty();
        assertThat(identifier.encode()).isEqualTo(octets);
        assertThat(ClientMachineIdentifier.parse(identifier.toString())).isEqualTo(identifier);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 16, 18})
    void rejectsOtherLengths(int length) {
        assertThatThrownBy(() -> ClientMachineIdentifier.decode(new byte[length]))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessageContaining(length + " octets");
    }
}
