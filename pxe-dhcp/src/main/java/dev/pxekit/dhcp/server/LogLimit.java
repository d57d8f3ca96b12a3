package dev.pxekit.dhcp.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * How often something is logged that clients can bring about as often as they like: at once, then no more than once in a period, with
 * how often it happened since. Safe for use by several threads.
 */
final class LogLimit {

    static final Duration PERIOD = Duration.ofSeconds(10);

    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /**
     * Counts one of a kind.
     *
     * @param kind one of a few
     * @return how many there were that no line tells of, if it is time for a line
     */
    OptionalLong count(String kind, Instant now) {
        return counts.computeIfAbsent(kind, key -> new Count()).add(now);
    }

    /**
     * Logs one of a kind, if it is time for a line.
     *
     * @param kind one of a few
     * @param line begins the line, which has to tell how many there were that no line tells of
     */
    void log(String kind, Instant now, LongFunction<LoggingEventBuilder> line, String message) {
        count(kind, now)
                .ifPresent(all -> line.apply(all)
                        .log("{}; the next message of this kind comes in {} seconds", message, PERIOD.toSeconds()));
    }

    private static final class Count {

        private long untold;
        private Instant told = Instant.MIN;

        synchronized OptionalLong add(Instant now) {
            untold++;
            // A clock that was set back ends the period too.
            if (!told.equals(Instant.MIN) && !now.isBefore(told) && now.isBefore(told.plus(PERIOD))) {
                return OptionalLong.empty();
            }
            told = now;
            long all = untold;
            untold = 0;
            return OptionalLong.of(all);
        }
    }
}
