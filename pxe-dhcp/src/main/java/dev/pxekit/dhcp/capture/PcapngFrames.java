package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.DhcpFormatException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The frames of a pcapng file (draft-ietf-opsawg-pcapng). */
final class PcapngFrames implements FrameSource {

    /** The same in both byte orders. */
    static final int SECTION_HEADER = 0x0a0d0d0a;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int END_OF_OPTIONS = 0;
    private static final int IF_TSRESOL = 9;
    private static final int IF_TSOFFSET = 14;

    private static final int MAXIMUM_INTERFACES = 4096;

    /** A block has its type, its length, and its length again. */
    private static final int BLOCK_OVERHEAD = 12;

    private static final BigInteger NANOSECONDS = BigInteger.valueOf(1_000_000_000);
    private static final BigInteger MICROSECONDS = BigInteger.valueOf(1_000_000);

    private final CaptureInput input;
    private final List<Interface> interfaces = new ArrayList<>();
    private long frameNumber;

    /** The length of the block that is being read, and how much of its body is left. */
    private long blockLength;

    private long left;

    /** What a packet block needs to know of its interface. */
    private record Interface(int linkType, long snapshotLength, BigInteger unitsPerSecond, BigInteger offset) {}

    /** Reads the first section's header after its block type. */
    PcapngFrames(CaptureInput input) throws IOException {
        this.input = input;
        section();
    }

    @Override
    public @Nullable Frame next() throws IOException {
        while (true) {
            ByteBuffer type = input.takeUnlessAtEnd(4, "block header");
            if (type == null) {
                return null;
            }
            Frame frame = block(type.getInt());
            if (frame != null) {
                return frame;
            }
        }
    }

    /** Reads a block after its type. */
    private @Nullable Frame block(int type) throws IOException {
        if (type == SECTION_HEADER) {
            section();
            return null;
        }
        startBlock(input.take(4, "block header").getInt());
        Frame frame = switch (type) {
            case ENHANCED_PACKET -> packet(take(4, "Enhanced Packet Block").getInt());
            case PACKET -> packet(take(4, "Packet Block").getShort() & 0xffff);
            case SIMPLE_PACKET -> simplePacket();
            default -> null;
        };
        if (type == INTERFACE_DESCRIPTION) {
            interfaceDescription();
        }
        endBlock();
        return frame;
    }

    /**
     * Section Header Block, whose third field tells the byte order of all others.
     *
     * <pre>
     *  4 block length (4)   8 byte-order magic (4)   12 major version (2)   14 minor version (2)
     * 16 section length (8)   24 options
     * </pre>
     */
    private void section() throws IOException {
        input.order(ByteOrder.BIG_ENDIAN);
        ByteBuffer start = input.take(8, "section header");
        int magic = start.getInt(4);
        if (magic == Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
            input.order(ByteOrder.LITTLE_ENDIAN);
            start.order(ByteOrder.LITTLE_ENDIAN);
        } else if (magic != BYTE_ORDER_MAGIC) {
            throw new DhcpFormatException(
                    String.format("byte-order magic %08x (expected: 1a2b3c4d in either order)", magic),
                    input.position() - 4);
        }
        startBlock(start.getInt(0));
        requireLeft(16, "Section Header Block");
        // The magic, the first field of the body, has been read.
        left -= 4;
        int major = take(12, "Section Header Block").getShort() & 0xffff;
        if (major != 1) {
            throw new DhcpFormatException("pcapng version " + major + " (expected: 1)", input.position() - 12);
        }
        interfaces.clear();
        endBlock();
    }

    /**
     * Interface Description Block.
     *
     * <pre>
     *  8 link type (2)   10 reserved (2)   12 snapshot length (4)   16 options
     * </pre>
     */
    private void interfaceDescription() throws IOException {
        if (interfaces.size() == MAXIMUM_INTERFACES) {
            throw new DhcpFormatException(
                    "more than " + MAXIMUM_INTERFACES + " interfaces in a section", input.position());
        }
        ByteBuffer fields = take(8, "Interface Description Block");
        int linkType = fields.getShort(0) & 0xffff;
        long snapshotLength = Integer.toUnsignedLong(fields.getInt(4));
        BigInteger unitsPerSecond = MICROSECONDS;
        BigInteger offset = BigInteger.ZERO;
        while (left > 0) {
            ByteBuffer option = take(4, "option");
            int code = option.getShort() & 0xffff;
            int length = option.getShort() & 0xffff;
            if (code == END_OF_OPTIONS) {
                break;
            }
            ByteBuffer value = take(length + 3 & ~3, "option");
            if (code == IF_TSRESOL && length == 1) {
                unitsPerSecond = unitsPerSecond(value.get());
            } else if (code == IF_TSOFFSET && length == 8) {
                offset = BigInteger.valueOf(value.getLong());
            }
        }
        interfaces.add(new Interface(linkType, snapshotLength, unitsPerSecond, offset));
    }

