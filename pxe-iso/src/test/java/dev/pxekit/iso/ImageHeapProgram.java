package dev.pxekit.iso;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Walks an image and says how much heap is in use then: {@code ImageHeapProgram IMAGE CACHED_ENTRIES}. */
final class ImageHeapProgram {

    private ImageHeapProgram() {}

    public static void main(String[] arguments) throws IOException {
        IsoOptions options = IsoOptions.builder()
                .cachedEntries(Integer.parseInt(arguments[1]))
                .build();
        try (FileSystem image = IsoFileSystems.open(Path.of(arguments[0]), options)) {
            Counter counter = new Counter();
            Files.walkFileTree(image.getPath("/"), counter);
            System.gc();
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            System.out.println("entries: " + (counter.entries - 1) + ", " + used / 1024 + " KB of heap in use");
            Counter again = new Counter();
            Files.walkFileTree(image.getPath("/"), again); // the image is still in use
            System.out.println("again: " + (again.entries - 1));
        }
    }

    private static final class Counter extends SimpleFileVisitor<Path> {
        private int entries;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            entries++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            entries++;
            return FileVisitResult.CONTINUE;
        }
    }
}
