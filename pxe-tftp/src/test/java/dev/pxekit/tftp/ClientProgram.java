package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A client in a JVM of its own. Arguments: the server's address and port, the file, where to put it, block size, window size,
 * milliseconds until it sends again. Prints "got" and the bytes. Lives on until it is ended, as the last block may come again.
 */
final class ClientProgram {

    private ClientProgram() {}

    public static void main(String[] arguments) throws IOException {
        TftpClient client = TftpClient.builder()
                .server(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])))
                .blockSize(Integer.parseInt(arguments[4]))
                .windowSize(Integer.parseInt(arguments[5]))
                .retransmission(Duration.ofMillis(Long.parseLong(arguments[6])), 20)
                .build();
        System.out.println(
                "got " + client.get(arguments[2], Path.of(arguments[3])).bytes());
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    }
}
