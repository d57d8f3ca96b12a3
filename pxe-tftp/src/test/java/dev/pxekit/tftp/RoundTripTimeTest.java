package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RoundTripTimeTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    @Test
    void withoutSampleItIsWhatIsGiven() {
        assertThat(new RoundTripTime().timeout(3 * SECOND)).isEqualTo(3 * SECOND);
    }

    @Test
    void firstSampleCountsThreeTimes() {
        RoundTripTime time = new RoundTripTime();
        time.sample(400 * MILLISECOND);
        assertThat(time.timeout(SECOND)).isEqualTo(1200 * MILLISECOND);
    }

    @Test
    void quickClientIsStillGivenTimeToWrite() {
        RoundTripTime time = new RoundTripTime();
        time.sample(MILLISECOND);
        assertThat(time.timeout(SECOND)).isEqualTo(200 * MILLISECOND);
        assertThat(time.least()).isEqualTo(MILLISECOND);
    }

    @Test
    void closesInOnSteadyClientAndWidensForAnUnsteadyOne() {
        RoundTripTime time = new RoundTripTime();
        for (int i = 0; i < 100; i++) {
            time.sample(500 * MILLISECOND);
        }
        assertThat(time.timeout(SECOND)).isBetween(500 * MILLISECOND, 510 * MILLISECOND);
        for (int i = 0; i < 100; i++) {
            time.sample((i % 2 == 0 ? 100 : 900) * MILLISECOND);
        }
        assertThat(time.timeout(SECOND)).isBetween(1800 * MILLISECOND, 2500 * MILLISECOND);
    }

    @Test
    void neverWaitsLongerThanTheCeiling() {
        RoundTripTime time = new RoundTripTime();
        time.sample(60 * SECOND);
        assertThat(time.timeout(SECOND)).isEqualTo(8 * SECOND);
    }
}
