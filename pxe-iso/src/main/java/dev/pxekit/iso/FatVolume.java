package dev.pxekit.iso;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The size of an EFI system partition, as its FAT volume says (BIOS parameter block of the FAT specification 1.03): a boot
 * catalog counts in 16 bits and often says 0.
 *
 * <pre>
 * 11               13            19              32
 * +----------------+-------------+---------------+--------------+
 * | bytes a sector | …           | sectors, if   | sectors, if  |
 * |                |             | below 65536   | not          |
 * +----------------+-------------+---------------+--------------+
 * </pre>
 */
final class FatVolume {

    private FatVolume() {}

    /** The bytes of the volume that begins with these; empty if they are not the beginning of one. */
    static Optional<Long> length(ByteBuffer head) {
        int jump = head.get(0) & 0xff;
        int sectorSize = head.getShort(11) & 0xffff;
        int fewSectors = head.getShort(19) & 0xffff;
        long sectors = fewSectors == 0 ? head.getInt(32) & 0xffff_ffffL : fewSectors;
        boolean sound = (jump == 0xeb || jump == 0xe9)
                && sectorSize >= 512
                && sectorSize <= 4096
                && Integer.bitCount(sectorSize) == 1
                && sectors > 0;
        return sound ? Optional.of(sectors * sectorSize) : Optional.empty();
    }
}
