package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.nio.ByteBuffer;

/**
 * The target of a symbolic link (ECMA-167 4/14.16): path components one after another.
 *
 * <pre>
 * 0       1         2          4
 * +-------+---------+----------+----------------+
 * | type  | length  | version  | identifier     |
 * +-------+---------+----------+----------------+
 * </pre>
 */
final class UdfLinkTarget {

    private static final int AGREED_ROOT = 1;
    private static final int ROOT = 2;
    private static final int PARENT = 3;
    private static final int CURRENT = 4;
    private static final int NAME = 5;

    private static final int HEADER_LENGTH = 4;

    private UdfLinkTarget() {}

    static String decode(ByteBuffer components, long offset) throws IsoFormatException {
        StringBuilder text = new StringBuilder();
        boolean separate = false;
        for (int index = 0; index < components.capacity(); ) {
            int length = components.capacity() - index < HEADER_LENGTH ? -1 : Fields.u8(components, index + 1);
            if (length < 0 || length > components.capacity() - index - HEADER_LENGTH) {
                throw new IsoFormatException("UDF symbolic link ends within a component", offset);
            }
            int type = Fields.u8(components, index);
            switch (type) {
                case AGREED_ROOT, ROOT -> {
                    text.setLength(0);
                    text.append('/');
                    separate = false;
                }
                case PARENT, CURRENT, NAME -> {
                    text.append(separate ? "/" : "").append(name(type, components, index + HEADER_LENGTH, length));
                    separate = true;
                }
                default ->
                    throw new IsoFormatException(
                            "component type of UDF symbolic link: " + type + " (expected: 1..5)", offset);
            }
            index += HEADER_LENGTH + length;
        }
        return text.toString();
    }

    private static String name(int type, ByteBuffer components, int index, int length) {
        return type == PARENT ? ".." : type == CURRENT ? "." : UdfFields.characters(components, index, length);
    }
}
