package dev.pxekit.tftp;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a server agrees to (RFC 2347): options of the request in their order, no other, capped where the RFC allows a smaller
 * value, left out where the value is not valid.
 *
 * @param answer for the OACK; empty means that there is none
 * @param blockSize bytes of content in a full block
 * @param windowSize blocks of a window
 * @param timeout how long to wait for the client, if it asked for a time, in seconds or in microseconds
 * @param rollover what follows block 65,535
 */
record AgreedOptions(TftpOptions answer, int blockSize, int windowSize, Optional<Duration> timeout, Rollover rollover) {

    /** What is in force without any options. */
    static final AgreedOptions NONE = new AgreedOptions(TftpOptions.none(), 512, 1, Optional.empty(), Rollover.TO_ZERO);

    /**
     * Agrees on options.
     *
     * @param allowed the options of the request as the policy of the server has left them
     * @param size of the file, for a client that asks
     */
    static AgreedOptions agree(TftpOptions allowed, TftpRequest request, long size, ServerLimits limits) {
        TftpOptions asked = request.options();
        Optional<Integer> blockSize =
                atMost(TftpOption.BLOCK_SIZE, asked, allowed).map(limits::blockSize);
        Optional<Integer> powerOfTwo = blockSize.isPresent()
                ? Optional.empty()
                : atMost(TftpOption.BLOCK_SIZE_2, asked, allowed)
                        .map(limits::blockSize)
                        .map(Integer::highestOneBit);
        int bytes = blockSize.or(() -> powerOfTwo).orElse(512);
        Optional<Integer> windowSize =
                atMost(TftpOption.WINDOW_SIZE, asked, allowed).map(wish -> Math.min(wish, limits.maxWindowSize(bytes)));
        Optional<Duration> micros =
                same(TftpOption.TIMEOUT_MICROS, asked, allowed).filter(limits::allowsTimeout);
        Optional<Duration> seconds = micros.isPresent()
                ? Optional.empty()
                : same(TftpOption.TIMEOUT, asked, allowed).filter(limits::allowsTimeout);
        Optional<Integer> rollover = same(TftpOption.ROLLOVER, asked, allowed);
        // The size of a netascii transfer is known only at its end.
        Optional<Long> tellsSize = allowed.get(TftpOption.TRANSFER_SIZE)
                .filter(wish -> asked.get(TftpOption.TRANSFER_SIZE).isPresent()
                        && request.mode().equals(TransferMode.OCTET));

        TftpOptions.Builder answer = TftpOptions.builder();
        Set<String> answered = new HashSet<>();
        for (TftpOptions.Entry entry : asked.entries()) {
            String name = entry.name().toLowerCase(Locale.ROOT);
            Optional<String> value = switch (name) {
                case "blksize" -> blockSize.map(TftpOption.BLOCK_SIZE::format);
                case "blksize2" -> powerOfTwo.map(TftpOption.BLOCK_SIZE_2::format);
                case "windowsize" -> windowSize.map(TftpOption.WINDOW_SIZE::format);
                case "timeout" -> seconds.map(TftpOption.TIMEOUT::format);
                case "utimeout" -> micros.map(TftpOption.TIMEOUT_MICROS::format);
                case "rollover" -> rollover.map(TftpOption.ROLLOVER::format);
                case "tsize" -> tellsSize.map(wish -> Long.toString(size));
                default -> Optional.empty();
            };
            if (value.isPresent() && answered.add(name)) {
                answer.set(entry.name(), value.get());
            }
        }
        return new AgreedOptions(
                answer.build(),
                bytes,
                windowSize.orElse(1),
                micros.or(() -> seconds),
                rollover.map(Rollover::of).orElse(Rollover.TO_ZERO));
    }

    /** What is in force after an OACK, as the client that takes it sees it. */
    static AgreedOptions taken(TftpOptions answer) {
        Optional<Duration> micros = answer.get(TftpOption.TIMEOUT_MICROS);
        return new AgreedOptions(
                answer,
                answer.get(TftpOption.BLOCK_SIZE)
                        .or(() -> answer.get(TftpOption.BLOCK_SIZE_2))
                        .orElse(512),
                answer.get(TftpOption.WINDOW_SIZE).orElse(1),
                micros.or(() -> answer.get(TftpOption.TIMEOUT)),
                answer.get(TftpOption.ROLLOVER).map(Rollover::of).orElse(Rollover.TO_ZERO));
    }

    /** The same, with one more option in the answer, or another value of it. */
    <T> AgreedOptions withAnswer(TftpOption<T> option, T value) {
        return new AgreedOptions(
                answer.toBuilder().set(option, value).build(), blockSize, windowSize, timeout, rollover);
    }

    /** A number that the policy may lower: what is asked, or what is allowed of it. */
    private static Optional<Integer> atMost(TftpOption<Integer> option, TftpOptions asked, TftpOptions allowed) {
        return asked.get(option).flatMap(wish -> allowed.get(option).map(most -> Math.min(wish, most)));
    }

    /** A value that can only be taken or left. */
    private static <T> Optional<T> same(TftpOption<T> option, TftpOptions asked, TftpOptions allowed) {
        return asked.get(option).filter(wish -> allowed.get(option).isPresent());
    }
}
