package dev.pxekit.iso;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

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

    private static final int SECTOR = TestImage.SECTOR;
    private static final int SYSTEM_AREA = 16 * SECTOR;
    private static final int COPY_SECTOR = 0xff;

    /** Bytes behind the last one of a sector that is not zero, where more could stand. */
    private static final int MARGIN = 64;

    private record Area(int start, int length) {}

    private final byte[] sound;
    private final List<Area> areas = new ArrayList<>();

    ImagePatches(byte[] sound) {
        this.sound = sound.clone();
        for (int start = SYSTEM_AREA; start < sound.length; start += SECTOR) {
            int end = Math.min(sound.length, start + SECTOR);
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
                System.arraycopy(image, from, image, to, SECTOR);
            } else {
                Area area = areas.get(kind % areas.size());
                int index = (buffer.getShort() & 0xffff) % area.length;
                image[area.start + index] = buffer.get();
            }
        }
        return image;
    }

    private int sector(byte number) {
        int sectors = (sound.length - SYSTEM_AREA) / SECTOR;
        return SYSTEM_AREA + (number & 0xff) % sectors * SECTOR;
    }
}
