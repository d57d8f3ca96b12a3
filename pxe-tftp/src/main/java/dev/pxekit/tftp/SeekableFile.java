package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file whose channel has a position of its own. */
record SeekableFile(SeekableByteChannel channel, long size) implements TftpFile {

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (channel.position() != position) {
            channel.position(position);
        }
        return channel.read(target);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
