package dev.pxekit.iso.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The user data of an image of whole CD sectors, as drives read them and {@code .bin} files hold them (ECMA-130 §14; CD-ROM
 * XA for mode 2 form 1): 2,048 bytes of each sector, with the bytes around them left out. Error correction is not applied.
 *
 * <pre>
 * 0            12       16        24                       2352
 * +------------+--------+---------+------------------------+
 * | sync       | header | 2048 bytes, error correction     |  mode 1
 * | sync       | header | sub-    | 2048 bytes, error      |  mode 2 form 1
 * |            |        | header  | correction             |
 * +------------+--------+---------+------------------------+
 * </pre>
 *
 * <p>Some programs leave sync and header out (2,336 bytes), some append the subchannels (2,448 bytes). Not thread safe.
 */
final class RawSectorChannel implements SeekableByteChannel {

    private static final int USER_DATA = 2048;

    /** Sectors that are read at once. */
    private static final int RUN = 27;

    /** Where the first volume descriptor is, of ISO 9660 or of UDF. */
    private static final int DESCRIPTOR_SECTOR = 16;

    /** Where user data lies in a sector. */
    private record Layout(int sectorSize, int start) {
        long offset(long userOffset) {
            return userOffset / USER_DATA * sectorSize + start + userOffset % USER_DATA;
        }
    }

    private static final Layout COOKED = new Layout(USER_DATA, 0);
    private static final List<Layout> LAYOUTS = List.of(
            new Layout(2352, 16),
            new Layout(2352, 24),
            new Layout(2336, 8),
            new Layout(2448, 16),
            new Layout(2448, 24));

    private final SeekableByteChannel sectors;
    private final Layout layout;
    private final long size;
    private long position;

    private RawSectorChannel(SeekableByteChannel sectors, Layout layout) throws IOException {
        this.sectors = sectors;
        this.layout = layout;
        long rest = sectors.size() % layout.sectorSize - layout.start;
        this.size = sectors.size() / layout.sectorSize * USER_DATA + Math.min(Math.max(0, rest), USER_DATA);
    }

    /** The channel itself, unless a volume descriptor is where only an image of whole sectors has it. */
    static SeekableByteChannel wrap(SeekableByteChannel image) throws IOException {
        if (hasDescriptor(image, COOKED)) {
            return image;
        }
        for (Layout layout : LAYOUTS) {
            if (hasDescriptor(image, layout)) {
                return new RawSectorChannel(image, layout);
            }
        }
        return image;
    }

    private static boolean hasDescriptor(SeekableByteChannel image, Layout layout) throws IOException {
        ByteBuffer identifier = ByteBuffer.allocate(5);
        long offset = layout.offset((long) DESCRIPTOR_SECTOR * USER_DATA) + 1;
        readAt(image, identifier, offset);
        String text = new String(identifier.array(), StandardCharsets.ISO_8859_1);
        return text.equals("CD001") || text.equals("BEA01");
    }

    /** Fills the buffer as far as the channel goes. */
    private static void readAt(SeekableByteChannel channel, ByteBuffer target, long offset) throws IOException {
        channel.position(offset);
        int count;
        do {
            count = channel.read(target);
        } while (count > 0 && target.hasRemaining());
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position >= size) {
            return -1;
        }
        int length = (int) Math.min(target.remaining(), size - position);
        long first = position / USER_DATA;
        long count = Math.min(RUN, (position + length - 1) / USER_DATA - first + 1);
        ByteBuffer run = ByteBuffer.allocate((int) count * layout.sectorSize);
        readAt(sectors, run, first * layout.sectorSize);
        run.flip();
        int total = 0;
        while (total < length) {
            int index = (int) (layout.offset(position) - first * layout.sectorSize);
            int within = (int) Math.min(length - total, USER_DATA - position % USER_DATA);
            int available = Math.min(within, run.limit() - index);
            if (available <= 0) {
                break;
            }
            target.put(run.slice(index, available));
            position += available;
            total += available;
        }
        return total;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return sectors.isOpen();
    }

    @Override
    public void close() throws IOException {
        sectors.close();
    }
}
