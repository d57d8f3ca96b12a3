package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoOptions;
import dev.pxekit.iso.IsoView;
import dev.pxekit.tree.internal.TreeProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The provider of the scheme {@code iso}. Without state of its own: any instance serves any open image. */
public final class IsoFileSystemProvider extends TreeProvider {

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
        IsoOptions options = options(environment);
        try (Image image = Image.open(path)) {
            long start = options.sessionStart();
            if (!VolumeDescriptors.present(image, start)
                    && UdfAnchor.find(image, start).isEmpty()) {
                throw new UnsupportedOperationException(path + " is not an image of ISO 9660 or UDF");
            }
        }
        return IsoFileSystem.open(path, options);
    }

    private static IsoOptions options(Map<String, ?> environment) {
        IsoOptions.Builder options = IsoOptions.builder();
        Object view = environment.get("view");
        if (view != null) {
            options.view(IsoView.valueOf(view.toString()));
        }
        Object cachedEntries = environment.get("cachedEntries");
        if (cachedEntries != null) {
            options.cachedEntries(Integer.parseInt(cachedEntries.toString()));
        }
        Object sessionStart = environment.get("sessionStart");
        if (sessionStart != null) {
            options.sessionStart(Long.parseLong(sessionStart.toString()));
        }
        return options.build();
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
}
