package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A client that asks for a group, in a JVM of its own. Arguments: the server's address and port, the file, where to put it, the
 * block size, and a file that must be there before the client goes on behind the OACK, or "-". Prints "started" with the options
 * at the OACK, and in the end "got" with the bytes.
 */
final class MulticastClientProgram {

    private MulticastClientProgram() {}

    public static void main(String[] arguments) throws IOException {
        TftpClient client = TftpClient.builder()
                .server(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])))
                .blockSize(Integer.parseInt(arguments[4]))
                .multicast()
                .listener(new TransferListener() {
                    @Override
                    public void started(Transfer transfer) {
                        System.out.println("started " + transfer.options());
                        if (!arguments[5].equals("-")) {
                            await(Path.of(arguments[5]));
                        }
                    }
                })
                .build();
        System.out.println(
                "got " + client.get(arguments[2], Path.of(arguments[3])).bytes());
    }

    private static void await(Path file) {
        try {
            while (!Files.exists(file)) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
