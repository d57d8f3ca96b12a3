package dev.pxekit.tftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/** What a stream has from here on, which can be read once and in order. The stream stays open. */
final class StreamFile implements TftpFile {

    private final ReadableByteChannel content;
    private final long size;

    StreamFile(InputStream content, long size) {
        this.content = Channels.newChannel(content);
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return content.read(target);
    }

    @Override
    public void close() {}
}
