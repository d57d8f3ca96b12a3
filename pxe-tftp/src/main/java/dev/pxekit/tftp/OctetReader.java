package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Content as it is, read straight into the block. */
final class OctetReader implements BlockReader {

    private final TftpFile file;
    private long position;

    OctetReader(TftpFile file) {
        this.file = file;
    }

    @Override
    public int fill(ByteBuffer block) throws IOException {
        int start = block.position();
        while (block.hasRemaining()) {
            int length = BlockReader.read(file, block, position);
            if (length < 0) {
                break;
            }
            position += length;
        }
        return block.position() - start;
    }
}
