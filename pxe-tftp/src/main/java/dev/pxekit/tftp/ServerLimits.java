package dev.pxekit.tftp;

import java.time.Duration;

/** The limits of one transfer of a server; see {@link TftpServer.Builder} for what each one means. */
record ServerLimits(
        int maxBlockSize,
        int maxWindowSize,
        int maxTransferMemory,
        Duration retransmissionTimeout,
        int maxRetransmissions,
        Duration maxSilence) {

    static final ServerLimits DEFAULT =
            new ServerLimits(65464, 64, 2 << 20, Duration.ofSeconds(1), 5, Duration.ofMinutes(2));

    private static final int MOST_UNPROVEN = 3;
    private static final Duration LONGEST_UNPROVEN = Duration.ofSeconds(10);

    ServerLimits withMaxBlockSize(int bytes) {
        return new ServerLimits(
                bytes, maxWindowSize, maxTransferMemory, retransmissionTimeout, maxRetransmissions, maxSilence);
    }

    ServerLimits withMaxWindowSize(int blocks) {
        return new ServerLimits(
                maxBlockSize, blocks, maxTransferMemory, retransmissionTimeout, maxRetransmissions, maxSilence);
    }

    ServerLimits withMaxTransferMemory(int bytes) {
        return new ServerLimits(
                maxBlockSize, maxWindowSize, bytes, retransmissionTimeout, maxRetransmissions, maxSilence);
    }

    ServerLimits withRetransmission(Duration timeout, int most) {
        return new ServerLimits(maxBlockSize, maxWindowSize, maxTransferMemory, timeout, most, maxSilence);
    }

    ServerLimits withMaxSilence(Duration longest) {
        return new ServerLimits(
                maxBlockSize, maxWindowSize, maxTransferMemory, retransmissionTimeout, maxRetransmissions, longest);
    }

    /** The block size for one that is asked for. */
    int blockSize(int wish) {
        return Math.min(wish, maxBlockSize);
    }

    /** The largest window of this block size whose blocks, and as many read ahead, fit the memory of a transfer. */
    int maxWindowSize(int blockSize) {
        return Math.max(1, Math.min(maxWindowSize, maxTransferMemory / (2 * (blockSize + DataPackets.HEADER))));
    }

    /** Whether a client may have its timeout: not one after which it is given up before anything was sent again. */
    boolean allowsTimeout(Duration timeout) {
        return timeout.multipliedBy(2).compareTo(maxSilence) <= 0;
    }

    /**
     * When to send again to a client that has not answered yet. Its address may be forged, so what it asks for does not count:
     * the server's own timeout, few times, and 10 seconds at most, or the server's own timeout if that is longer.
     */
    Retransmission untilFirstAck() {
        Duration total =
                retransmissionTimeout.compareTo(LONGEST_UNPROVEN) > 0 ? retransmissionTimeout : LONGEST_UNPROVEN;
        return new Retransmission(
                retransmissionTimeout.toNanos(), Math.min(MOST_UNPROVEN, maxRetransmissions), total.toNanos(), false);
    }

    /** When to send again to a client that has answered: its {@code timeout} option counts, else what its answers take. */
    Retransmission afterFirstAck(AgreedOptions agreed) {
        Duration timeout = agreed.timeout().orElse(retransmissionTimeout);
        return new Retransmission(
                timeout.toNanos(),
                maxRetransmissions,
                maxSilence.toNanos(),
                agreed.timeout().isEmpty());
    }
}
