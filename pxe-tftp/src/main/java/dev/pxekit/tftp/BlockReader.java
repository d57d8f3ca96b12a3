package dev.pxekit.tftp;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Content in its order, as it goes to the wire. One thread at a time. */
interface BlockReader {

    /**
     * Fills one block or several.
     *
     * @return bytes put; fewer than there is room for at the end of the content only
     * @throws IOException if the file cannot be read or is shorter than it said
     */
    int fill(ByteBuffer blocks) throws IOException;

    static BlockReader of(TftpFile file, TransferMode mode) {
        return mode.equals(TransferMode.NETASCII) ? new NetasciiReader(file) : new OctetReader(file, 0);
    }

    /** Reads the next bytes of a file: at least one, or -1 at its end. */
    static int read(TftpFile file, ByteBuffer target, long position) throws IOException {
        long left = file.size() - position;
        if (left <= 0) {
            return -1;
        }
        int limit = target.limit();
        if (left < target.remaining()) {
            target.limit(target.position() + (int) left);
        }
        int before = target.position();
        file.read(target, position);
        int length = target.position() - before;
        target.limit(limit);
        if (length <= 0) {
            throw new EOFException("file: nothing to read at " + position + " of " + file.size() + " bytes");
        }
        return length;
    }
}
