package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Text off the wire: CR LF becomes LF, CR NUL becomes CR; a CR before anything else stays. */
final class NetasciiDecoder implements ContentSink {

    private final ContentSink target;
    private boolean afterReturn;

    NetasciiDecoder(ContentSink target) {
        this.target = target;
    }

    @Override
    public void write(ByteBuffer content) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(2 * content.remaining() + 1);
        while (content.hasRemaining()) {
            byte octet = content.get();
            if (afterReturn) {
                afterReturn = false;
                if (octet == '\n' || octet == 0) {
                    text.put(octet == 0 ? (byte) '\r' : octet);
                    continue;
                }
                text.put((byte) '\r');
            }
            if (octet == '\r') {
                afterReturn = true;
            } else {
                text.put(octet);
            }
        }
        target.write(text.flip());
    }

    @Override
    public void end() throws IOException {
        if (afterReturn) {
            target.write(ByteBuffer.wrap(new byte[] {'\r'}));
        }
        target.end();
    }
}
