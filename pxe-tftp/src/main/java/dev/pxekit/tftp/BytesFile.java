package dev.pxekit.tftp;

import java.nio.ByteBuffer;

/** A file in memory. No record: what it is known by is the object, not its bytes. */
final class BytesFile implements TftpFile {

    private final ByteBuffer content;

    BytesFile(ByteBuffer content) {
        this.content = content;
    }

    @Override
    public long size() {
        return content.limit();
    }

    @Override
    public int read(ByteBuffer target, long position) {
        if (position >= content.limit()) {
            return -1;
        }
        int length = Math.min(target.remaining(), content.limit() - (int) position);
        target.put(content.duplicate().position((int) position).limit((int) position + length));
        return length;
    }

    @Override
    public void close() {}
}
