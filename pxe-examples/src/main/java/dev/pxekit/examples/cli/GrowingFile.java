package dev.pxekit.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;

/** A file that somebody still writes: at its end it waits for more, until its thread is interrupted. */
final class GrowingFile extends InputStream {

    private static final long PAUSE_MILLIS = 100;

    private final InputStream file;

    GrowingFile(Path path) throws CommandFailure, IOException {
        file = TextFiles.open(path);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        try {
            int count = file.read(octets, offset, length);
            while (count < 0) {
                Thread.sleep(PAUSE_MILLIS);
                count = file.read(octets, offset, length);
            }
            return count;
        } catch (ClosedByInterruptException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
