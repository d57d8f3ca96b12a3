package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How an image says that it has Rock Ridge: by entries in the first record of its root directory (SUSP §5.3 SP, §5.5 ER;
 * writers before those rules left only RR or PX).
 *
 * @param rootSkip bytes before the entries in that record
 * @param skip bytes before the entries in every other record (LEN_SKP of SP)
 */
record RockRidgeMark(int rootSkip, int skip) {

    private static final int SP = Fields.signature('S', 'P');
    private static final int ER = Fields.signature('E', 'R');
    private static final int RR = Fields.signature('R', 'R');
    private static final int PX = Fields.signature('P', 'X');

    private static final int CD_ROM_XA_LENGTH = 14;

    /** Finds the mark; {@code null} if there is none. */
    static @Nullable RockRidgeMark find(Image image, VolumeDescriptor descriptor) throws IOException {
        long offset = descriptor.root().contentBlock() * descriptor.blockSize();
        if (descriptor.root().dataLength() < DirectoryRecord.MINIMUM_LENGTH
                || offset > image.size() - DirectoryRecord.MINIMUM_LENGTH) {
            return null;
        }
        int length = (int) Math.min(VolumeDescriptors.SECTOR_SIZE, image.size() - offset);
        DirectoryRecord self;
        try {
            self = DirectoryRecord.decode(image.read(offset, length), 0, length, offset);
        } catch (IsoFormatException e) {
            return null; // listing the root says what is wrong
        }
        ByteBuffer area = self.systemUse();
        int start = !startsWithSp(area, 0) && startsWithSp(area, CD_ROM_XA_LENGTH) ? CD_ROM_XA_LENGTH : 0;
        Search search = new Search();
        try {
            SystemUse.walk(
                    image,
                    descriptor.blockSize(),
                    area.slice(start, area.capacity() - start).order(area.order()),
                    self.systemUseOffset() + start,
                    SystemUse.newBudget(self.dataLength()),
                    search);
        } catch (IsoFormatException e) {
            if (!search.found) {
                return null;
            }
        }
        return search.found ? new RockRidgeMark(start, search.skip) : null;
    }

    private static boolean startsWithSp(ByteBuffer area, int index) {
        return area.capacity() >= index + 7 && area.get(index) == 'S' && area.get(index + 1) == 'P';
    }

    private static final class Search implements SystemUse.Visitor {
        private boolean found;
        private int skip;

        @Override
        public void entry(int signature, ByteBuffer entry, long offset) {
            if (signature == SP
                    && entry.capacity() >= 7
                    && Fields.u8(entry, 4) == 0xbe
                    && Fields.u8(entry, 5) == 0xef) {
                skip = Fields.u8(entry, 6);
            } else if (signature == RR || signature == PX || (signature == ER && isRockRidge(entry))) {
                found = true;
            }
        }

        private static boolean isRockRidge(ByteBuffer entry) {
            int length = entry.capacity() > 8 ? Math.min(Fields.u8(entry, 4), entry.capacity() - 8) : 0;
            String identifier = new String(Fields.bytes(entry, 8, length), StandardCharsets.ISO_8859_1);
            return identifier.startsWith("RRIP_") || identifier.equals("IEEE_P1282") || identifier.equals("IEEE_1282");
        }
    }
}
