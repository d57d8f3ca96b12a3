package dev.pxekit.media;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A tree in memory, in a directory that is not the root of its file system. Names are case-sensitive. */
final class TestTree {

    static final URI TREE = URI.create("http://10.0.0.1/tree");
    static final URI ANSWERS = URI.create("http://10.0.0.1/answers");
    static final URI NFS = URI.create("nfs://10.0.0.1/srv/tree");

    private final Path root =
            Jimfs.newFileSystem(Configuration.unix()).getPath("/").resolve("tree");

    Path root() {
        return root;
    }

    /** Files without content. */
    TestTree has(String... files) throws IOException {
        for (String file : files) {
            has(file, new byte[0]);
        }
        return this;
    }

    /** A text file. */
    TestTree text(String file, String... lines) throws IOException {
        return has(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    TestTree has(String file, byte[] content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        return this;
    }

    InstallTree detect() throws IOException {
        return InstallTree.detect(root).orElseThrow();
    }

    boolean isNone() throws IOException {
        return InstallTree.detect(root).isEmpty();
    }

    /** Names below the root. */
    List<String> names(List<Path> paths) {
        return paths.stream().map(this::name).toList();
    }

    String name(Path path) {
        return root.relativize(path).toString();
    }
}
