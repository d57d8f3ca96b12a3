package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RolloverTest {

    @ParameterizedTest
    @CsvSource({
        "TO_ZERO, 0, 0",
        "TO_ZERO, 1, 1",
        "TO_ZERO, 65535, 65535",
        "TO_ZERO, 65536, 0",
        "TO_ZERO, 65537, 1",
        "TO_ZERO, 131072, 0",
        "TO_ONE, 0, 0",
        "TO_ONE, 1, 1",
        "TO_ONE, 65535, 65535",
        "TO_ONE, 65536, 1",
        "TO_ONE, 131070, 65535",
        "TO_ONE, 131071, 1",
    })
    void numbersOnTheWire(Rollover rollover, long block, int wire) {
        assertThat(rollover.wire(block)).isEqualTo(wire);
    }

    @ParameterizedTest
    @EnumSource
    void findsTheBlockAgain(Rollover rollover) {
        for (long from : new long[] {0, 1, 65_534, 65_535, 65_536, 131_070, 200_000}) {
            for (int ahead : new int[] {0, 1, 2, 64, 30_000, 65_000}) {
                assertThat(rollover.ahead(rollover.wire(from + ahead), from))
                        .describedAs(from + " + " + ahead)
                        .isEqualTo(ahead);
            }
        }
    }

    @Test
    void zeroIsNoBlockWhereOneFollows() {
        assertThat(Rollover.TO_ONE.ahead(0, 65_535)).isGreaterThan(65_535);
        assertThat(Rollover.TO_ONE.ahead(0, 0)).isZero();
    }
}
