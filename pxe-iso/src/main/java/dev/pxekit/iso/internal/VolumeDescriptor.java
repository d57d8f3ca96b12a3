package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A primary or supplementary volume descriptor (ECMA-119 §8.4, §8.5): where the root directory of a tree is.
 *
 * @param blockSize bytes of a logical block: 512, 1024 or 2048
 * @param blocks logical blocks of the volume
 * @param volumeIdentifier the label
 * @param root the root directory's record, which lies within the descriptor
 * @param joliet whether names are UCS-2 (Joliet 1.0)
 * @param cdRomXa whether the descriptor has the mark of CD-ROM XA, where System Use areas start with 14 bytes of its own
 */
record VolumeDescriptor(
        int blockSize, long blocks, String volumeIdentifier, DirectoryRecord root, boolean joliet, boolean cdRomXa) {

    static final int PRIMARY = 1;
    static final int SUPPLEMENTARY = 2;

    private static final int VOLUME_IDENTIFIER = 40;
    private static final int VOLUME_SPACE_SIZE = 80;
    private static final int ESCAPE_SEQUENCES = 88;
    private static final int LOGICAL_BLOCK_SIZE = 128;
    private static final int ROOT_DIRECTORY_RECORD = 156;
    private static final int CD_ROM_XA = 1024;

    static VolumeDescriptor decode(ByteBuffer sector, long offset) throws IsoFormatException {
        int blockSize = Fields.u16(sector, LOGICAL_BLOCK_SIZE);
        if (blockSize != 512 && blockSize != 1024 && blockSize != 2048) {
            throw new IsoFormatException(
                    "logical block size: " + blockSize + " (expected: 512, 1024 or 2048)", offset + LOGICAL_BLOCK_SIZE);
        }
        boolean joliet = Fields.u8(sector, 0) == SUPPLEMENTARY && hasJolietEscape(sector);
        Charset charset = joliet ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1;
        return new VolumeDescriptor(
                blockSize,
                Fields.u32(sector, VOLUME_SPACE_SIZE),
                Fields.text(sector, VOLUME_IDENTIFIER, 32, charset),
                DirectoryRecord.decodeRoot(sector, ROOT_DIRECTORY_RECORD, offset + ROOT_DIRECTORY_RECORD),
                joliet,
                new String(Fields.bytes(sector, CD_ROM_XA, 8), StandardCharsets.ISO_8859_1).equals("CD-XA001"));
    }

    /** Joliet 1.0 "SVD Escape Sequences field": UCS-2 level 1, 2 or 3. */
    private static boolean hasJolietEscape(ByteBuffer sector) {
        int level = Fields.u8(sector, ESCAPE_SEQUENCES + 2);
        return Fields.u8(sector, ESCAPE_SEQUENCES) == '%'
                && Fields.u8(sector, ESCAPE_SEQUENCES + 1) == '/'
                && (level == '@' || level == 'C' || level == 'E');
    }
}
