package dev.pxekit.media;

import dev.pxekit.media.internal.overlay.OverlayFileSystem;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/**
 * Several trees as one read-only file system: the discs of a set, an image with files of one's own over it. Nothing is
 * copied.
 *
 * <p>CentOS 6 came on two DVDs. The first has the installer, {@code .treeinfo}, {@code .discinfo} and a {@code repodata}
 * that describes the packages of both; its files must win, so it comes last:
 *
 * <pre>{@code
 * try (FileSystem disc1 = IsoFileSystems.open(Path.of("CentOS-6.10-x86_64-bin-DVD1.iso"));
 *         FileSystem disc2 = IsoFileSystems.open(Path.of("CentOS-6.10-x86_64-bin-DVD2.iso"));
 *         FileSystem centos = Overlay.of(disc2.getPath("/"), disc1.getPath("/"))) {
 *     InstallTree tree = InstallTree.detect(centos.getPath("/")).orElseThrow();
 *     Files.list(centos.getPath("/Packages")).forEach(System.out::println); // of both
 * }
 * }</pre>
 *
 * <p>Of every path the roots are asked, each in its own way (a view that ignores case is asked regardless of case), the last
 * one first:
 *
 * <ul>
 *   <li>Directories are merged; the attributes are those of the last one.
 *   <li>Of everything else the last one is shown. A file or symbolic link hides a directory of the same path in earlier roots
 *       with all that is in it, and a directory hides a file.
 *   <li>A listing has the names of the last root first, in its order, then what the others add. A name that a later root
 *       would find is left out, and so is one of a root that ignores case if a later name differs from it in case only: of
 *       {@code /PACKAGES} in the last and {@code /Packages} in an earlier disc of ISO 9660 without extensions, the listing
 *       shows {@code PACKAGES}, and each of the two names leads to the files of both. Of a file system that ignores case
 *       without its paths doing so, as the default one of macOS, such names are merged when asked for, and listed both.
 *   <li>Symbolic links are resolved here: one of the second disc may lead to a file of the first, absolute ones begin at the
 *       root of the overlay, and neither they nor {@code ..} leave it. No root resolves its own links, so none of a directory
 *       on disk leads out of it. A root may itself be given by a path with links. At most 40 links are followed for one path,
 *       then {@link java.nio.file.FileSystemLoopException} is thrown.
 * </ul>
 *
 * <p>Channels are those of the roots' file systems: {@code map} and {@code transferTo} go straight to the image. Attributes
 * are those of the file in its root; {@link FileSystem#supportedFileAttributeViews()} names the views that all roots have,
 * and by its name each view can be read that the file's root has, such as {@code iso} of images. The owners that
 * {@link FileSystem#getUserPrincipalLookupService()} finds are of the last root that knows them. A file store is the one of
 * the root, read-only and without space. The URI of a path, {@code overlay://ID/path}, is good to show and to
 * compare; it opens nothing, since no provider of that scheme is installed.
 *
 * <p>Thread safe as far as the roots are. Nothing is cached: a change of a directory is seen by the next access, and a
 * listing takes memory for its names. Who may change the directories during an access is trusted not to put a link where a
 * directory was. Every way of writing throws {@link java.nio.file.ReadOnlyFileSystemException}. Closing an overlay closes the
 * channels and directory streams that it opened, not the file systems of its roots; when one of these is closed, files of it
 * fail as there, with {@link java.nio.file.ClosedFileSystemException}.
 */
public final class Overlay {

    private Overlay() {}

    /**
     * Lays trees over one another.
     *
     * @param roots directories of any file systems, the last one wins; an overlay counts as all of its roots, and may be
     *     closed before this one
     * @return the open overlay
     * @throws IllegalArgumentException if there are no roots
     * @throws NotDirectoryException if a root is not a directory
     * @throws IOException if a root is missing or cannot be read
     */
    public static FileSystem of(Path... roots) throws IOException {
        return of(List.of(roots));
    }

    /**
     * Lays trees over one another.
     *
     * @param roots directories of any file systems, the last one wins; an overlay counts as all of its roots, and may be
     *     closed before this one
     * @return the open overlay
     * @throws IllegalArgumentException if there are no roots
     * @throws NotDirectoryException if a root is not a directory
     * @throws IOException if a root is missing or cannot be read
     */
    public static FileSystem of(List<Path> roots) throws IOException {
        return OverlayFileSystem.over(roots);
    }
}
