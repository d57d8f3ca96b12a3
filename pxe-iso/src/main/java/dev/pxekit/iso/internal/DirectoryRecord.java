package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.nio.ByteBuffer;

/**
 * A directory record (ECMA-119 §9.1).
 *
 * <pre>
 * 0       1          2              10             18        25     26    27     28        32        33
 * +-------+----------+--------------+--------------+---------+------+-----+------+---------+---------+------------+
 * | length| extended | location of  | data length  | date    | flags| unit| gap  | volume  | length  | identifier |
 * |       | attribute| extent       | LE, BE       | 7 bytes |      | size| size | sequence| of iden-| pad if even|
 * |       | length   | LE, BE       |              |         |      |     |      | LE, BE  | tifier  | System Use |
 * +-------+----------+--------------+--------------+---------+------+-----+------+---------+---------+------------+
 * </pre>
 */
final class DirectoryRecord {

    static final int MINIMUM_LENGTH = 34;
    static final int MAXIMUM_LENGTH = 255;

    private static final int FLAG_DIRECTORY = 0x02;
    private static final int FLAG_ASSOCIATED = 0x04;
    private static final int FLAG_MULTI_EXTENT = 0x80;

    private final long offset;
    private final int length;
    private final int extendedAttributeLength;
    private final long location;
    private final long dataLength;
    private final long recordingTime;
    private final int flags;
    private final int unitSize;
    private final int gapSize;
    private final byte[] identifier;
    private final ByteBuffer systemUse;

    private DirectoryRecord(ByteBuffer buffer, int index, int length, int identifierLength, long offset) {
        this.offset = offset;
        this.length = length;
        this.extendedAttributeLength = Fields.u8(buffer, index + 1);
        this.location = Fields.u32(buffer, index + 2);
        this.dataLength = Fields.u32(buffer, index + 10);
        this.recordingTime = Timestamps.shortForm(buffer, index + 18);
        this.flags = Fields.u8(buffer, index + 25);
        this.unitSize = Fields.u8(buffer, index + 26);
        this.gapSize = Fields.u8(buffer, index + 27);
        this.identifier = Fields.bytes(buffer, index + 33, identifierLength);
        int systemUseIndex = Math.min(length, 33 + identifierLength + (1 - (identifierLength & 1)));
        this.systemUse =
                buffer.slice(index + systemUseIndex, length - systemUseIndex).order(buffer.order());
    }

    /**
     * Decodes the record at an index.
     *
     * @param limit the index that the record must not run over: the end of its sector
     * @param offset where the record is in the image
     */
    static DirectoryRecord decode(ByteBuffer buffer, int index, int limit, long offset) throws IsoFormatException {
        return decode(buffer, index, Fields.u8(buffer, index), limit, offset);
    }

    /** The root's record in a volume descriptor has a fixed place; some writers put another length into it. */
    static DirectoryRecord decodeRoot(ByteBuffer sector, int index, long offset) throws IsoFormatException {
        return decode(sector, index, MINIMUM_LENGTH, index + MINIMUM_LENGTH, offset);
    }

    private static DirectoryRecord decode(ByteBuffer buffer, int index, int length, int limit, long offset)
            throws IsoFormatException {
        if (length < MINIMUM_LENGTH || length > limit - index) {
            throw new IsoFormatException(
                    "directory record length: " + length + " (expected: " + MINIMUM_LENGTH + ".." + (limit - index)
                            + ", within the sector)",
                    offset);
        }
        int identifierLength = Fields.u8(buffer, index + 32);
        if (identifierLength == 0 || identifierLength > length - 33) {
            throw new IsoFormatException(
                    "identifier length: " + identifierLength + " (expected: 1.." + (length - 33) + ")", offset + 32);
        }
        return new DirectoryRecord(buffer, index, length, identifierLength, offset);
    }

    /** Where the record is in the image. */
    long offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /**
     * The first logical block of the content, after the extended attribute record: that has the first blocks of the extent
     * (ECMA-119 §6.4.4.1), in interleaved mode the first file unit (§6.4.3).
     */
    long contentBlock() {
        boolean inUnitOfItsOwn = isInterleaved() && extendedAttributeLength > 0;
        return location + (inUnitOfItsOwn ? unitSize + gapSize : extendedAttributeLength);
    }

    /** The first logical block of the extent. */
    long location() {
        return location;
    }

    long dataLength() {
        return dataLength;
    }

    long recordingTime() {
        return recordingTime;
    }

    boolean isDirectory() {
        return (flags & FLAG_DIRECTORY) != 0;
    }

    /** A resource fork or the like beside a file of the same name. */
    boolean isAssociated() {
        return (flags & FLAG_ASSOCIATED) != 0;
    }

    /** Whether the next record goes on with this file. */
    boolean hasMoreExtents() {
        return (flags & FLAG_MULTI_EXTENT) != 0;
    }

    /** Whether the content is recorded in file units with gaps between them; never that of a directory. */
    boolean isInterleaved() {
        return unitSize > 0 && gapSize > 0 && !isDirectory();
    }

    /** Logical blocks of a file unit. */
    int unitSize() {
        return unitSize;
    }

    /** Logical blocks between two file units. */
    int gapSize() {
        return gapSize;
    }

    /** Whether this is the record of the directory itself ({@code 0x00}) or of its parent ({@code 0x01}). */
    boolean isSelfOrParent() {
        return identifier.length == 1 && (identifier[0] == 0 || identifier[0] == 1);
    }

    byte[] identifier() {
        return identifier;
    }

    /** The System Use area. */
    ByteBuffer systemUse() {
        return systemUse;
    }

    /** Where the System Use area is in the image. */
    long systemUseOffset() {
        return offset + length - systemUse.capacity();
    }
}
