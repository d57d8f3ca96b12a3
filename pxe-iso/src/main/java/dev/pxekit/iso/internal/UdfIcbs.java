package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds file entries by information control block. With strategy 4096 an entry is followed by an indirect one, which says
 * where the next version is (ECMA-167 4/14.7, UDF 2.60 §6.6). Any number of names may lead into one chain, so its end is
 * remembered. Thread safe.
 */
final class UdfIcbs {

    /** Versions of one file; media that are written once have a few. */
    private static final int MAXIMUM_VERSIONS = 1024;

    private static final int INDIRECT_ICB = 36;

    private record Place(long block, int reference) {}

    /** Where chains without end lead to. */
    private static final Place NOWHERE = new Place(-1, -1);

    private final Image image;
    private final int blockSize;
    private final UdfAllocation.Partitions partitions;
    private final Map<Place, Place> latest = new ConcurrentHashMap<>();

    UdfIcbs(Image image, int blockSize, UdfAllocation.Partitions partitions) {
        this.image = image;
        this.blockSize = blockSize;
        this.partitions = partitions;
    }

    /** Reads the version that counts of the entry at a block of a partition. */
    UdfFileEntry read(long block, int reference) throws IOException {
        Place current = new Place(block, reference);
        List<Place> superseded = new ArrayList<>();
        while (superseded.size() < MAXIMUM_VERSIONS) {
            current = latest.getOrDefault(current, current);
            if (current.equals(NOWHERE)) {
                break;
            }
            UdfFileEntry entry = readVersion(current);
            Place next = entry.mayBeSuperseded() ? next(current) : null;
            if (next == null) {
                remember(superseded, current);
                return entry;
            }
            superseded.add(current);
            current = next;
        }
        remember(superseded, NOWHERE);
        throw new IsoFormatException(
                "versions of UDF file entry (strategy 4096): more than " + MAXIMUM_VERSIONS,
                partitions.get(reference).offset(block));
    }

    private void remember(List<Place> superseded, Place end) {
        for (Place place : superseded) {
            latest.put(place, end);
        }
    }

    private UdfFileEntry readVersion(Place place) throws IOException {
        long offset = partitions.get(place.reference).offset(place.block);
        return UdfFileEntry.read(image, blockSize, place.block, place.reference, offset);
    }

    /** Where the indirect entry behind a file entry leads to; {@code null} if there is none or it leads nowhere. */
    private @Nullable Place next(Place place) throws IOException {
        long block = place.block + 1;
        ByteBuffer indirect;
        try {
            indirect = image.read(partitions.get(place.reference).offset(block), blockSize);
        } catch (IsoFormatException e) {
            return null; // the last block of all; the entry itself is sound
        }
        boolean leads =
                UdfTag.isSound(indirect, UdfTag.INDIRECT_ENTRY, block) && Fields.u32(indirect, INDIRECT_ICB) != 0;
        return leads ? new Place(Fields.u32(indirect, INDIRECT_ICB + 4), Fields.u16(indirect, INDIRECT_ICB + 8)) : null;
    }
}
