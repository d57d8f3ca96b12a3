package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The servers that the tests of a class share, each started when the first test asks for it. */
final class PeerServers implements AutoCloseable {

    private final Map<PeerServer.Kind, PeerServer> servers = new EnumMap<>(PeerServer.Kind.class);

    /** The server of this kind, for the files of a directory; skips the test as {@link PeerServer#start} does. */
    PeerServer get(PeerServer.Kind kind, Path root) throws Exception {
        PeerServer server = servers.get(kind);
        if (server == null) {
            server = PeerServer.start(kind, root);
            servers.put(kind, server);
        }
        return server;
    }

    @Override
    public void close() throws IOException {
        for (PeerServer server : servers.values()) {
            server.close();
        }
        servers.clear();
    }
}
