package dev.pxekit.examples.cli;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a benchmark measured. Rates count the content of completed transfers; megabytes are 10⁶ bytes. */
final class BenchReport {

    /** A server that fails in many ways at once is shown the most frequent ones. */
    private static final int MOST_REASONS = 5;

    private final int clients;
    private final Duration elapsed;
    private final List<Duration> durations;
    private final Map<ContentDigest.Content, Long> contents;
    private final Map<String, Long> failures;
    private final long retransmissions;

    BenchReport(int clients, Duration elapsed, List<BenchSample> samples) {
        this.clients = clients;
        this.elapsed = elapsed;
        this.durations = samples.stream()
                .filter(sample -> sample.content().isPresent())
                .map(BenchSample::duration)
                .sorted()
                .toList();
        this.contents = samples.stream()
                .flatMap(sample -> sample.content().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        this.failures = samples.stream()
                .flatMap(sample -> sample.failure().stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        this.retransmissions =
                samples.stream().mapToLong(BenchSample::retransmissions).sum();
    }

    /** Whether all transfers completed, with the same content. */
    boolean isHealthy() {
        return failures.isEmpty() && contents.size() == 1;
    }

    /** The time that so many percent of the completed transfers took at most (nearest rank), if there are any. */
    OptionalDouble percentileMillis(int percent) {
        if (durations.isEmpty()) {
            return OptionalDouble.empty();
        }
        int rank = (int) Math.ceil(percent / 100.0 * durations.size());
        return OptionalDouble.of(durations.get(Math.max(1, rank) - 1).toNanos() / 1e6);
    }

    /** A few lines for people. */
    String text(RemoteFile file) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s, %,d clients: %.1f MB/s, %,d bytes in %.3f s%n",
                file,
                clients,
                megabytesPerSecond(),
                bytes(),
                seconds()));
        text.append(String.format(
                Locale.ROOT,
                "transfers %,d, failures %,d, retransmissions %,d%n",
                transfers(),
                failed(),
                retransmissions));
        text.append(String.format(
                Locale.ROOT,
                "one transfer: p50 %s, p90 %s, p99 %s",
                millis(percentileMillis(50)),
                millis(percentileMillis(90)),
                millis(percentileMillis(99))));
        if (contents.size() > 1) {
            mostFrequent(contents)
                    .forEach(entry -> text.append(String.format(
                            Locale.ROOT,
                            "%nDIFFERENT CONTENT in %,d transfers: %,d bytes, CRC-32C %s",
                            entry.getValue(),
                            entry.getKey().size(),
                            entry.getKey().checksum())));
        }
        mostFrequent(failures)
                .forEach(entry -> text.append(String.format(
                        Locale.ROOT,
                        "%nFAILED %,d times: %s",
                        entry.getValue(),
                        TransferText.printable(entry.getKey()))));
        return text.toString();
    }

    /** The same in one line for programs. Where no transfer completed, times are {@code null}. */
    String json(RemoteFile file) {
        return new JsonLine()
                .text("server", file.server().toString())
                .text("file", file.name())
                .number("clients", clients)
                .number("transfers", transfers())
                .number("failures", failed())
                .number("contents", contents.size())
                .number("bytes", bytes())
                .decimal("seconds", OptionalDouble.of(seconds()))
                .decimal("megabytesPerSecond", OptionalDouble.of(megabytesPerSecond()))
                .number("retransmissions", retransmissions)
                .decimal("p50Millis", percentileMillis(50))
                .decimal("p90Millis", percentileMillis(90))
                .decimal("p99Millis", percentileMillis(99))
                .text(
                        "crc32c",
                        contents.size() == 1
                                ? contents.keySet().iterator().next().checksum()
                                : "")
                .texts("reasons", mostFrequent(failures).map(Map.Entry::getKey).toList())
                .toString();
    }

    private static <K> Stream<Map.Entry<K, Long>> mostFrequent(Map<K, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_REASONS);
    }

    private static String millis(OptionalDouble time) {
        return time.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f ms", time.getAsDouble());
    }

    private long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    private long transfers() {
        return durations.size() + failed();
    }

    private long bytes() {
        return contents.entrySet().stream()
                .mapToLong(entry -> entry.getKey().size() * entry.getValue())
                .sum();
    }

    private double seconds() {
        return elapsed.toNanos() / 1e9;
    }

    private double megabytesPerSecond() {
        return TransferText.megabytesPerSecond(bytes(), elapsed);
    }
}
