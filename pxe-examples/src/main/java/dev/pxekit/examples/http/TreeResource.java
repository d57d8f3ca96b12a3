package dev.pxekit.examples.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.util.URIUtil;
import org.eclipse.jetty.util.resource.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One file or directory of a tree on any file system, as Jetty wants to see it. Jetty's own resources know only the file systems
 * that are installed as providers. Nothing outside the tree is reachable, not through symbolic links either.
 */
final class TreeResource extends Resource {

    private final Path root;
    private final Path path;

    private TreeResource(Path root, Path path) {
        this.root = root;
        this.path = path;
    }

    /** The root of a tree, or a file that is all there is of it; {@code root} must exist. */
    static TreeResource rootOf(Path root) throws IOException {
        Path real = root.toRealPath();
        return new TreeResource(real, real);
    }

    @Override
    public Path getPath() {
        return path;
    }

    @Override
    public boolean exists() {
        return Files.exists(path);
    }

    @Override
    public boolean isDirectory() {
        return Files.isDirectory(path);
    }

    @Override
    public boolean isReadable() {
        return Files.isReadable(path);
    }

    @Override
    public long length() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public Instant lastModified() {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    @Override
    public URI getURI() {
        return path.toUri();
    }

    @Override
    public String getName() {
        return path.toString();
    }

    @Override
    public String getFileName() {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    @Override
    public List<Resource> list() {
        if (!isDirectory()) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.sorted()
                    .<Resource>map(entry -> new TreeResource(root, entry))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resolves a path below this one, percent-encoded as in a URI; null, which Jetty answers with 404, for one that is not there. */
    @Override
    public @Nullable Resource resolve(String subUriPath) {
        String normal = URIUtil.normalizePath(subUriPath);
        if (normal == null) {
            return null;
        }
        try {
            String relative = URIUtil.decodePath(normal).replaceFirst("^/+", "");
            if (relative.isEmpty()) {
                return this;
            }
            Path real = path.resolve(relative).toRealPath();
            return real.startsWith(root) ? new TreeResource(root, real) : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }
}
