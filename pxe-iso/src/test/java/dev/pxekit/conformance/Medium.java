package dev.pxekit.conformance;

import dev.pxekit.testkit.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A medium of the conformance data and what its manifest says. */
record Medium(String name, Path stored, JsonObject manifest) {

    static List<Medium> in(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".manifest.json"))
                    .sorted()
                    .map(Medium::of)
                    .toList();
        }
    }

    private static Medium of(Path manifestFile) {
        try {
            JsonObject manifest = JsonObject.parse(Files.readString(manifestFile));
            return new Medium(manifest.text("medium"), manifestFile.resolveSibling(manifest.text("stored")), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The medium as a file that is not compressed. */
    Path unpack(Path directory) throws IOException {
        if (!stored.toString().endsWith(".gz")) {
            return stored;
        }
        Path unpacked = directory.resolve(name);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(stored))) {
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
        }
        return unpacked;
    }
}
