package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;

/** A directory by its path, for systems that open nothing relative to a directory (Windows): checked when it is opened. */
final class PlainTargetDirectory extends TargetDirectory {

    PlainTargetDirectory(Path path) {
        super(path);
    }

    /** What is a directory and something else too is a junction of Windows. */
    @Override
    TargetDirectory open(String name) throws IOException {
        BasicFileAttributes attributes = attributes(name);
        if (attributes == null || !attributes.isDirectory() || attributes.isOther()) {
            throw new NotDirectoryException(path().resolve(name).toString());
        }
        return new PlainTargetDirectory(path().resolve(name));
    }

    @Override
    SeekableByteChannel createFile(String name, boolean restricted) throws IOException {
        return Files.newByteChannel(path().resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    SeekableByteChannel openFile(String name) throws IOException {
        return FileCopy.open(path().resolve(name));
    }

    @Override
    <V extends FileAttributeView> V view(String name, Class<V> type) {
        return linkView(name, type);
    }

    @Override
    <V extends FileAttributeView> V view(Class<V> type) {
        return require(Files.getFileAttributeView(path(), type, LinkOption.NOFOLLOW_LINKS), type);
    }

    @Override
    void rename(String from, String to) throws IOException {
        Files.move(path().resolve(from), path().resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    void delete(String name) throws IOException {
        Files.delete(path().resolve(name));
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    DirectoryStream<Path> list() throws IOException {
        return Files.newDirectoryStream(path());
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
