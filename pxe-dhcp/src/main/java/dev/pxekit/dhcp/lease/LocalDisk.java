package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory of this machine. Files are no channels: those would be closed, for all, when a thread that writes is
 * interrupted.
 */
final class LocalDisk implements Disk {

    private final Path directory;

    /** @param directory must exist */
    LocalDisk(Path directory) {
        this.directory = directory;
    }

    @Override
    public Disk.File open(String name) throws IOException {
        Path path = directory.resolve(name);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            throw new AccessDeniedException(path.toString(), null, "must be readable and writable by this process");
        }
        return new LocalFile(path);
    }

    @Override
    public Disk.File create(String name) throws IOException {
        Path path = directory.resolve(name);
        Files.deleteIfExists(path);
        Files.createFile(path, ownerOnly(path));
        return new LocalFile(path);
    }

    /** The permissions 0600, where there is such a thing. */
    static FileAttribute<?>[] ownerOnly(Path path) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(directory.resolve(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    /** A directory can be opened as a channel only; an interrupt waits until it is forced. */
    @Override
    public void force() throws IOException {
        if (!isPosix(directory)) {
            // Windows has no such thing: it logs renames itself.
            return;
        }
        boolean interrupted = false;
        for (boolean done = false; !done; ) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
                done = true;
            } catch (ClosedByInterruptException e) {
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String describe(String name) {
        return directory.resolve(name).toString();
    }

    private static final class LocalFile implements Disk.File {

        private final RandomAccessFile file;

        LocalFile(Path path) throws IOException {
            file = new RandomAccessFile(path.toFile(), "rw");
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public int read(byte[] target, int offset, int length, long position) throws IOException {
            file.seek(position);
            int total = 0;
            while (total < length) {
                int more = file.read(target, offset + total, length - total);
                if (more < 0) {
                    break;
                }
                total += more;
            }
            return total;
        }

        @Override
        public void write(byte[] octets, int length, long position) throws IOException {
            file.seek(position);
            file.write(octets, 0, length);
        }

        @Override
        public void truncate(long length) throws IOException {
            file.setLength(length);
        }

        @Override
        public void force() throws IOException {
            file.getFD().sync();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
