package dev.pxekit.tftp;

import java.nio.ByteBuffer;

/** A file in memory. */
record BytesFile(ByteBuffer content) implements TftpFile {

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
