package dev.pxekit.iso;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Opens images of {@link TestImage} and {@link TestUdfImage} from memory. */
final class Images {

    private Images() {}

    static Path store(byte[] image) throws IOException {
        FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        return Files.write(memory.getPath("/test.iso"), image);
    }

    static FileSystem open(TestImage image) throws IOException {
        return IsoFileSystems.open(store(image.build()));
    }

    static FileSystem open(TestImage image, IsoView view) throws IOException {
        return IsoFileSystems.open(
                store(image.build()), IsoOptions.builder().view(view).build());
    }

    static FileSystem open(TestUdfImage image) throws IOException {
        return open(image, IsoView.UDF);
    }

    static FileSystem open(TestUdfImage image, IsoView view) throws IOException {
        return IsoFileSystems.open(
                store(image.build()), IsoOptions.builder().view(view).build());
    }

    /** All paths below the root, in the order of the walk. */
    static List<String> walk(FileSystem image) throws IOException {
        try (Stream<Path> files = Files.walk(image.getPath("/"))) {
            return files.skip(1).map(Path::toString).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static List<String> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
