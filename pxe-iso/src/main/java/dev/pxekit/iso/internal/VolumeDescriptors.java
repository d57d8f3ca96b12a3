package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The set of volume descriptors from logical sector 16 of a session on (ECMA-119 §6.7.1). */
final class VolumeDescriptors {

    static final int SECTOR_SIZE = 2048;

    private static final int FIRST_SECTOR = 16;
    /** Sound images have three to five; damaged ones may lack the terminator. */
    private static final int LIMIT = 64;

    private static final int BOOT_RECORD = 0;
    private static final int TERMINATOR = 255;
    private static final String EL_TORITO = "EL TORITO SPECIFICATION";
    private static final int BOOT_CATALOG_POINTER = 0x47;

    private final VolumeDescriptor primary;
    private final @Nullable VolumeDescriptor joliet;
    private final long bootCatalogOffset;

    private VolumeDescriptors(VolumeDescriptor primary, @Nullable VolumeDescriptor joliet, long bootCatalogOffset) {
        this.primary = primary;
        this.joliet = joliet;
        this.bootCatalogOffset = bootCatalogOffset;
    }

    /** Whether a session starts like one of ISO 9660. */
    static boolean present(Image image, long sessionStart) throws IOException {
        long offset = first(image, sessionStart) * SECTOR_SIZE;
        return image.size() >= offset + SECTOR_SIZE && isDescriptor(image.read(offset, SECTOR_SIZE));
    }

    /**
     * Reads the set of a session.
     *
     * @param sessionStart the sector that it begins at
     */
    static VolumeDescriptors read(Image image, long sessionStart) throws IOException {
        VolumeDescriptor primary = null;
        VolumeDescriptor joliet = null;
        long bootCatalogOffset = -1;
        long first = first(image, sessionStart);
        for (int i = 0; i < LIMIT; i++) {
            long offset = (first + i) * SECTOR_SIZE;
            if (image.size() < offset + SECTOR_SIZE) {
                break;
            }
            ByteBuffer sector = image.read(offset, SECTOR_SIZE);
            if (!isDescriptor(sector) || Fields.u8(sector, 0) == TERMINATOR) {
                break;
            }
            switch (Fields.u8(sector, 0)) {
                case VolumeDescriptor.PRIMARY -> {
                    if (primary == null) {
                        primary = VolumeDescriptor.decode(sector, offset);
                    }
                }
                case VolumeDescriptor.SUPPLEMENTARY -> {
                    if (joliet == null) {
                        joliet = joliet(sector, offset);
                    }
                }
                case BOOT_RECORD -> {
                    if (bootCatalogOffset < 0
                            && Fields.text(sector, 7, 32, StandardCharsets.ISO_8859_1)
                                    .equals(EL_TORITO)) {
                        bootCatalogOffset = Fields.u32(sector, BOOT_CATALOG_POINTER) * SECTOR_SIZE;
                    }
                }
                default -> {
                    // Volume partition descriptors and reserved types say nothing about files.
                }
            }
        }
        if (primary == null) {
            throw new IsoFormatException(
                    "no primary volume descriptor (expected: type 1 and \"CD001\"); "
                            + (sessionStart == 0
                                    ? "is this an ISO 9660 image?"
                                    : "does a session begin at sector " + sessionStart + "?"),
                    first * SECTOR_SIZE);
        }
        return new VolumeDescriptors(primary, joliet, bootCatalogOffset);
    }

    /** The first sector of the set; behind the image if the session is. */
    private static long first(Image image, long sessionStart) {
        return Math.min(sessionStart, image.size() / SECTOR_SIZE) + FIRST_SECTOR;
    }

    /** The descriptor if it is a sound one of Joliet; else {@code null}: the primary tree does not depend on it. */
    private static @Nullable VolumeDescriptor joliet(ByteBuffer sector, long offset) {
        try {
            VolumeDescriptor descriptor = VolumeDescriptor.decode(sector, offset);
            return descriptor.joliet() ? descriptor : null;
        } catch (IsoFormatException e) {
            return null;
        }
    }

    private static boolean isDescriptor(ByteBuffer sector) {
        return sector.get(1) == 'C'
                && sector.get(2) == 'D'
                && sector.get(3) == '0'
                && sector.get(4) == '0'
                && sector.get(5) == '1';
    }

    VolumeDescriptor primary() {
        return primary;
    }

    Optional<VolumeDescriptor> joliet() {
        return Optional.ofNullable(joliet);
    }

    /** Where the El Torito boot catalog is, in bytes; negative if the image has none. */
    long bootCatalogOffset() {
        return bootCatalogOffset;
    }
}
