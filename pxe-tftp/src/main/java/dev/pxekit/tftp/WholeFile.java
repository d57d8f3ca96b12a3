package dev.pxekit.tftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is written beside its place and moved there when it is whole; closed before that, it leaves nothing. */
final class WholeFile implements Closeable {

    private final Path target;
    private final Path part;
    private final WritableByteChannel channel;

    private WholeFile(Path target, Path part, WritableByteChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    static WholeFile create(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path part = absolute.resolveSibling("." + absolute.getFileName() + "." + Long.toHexString(System.nanoTime()));
        return new WholeFile(
                absolute, part, Files.newByteChannel(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    WritableByteChannel channel() {
        return channel;
    }

    void commit() throws IOException {
        channel.close();
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
