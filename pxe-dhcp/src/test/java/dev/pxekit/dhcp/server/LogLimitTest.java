package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** One line at once, then one in a period. */
class LogLimitTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final LogLimit limit = new LogLimit();

    @Test
    void tellsOfTheFirstAtOnceAndOfTheOthersTogether() {
        assertThat(limit.count("kind", NOW)).hasValue(1);
        for (int i = 0; i < 10_000; i++) {
            assertThat(limit.count("kind", NOW.plusMillis(i % 9999))).isEmpty();
        }
        assertThat(limit.count("kind", NOW.plus(LogLimit.PERIOD))).hasValue(10_001);
    }

    @Test
    void logsHowManyAndWhenTheNextLineComes() {
        LinesLogger log = new LinesLogger();
        for (int second : new int[] {0, 1, 2, 10}) {
            limit.log(
                    "kind",
                    NOW.plusSeconds(second),
                    declines -> log.atWarn().addKeyValue("declines", declines),
                    "address declined");
        }
        assertThat(log.lines())
                .containsExactly(
                        "WARN declines=1 address declined; the next message of this kind comes in 10 seconds",
                        "WARN declines=3 address declined; the next message of this kind comes in 10 seconds");
    }

    @Test
    void countsEachKindByItself() {
        assertThat(limit.count("one", NOW)).hasValue(1);
        assertThat(limit.count("other", NOW)).hasValue(1);
    }

    @Test
    void isNotSilencedByAClockThatIsSetBack() {
        assertThat(limit.count("kind", NOW)).hasValue(1);
        assertThat(limit.count("kind", NOW.minusSeconds(3600))).hasValue(1);
    }
}
