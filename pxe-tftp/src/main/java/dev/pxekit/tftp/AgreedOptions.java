package dev.pxekit.tftp;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server agrees to (RFC 2347): options of the request in their order, no other, capped where the RFC allows a smaller
 * value, left out where the value is not valid.
 *
 * @param answer for the OACK; empty means that there is none
 * @param blockSize bytes of content in a full block
 * @param windowSize blocks of a window
 * @param timeout of the {@code timeout} option, if asked for
 */
record AgreedOptions(TftpOptions answer, int blockSize, int windowSize, Optional<Duration> timeout) {

    static AgreedOptions agree(TftpOptions asked, TransferMode mode, long size, ServerLimits limits) {
        int blockSize = asked.get(TftpOption.BLOCK_SIZE)
                .map(wish -> Math.min(wish, limits.maxBlockSize()))
                .orElse(512);
        int windowSize = asked.get(TftpOption.WINDOW_SIZE)
                .map(wish -> Math.min(wish, limits.maxWindowSize(blockSize)))
                .orElse(1);
        Optional<Duration> timeout = asked.get(TftpOption.TIMEOUT);

        TftpOptions.Builder answer = TftpOptions.builder();
        for (TftpOptions.Entry entry : asked.entries()) {
            Optional<String> value = switch (entry.name().toLowerCase(Locale.ROOT)) {
                case "blksize" -> asked.get(TftpOption.BLOCK_SIZE).map(wish -> Integer.toString(blockSize));
                case "windowsize" -> asked.get(TftpOption.WINDOW_SIZE).map(wish -> Integer.toString(windowSize));
                case "timeout" -> timeout.map(TftpOption.TIMEOUT::format);
                // The size of a netascii transfer is known only at its end.
                case "tsize" ->
                    asked.get(TftpOption.TRANSFER_SIZE)
                            .filter(wish -> mode.equals(TransferMode.OCTET))
                            .map(wish -> Long.toString(size));
                default -> Optional.empty();
            };
            value.ifPresent(text -> answer.set(entry.name(), text));
        }
        return new AgreedOptions(answer.build(), blockSize, windowSize, timeout);
    }
}
