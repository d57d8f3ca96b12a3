package dev.pxekit.dhcp.capture;

import java.util.Arrays;

/**
 * The octets of a frame from a position on, which moves over one header after the other. The end is where the frame
 * ended on the wire, or where a header said that its packet ends; the octets may stop before it if the capture cut the
 * frame. Offsets count from the position, and only what {@link #require} let pass may be read.
 */
final class FrameOctets {

    private final byte[] captured;
    private int position;
    private int end;

    /** Takes over the array. */
    FrameOctets(byte[] captured, long originalLength) {
        this.captured = captured;
        this.end = (int) Math.min(Math.max(originalLength, captured.length), Integer.MAX_VALUE);
    }

    /** How many octets there were on the wire up to the end. */
    int length() {
        return end - position;
    }

    /** Asks for so many octets from the position on. */
    void require(int count, String what) throws SkippedFrameException {
        if (count > length()) {
            throw new SkippedFrameException(what + " in " + length() + " octets (expected: " + count + ")");
        }
        if (count > captured.length - position) {
            throw new SkippedFrameException(what + " cut by the snapshot length: " + (captured.length - position)
                    + " octets captured (expected: " + count + ")");
        }
    }

    /** Moves the end to where a header says that it is; what is behind it is padding. */
    void narrow(int length, String what) throws SkippedFrameException {
        if (length > length()) {
            throw new SkippedFrameException(what + " " + length + " (expected: at most " + length() + ")");
        }
        end = position + length;
    }

    /** Moves the position over a header that was required before. */
    void advance(int count) {
        position += count;
    }

    int unsignedByte(int offset) {
        return captured[position + offset] & 0xff;
    }

    int unsignedShort(int offset) {
        return unsignedByte(offset) << 8 | unsignedByte(offset + 1);
    }

    int intAt(int offset) {
        return unsignedShort(offset) << 16 | unsignedShort(offset + 2);
    }

    byte[] bytes(int offset, int count) {
        return Arrays.copyOfRange(captured, position + offset, position + offset + count);
    }
}
