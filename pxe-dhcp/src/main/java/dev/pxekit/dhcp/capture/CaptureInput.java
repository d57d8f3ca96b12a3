package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.DhcpFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A capture file's octets one after the other, in the byte order of the machine that wrote them. */
final class CaptureInput implements Closeable {

    /** The longest frame that tcpdump and Wireshark write, 256 KiB. */
    private static final int MAXIMUM_FRAME_LENGTH = 262_144;

    private static final int SCRATCH_LENGTH = 8192;

    private final InputStream stream;
    private long position;
    private ByteOrder order = ByteOrder.BIG_ENDIAN;

    CaptureInput(InputStream stream) {
        this.stream = stream;
    }

    void order(ByteOrder newOrder) {
        this.order = newOrder;
    }

    /** How many octets were read. */
    long position() {
        return position;
    }

    /** The next octets, or null if the file ends before them. */
    @Nullable
    ByteBuffer takeUnlessAtEnd(int count, String what) throws IOException {
        byte[] octets = stream.readNBytes(count);
        position += octets.length;
        if (octets.length == 0 && count > 0) {
            return null;
        }
        if (octets.length < count) {
            throw cut(what, octets.length, count);
        }
        return ByteBuffer.wrap(octets).order(order);
    }

    ByteBuffer take(int count, String what) throws IOException {
        ByteBuffer octets = takeUnlessAtEnd(count, what);
        if (octets == null) {
            throw cut(what, 0, count);
        }
        return octets;
    }

    /** The octets of a frame, whose length is compared with the limit before there is memory for them. */
    FrameOctets takeFrame(long length, long originalLength) throws IOException {
        if (length > MAXIMUM_FRAME_LENGTH) {
            throw new DhcpFormatException(
                    "captured length " + length + " (expected: at most " + MAXIMUM_FRAME_LENGTH + ")", position);
        }
        return new FrameOctets(take((int) length, "frame").array(), originalLength);
    }

    /** Reads over octets; the skip method of streams does not see that a file has ended. */
    void skip(long count, String what) throws IOException {
        byte[] scratch = new byte[(int) Math.min(count, SCRATCH_LENGTH)];
        long left = count;
        while (left > 0) {
            int read = stream.read(scratch, 0, (int) Math.min(left, scratch.length));
            if (read < 0) {
                throw cut(what, count - left, count);
            }
            position += read;
            left -= read;
        }
    }

    private DhcpFormatException cut(String what, long found, long expected) {
        return new DhcpFormatException(
                "file cut in " + what + ": " + found + " octets (expected: " + expected + ")", position);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
