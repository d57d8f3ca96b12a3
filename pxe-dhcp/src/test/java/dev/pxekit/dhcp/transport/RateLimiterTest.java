package dev.pxekit.dhcp.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final long SECOND = 1_000_000_000L;

    private long now = Long.MAX_VALUE - SECOND;

    private RateLimiter limiter(int clientPerSecond, int clientBurst, int totalPerSecond) {
        return new RateLimiter(new RateLimits(clientPerSecond, clientBurst, totalPerSecond), () -> now);
    }

    private static long taken(RateLimiter limiter, long client, int attempts) {
        return IntStream.range(0, attempts)
                .filter(i -> limiter.take(client).isEmpty())
                .count();
    }

    @Test
    void holdsAClientDownToItsRateAndLeavesTheOthersAlone() {
        RateLimiter limiter = limiter(10, 50, 1_000_000);
        assertThat(taken(limiter, 1, 1000)).isEqualTo(50);
        assertThat(limiter.take(1)).contains(RateLimiter.CLIENT);
        assertThat(taken(limiter, 2, 1000)).isEqualTo(50);
        now += 2 * SECOND; // System.nanoTime may overflow
        assertThat(taken(limiter, 1, 1000)).isEqualTo(20);
        now += 3600 * SECOND;
        assertThat(taken(limiter, 1, 1000)).as("no more than the burst").isEqualTo(50);
    }

    @Test
    void holdsAllClientsDownToTheTotal() {
        RateLimiter limiter = limiter(1000, 1000, 100);
        assertThat(IntStream.range(0, 500)
                        .filter(i -> limiter.take(i).isEmpty())
                        .count())
                .isEqualTo(100);
        assertThat(limiter.take(501)).contains(RateLimiter.TOTAL);
        now += SECOND / 2;
        assertThat(taken(limiter, 502, 500)).isEqualTo(50);
    }

    @Test
    void doesNotHinderManyClientsThatAskTwice() {
        RateLimiter limiter = new RateLimiter(RateLimits.DEFAULT, () -> now);
        for (long client = 0; client < 100_000; client++) {
            assertThat(taken(limiter, client, 2)).isEqualTo(2);
            now += SECOND / 5000;
        }
    }

    @Test
    void remembersTheOneThatAsksMostAmongManyOthers() {
        RateLimiter limiter = limiter(10, 50, 1_000_000);
        taken(limiter, -7, 50);
        for (long client = 0; client < 200_000; client++) {
            limiter.take(client);
        }
        assertThat(limiter.take(-7)).contains(RateLimiter.CLIENT);
    }
}
