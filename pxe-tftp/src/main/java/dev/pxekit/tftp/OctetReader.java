package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Content as it is, read straight into the blocks. */
final class OctetReader implements BlockReader {

    private final TftpFile file;
    private long position;

    OctetReader(TftpFile file, long position) {
        this.file = file;
        this.position = position;
    }

    @Override
    public int fill(ByteBuffer blocks) throws IOException {
        int start = blocks.position();
        while (blocks.hasRemaining()) {
            int length = BlockReader.read(file, blocks, position);
            if (length < 0) {
                break;
            }
            position += length;
        }
        return blocks.position() - start;
    }
}
