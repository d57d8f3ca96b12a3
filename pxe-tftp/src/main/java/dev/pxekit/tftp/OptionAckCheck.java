package dev.pxekit.tftp;

import java.util.Optional;

/**
 * Whether a client may accept an OACK (RFC 2347): nothing unasked for, and no larger block or window and no longer timeout than
 * was asked for (RFC 2348, RFC 2349, RFC 7440).
 */
final class OptionAckCheck {

    private OptionAckCheck() {}

    /** Why a read ends with the answer: what is wrong with it, or that the file is too large. */
    static Optional<TransferOutcome.Failed> refusalOf(TftpOptions taken, TftpOptions asked, long maxSize) {
        Optional<String> fault = faultOf(taken, asked);
        if (fault.isPresent()) {
            return Optional.of(new TransferOutcome.Failed(TftpErrorCode.OPTION_NEGOTIATION, fault.get()));
        }
        return taken.get(TftpOption.TRANSFER_SIZE)
                .filter(size -> size > maxSize)
                .map(size -> new TransferOutcome.Failed(
                        TftpErrorCode.DISK_FULL, "the file has " + size + " bytes, the limit is " + maxSize));
    }

    /** What is wrong with the answer, as a text for the server. */
    static Optional<String> faultOf(TftpOptions taken, TftpOptions asked) {
        for (TftpOptions.Entry entry : taken.entries()) {
            if (asked.get(entry.name()).isEmpty()) {
                return Optional.of("option not asked for: " + Printable.of(entry.toString()));
            }
        }
        boolean fits = atMost(TftpOption.BLOCK_SIZE, taken, asked)
                && atMost(TftpOption.BLOCK_SIZE_2, taken, asked)
                && atMost(TftpOption.WINDOW_SIZE, taken, asked)
                && atMost(TftpOption.TIMEOUT, taken, asked)
                && atMost(TftpOption.TIMEOUT_MICROS, taken, asked)
                && atMost(TftpOption.ROLLOVER, taken, asked)
                && isValid(TftpOption.TRANSFER_SIZE, taken);
        return fits ? Optional.empty() : Optional.of("options " + Printable.of(taken.toString()) + " for " + asked);
    }

    private static <T extends Comparable<T>> boolean atMost(
            TftpOption<T> option, TftpOptions taken, TftpOptions asked) {
        if (taken.get(option.name()).isEmpty()) {
            return true;
        }
        Optional<T> value = taken.get(option);
        Optional<T> wish = asked.get(option);
        return value.isPresent() && wish.isPresent() && value.get().compareTo(wish.get()) <= 0;
    }

    private static boolean isValid(TftpOption<?> option, TftpOptions taken) {
        return taken.get(option.name()).isEmpty() || taken.get(option).isPresent();
    }
}
