package dev.pxekit.tftp;

import java.time.Duration;

/**
 * What became of a transfer.
 *
 * @param transfer who, what, and the options in force
 * @param outcome completed, probe or failed
 * @param bytes content that arrived, as it is on the wire: acknowledged to the side that sends it, taken by the other
 * @param blocks blocks that arrived, each counted once
 * @param retransmissions how often this side sent a packet again: requests, OACKs, DATA and ACKs
 * @param duration from the request to the end
 */
public record TransferResult(
        Transfer transfer, TransferOutcome outcome, long bytes, long blocks, long retransmissions, Duration duration) {

    /**
     * Whether all content arrived.
     *
     * @return true for {@link TransferOutcome.Completed}
     */
    public boolean isCompleted() {
        return outcome instanceof TransferOutcome.Completed;
    }
}
