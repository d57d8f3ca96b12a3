package dev.pxekit.iso;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a writer tells a loader about the image that it is in (mkisofs(8), "EL TORITO BOOT INFORMATION TABLE"): 56 bytes
 * from byte 8 of the boot image on.
 *
 * <pre>
 * 8                    12              16          20         24         64
 * +--------------------+---------------+-----------+----------+----------+
 * | sector of primary  | sector of     | length of | checksum | reserved |
 * | volume descriptor  | boot image    | boot image|          |          |
 * +--------------------+---------------+-----------+----------+----------+
 * </pre>
 *
 * @param volumeDescriptorSector the sector of 2048 bytes that the primary volume descriptor is in; 16 but for later sessions
 * @param sector the sector of 2048 bytes that the boot image begins at
 * @param length the bytes of the boot image
 * @param checksum the sum of the 32-bit words of the boot image from byte 64 on, unsigned
 */
public record BootInformationTable(long volumeDescriptorSector, long sector, long length, long checksum) {

    private static final int FIRST_DESCRIPTOR_SECTOR = 16;

    /** The table, if the bytes at its place make sense as one of a boot image at that sector. */
    static Optional<BootInformationTable> decode(ByteBuffer head, long sector) {
        BootInformationTable table =
                new BootInformationTable(u32(head, 8), u32(head, 12), u32(head, 16), u32(head, 20));
        boolean sound = table.sector == sector
                && table.volumeDescriptorSector >= FIRST_DESCRIPTOR_SECTOR
                && table.volumeDescriptorSector < sector
                && table.length > 0;
        return sound ? Optional.of(table) : Optional.empty();
    }

    private static long u32(ByteBuffer buffer, int index) {
        return buffer.getInt(index) & 0xffff_ffffL;
    }
}
