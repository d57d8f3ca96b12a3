package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Asks a source for a file, as the server does. */
final class Asking {

    private Asking() {}

    static TftpRequest request(InetAddress client, String name) {
        return new TftpRequest(new InetSocketAddress(client, 2070), name, TransferMode.OCTET, TftpOptions.none());
    }

    static TftpFile open(TftpFiles files, String name) throws IOException {
        return files.open(request(InetAddress.getLoopbackAddress(), name));
    }

    static String read(TftpFiles files, String name) throws IOException {
        return read(files, InetAddress.getLoopbackAddress(), name);
    }

    /** The content of a short text file. */
    static String read(TftpFiles files, InetAddress client, String name) throws IOException {
        try (TftpFile file = files.open(request(client, name))) {
            ByteBuffer content = ByteBuffer.allocate(100);
            int length = file.read(content, 0);
            assertThat(length).isEqualTo((int) file.size());
            assertThat(file.read(content, file.size())).isEqualTo(-1);
            return new String(content.array(), 0, length, UTF_8);
        }
    }
}
