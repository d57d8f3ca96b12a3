package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.DhcpFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The frames of a pcap file (draft-ietf-opsawg-pcap). */
final class PcapFrames implements FrameSource {

    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;

    static final int MAJOR_VERSION = 2;
    static final int MINOR_VERSION = 4;

    private final CaptureInput input;
    private final int nanosecondsPerUnit;
    private final int linkType;
    private long frameNumber;

    /**
     * Reads the rest of the file header after its magic number.
     *
     * <pre>
     *  4 major version (2)   6 minor version (2)   8 reserved (8)   16 snapshot length (4)
     * 20 length of the frame check sequence (4 bits), reserved (12 bits), link type (16 bits)
     * </pre>
     */
    PcapFrames(CaptureInput input, int magic) throws IOException {
        this.input = input;
        this.nanosecondsPerUnit = magic == NANOSECONDS ? 1 : 1000;
        ByteBuffer header = input.take(20, "pcap header");
        int major = header.getShort() & 0xffff;
        int minor = header.getShort() & 0xffff;
        if (major != MAJOR_VERSION || minor != MINOR_VERSION) {
            throw new DhcpFormatException("pcap version " + major + "." + minor + " (expected: 2.4)", 4);
        }
        this.linkType = header.getInt(16) & 0xffff;
    }

    /**
     * One record.
     *
     * <pre>
     *  0 seconds (4)   4 microseconds or nanoseconds (4)   8 captured length (4)   12 original length (4)
     * </pre>
     */
    @Override
    public @Nullable Frame next() throws IOException {
        ByteBuffer header = input.takeUnlessAtEnd(16, "record header");
        if (header == null) {
            return null;
        }
        long seconds = Integer.toUnsignedLong(header.getInt());
        long fraction = Integer.toUnsignedLong(header.getInt());
        long capturedLength = Integer.toUnsignedLong(header.getInt());
        long originalLength = Integer.toUnsignedLong(header.getInt());
        FrameOctets octets = input.takeFrame(capturedLength, originalLength);
        Instant time = Instant.ofEpochSecond(seconds, fraction * nanosecondsPerUnit);
        return new Frame(++frameNumber, time, linkType, 0, octets);
    }
}
