package dev.pxekit.examples;

import dev.pxekit.iso.IsoFileSystems;
import dev.pxekit.iso.IsoFormatException;
import dev.pxekit.media.BootProtocol;
import dev.pxekit.media.InstallTree;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * An install image that is open for serving: the file system in it and the install tree that was found there. Nothing is mounted
 * or copied. Thread safe; {@link #close()} closes the image.
 */
public final class BootImage implements AutoCloseable {

    private final String name;
    private final Path file;
    private final FileSystem fileSystem;
    private final InstallTree tree;

    private BootImage(String name, Path file, FileSystem fileSystem, InstallTree tree) {
        this.name = name;
        this.file = file;
        this.fileSystem = fileSystem;
        this.tree = tree;
    }

    /**
     * Opens an image.
     *
     * @param image an ISO 9660 image, on any file system
     * @return the open image, which the caller closes
     * @throws NoSuchFileException if there is no such file; the message says so
     * @throws IsoFormatException if it is no ISO 9660 image
     * @throws IOException if it can't be read, if no install tree that PXE Kit knows is in it, or if that can't be served yet: VMware ESXi,
     *     Windows, and live systems that want NFS
     */
    public static BootImage open(Path image) throws IOException {
        if (Files.notExists(image)) {
            throw new NoSuchFileException("no such image: " + image);
        }
        if (!Files.isRegularFile(image)) {
            throw new IOException(image + " is not a file: give the path of an install image");
        }
        if (!Files.isReadable(image)) {
            throw new AccessDeniedException("no permission to read the image " + image);
        }
        FileSystem fileSystem;
        try {
            fileSystem = IsoFileSystems.open(image);
        } catch (IsoFormatException e) {
            throw new IOException(image + " is no ISO 9660 image: " + e.getMessage(), e);
        }
        try {
            InstallTree tree = InstallTree.detect(fileSystem.getPath("/"))
                    .orElseThrow(() -> new IOException(image
                            + " is an ISO 9660 image, but holds no installer that PXE Kit knows (no .treeinfo, .disk/info or kernel"
                            + " in a usual place)"));
            Optional<String> refusal = refusal(tree);
            if (refusal.isPresent()) {
                throw new IOException(
                        image + " installs " + tree + ", which PXE Kit can't serve yet: " + refusal.get());
            }
            return new BootImage(urlName(image), image, fileSystem, tree);
        } catch (IsoFormatException e) {
            fileSystem.close();
            throw new IOException(image + " is damaged or cut short (download it again?): " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            fileSystem.close();
            throw e;
        }
    }

    /** Why a tree is not served. */
    static Optional<String> refusal(InstallTree tree) {
        if (tree.protocol() != BootProtocol.LINUX) {
            return Optional.of("it boots what starts with a Linux kernel and initrd");
        }
        return tree.needsNfs()
                ? Optional.of("its live system is loaded over NFS alone, and PXE Kit serves HTTP and TFTP")
                : Optional.empty();
    }

    /**
     * The name under which it is served: the file name without its ending, lower case, with no character that needs escaping in a URL.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The image itself.
     *
     * @return the file that was opened
     */
    public Path file() {
        return file;
    }

    /**
     * The root of the image's file system.
     *
     * @return its root directory
     */
    public Path root() {
        return fileSystem.getPath("/");
    }

    /**
     * What the image installs, and with which kernel.
     *
     * @return the install tree
     */
    public InstallTree tree() {
        return tree;
    }

    /** Closes the image; what is being read from it fails. */
    @Override
    public void close() throws IOException {
        fileSystem.close();
    }

    private static String urlName(Path image) {
        String plain = String.valueOf(image.getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceFirst("\\.(iso|img)$", "")
                .replaceAll("[^a-z0-9._-]+", "-");
        return plain.isEmpty() || plain.startsWith(".") ? "image" + plain : plain;
    }
}
