package dev.pxekit.iso;

import dev.pxekit.iso.internal.IsoFileSystem;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.List;

/**
 * Opens ISO 9660 and UDF images as read-only file systems.
 *
 * <pre>{@code
 * try (FileSystem image = IsoFileSystems.open(Path.of("rocky-9.iso"))) {
 *     Files.copy(image.getPath("/images/pxeboot/vmlinuz"), Path.of("vmlinuz"));
 * }
 * }</pre>
 *
 * <p>The file systems are thread safe; reads block the calling thread. Directories are read when they are asked for.
 * Closing a file system closes its channels and the image. The image is a {@link Path} of any file system, another image
 * included. A change of the image while it is open gives undefined content, never an access outside of it.
 *
 * <p>Paths use {@code /}; absolute symbolic links and {@code ..} stay within the image. At most 40 symbolic links are
 * followed for one path, then {@link java.nio.file.FileSystemLoopException} is thrown. Attribute views: {@code basic},
 * {@code owner}, {@code posix} and {@code unix} ({@code mode}, {@code ino}, {@code nlink}, {@code uid}, {@code gid},
 * {@code rdev}, {@code dev}, {@code ctime}), each with what is in the ones before; and by name only {@code iso}, of where the
 * file is in the image:
 *
 * <ul>
 *   <li>{@code recordOffset}: a {@code Long}, the byte of the image that the record begins at which names the file, of a UDF
 *       directory its file entry; one number for one path
 *   <li>{@code offset}: a {@code Long}, the byte of the image that the content begins at, of a directory its records; negative
 *       where no content is recorded
 *   <li>{@code extents}: an {@code Integer}, how many runs of bytes of the image the content is recorded in, 0 where none is
 *   <li>{@code contiguous}: a {@code Boolean}, whether it is at most one, neither sparse nor compressed, so that the whole file can be
 *       mapped
 * </ul>
 *
 * <p>Users and groups are numbers: {@code getUserPrincipalLookupService()} finds {@code "0"}, not {@code "root"}. Modes, owners and
 * times of a directory are those of its own record, as Linux shows them; those of the record that names it only if its own is
 * damaged. Whatever an image says of modes, everything in it can be read. Every way of writing throws
 * {@link java.nio.file.ReadOnlyFileSystemException}.
 *
 * <p>Channels are {@link java.nio.channels.FileChannel}s: positional reads need no lock, {@code transferTo} goes straight
 * from the image file, and {@code map} maps the image file where the bytes are contiguous and the image lies in the default
 * file system ({@link UnsupportedOperationException} elsewhere).
 *
 * <p>A file that is compressed with zisofs, version 1 or 2, reads as what it was: a block at a time, of which one is kept
 * for each open channel, 1 MiB at most. One without the header that its Rock Ridge entry announces, or with another, is
 * refused when it is opened; the plain view has it as recorded. Of an image of raw CD sectors (2,352 bytes, mode 1 or mode 2
 * form 1; also 2,336 and 2,448) the user data is read, by one thread at a time. Neither can be mapped.
 *
 * <p>Holes of sparse files, of UDF and of Rock Ridge, read as zeros and cannot be mapped. Where the others lie is looked up when a
 * file is opened; one with more than 1,048,576 runs is refused.
 *
 * <p>Of an image with several sessions the one is shown whose descriptors stand at sector 16. That is the last one where a
 * medium could be overwritten, as xorriso and growisofs put the newest descriptors there; it is the first one of a disc that
 * was written once, as only the disc's table of contents, which an image has not, says where the others begin. Whoever knows
 * that sees them with {@link IsoOptions.Builder#sessionStart}.
 *
 * <p>Directories alone say what there is: path tables are not read. Nor is the enhanced volume descriptor of ISO 9660:1999,
 * as in other readers; it names the tree of the primary one again, which some writers (xorriso) give shorter names there.
 *
 * <p>A malformed image ends in {@link IsoFormatException}. What can be read of it, can: a directory with a damaged record
 * lists the sound ones and then throws. Rules for the rest:
 *
 * <ul>
 *   <li>A name that is empty, {@code .} or {@code ..}, or that holds {@code /} or NUL is never shown: a Rock Ridge entry
 *       falls back to its ISO 9660 name in lower case, and one whose name is still unusable counts as damaged.
 *   <li>Of several entries of one name the first is shown.
 *   <li>A directory that two records claim (a loop, or a tree with shared branches) shows its subdirectories only under
 *       the record that was read first, so every walk ends; its files under both, while all directories that were read have
 *       no more than twice the bytes of the image together. In UDF, where a directory has one name, it shows under one,
 *       and what two directories or two files share of their records or allocation descriptors belongs to the first.
 * </ul>
 *
 * <p>With the provider registered (it is, by {@code META-INF/services} and {@code module-info}),
 * {@code FileSystems.newFileSystem(path)} and {@code iso:file:///srv/rocky-9.iso!/} work too. The environment map may hold
 * {@code "view"}, {@code "cachedEntries"} and {@code "sessionStart"} of {@link IsoOptions}, each as its value or as a text;
 * others are passed over.
 */
public final class IsoFileSystems {

    private IsoFileSystems() {}

    /**
     * Opens an image in its richest view.
     *
     * @param image the image file, in any file system
     * @return the open file system
     * @throws IsoFormatException if it is neither an ISO 9660 nor a UDF image
     * @throws IOException if it cannot be read
     */
    public static FileSystem open(Path image) throws IOException {
        return open(image, IsoOptions.defaults());
    }

    /**
     * Opens an image.
     *
     * @param image the image file, in any file system
     * @param options the view and the bounds
     * @return the open file system
     * @throws IsoFormatException if it is neither an ISO 9660 nor a UDF image, or lacks the view asked for
     * @throws IOException if it cannot be read
     */
    public static FileSystem open(Path image, IsoOptions options) throws IOException {
        return IsoFileSystem.open(image, options);
    }

    /**
     * {@return the views that an open image has, the richest first}
     *
     * @param image an open image
     * @throws ProviderMismatchException if the file system is not one of this class
     */
    public static List<IsoView> views(FileSystem image) {
        return IsoFileSystem.of(image).views();
    }

    /**
     * {@return the view that an open image shows}
     *
     * @param image an open image
     * @throws ProviderMismatchException if the file system is not one of this class
     */
    public static IsoView view(FileSystem image) {
        return IsoFileSystem.of(image).view();
    }
}
