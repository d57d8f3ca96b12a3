package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A directory that the operating system holds open. */
final class SecureTargetDirectory extends TargetDirectory {

    private static final Set<OpenOption> NEW_FILE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> READING = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_READS_AND_WRITES =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final SecureDirectoryStream<Path> directory;

    SecureTargetDirectory(Path path, SecureDirectoryStream<Path> directory) {
        super(path);
        this.directory = directory;
    }

    private Path name(String name) {
        return path().getFileSystem().getPath(name);
    }

    @Override
    TargetDirectory open(String name) throws IOException {
        return of(path().resolve(name), directory.newDirectoryStream(name(name), LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    SeekableByteChannel createFile(String name, boolean restricted) throws IOException {
        return restricted && hasPermissions()
                ? directory.newByteChannel(name(name), NEW_FILE, OWNER_READS_AND_WRITES)
                : directory.newByteChannel(name(name), NEW_FILE);
    }

    @Override
    SeekableByteChannel openFile(String name) throws IOException {
        return directory.newByteChannel(name(name), READING);
    }

    @Override
    <V extends FileAttributeView> V view(String name, Class<V> type) {
        return require(directory.getFileAttributeView(name(name), type, LinkOption.NOFOLLOW_LINKS), type);
    }

    @Override
    <V extends FileAttributeView> V view(Class<V> type) {
        return require(directory.getFileAttributeView(type), type);
    }

    @Override
    void rename(String from, String to) throws IOException {
        try {
            directory.move(name(from), directory, name(to));
        } catch (FileAlreadyExistsException e) {
            directory.deleteFile(name(to)); // a file system whose move does not replace
            directory.move(name(from), directory, name(to));
        }
    }

    @Override
    void delete(String name) throws IOException {
        directory.deleteFile(name(name));
    }

    @Override
    DirectoryStream<Path> list() throws IOException {
        return directory.newDirectoryStream(name("."), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }
}
