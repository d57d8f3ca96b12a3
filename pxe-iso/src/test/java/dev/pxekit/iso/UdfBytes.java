package dev.pxekit.iso;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Structures of ECMA-167 3rd edition and OSTA UDF 2.60 as bytes. */
final class UdfBytes {

    /** Types of extents (ECMA-167 4/14.14.1.1). */
    static final int RECORDED = 0;

    static final int ALLOCATED = 1;
    static final int UNALLOCATED = 2;
    static final int CONTINUATION = 3;

    private UdfBytes() {}

    static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** All bytes of a buffer. */
    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    /** Puts a tag before a descriptor (3/7.2), whose checksums cover {@code length} bytes from its begin. */
    static void seal(byte[] bytes, int at, int length, int identifier, long location) {
        ByteBuffer tag = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        tag.putShort(at, (short) identifier);
        tag.putShort(at + 2, (short) 3);
        tag.putShort(at + 10, (short) (length - 16));
        tag.putInt(at + 12, (int) location);
        reseal(bytes, at);
    }

    /** Mends the checksums of a tag, so that what was changed behind it gets past them. */
    static void reseal(byte[] bytes, int at) {
        ByteBuffer tag = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = Math.min(tag.getShort(at + 10) & 0xffff, bytes.length - at - 16);
        int crc = 0;
        for (int i = at + 16; i < at + 16 + length; i++) {
            for (int bit = 7; bit >= 0; bit--) {
                boolean feedback = ((crc >> 15 ^ bytes[i] >> bit) & 1) != 0;
                crc = (crc << 1 ^ (feedback ? 0x1021 : 0)) & 0xffff;
            }
        }
        tag.putShort(at + 8, (short) crc);
        int sum = 0;
        for (int i = 0; i < 16; i++) {
            sum += i == 4 ? 0 : bytes[at + i];
        }
        tag.put(at + 4, (byte) sum);
    }

    /** OSTA compressed Unicode (UDF §2.1.1), in 8 bits where these are enough. */
    static byte[] characters(String text) {
        return text.chars().allMatch(c -> c < 256) ? latin(text) : utf16(text);
    }

    private static byte[] latin(String text) {
        return TestImage.concat(new byte[] {8}, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] utf16(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(1 + 2 * text.length()).put((byte) 16);
        text.chars().forEach(c -> bytes.putChar((char) c));
        return bytes(bytes);
    }

    /** A fixed field with its length in the last byte (UDF §2.1.3). */
    static byte[] dstring(String text, int length) {
        byte[] field = new byte[length];
        byte[] used = characters(text);
        System.arraycopy(used, 0, field, 0, used.length);
        field[length - 1] = (byte) used.length;
        return field;
    }

    /** ECMA-167 1/7.4. */
    static byte[] entityIdentifier(String identifier) {
        return bytes(buffer(32).put(1, identifier.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * ECMA-167 1/7.3.
     *
     * @param type 0 for UTC, 1 for local time
     * @param minutes the zone, with a type of 1
     * @param fields year, month, day, hour, minute, second, hundredths, hundreds of microseconds, microseconds
     */
    static byte[] timestamp(int type, int minutes, int... fields) {
        ByteBuffer time = buffer(12).putShort((short) ((type << 12) | (minutes & 0xfff)));
        for (int i = 0; i < fields.length; i++) {
            if (i == 0) {
                time.putShort((short) fields[i]);
            } else {
                time.put((byte) fields[i]);
            }
        }
        return bytes(time);
    }

    /** 2023-11-14 22:13:20 UTC, 1700000000. */
    static byte[] timestamp() {
        return timestamp(1, 0, 2023, 11, 14, 22, 13, 20);
    }

    /** ECMA-167 4/14.14.1. */
    static byte[] shortDescriptor(int type, long length, long block) {
        return bytes(buffer(8).putInt((int) (length | (long) type << 30)).putInt((int) block));
    }

    /** ECMA-167 4/14.14.2. */
    static byte[] longDescriptor(int type, long length, long block, int partition) {
        return bytes(buffer(16)
                .putInt((int) (length | (long) type << 30))
                .putInt((int) block)
                .putShort((short) partition));
    }

    /** ECMA-167 4/14.14.3. */
    static byte[] extendedDescriptor(int type, long length, long block, int partition) {
        return bytes(buffer(20)
                .putInt((int) (length | (long) type << 30))
                .putInt((int) length)
                .putInt((int) length)
                .putInt((int) block)
                .putShort((short) partition));
    }

    /** A component of a symbolic link (4/14.16.1): 1 and 2 root, 3 parent, 4 itself, 5 a name. */
    static byte[] component(int type, String name) {
        byte[] identifier = name.isEmpty() ? new byte[0] : characters(name);
        return TestImage.concat(new byte[] {(byte) type, (byte) identifier.length, 0, 0}, identifier);
    }

    /** A device specification (4/14.10.7). */
    static byte[] deviceAttribute(int major, int minor) {
        return attribute(12, bytes(buffer(12).putInt(0).putInt(major).putInt(minor)));
    }

    /** A file times attribute (4/14.10.5) with the creation time. */
    static byte[] creationTimeAttribute(byte[] time) {
        return attribute(5, TestImage.concat(bytes(buffer(8).putInt(time.length).putInt(1)), time));
    }

    static byte[] attribute(int type, byte[] data) {
        byte[] header = bytes(buffer(12).putInt(type).put((byte) 1).putInt(8, 12 + data.length));
        return TestImage.concat(header, data);
    }
}
