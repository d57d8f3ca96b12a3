package dev.pxekit.tftp;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Content that is received in any order, each byte once; takes memory for what has come, wherever that lies. */
final class ContentInMemory implements PositionalSink {

    private final Map<Long, byte[]> parts = new TreeMap<>();
    private int size;

    @Override
    public void write(ByteBuffer content, long position) {
        byte[] part = new byte[content.remaining()];
        content.get(part);
        size = Math.addExact(size, part.length);
        parts.put(position, part);
    }

    /** All of it, when nothing is missing. */
    byte[] toByteArray() {
        ByteBuffer all = ByteBuffer.allocate(size);
        parts.values().forEach(all::put);
        return all.array();
    }
}
