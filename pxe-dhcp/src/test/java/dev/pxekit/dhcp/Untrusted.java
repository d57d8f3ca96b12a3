package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Allocation;
import java.io.IOException;
import java.util.Optional;

/**
 * What readers of untrusted input promise, for fuzz tests: nothing is thrown but the declared exception, and memory is
 * allocated in proportion to the input. That they end is seen to by the time limit of the tests.
 */
public final class Untrusted {

    /** What may be allocated whatever the input: buffers, exceptions, classes that are used for the first time. */
    private static final int FIXED_OCTETS = 64 * 1024;

    /**
     * What reading may allocate for one octet of input, in octets; garbage counts too, not only what stays. An octet may be an
     * element of a list, an object of its own.
     */
    public static final int READING = 128;

    /** What reading text may allocate for one octet of it: a line of a few characters is a handful of objects. */
    public static final int PARSING = 256;

    /**
     * What text, JSON and diagnostics may allocate for one octet of input. An option of two octets with a wrong length gets its
     * name, its octets and a sentence, three times over.
     */
    public static final int PRINTING = 4096;

    /** What the search for inputs allocates itself, on the same thread, for what it counts. */
    private static final int SEARCHING = System.getenv("JAZZER_FUZZ") == null ? 1 : 64;

    private Untrusted() {}

    /** Something that reads input and may refuse it. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws IOException;
    }

    /** What a decoder makes of octets; empty if it refuses them, with an offset in them. */
    public static <T> Optional<T> decode(byte[] octets, Reading<T> decoder) throws IOException {
        return within(READING, octets.length, () -> {
            try {
                return Optional.of(decoder.read());
            } catch (DhcpFormatException e) {
                assertThat(e.offset()).as(e.getMessage()).isBetween(0L, (long) octets.length);
                return Optional.empty();
            }
        });
    }

    /** What reading gives, if it allocates so much at most for each octet of input. */
    public static <T> T within(int allocatedPerOctet, int octets, Reading<T> reading) throws IOException {
        long limit = SEARCHING * (FIXED_OCTETS + (long) allocatedPerOctet * octets);
        long before = Allocation.ofThisThread();
        T result = reading.read();
        long allocated = Allocation.ofThisThread() - before;
        for (int i = 0; i < 2 && allocated > limit; i++) {
            // Without what classes took that were not used before.
            before = Allocation.ofThisThread();
            reading.read();
            allocated = Allocation.ofThisThread() - before;
        }
        assertThat(allocated)
                .as("octets allocated for an input of %d octets", octets)
                .isLessThanOrEqualTo(limit);
        return result;
    }
}
