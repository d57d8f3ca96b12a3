package dev.pxekit.tftp;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * What a network does to the packets of each direction, in the words of netem(8).
 *
 * @param loss share of packets that are lost
 * @param duplication share of packets that arrive twice
 * @param reordering share of packets that go at once while the others wait for the delay
 * @param delayMillis how long packets take
 */
record NetworkConditions(double loss, double duplication, double reordering, int delayMillis) {

    private static final List<NetworkConditions> BAD = List.of(
            new NetworkConditions(0.01, 0, 0, 0),
            new NetworkConditions(0.05, 0, 0, 0),
            new NetworkConditions(0.10, 0, 0, 0),
            new NetworkConditions(0, 0.10, 0, 0),
            new NetworkConditions(0, 0, 0.25, 10),
            new NetworkConditions(0, 0, 0, 50));

    /** What the tests go through: conditions, and a window size. */
    static Stream<Arguments> withWindows() {
        return BAD.stream().flatMap(conditions -> Stream.of(1, 16).map(window -> Arguments.of(conditions, window)));
    }

    /** When to send again: later than an answer can come, even on a busy machine. */
    Duration timeout() {
        return Duration.ofMillis(50 + 4L * delayMillis);
    }

    /** Enough blocks for chance to even out, where the way takes no time. */
    int blocks() {
        return delayMillis == 0 ? 320 : 48;
    }

    /**
     * The most DATA packets that a server may send for a file, retransmissions included.
     *
     * <p>A window of w blocks brings the client forward by those before the first lost one, (1-p)(1-(1-p)^w)/p of them on average
     * with a loss of p, and is sent once more if its ACK is lost; so a block is sent wp/((1-p)²(1-(1-p)^w)) times on average. A
     * block that others have overtaken looks lost; netem lets a quarter overtake, which is as many as are overtaken at least.
     * A second copy of the ACK of a window looks like the report that the next one lacks its first block, and may bring that
     * window twice; with a window of one it brings nothing (no Sorcerer's Apprentice). Delay is no reason to send anything again.
     * Retransmissions may come to twice the average, and four windows, or 16 blocks: some hundreds of blocks are a small sample, and a
     * busy machine may hold up some packets for longer than a timeout.
     */
    long mostSent(int blocks, int windowSize) {
        double p = windowSize == 1 ? loss : Math.max(loss, reordering);
        double perBlock = p == 0 ? 1 : windowSize * p / (Math.pow(1 - p, 2) * (1 - Math.pow(1 - p, windowSize)));
        double again = perBlock - 1 + (windowSize == 1 ? 0 : duplication);
        return Math.round(blocks * (1 + 2 * again)) + Math.max(16, 4L * windowSize);
    }

    /** The arguments for {@code tc qdisc add ... netem}. */
    List<String> netem() {
        StringBuilder text = new StringBuilder("limit 10000");
        append(text, "delay", delayMillis, "ms");
        append(text, "loss", 100 * loss, "%");
        append(text, "duplicate", 100 * duplication, "%");
        append(text, "reorder", 100 * reordering, "% 50%");
        return List.of(text.toString().split(" "));
    }

    private static void append(StringBuilder text, String what, double value, String unit) {
        if (value > 0) {
            text.append(String.format(Locale.ROOT, " %s %.0f%s", what, value, unit));
        }
    }

    @Override
    public String toString() {
        return String.join(" ", netem().subList(2, netem().size()));
    }
}
