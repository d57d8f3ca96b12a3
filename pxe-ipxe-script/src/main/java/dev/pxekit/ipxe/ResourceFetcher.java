package dev.pxekit.ipxe;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Answers the downloads of a simulated script, in place of the servers that a machine would ask. */
@FunctionalInterface
public interface ResourceFetcher {

    /**
     * Fetches a resource.
     *
     * @param uri absolute, without fragment
     * @return the resource, or empty for one that is not there, which fails the download as HTTP status 404 does
     * @throws IOException if the download breaks; the script sees an input/output error
     */
    Optional<Resource> fetch(URI uri) throws IOException;
}
