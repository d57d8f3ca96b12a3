package dev.pxekit.iso.internal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The extended attributes within a file entry (ECMA-167 4/14.10). Those that are damaged count as none: a file can be read
 * without.
 *
 * <pre>
 * 0       4         5          8         12
 * +-------+---------+----------+---------+------------------+
 * | type  | subtype | reserved | length  | data             |
 * +-------+---------+----------+---------+------------------+
 * </pre>
 */
final class UdfExtendedAttributes {

    private static final int HEADER_DESCRIPTOR_LENGTH = 24;
    private static final int ATTRIBUTE_HEADER_LENGTH = 12;

    /** ECMA-167 4/14.10.5: the times whose bits are set in the word at 16 follow it. */
    private static final int FILE_TIMES = 5;

    private static final int CREATION_TIME = 1;

    /** ECMA-167 4/14.10.7: major number at 16, minor at 20. */
    private static final int DEVICE_SPECIFICATION = 12;

    private UdfExtendedAttributes() {}

    static long creationTime(ByteBuffer attributes) {
        ByteBuffer times = find(attributes, FILE_TIMES, 20 + UdfFields.TIMESTAMP_LENGTH);
        return times == null || (Fields.u32(times, 16) & CREATION_TIME) == 0
                ? Timestamps.NONE
                : UdfFields.timestamp(times, 20);
    }

    static long device(ByteBuffer attributes) {
        ByteBuffer device = find(attributes, DEVICE_SPECIFICATION, 24);
        return device == null ? 0 : Node.deviceNumber(Fields.u32(device, 16), Fields.u32(device, 20));
    }

    private static @Nullable ByteBuffer find(ByteBuffer attributes, int type, int minimumLength) {
        if (attributes.capacity() < HEADER_DESCRIPTOR_LENGTH
                || UdfTag.identifier(attributes) != UdfTag.EXTENDED_ATTRIBUTE_HEADER) {
            return null;
        }
        int index = HEADER_DESCRIPTOR_LENGTH;
        while (attributes.capacity() - index >= ATTRIBUTE_HEADER_LENGTH) {
            long length = Fields.u32(attributes, index + 8);
            if (length < ATTRIBUTE_HEADER_LENGTH || length > attributes.capacity() - index) {
                return null;
            }
            if (Fields.u32(attributes, index) == type && length >= minimumLength) {
                return attributes.slice(index, (int) length).order(attributes.order());
            }
            index += (int) length;
        }
        return null;
    }
}
