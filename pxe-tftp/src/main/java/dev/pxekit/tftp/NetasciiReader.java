package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Text for the wire: LF becomes CR LF, CR becomes CR NUL (RFC 764). A pair may fall into two blocks. */
final class NetasciiReader implements BlockReader {

    private static final int NONE = -1;

    private final TftpFile file;
    private final ByteBuffer text = ByteBuffer.allocate(8192).limit(0);
    private long position;
    private int second = NONE;

    NetasciiReader(TftpFile file) {
        this.file = file;
    }

    @Override
    public int fill(ByteBuffer blocks) throws IOException {
        int start = blocks.position();
        while (blocks.hasRemaining()) {
            if (second != NONE) {
                blocks.put((byte) second);
                second = NONE;
            } else if (text.hasRemaining() || readOn()) {
                put(text.get(), blocks);
            } else {
                break;
            }
        }
        return blocks.position() - start;
    }

    private void put(byte octet, ByteBuffer block) {
        if (octet == '\n') {
            block.put((byte) '\r');
            second = '\n';
        } else {
            block.put(octet);
            second = octet == '\r' ? 0 : NONE;
        }
    }

    private boolean readOn() throws IOException {
        text.clear();
        int length = BlockReader.read(file, text, position);
        text.flip();
        position += Math.max(0, length);
        return length > 0;
    }
}
