package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.cli.ContentDigest.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchReportTest {

    private static final Content CONTENT = new Content(10, 1);

    @Test
    void percentilesAreOfTheNearestRank() {
        List<BenchSample> samples = new ArrayList<>(IntStream.rangeClosed(1, 200)
                .mapToObj(BenchReportTest::completed)
                .toList());
        Collections.reverse(samples);
        BenchReport report = report(samples);
        assertThat(report.percentileMillis(50)).hasValue(100);
        assertThat(report.percentileMillis(90)).hasValue(180);
        assertThat(report.percentileMillis(99)).hasValue(198);
    }

    @Test
    void oneTransferIsEveryPercentile() {
        BenchReport report = report(List.of(completed(7)));
        assertThat(report.percentileMillis(50)).hasValue(7);
        assertThat(report.percentileMillis(99)).hasValue(7);
        assertThat(report.isHealthy()).isTrue();
    }

    @Test
    void transfersThatFailedHaveNoTime() {
        BenchReport report = report(List.of(BenchSample.failed("broke", 3), completed(5)));
        assertThat(report.percentileMillis(50)).hasValue(5);
        assertThat(report.isHealthy()).isFalse();
        assertThat(report(List.of(BenchSample.failed("broke", 3))).percentileMillis(50))
                .isEmpty();
    }

    @Test
    void contentsOfOneSizeMayDiffer() {
        BenchSample other = new BenchSample(Optional.of(new Content(10, 2)), Optional.empty(), Duration.ofMillis(1), 0);
        assertThat(report(List.of(completed(1), other)).isHealthy()).isFalse();
    }

    private static BenchReport report(List<BenchSample> samples) {
        return new BenchReport(1, Duration.ofSeconds(1), samples);
    }

    private static BenchSample completed(int millis) {
        return new BenchSample(Optional.of(CONTENT), Optional.empty(), Duration.ofMillis(millis), 0);
    }
}
