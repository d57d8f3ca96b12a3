package dev.pxekit.media.internal.overlay;

import dev.pxekit.tree.internal.TreePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessMode;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file in one of the trees of an overlay. The way from the root to it has no links, and none are followed here.
 *
 * @param path the file
 * @param ignoresCase whether the tree finds names regardless of case
 * @param attributeType the richest type of attributes that the tree has
 */
record LayerPath(Path path, boolean ignoresCase, Class<? extends BasicFileAttributes> attributeType) {

    /** Of a name in bytes, on all file systems of Unix; a longer one is not there, whatever the error is. */
    private static final int MAXIMUM_NAME = 255;

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> READ_NO_LINK = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    /** The root of a layer. */
    static LayerPath root(Path directory) {
        boolean ignoresCase = directory instanceof TreePath tree
                ? tree.getFileSystem().ignoresCase()
                : directory.resolve("a").equals(directory.resolve("A"));
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return new LayerPath(directory, ignoresCase, posix ? PosixFileAttributes.class : BasicFileAttributes.class);
    }

    /**
     * The entry of a name, there or not; {@code null} if the tree cannot have one name of it: what is one name in an overlay
     * may be several, or a drive, where there are other separators.
     */
    @Nullable
    LayerPath resolve(String name) {
        try {
            Path single = path.getFileSystem().getPath(name);
            boolean usable = single.getRoot() == null
                    && single.getNameCount() == 1
                    && single.toString().equals(name);
            return usable ? new LayerPath(path.resolve(single), ignoresCase, attributeType) : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** The attributes; {@code null} if it is not there. */
    @Nullable
    BasicFileAttributes attributes() throws IOException {
        if (path instanceof TreePath tree) {
            return tree.getFileSystem()
                    .provider()
                    .readAttributesIfExists(path, attributeType, LinkOption.NOFOLLOW_LINKS);
        }
        try {
            return Files.readAttributes(path, attributeType, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        } catch (FileSystemException e) {
            String name = String.valueOf(path.getFileName());
            if (e.getClass() == FileSystemException.class
                    && name.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_NAME) {
                return null;
            }
            throw e;
        }
    }

    Map<String, Object> attributes(String view) throws IOException {
        return new LinkedHashMap<>(Files.readAttributes(path, view + ":*", LinkOption.NOFOLLOW_LINKS));
    }

    /** The name that it is listed with. */
    String realName() throws IOException {
        Path name = ignoresCase ? path.toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName() : path.getFileName();
        return name.toString();
    }

    /** The target of a symbolic link in the words of an overlay; what is absolute here is so there. */
    String linkTarget() throws IOException {
        Path target = Files.readSymbolicLink(path);
        List<String> names = new ArrayList<>();
        target.forEach(name -> names.add(name.toString()));
        return (target.isAbsolute() ? "/" : "") + String.join("/", names);
    }

    void checkAccess(AccessMode mode) throws IOException {
        path.getFileSystem().provider().checkAccess(path, mode);
    }

    FileChannel newFileChannel() throws IOException {
        return open(options -> path.getFileSystem().provider().newFileChannel(path, options));
    }

    SeekableByteChannel newByteChannel() throws IOException {
        return open(options -> Files.newByteChannel(path, options));
    }

    private interface Opener<C> {
        C open(Set<OpenOption> options) throws IOException;
    }

    /** Without links, and where a file system does not know how to refuse them it has none. */
    private static <C> C open(Opener<C> opener) throws IOException {
        try {
            return opener.open(READ_NO_LINK);
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            return opener.open(READ);
        }
    }
}
