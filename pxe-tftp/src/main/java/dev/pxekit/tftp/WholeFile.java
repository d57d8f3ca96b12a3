package dev.pxekit.tftp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** A file that is written beside its place and moved there when it is whole; closed before that, it leaves nothing. */
final class WholeFile implements Closeable {

    private static final AtomicLong count = new AtomicLong(System.nanoTime());

    private final Path target;
    private final Path part;
    private final WritableByteChannel channel;

    private WholeFile(Path target, Path part, WritableByteChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    static WholeFile beside(Path target) throws IOException {
        Path absolute = target.toAbsolutePath();
        // Not made of the name, which may be as long as names get.
        Path part = absolute.resolveSibling(".tftp-" + Long.toHexString(count.incrementAndGet()));
        return new WholeFile(
                absolute, part, Files.newByteChannel(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    WritableByteChannel channel() {
        return channel;
    }

    /** Forces what has been written to the disk, if it is a file of a file system that has one. */
    void force() throws IOException {
        if (channel instanceof FileChannel file) {
            file.force(true);
        }
    }

    /**
     * Lets the file appear in its place, and forces its content and, where a directory can be opened as a file, its name to the disk.
     *
     * @param replacing whether it takes the place of a file that is there
     * @throws FileAlreadyExistsException if it must not, and there is one
     */
    void commitDurably(boolean replacing) throws IOException {
        force();
        commit(replacing);
        forceDirectory();
    }

    private void forceDirectory() {
        try (FileChannel directory = FileChannel.open(target.resolveSibling(""), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException | UnsupportedOperationException e) {
            // Unix only, and not on all file systems: the file is there in any case.
        }
    }

    /**
     * Lets the file appear in its place.
     *
     * @param replacing whether it takes the place of a file that is there
     * @throws FileAlreadyExistsException if it must not, and there is one
     */
    void commit(boolean replacing) throws IOException {
        channel.close();
        if (replacing) {
            try {
                // Some file systems replace by an atomic move only if they are told to.
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return;
        }
        try {
            // Of several that do this at the same time one succeeds; a move would let the last one win.
            Files.createLink(target, part);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(part, target);
            return;
        }
        try {
            Files.delete(part);
        } catch (IOException e) {
            // the file is there under its name; close() tries again
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
