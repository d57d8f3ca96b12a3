package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoOptions;
import dev.pxekit.iso.IsoView;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The provider of the scheme {@code iso}. Without state of its own: any instance serves any open image. */
public final class IsoFileSystemProvider extends FileSystemProvider {

    private static final IsoFileSystemProvider INSTANCE = new IsoFileSystemProvider();

    /** For {@link java.util.ServiceLoader}. */
    public IsoFileSystemProvider() {}

    static IsoFileSystemProvider instance() {
        return INSTANCE;
    }

    @Override
    public String getScheme() {
        return IsoUri.SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
        URI image = IsoUri.parse(uri).image();
        if (OpenImages.find(image).isPresent()) {
            throw new FileSystemAlreadyExistsException(uri.toString());
        }
        return IsoFileSystem.open(Path.of(image), options(environment));
    }

    @Override
    public FileSystem newFileSystem(Path path, Map<String, ?> environment) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new UnsupportedOperationException(path + " is not a file"); // perhaps one that another provider makes
        }
        try (Image image = Image.open(path)) {
            if (!VolumeDescriptors.present(image) && UdfAnchor.find(image).isEmpty()) {
                throw new UnsupportedOperationException(path + " is not an image of ISO 9660 or UDF");
            }
        }
        return IsoFileSystem.open(path, options(environment));
    }

    private static IsoOptions options(Map<String, ?> environment) {
        Object view = environment.get("view");
        if (view == null) {
            return IsoOptions.defaults();
        }
        return IsoOptions.builder()
                .view(view instanceof IsoView value ? value : IsoView.valueOf(view.toString()))
                .build();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return OpenImages.find(IsoUri.parse(uri).image())
                .orElseThrow(() -> new FileSystemNotFoundException(
                        uri + " (expected: an image that is open; open it with IsoFileSystems first)"));
    }

    @Override
    public Path getPath(URI uri) {
        return getFileSystem(uri).getPath(IsoUri.parse(uri).path());
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        boolean followLinks = true;
        for (OpenOption option : options) {
            if (option == LinkOption.NOFOLLOW_LINKS) {
                followLinks = false;
            } else if (option instanceof StandardOpenOption standard) {
                requireReading(standard);
            } else {
                throw new UnsupportedOperationException("option: " + option + " (expected: READ, NOFOLLOW_LINKS)");
            }
        }
        IsoPath isoPath = IsoPath.of(path);
        Node node = isoPath.fileSystem().node(isoPath, followLinks);
        if (!node.isRegularFile()) {
            throw new FileSystemException(path.toString(), null, "it is not a regular file");
        }
        return isoPath.fileSystem().newChannel(node);
    }

    private static void requireReading(StandardOpenOption option) {
        switch (option) {
            case READ, TRUNCATE_EXISTING, SPARSE, SYNC, DSYNC -> {
                // Of these, those that speak of writing have no effect on a file that is only read.
            }
            default -> throw new ReadOnlyFileSystemException();
        }
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        IsoPath path = IsoPath.of(directory);
        IsoDirectoryStream stream =
                new IsoDirectoryStream(path, path.fileSystem().list(path), filter);
        path.fileSystem().register(stream);
        return stream;
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void createLink(Path link, Path existing) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(Path path) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        IsoPath path = IsoPath.of(link);
        Node node = path.fileSystem().node(path, false);
        if (!node.isSymbolicLink()) {
            throw new NotLinkException(link.toString());
        }
        return IsoPath.parse(path.fileSystem(), IsoFileSystem.linkTarget(node));
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        if (path.equals(other)) {
            return true;
        }
        if (!(other instanceof IsoPath)) {
            return false;
        }
        IsoPath one = IsoPath.of(path);
        IsoPath two = IsoPath.of(other);
        return one.fileSystem() == two.fileSystem()
                && one.fileSystem().node(one, true).inode()
                        == two.fileSystem().node(two, true).inode();
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = IsoPath.of(path).getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        IsoPath isoPath = IsoPath.of(path);
        isoPath.fileSystem().node(isoPath, true);
        return new IsoFileStore(isoPath.fileSystem());
    }

    /** Everything can be read; to execute asks for a bit of the mode. */
    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        IsoPath isoPath = IsoPath.of(path);
        Node node = isoPath.fileSystem().node(isoPath, true);
        for (AccessMode mode : modes) {
            if (mode == AccessMode.WRITE) {
                throw new AccessDeniedException(path.toString(), null, "an image is read-only");
            }
            if (mode == AccessMode.EXECUTE && (node.mode() & 0111) == 0) {
                throw new AccessDeniedException(path.toString(), null, "its mode does not allow to execute it");
            }
        }
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        String name;
        if (type == BasicFileAttributeView.class) {
            name = "basic";
        } else if (type == FileOwnerAttributeView.class) {
            name = "owner";
        } else if (type == PosixFileAttributeView.class) {
            name = "posix";
        } else {
            return null;
        }
        return type.cast(new IsoAttributeView(name, IsoPath.of(path), followsLinks(options)));
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class && type != PosixFileAttributes.class) {
            throw new UnsupportedOperationException(
                    "type: " + type.getName() + " (expected: BasicFileAttributes or PosixFileAttributes)");
        }
        return type.cast(attributes(IsoPath.of(path), options));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        int colon = attributes.indexOf(':');
        String view = colon < 0 ? "basic" : attributes.substring(0, colon);
        if (!IsoFileSystem.ATTRIBUTE_VIEWS.contains(view)) {
            throw new UnsupportedOperationException(
                    "attribute view: " + view + " (expected: basic, owner, posix or unix)");
        }
        Map<String, Object> all = IsoAttributes.all(view, attributes(IsoPath.of(path), options));
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (String name : attributes.substring(colon + 1).split(",", -1)) {
            if (name.equals("*")) {
                return all;
            }
            Object value = all.get(name);
            if (value == null) {
                throw new IllegalArgumentException(
                        "attribute: " + name + " of view " + view + " (expected: one of " + all.keySet() + ")");
            }
            chosen.put(name, value);
        }
        return chosen;
    }

    private static IsoAttributes attributes(IsoPath path, LinkOption... options) throws IOException {
        return new IsoAttributes(path.fileSystem(), path.fileSystem().node(path, followsLinks(options)));
    }

    private static boolean followsLinks(LinkOption... options) {
        return !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new ReadOnlyFileSystemException();
    }
}
