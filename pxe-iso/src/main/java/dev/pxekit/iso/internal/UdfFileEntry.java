package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file entry or an extended file entry (ECMA-167 4/14.9, 4/14.17): all that there is to know of a file but its name.
 *
 * <pre>
 * 0      16       36     40     44           48     50       56           64
 * +------+--------+------+------+------------+------+--------+------------+--------------+
 * | tag  | ICB    | uid  | gid  | permissions| links| record | information| in extended  |
 * |      | tag    |      |      |            |      | form   | length     | ones: object |
 * +------+--------+------+------+------------+------+--------+------------+--------------+
 *
 *                                 FE    EFE
 * access time                     72    80
 * modification time               84    92
 * creation time                   -     104
 * attribute time                  96    116
 * length of extended attributes   168   208
 * length of allocation descr.     172   212
 * both of them                    176   216
 * </pre>
 */
final class UdfFileEntry {

    static final int DIRECTORY = 4;
    static final int BLOCK_DEVICE = 6;
    static final int CHARACTER_DEVICE = 7;
    static final int FIFO = 9;
    static final int SOCKET = 10;
    static final int SYMBOLIC_LINK = 12;

    private static final int STRATEGY_CHAIN = 4096;
    private static final int SET_UID = 0x40;
    private static final int SET_GID = 0x80;
    private static final int STICKY = 0x100;
    private static final long NOBODY = 0xffff_ffffL;

    private final ByteBuffer block;
    private final boolean extended;
    private final int reference;
    private final long offset;
    private final long size;

    private UdfFileEntry(ByteBuffer block, int reference, long offset) throws IsoFormatException {
        this.block = block;
        this.extended = UdfTag.identifier(block) == UdfTag.EXTENDED_FILE_ENTRY;
        this.reference = reference;
        this.offset = offset;
        this.size = UdfFields.u64(block, 56, "size of UDF file", offset);
    }

    /** Whether a block begins with a sound file entry. */
    static boolean isSound(ByteBuffer block, long location) {
        return UdfTag.isSound(block, UdfTag.FILE_ENTRY, location)
                || UdfTag.isSound(block, UdfTag.EXTENDED_FILE_ENTRY, location);
    }

    /**
     * Decodes an entry whose tag is sound.
     *
     * @param block the logical block that it fills
     * @param reference the partition that it is in
     * @param offset where it is in the image
     */
    static UdfFileEntry decode(ByteBuffer block, int reference, long offset) throws IsoFormatException {
        return new UdfFileEntry(block, reference, offset);
    }

    /** Reads an entry. */
    static UdfFileEntry read(Image image, int blockSize, long location, int reference, long offset) throws IOException {
        ByteBuffer block = image.read(offset, blockSize);
        int identifier = UdfTag.identifier(block);
        if (identifier != UdfTag.FILE_ENTRY && identifier != UdfTag.EXTENDED_FILE_ENTRY) {
            throw new IsoFormatException(
                    "UDF descriptor tag: " + identifier + " (expected: " + UdfTag.FILE_ENTRY + " or "
                            + UdfTag.EXTENDED_FILE_ENTRY + ", a file entry)",
                    offset);
        }
        UdfTag.require(block, location, offset);
        return decode(block, reference, offset);
    }

    /** Whether it may be followed by a newer version: strategy 4096 (ECMA-167 4/14.6.2, UDF 2.60 §6.6). */
    boolean mayBeSuperseded() {
        return Fields.u16(block, 20) == STRATEGY_CHAIN;
    }

    /** Where the entry is in the image: one number for one file. */
    long offset() {
        return offset;
    }

    /** The block of its partition that it is in. */
    long location() {
        return Fields.u32(block, 12);
    }

    int reference() {
        return reference;
    }

    /** The type of ECMA-167 4/14.6.6. */
    int fileType() {
        return Fields.u8(block, 27);
    }

    private int flags() {
        return Fields.u16(block, 34);
    }

    /** Permissions as in POSIX: ECMA-167 4/14.9.5 has five bits for each class, of which the lowest three are these. */
    int permissions() {
        int bits = (int) Fields.u32(block, 44);
        int mode = (bits & 07) | (bits >> 2 & 070) | (bits >> 4 & 0700);
        return mode
                | ((flags() & SET_UID) != 0 ? 04000 : 0)
                | ((flags() & SET_GID) != 0 ? 02000 : 0)
                | ((flags() & STICKY) != 0 ? 01000 : 0);
    }

    /** The owner; 0 if none is recorded. */
    long uid() {
        return owner(36);
    }

    /** The group; 0 if none is recorded. */
    long gid() {
        return owner(40);
    }

    private long owner(int index) {
        long number = Fields.u32(block, index);
        return number == NOBODY ? 0 : number;
    }

    int links() {
        return Fields.u16(block, 48);
    }

    /** Bytes of the content. */
    long size() {
        return size;
    }

    long accessTime() {
        return UdfFields.timestamp(block, extended ? 80 : 72);
    }

    long modificationTime() {
        return UdfFields.timestamp(block, extended ? 92 : 84);
    }

    long changeTime() {
        return UdfFields.timestamp(block, extended ? 116 : 96);
    }

    /** Plain entries may have it among their extended attributes. */
    long creationTime() {
        return extended ? UdfFields.timestamp(block, 104) : UdfExtendedAttributes.creationTime(extendedAttributes());
    }

    /** The device number in the layout of Linux; 0 if there is none. */
    long device() {
        return UdfExtendedAttributes.device(extendedAttributes());
    }

    private int bodyIndex() {
        return extended ? 216 : 176;
    }

    private int extendedAttributesLength() {
        return (int) Math.min(Fields.u32(block, bodyIndex() - 8), block.capacity() - bodyIndex());
    }

    private ByteBuffer extendedAttributes() {
        return block.slice(bodyIndex(), extendedAttributesLength()).order(block.order());
    }

    /** Where the content is. */
    UdfAllocation allocation() throws IsoFormatException {
        int index = bodyIndex() + extendedAttributesLength();
        int length = (int) Math.min(Fields.u32(block, bodyIndex() - 4), block.capacity() - index);
        return new UdfAllocation(
                block.slice(index, length).order(block.order()),
                offset + index,
                flags() & 7,
                size,
                block.capacity(),
                reference);
    }
}
