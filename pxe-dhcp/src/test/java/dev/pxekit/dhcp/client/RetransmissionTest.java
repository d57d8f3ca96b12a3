package dev.pxekit.dhcp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetransmissionTest {

    private static List<Double> seconds(Retransmission waits, int attempts, long seed) {
        Random random = new Random(seed);
        List<Double> all = new ArrayList<>();
        Duration wait = Duration.ZERO;
        for (int attempt = 0; attempt < attempts; attempt++) {
            wait = waits.wait(attempt, wait, random);
            all.add(wait.toNanos() / 1e9);
        }
        return all;
    }

    @Test
    void waitsFourEightSixteenSecondsMoreOrLessByOneOverIpv4() {
        Retransmission waits = Retransmission.rfc2131(Duration.ofSeconds(4));
        double[] expected = {4, 8, 16, 32, 64, 64, 64};
        for (long seed = 0; seed < 50; seed++) {
            List<Double> seconds = seconds(waits, expected.length, seed);
            for (int i = 0; i < expected.length; i++) {
                assertThat(seconds.get(i)).isBetween(expected[i] - 1, expected[i] + 1);
            }
        }
        assertThat(seconds(waits, 1, 1)).isNotEqualTo(seconds(waits, 1, 2));
    }

    @Test
    void doublesUpToItsLimitOverIpv6() {
        Retransmission waits = Retransmission.rfc8415(Duration.ofSeconds(1), Duration.ofSeconds(30), false);
        for (long seed = 0; seed < 50; seed++) {
            List<Double> seconds = seconds(waits, 10, seed);
            assertThat(seconds.get(0)).isBetween(0.9, 1.1);
            for (int i = 1; i < 4; i++) {
                assertThat(seconds.get(i) / seconds.get(i - 1)).isBetween(1.9, 2.1);
            }
            assertThat(seconds.get(9)).isBetween(27.0, 33.0);
        }
    }

    @Test
    void neverWaitsLessThanToldForTheFirstAdvertise() {
        Retransmission waits = Retransmission.rfc8415(Duration.ofSeconds(1), Duration.ofSeconds(3600), true);
        for (long seed = 0; seed < 50; seed++) {
            assertThat(seconds(waits, 1, seed).get(0)).isBetween(1.0, 1.1);
        }
    }
}
