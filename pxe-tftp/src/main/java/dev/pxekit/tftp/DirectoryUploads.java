package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Uploads into a directory of any file system: what {@link TftpUploads#into} makes. Immutable: each method returns others.
 *
 * <p>Names are as in {@link TftpFiles#under}; the directory of the new file has to be there, and its real path below the real path
 * of the root. The last element of a name is never followed if it is a symbolic link: it is a file that exists.
 *
 * <p>A file grows under a name that begins with {@code .tftp-} beside its place, and gets its own when it is whole. A transfer that
 * fails leaves nothing; a server that is killed may leave such a file. The content is forced to the disk before the file gets its name,
 * and the name, on Unix, before the last block is acknowledged: what a client takes for stored outlives a loss of power. Whoever
 * may change the directories meanwhile is trusted not to race with the checks.
 */
public final class DirectoryUploads implements TftpUploads {

    /** What is written at most before it is forced to the disk: the client waits for the rest in the end, and not for long. */
    private static final int MOST_UNFORCED = 32 << 20;

    private final Path root;
    private final long maxSize;
    private final boolean replacing;
    private final boolean creating;

    DirectoryUploads(Path root) {
        this(root, Long.MAX_VALUE, false, true);
    }

    private DirectoryUploads(Path root, long maxSize, boolean replacing, boolean creating) {
        this.root = root;
        this.maxSize = maxSize;
        this.replacing = replacing;
        this.creating = creating;
    }

    /**
     * These uploads with a limit for each file. Without it there is none.
     *
     * @param bytes the most that is taken, 0 or more, as in {@link TftpUpload#maxSize}
     * @return uploads with this limit
     * @throws IllegalArgumentException if negative
     */
    public DirectoryUploads upTo(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("upTo: " + bytes + " (expected: 0 or more)");
        }
        return new DirectoryUploads(root, bytes, replacing, creating);
    }

    /**
     * These uploads, which may also take the place of regular files that are there. Without it they are refused with ERROR 6.
     *
     * @return uploads of new and old names
     */
    public DirectoryUploads replacing() {
        return new DirectoryUploads(root, maxSize, true, true);
    }

    /**
     * These uploads, which take the place of regular files that are there and make no new names: those get ERROR 1, as in
     * tftp-hpa's server without {@code --create}.
     *
     * @return uploads of old names
     */
    public DirectoryUploads replacingOnly() {
        return new DirectoryUploads(root, maxSize, true, false);
    }

    @Override
    public TftpUpload open(TftpRequest request) throws IOException {
        String name = request.fileName();
        Path target;
        try {
            target = target(name);
        } catch (InvalidPathException e) {
            throw (IOException)
                    FileName.refused(name, "not a name of this file system").initCause(e);
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            if (!replacing) {
                throw new FileAlreadyExistsException(Printable.of(name));
            }
            if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
                throw FileName.refused(name, "not a regular file");
            }
        } else if (!creating) {
            throw new NoSuchFileException(Printable.of(name), null, "new files are not taken");
        }
        return new Upload(target);
    }

    /** The place of the file, in a real directory. */
    private Path target(String name) throws IOException {
        List<String> elements = FileName.elements(name);
        if (elements.isEmpty()) {
            throw FileName.refused(name, "the root itself");
        }
        int last = elements.size() - 1;
        PathLookup lookup = new PathLookup(name, root, root.toRealPath(), false);
        Path directory = lookup.real(lookup.find(root, elements.subList(0, last)));
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(Printable.of(name));
        }
        if (!Files.isWritable(directory)) {
            throw FileName.refused(name, "the directory cannot be written");
        }
        return directory.resolve(elements.get(last));
    }

    /** Makes a file when the first content comes, which no forged request brings. */
    private final class Upload implements TftpUpload {

        private final Path target;
        private @Nullable WholeFile file;
        private int unforced;

        Upload(Path target) {
            this.target = target;
        }

        private WholeFile file() throws IOException {
            WholeFile begun = file;
            if (begun == null) {
                begun = WholeFile.beside(target);
                file = begun;
            }
            return begun;
        }

        @Override
        public long maxSize() {
            return maxSize;
        }

        @Override
        public void write(ByteBuffer content) throws IOException {
            WholeFile begun = file();
            while (content.hasRemaining()) {
                unforced += begun.channel().write(content);
            }
            if (unforced >= MOST_UNFORCED) {
                begun.force();
                unforced = 0;
            }
        }

        @Override
        public void commit() throws IOException {
            file().commitDurably(replacing);
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
            }
        }
    }
}
