package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** A file of a file system, known by what its directory says about it. */
record IdentifiedFile(TftpFile content, Object identity) implements TftpFile {

    /** One version of a file, as far as a file system tells versions apart; the key is its inode, where it has such. */
    private record Version(
            Path path,
            long size,
            FileTime lastModified,
            @Nullable Object key) {}

    /**
     * Opens a regular file.
     *
     * @param path its real path
     * @throws NoSuchFileException if it is gone, or not a regular file
     */
    static TftpFile open(Path path) throws IOException {
        Version before = version(path);
        SeekableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.READ);
        try {
            TftpFile content = TftpFile.of(channel);
            // What was opened need not be what was described: a file replaced in between is shared with nobody.
            boolean described = content.size() == before.size() && version(path).equals(before);
            return described ? new IdentifiedFile(content, before) : content;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static Version version(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(path.toString(), null, "not a regular file");
        }
        return new Version(path, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return content.read(target, position);
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
