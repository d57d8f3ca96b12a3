package dev.pxekit.iso;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A sound image and changes to it where its structures are, so that a search need not find out where that is. Changes come
 * as bytes, four for each:
 *
 * <pre>
 * 0          1                    3
 * +----------+--------------------+----------+
 * | area     | index in the area  | new byte |
 * | 0xff     | a sector, another that becomes a copy of it
 * +----------+--------------------+----------+
 * </pre>
 */
final class ImagePatches {

    private static final int COPY_SECTOR = 0xff;

    /** Bytes behind the last one of a sector that is not zero, where more could stand. */
    private static final int MARGIN = 64;

    private record Area(int start, int length) {}

    private final byte[] sound;
    private final int first;
    private final int sectorSize;
    private final Consumer<byte[]> mend;
    private final List<Area> areas = new ArrayList<>();

    ImagePatches(byte[] sound) {
        this(sound, 16 * TestImage.SECTOR, TestImage.SECTOR, image -> {});
    }

    /**
     * Takes a sound image.
     *
     * @param first where its structures begin, in bytes
     * @param sectorSize bytes of a sector
     * @param mend what makes the checksums of an image right after its changes
     */
    ImagePatches(byte[] sound, int first, int sectorSize, Consumer<byte[]> mend) {
        this.sound = sound.clone();
        this.first = first;
        this.sectorSize = sectorSize;
        this.mend = mend;
        for (int start = first; start < sound.length; start += sectorSize) {
            int end = Math.min(sound.length, start + sectorSize);
            while (end > start && sound[end - 1] == 0) {
                end--;
            }
            if (end > start) {
                areas.add(new Area(start, Math.min(sound.length, end + MARGIN) - start));
            }
        }
    }

    /** The image with changes. */
    byte[] apply(byte[] changes) {
        byte[] image = sound.clone();
        ByteBuffer buffer = ByteBuffer.wrap(changes);
        while (buffer.remaining() >= 4) {
            int kind = buffer.get() & 0xff;
            if (kind == COPY_SECTOR) {
                int from = sector(buffer.get());
                int to = sector(buffer.get());
                buffer.get();
                System.arraycopy(image, from, image, to, sectorSize);
            } else {
                Area area = areas.get(kind % areas.size());
                int index = (buffer.getShort() & 0xffff) % area.length;
                image[area.start + index] = buffer.get();
            }
        }
        mend.accept(image);
        return image;
    }

    private int sector(byte number) {
        int sectors = (sound.length - first) / sectorSize;
        return first + (number & 0xff) % sectors * sectorSize;
    }
}
