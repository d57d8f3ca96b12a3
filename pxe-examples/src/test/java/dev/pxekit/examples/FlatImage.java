package dev.pxekit.examples;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes small ISO 9660 images with upper-case files in their root and nothing else (ECMA-119 §8.4, §9.1). */
public final class FlatImage {

    private static final int SECTOR = 2048;
    private static final int ROOT = 18;
    private static final int FIRST_FILE = 19;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** Adds a file, in the order of the names. */
    public FlatImage file(String name, String... lines) {
        files.put(name, String.join("\n", lines).getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    public byte[] build() {
        int sectors = FIRST_FILE;
        for (byte[] content : files.values()) {
            sectors += sectors(content);
        }
        ByteBuffer image = ByteBuffer.allocate(sectors * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        put(image, 16 * SECTOR, "\1CD001\1");
        put(image, 16 * SECTOR + 40, "FLAT" + " ".repeat(28));
        both32(image, 16 * SECTOR + 80, sectors);
        both16(image, 16 * SECTOR + 128, SECTOR);
        record(image, 16 * SECTOR + 156, "\0", ROOT, SECTOR, 2);
        put(image, 17 * SECTOR, "\u00ffCD001\1");
        int at = ROOT * SECTOR;
        at += record(image, at, "\0", ROOT, SECTOR, 2);
        at += record(image, at, "\1", ROOT, SECTOR, 2);
        int next = FIRST_FILE;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            at += record(image, at, file.getKey() + ";1", next, file.getValue().length, 0);
            image.put(next * SECTOR, file.getValue());
            next += sectors(file.getValue());
        }
        return image.array();
    }

    private static int sectors(byte[] content) {
        return (content.length + SECTOR - 1) / SECTOR;
    }

    private static int record(ByteBuffer image, int at, String identifier, int sector, int size, int flags) {
        int length = 33 + identifier.length() + (1 - identifier.length() % 2);
        image.put(at, (byte) length);
        both32(image, at + 2, sector);
        both32(image, at + 10, size);
        image.put(at + 18, new byte[] {123, 11, 14, 22, 13, 20, 0});
        image.put(at + 25, (byte) flags);
        both16(image, at + 28, 1);
        image.put(at + 32, (byte) identifier.length());
        put(image, at + 33, identifier);
        return length;
    }

    private static void put(ByteBuffer image, int at, String text) {
        image.put(at, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void both32(ByteBuffer image, int at, int value) {
        image.putInt(at, value).putInt(at + 4, Integer.reverseBytes(value));
    }

    private static void both16(ByteBuffer image, int at, int value) {
        image.putShort(at, (short) value).putShort(at + 2, Short.reverseBytes((short) value));
    }
}
