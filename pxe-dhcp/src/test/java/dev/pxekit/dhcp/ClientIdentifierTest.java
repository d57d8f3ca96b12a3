package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClientIdentifierTest {

    @Test
    void hashesOfMachinesOfOneDeliveryDiffer() {
        long hashes = IntStream.range(0, 65_536)
                .map(i -> ClientIdentifier.of(new byte[] {1, 0x52, 0x54, 0, 0x77, (byte) (i >> 8), (byte) i})
                        .hashCode())
                .distinct()
                .count();
        assertThat(hashes).isGreaterThan(65_000);
    }
}
