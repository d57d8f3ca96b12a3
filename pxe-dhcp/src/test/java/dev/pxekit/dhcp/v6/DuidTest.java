package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.Fuzz;
import dev.pxekit.dhcp.HardwareAddress;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuidTest {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final UUID MACHINE = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    @Test
    void writesEveryType() {
        assertThat(Duid.linkLayerTime(ADDRESS, Instant.parse("2000-01-01T00:01:00Z")))
                .hasToString("00:01:00:01:00:00:00:3c:52:54:00:77:00:01");
        assertThat(Duid.enterprise(343, new byte[] {1, 2})).hasToString("00:02:00:00:01:57:01:02");
        assertThat(Duid.linkLayer(ADDRESS)).hasToString("00:03:00:01:52:54:00:77:00:01");
        assertThat(Duid.uuid(MACHINE)).hasToString("00:04:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff");
    }

    @Test
    void readsWhatIsInside() throws Exception {
        assertThat(Duid.linkLayerTime(ADDRESS, Instant.EPOCH).linkLayerAddress())
                .contains(ADDRESS);
        assertThat(Duid.linkLayer(ADDRESS).linkLayerAddress()).contains(ADDRESS);
        assertThat(Duid.uuid(MACHINE).uuid()).contains(MACHINE);
        assertThat(Duid.decode(new byte[] {0, 9, 1}).linkLayerAddress()).isEmpty();
        assertThat(Duid.decode(new byte[] {0, 9, 1}).uuid()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 131})
    void rejectsOtherLengths(int length) {
        assertThatThrownBy(() -> Duid.decode(new byte[length]))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessageContaining("3..130");
    }

    @Test
    void parsesItsText() {
        Duid duid = Duid.linkLayer(ADDRESS);
        assertThat(Duid.parse(duid.toString())).isEqualTo(duid);
        assertThat(Duid.parse("00030001525400770001")).isEqualTo(duid);
        assertThatThrownBy(() -> Duid.parse("00:03")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Duid.parse("duid")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void survivesMutations() {
        Fuzz.run(
                octets -> {
                    Duid duid = Duid.decode(octets);
                    assertThat(duid.encode()).isEqualTo(octets);
                    duid.linkLayerAddress();
                    duid.uuid();
                },
                Duid.linkLayerTime(ADDRESS, Instant.EPOCH).encode(),
                Duid.uuid(MACHINE).encode());
    }
}
