package dev.pxekit.dhcp.lease;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a journal for one store: a lock on a file beside it, which stays there, with the number of the process in it. The system
 * drops the lock when the process ends, however it ends.
 */
final class JournalLock implements Closeable {

    /** The journals of this process. The system locks files for a process, which would not be in its own way. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** Which octet is locked: one that is not there, so that others can read those that are. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    private static final int LONGEST_TEXT = 32;

    private final Path journal;
    private final FileChannel channel;

    private JournalLock(Path journal, FileChannel channel) {
        this.journal = journal;
        this.channel = channel;
    }

    /** @param journal without symbolic links */
    static JournalLock acquire(Path journal) throws IOException {
        if (!HELD.add(journal)) {
            throw new IOException("lease journal " + journal
                    + " is open in this process already: share that store, or close it first");
        }
        JournalLock lock = null;
        try {
            lock = lock(journal);
            return lock;
        } finally {
            if (lock == null) {
                HELD.remove(journal);
            }
        }
    }

    private static JournalLock lock(Path journal) throws IOException {
        Path file = journal.resolveSibling(journal.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                LocalDisk.ownerOnly(file));
        FileLock lock = null;
        try {
            lock = channel.tryLock(LOCKED, 1, false);
            if (lock == null) {
                throw new IOException("lease journal " + journal + " is in use by process " + read(channel)
                        + ", which holds a lock on " + file + ": stop it, or give this one a journal of its own");
            }
            channel.truncate(0);
            channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
            return new JournalLock(journal, channel);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(LONGEST_TEXT);
        channel.read(text, 0);
        String process = US_ASCII.decode(text.flip()).toString().strip();
        return process.matches("[0-9]+") ? process : "(unknown)";
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(journal);
        }
    }

    /** The journal that a path means, without symbolic links. */
    static Path resolve(Path file) throws IOException {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IOException("lease journal " + file + " must be on a disk of this machine");
        }
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        Path absolute = file.toAbsolutePath().normalize();
        @Nullable Path directory = absolute.getParent();
        if (directory == null || absolute.getFileName() == null) {
            throw new IOException("lease journal " + file + " is no file: name one");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException("lease journal " + file + ": the directory " + directory
                    + " does not exist: make it, writable by this process");
        }
        return directory.toRealPath().resolve(absolute.getFileName());
    }
}
