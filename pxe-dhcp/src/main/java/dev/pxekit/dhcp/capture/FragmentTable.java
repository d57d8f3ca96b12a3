package dev.pxekit.dhcp.capture;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of IP packets together (RFC 791 §3.2, RFC 8200 §4.5). Of 16 packets at most, of 64 KiB each; the
 * oldest goes first. Fragments that overlap cost the packet (RFC 5722), those that were seen twice do not.
 */
final class FragmentTable {

    private static final int MAXIMUM_PACKETS = 16;
    private static final int MAXIMUM_LENGTH = 65_535;

    /** The unit of fragment offsets. */
    private static final int UNIT = 8;

    /** RFC 8200 §4.5; after it the identification is another packet's. */
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private final Map<Key, Partial> packets = new LinkedHashMap<>();
    private final SkippedFrames skipped;

    FragmentTable(SkippedFrames skipped) {
        this.skipped = skipped;
    }

    /** What the fragments of a packet have in common; IPv4's protocol is always UDP. */
    record Key(long interfaceNumber, InetAddress source, InetAddress destination, int identification) {}

    /** What was in the fragments, without headers before them, and what it begins with. */
    record Whole(int nextHeader, FrameOctets octets) {}

    /** Takes a fragment, which is the rest of the octets; gives the packet if it was the last one that lacked. */
    @Nullable
    Whole add(Key key, Frame frame, int nextHeader, int offset, boolean more, FrameOctets octets)
            throws SkippedFrameException {
        int length = octets.length();
        octets.require(length, "fragment");
        if (length == 0 || offset + length > MAXIMUM_LENGTH || (more && length % UNIT != 0)) {
            throw new SkippedFrameException("fragment of " + length + " octets for offset " + offset);
        }
        Partial partial = packets.get(key);
        if (partial != null && partial.isOutlivedAt(frame.time())) {
            drop(key, partial);
            partial = null;
        }
        if (partial == null) {
            makeRoom();
            partial = new Partial(frame);
            packets.put(key, partial);
        }
        if (!partial.put(offset, more, octets.bytes(0, length))) {
            drop(key, partial);
            throw new SkippedFrameException("fragment that contradicts another one of its datagram");
        }
        if (offset == 0) {
            partial.nextHeader = nextHeader;
        }
        if (!partial.isComplete()) {
            return null;
        }
        packets.remove(key);
        return new Whole(partial.nextHeader, new FrameOctets(partial.joined(), 0));
    }

    /** Gives up all that is not complete. */
    void clear() {
        packets.values().forEach(this::tell);
        packets.clear();
    }

    private void makeRoom() {
        if (packets.size() == MAXIMUM_PACKETS) {
            var oldest = packets.entrySet().iterator().next();
            drop(oldest.getKey(), oldest.getValue());
        }
    }

    private void drop(Key key, Partial partial) {
        packets.remove(key);
        tell(partial);
    }

    private void tell(Partial partial) {
        skipped.add(partial.firstFrame, partial.frames, "fragment of a datagram that did not get complete");
    }

    /** A packet of which something lacks. */
    private static final class Partial {

        private final long firstFrame;
        private final Instant firstTime;

        /** By offset, and none overlaps another: a few octets far behind cost no more memory than those in front. */
        private final TreeMap<Integer, byte[]> fragments = new TreeMap<>();

        private int reach;
        private int present;
        private int total = -1;
        private int nextHeader;
        private int frames;

        Partial(Frame frame) {
            this.firstFrame = frame.number();
            this.firstTime = frame.time();
        }

        boolean isOutlivedAt(Instant time) {
            return Duration.between(firstTime, time).abs().compareTo(LIFETIME) > 0;
        }

        boolean isComplete() {
            return present == total;
        }

        /** False if the fragment does not fit those that are there. */
        boolean put(int offset, boolean more, byte[] fragment) {
            int end = offset + fragment.length;
            boolean fits = more ? total < 0 || end <= total : (total < 0 || end == total) && end >= reach;
            if (!fits) {
                return false;
            }
            Map.Entry<Integer, byte[]> before = fragments.lowerEntry(end);
            if (before != null && before.getKey() + before.getValue().length > offset) {
                boolean seenBefore = isKnown(offset, fragment);
                frames += seenBefore ? 1 : 0;
                return seenBefore;
            }
            frames++;
            fragments.put(offset, fragment);
            reach = Math.max(reach, end);
            present += fragment.length;
            if (!more) {
                total = end;
            }
            return true;
        }

        /** Whether these octets are there already, in one fragment or in several. */
        private boolean isKnown(int offset, byte[] fragment) {
            int from = 0;
            Map.Entry<Integer, byte[]> known = fragments.floorEntry(offset);
            while (known != null && from < fragment.length) {
                byte[] octets = known.getValue();
                int start = offset + from - known.getKey();
                int count = Math.min(octets.length - start, fragment.length - from);
                if (start < 0
                        || count <= 0
                        || !Arrays.equals(octets, start, start + count, fragment, from, from + count)) {
                    return false;
                }
                from += count;
                known = fragments.higherEntry(known.getKey());
            }
            return from == fragment.length;
        }

        byte[] joined() {
            byte[] octets = new byte[total];
            fragments.forEach((offset, fragment) -> System.arraycopy(fragment, 0, octets, offset, fragment.length));
            return octets;
        }
    }
}
