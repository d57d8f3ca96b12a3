package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TransferResult;
import java.time.Duration;
import java.util.Optional;

/**
 * One transfer of a benchmark.
 *
 * @param content what arrived, if all of it did
 * @param failure why not all of it did
 */
record BenchSample(
        Optional<ContentDigest.Content> content, Optional<String> failure, Duration duration, long retransmissions) {

    static BenchSample completed(TransferResult result, ContentDigest.Content content) {
        return new BenchSample(Optional.of(content), Optional.empty(), result.duration(), result.retransmissions());
    }

    static BenchSample failed(String reason, long retransmissions) {
        return new BenchSample(Optional.empty(), Optional.of(reason), Duration.ZERO, retransmissions);
    }
}
