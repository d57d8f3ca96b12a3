package dev.pxekit.tftp;

import java.time.Duration;

/** The limits of a server; see {@link TftpServer.Builder} for what each one means. */
record ServerLimits(
        int maxBlockSize,
        int maxWindowSize,
        int maxTransfers,
        int maxTransferMemory,
        Duration retransmissionTimeout,
        int maxRetransmissions) {

    /** Opcode and block number, kept with each block. */
    static final int HEADER = 4;

    static final ServerLimits DEFAULT = new ServerLimits(65464, 64, 4096, 2 << 20, Duration.ofSeconds(1), 5);

    ServerLimits withMaxBlockSize(int bytes) {
        return new ServerLimits(
                bytes, maxWindowSize, maxTransfers, maxTransferMemory, retransmissionTimeout, maxRetransmissions);
    }

    ServerLimits withMaxWindowSize(int blocks) {
        return new ServerLimits(
                maxBlockSize, blocks, maxTransfers, maxTransferMemory, retransmissionTimeout, maxRetransmissions);
    }

    ServerLimits withMaxTransfers(int transfers) {
        return new ServerLimits(
                maxBlockSize, maxWindowSize, transfers, maxTransferMemory, retransmissionTimeout, maxRetransmissions);
    }

    ServerLimits withMaxTransferMemory(int bytes) {
        return new ServerLimits(
                maxBlockSize, maxWindowSize, maxTransfers, bytes, retransmissionTimeout, maxRetransmissions);
    }

    ServerLimits withRetransmission(Duration timeout, int most) {
        return new ServerLimits(maxBlockSize, maxWindowSize, maxTransfers, maxTransferMemory, timeout, most);
    }

    /** The largest window of this block size whose blocks, and as many read ahead, fit the memory of a transfer. */
    int maxWindowSize(int blockSize) {
        return Math.max(1, Math.min(maxWindowSize, maxTransferMemory / (2 * (blockSize + HEADER))));
    }
}