    /** A power of two if the first bit is set, of ten if not. */
    private static BigInteger unitsPerSecond(byte resolution) {
        return (resolution < 0 ? BigInteger.TWO : BigInteger.TEN).pow(resolution & 0x7f);
    }

    /**
     * Enhanced Packet Block and, with an interface of two octets and a count of drops, the obsolete Packet Block.
     *
     * <pre>
     *  8 interface (4)   12 time (8)   20 captured length (4)   24 original length (4)   28 frame, options
     * </pre>
     */
    private Frame packet(int interfaceNumber) throws IOException {
        Interface on = interfaceOf(interfaceNumber);
        ByteBuffer fields = take(16, "packet block");
        // The halves of the time have an order of their own.
        long units = Integer.toUnsignedLong(fields.getInt()) << 32 | Integer.toUnsignedLong(fields.getInt());
        long capturedLength = Integer.toUnsignedLong(fields.getInt());
        long originalLength = Integer.toUnsignedLong(fields.getInt());
        return frame(interfaceNumber, time(units, on), capturedLength, originalLength);
    }

    /**
     * Simple Packet Block, of the first interface. As much of the frame is there as the snapshot length let pass.
     *
     * <pre>
     *  8 original length (4)   12 frame
     * </pre>
     */
    private Frame simplePacket() throws IOException {
        Interface on = interfaceOf(0);
        long originalLength =
                Integer.toUnsignedLong(take(4, "Simple Packet Block").getInt());
        long limit = on.snapshotLength() == 0 ? left : Math.min(left, on.snapshotLength());
        return frame(0, Instant.EPOCH, Math.min(originalLength, limit), originalLength);
    }

    private Frame frame(int interfaceNumber, Instant time, long capturedLength, long originalLength)
            throws IOException {
        requireLeft(capturedLength, "frame");
        FrameOctets octets = input.takeFrame(capturedLength, originalLength);
        left -= capturedLength;
        int linkType = interfaceOf(interfaceNumber).linkType();
        return new Frame(++frameNumber, time, linkType, interfaceNumber, octets);
    }

    private Interface interfaceOf(int number) throws DhcpFormatException {
        if (number < 0 || number >= interfaces.size()) {
            throw new DhcpFormatException(
                    "packet of interface " + Integer.toUnsignedString(number) + " (expected: less than "
                            + interfaces.size() + ")",
                    input.position());
        }
        return interfaces.get(number);
    }

    /** The units since 1970, unsigned, as an instant; the nearest one if there is none. */
    private static Instant time(long units, Interface on) {
        BigInteger count = new BigInteger(Long.toUnsignedString(units));
        BigInteger[] parts = count.divideAndRemainder(on.unitsPerSecond());
        BigInteger seconds = parts[0].add(on.offset())
                .max(BigInteger.valueOf(Instant.MIN.getEpochSecond()))
                .min(BigInteger.valueOf(Instant.MAX.getEpochSecond()));
        BigInteger nanoseconds = parts[1].multiply(NANOSECONDS).divide(on.unitsPerSecond());
        return Instant.ofEpochSecond(seconds.longValueExact(), nanoseconds.longValueExact());
    }

    private void startBlock(int length) throws DhcpFormatException {
        blockLength = Integer.toUnsignedLong(length);
        if (blockLength < BLOCK_OVERHEAD || blockLength % 4 != 0) {
            throw new DhcpFormatException(
                    "block length " + blockLength + " (expected: a multiple of 4, 12 or more)", input.position() - 4);
        }
        left = blockLength - BLOCK_OVERHEAD;
    }

    private ByteBuffer take(int count, String what) throws IOException {
        requireLeft(count, what);
        left -= count;
        return input.take(count, what);
    }

    private void requireLeft(long count, String what) throws DhcpFormatException {
        if (count > left) {
            throw new DhcpFormatException(
                    what + " of " + count + " octets in a block that has " + left + " left", input.position());
        }
    }

    /** Reads over what nobody asked for, and the length that comes again. */
    private void endBlock() throws IOException {
        input.skip(left, "block");
        long again = Integer.toUnsignedLong(input.take(4, "block").getInt());
        if (again != blockLength) {
            throw new DhcpFormatException(
                    "block length " + again + " at the end of a block (expected: " + blockLength + ")",
                    input.position() - 4);
        }
    }
}
