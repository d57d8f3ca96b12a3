package dev.pxekit.iso.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Content that lies in the image as it is, in extents one after another; holes among them read as zeros. */
final class ExtentContent implements Content {

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 14).asReadOnlyBuffer();

    private final Image image;
    private final List<Extent> extents;
    private final long size;

    ExtentContent(Image image, List<Extent> extents) {
        this.image = image;
        this.extents = extents;
        Extent last = extents.isEmpty() ? null : extents.get(extents.size() - 1);
        this.size = last == null ? 0 : last.position() + last.length();
    }

    @Override
    public long size() {
        return size;
    }

    /** The extent that a position within the content lies in. */
    private Extent extentAt(long position) {
        return extents.get(Extent.indexAt(extents, position));
    }

    /** Where a byte of the content is in the image; not for holes. */
    long offsetAt(long position) {
        return extentAt(position).offsetAt(position);
    }

    /** Whether the image ends before a byte of the content. */
    private boolean isMissing(Extent extent, long position) {
        return !extent.isHole() && extent.offsetAt(position) >= image.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int total = 0;
        while (target.hasRemaining() && position + total < size) {
            long current = position + total;
            Extent extent = extentAt(current);
            if (total > 0 && isMissing(extent, current)) {
                break; // hand out what there is; the next read says what is missing
            }
            total += readRun(target, extent, current);
        }
        return total == 0 ? -1 : total;
    }

    /** Reads bytes that lie within the content, or says that the image ends before. The caller bounds the length. */
    ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            read(buffer, position + buffer.position());
        }
        return buffer.flip();
    }

    private int readRun(ByteBuffer target, Extent extent, long position) throws IOException {
        int run = (int) Math.min(extent.runAt(position), target.remaining());
        if (extent.isHole()) {
            int count = Math.min(run, ZEROS.capacity());
            target.put(ZEROS.slice(0, count));
            return count;
        }
        int limit = target.limit();
        try {
            target.limit(target.position() + run);
            return image.read(target, extent.offsetAt(position));
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        long total = 0;
        while (total < count && position + total < size) {
            long current = position + total;
            Extent extent = extentAt(current);
            if (total > 0 && isMissing(extent, current)) {
                break;
            }
            long run = Math.min(extent.runAt(current), count - total);
            long sent = extent.isHole() ? sendZeros(run, target) : sendRun(extent.offsetAt(current), run, target);
            total += sent;
            if (sent < run) {
                break; // the target takes no more for now, or the image ends here
            }
        }
        return total;
    }

    private long sendRun(long offset, long run, WritableByteChannel target) throws IOException {
        long available = Math.max(1, Math.min(run, image.size() - offset));
        return image.transferTo(offset, available, target);
    }

    private static long sendZeros(long length, WritableByteChannel target) throws IOException {
        long total = 0;
        while (total < length) {
            int count = (int) Math.min(length - total, ZEROS.capacity());
            int sent = target.write(ZEROS.slice(0, count));
            total += sent;
            if (sent < count) {
                break;
            }
        }
        return total;
    }

    @Override
    public MappedByteBuffer map(long position, long length) throws IOException {
        if (length == 0) {
            return image.map(0, 0);
        }
        Extent extent = extentAt(position);
        if (extent.isHole() || length > extent.runAt(position)) {
            throw new UnsupportedOperationException(
                    "the range " + position + " + " + length + " is not contiguous in the image");
        }
        return image.map(extent.offsetAt(position), length);
    }
}
