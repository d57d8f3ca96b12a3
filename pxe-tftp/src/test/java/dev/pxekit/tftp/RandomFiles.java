package dev.pxekit.tftp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Files of random content, made once for each size: a test class shares its large ones. */
final class RandomFiles {

    /** The most blocks before the block number wraps. */
    static final int MOST_NUMBERS = 65_535;

    /** The sizes at which a client or server of blocks of 512 bytes errs, if it errs. */
    static final int[] EDGES = {0, 1, 511, 512, 513};

    static final int LARGE = 64 << 20;

    private static final int CHUNK = 1 << 20;

    private RandomFiles() {}

    /** Content of this size: the same for the same seed. */
    static byte[] bytes(long seed, int size) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    /** The file of this size in a directory; made if it is not there yet. */
    static Path ofSize(Path directory, int size) throws IOException {
        Path file = directory.resolve("random-" + size);
        if (Files.notExists(file)) {
            write(file, size);
        }
        return file;
    }

    private static void write(Path file, int size) throws IOException {
        Random random = new Random(size);
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int left = size; left > 0; left -= CHUNK) {
                random.nextBytes(chunk);
                out.write(chunk, 0, Math.min(left, CHUNK));
            }
        }
    }
}
