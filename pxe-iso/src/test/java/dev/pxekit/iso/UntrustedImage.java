package dev.pxekit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Allocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the reader of images promises, whatever an image holds: it throws nothing but what it declares, no walk leaves the
 * image or goes on without end, and memory is bounded. That it ends is seen to by the time limit of the tests.
 */
final class UntrustedImage {

    /** Of small images. */
    private static final int MOST_FILES = 1_000;

    /** What all views of a small image together may allocate, garbage included. */
    private static final long MOST_BYTES = 64L << 20;

    /** What the search for inputs allocates itself, on the same thread, for what it counts. */
    private static final int SEARCHING = System.getenv("JAZZER_FUZZ") == null ? 1 : 16;

    private UntrustedImage() {}

    /** Reads an image through every view. */
    static void read(Path image) {
        long before = Allocation.ofThisThread();
        for (IsoView view : IsoView.values()) {
            IsoOptions options = IsoOptions.builder().view(view).build();
            try (FileSystem iso = IsoFileSystems.open(image, options)) {
                readAll(iso);
            } catch (IOException e) {
                requireDeclared(e);
            }
        }
        assertThat(Allocation.ofThisThread() - before).as("bytes allocated").isLessThan(MOST_BYTES * SEARCHING);
    }

    private static void requireDeclared(IOException e) {
        assertThat(e.getMessage()).isNotBlank();
        if (e instanceof IsoFormatException format) {
            assertThat(format.offset()).as(e.getMessage()).isNotNegative();
        }
    }

    private static void readAll(FileSystem iso) throws IOException {
        try {
            for (BootEntry entry :
                    BootCatalog.read(iso).map(BootCatalog::entries).orElse(List.of())) {
                entry.path();
            }
        } catch (IsoFormatException e) {
            requireDeclared(e);
        }
        int files = 0;
        try (Stream<Path> walk = Files.walk(iso.getPath("/"))) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                assertThat(++files).as("files").isLessThan(MOST_FILES);
                assertThat(path.getFileName() == null
                                || !path.getFileName().toString().equals(".."))
                        .isTrue();
                readOne(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void readOne(Path path) {
        try {
            Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
            if (Files.isSymbolicLink(path)) {
                assertThat(Files.readSymbolicLink(path).toString()).isNotEmpty();
                assertThat(path.toRealPath().isAbsolute()).isTrue();
            } else if (Files.isRegularFile(path)) {
                readFile(path);
            } else if (Files.isDirectory(path)) {
                try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, "*")) {
                    assertThat(stream).isNotNull();
                }
            }
        } catch (IOException e) {
            requireDeclared(e);
        }
    }

    /** Its beginning and its end. */
    private static void readFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            assertThat(channel.size()).isEqualTo(Files.size(file));
            ByteBuffer first = ByteBuffer.allocate(4096);
            int count = channel.read(first);
            assertThat(count).isEqualTo(channel.size() == 0 ? -1 : first.position());
            channel.read(ByteBuffer.allocate(16), Math.max(0, channel.size() - 8));
        }
    }
}
