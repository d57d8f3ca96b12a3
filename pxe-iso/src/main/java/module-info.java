/** Install images as {@link java.nio.file.FileSystem}s, RPM packages, and what an install tree is. */
module dev.pxekit.iso {
    requires static org.jspecify;

    exports dev.pxekit.iso;
    exports dev.pxekit.media;
    exports dev.pxekit.rpm;

    provides java.nio.file.spi.FileSystemProvider with
            dev.pxekit.iso.internal.IsoFileSystemProvider;
}
