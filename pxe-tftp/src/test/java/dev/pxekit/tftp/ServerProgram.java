package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A server in a JVM of its own. Arguments: the address to bind, the directory to serve, milliseconds until it sends again, the
 * most bytes of blocks. Prints "port" and its port, then "sent" and the DATA packets sent for each transfer that completes. Ends
 * with the one who started it.
 */
final class ServerProgram {

    private ServerProgram() {}

    public static void main(String[] arguments) throws IOException {
        TftpServer.Builder builder = TftpServer.builder()
                .bind(new InetSocketAddress(arguments[0], 0))
                .files(TftpFiles.under(Path.of(arguments[1])))
                .retransmissionTimeout(Duration.ofMillis(Long.parseLong(arguments[2])))
                .maxMemory(Long.parseLong(arguments[3]))
                .maxRetransmissions(20)
                .listener(new TransferListener() {
                    @Override
                    public void ended(TransferResult result) {
                        if (result.isCompleted()) {
                            System.out.println("sent " + (result.blocks() + result.retransmissions()));
                        }
                    }
                });
        try (TftpServer server = builder.build()) {
            System.out.println("port " + server.start().getPort());
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
        }
    }
}
