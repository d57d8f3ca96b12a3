package dev.pxekit.tftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server that sends to groups, in a JVM of its own. Arguments: the address to bind, the directory to serve, the transport, a
 * position in the file, and how many transfers must have begun before what is behind it can be read. Prints "port" and its
 * port, "held" when a read waits, and for each transfer that ends "ended" with what it came to. Ends with the one who started it.
 */
final class MulticastServerProgram {

    private MulticastServerProgram() {}

    public static void main(String[] arguments) throws IOException {
        TftpFiles directory = TftpFiles.under(Path.of(arguments[1]));
        long position = Long.parseLong(arguments[3]);
        CountDownLatch begun = new CountDownLatch(Integer.parseInt(arguments[4]));
        AtomicBoolean held = new AtomicBoolean();
        TftpServer.Builder builder = TftpServer.builder()
                .bind(new InetSocketAddress(arguments[0], 0))
                .transport(TftpServer.Transport.valueOf(arguments[2]))
                .files(request -> new HeldFile(directory.open(request), position, begun, held))
                .retransmissionTimeout(Duration.ofMillis(300))
                .multicast(MulticastRange.DEFAULT)
                .listener(new TransferListener() {
                    @Override
                    public void started(Transfer transfer) {
                        begun.countDown();
                    }

                    @Override
                    public void ended(TransferResult result) {
                        System.out.println("ended " + (result.isCompleted() ? "completed " : "failed ") + result.bytes()
                                + " " + result.transfer().options());
                    }
                });
        try (TftpServer server = builder.build()) {
            System.out.println("port " + server.start().getPort());
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
        }
    }

    /** A file that cannot be read from a position on until enough clients are there. */
    private record HeldFile(TftpFile file, long position, CountDownLatch begun, AtomicBoolean held)
            implements TftpFile {

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public Object identity() {
            return file.identity();
        }

        @Override
        public int read(ByteBuffer target, long from) throws IOException {
            if (from >= position && begun.getCount() > 0) {
                if (held.compareAndSet(false, true)) {
                    System.out.println("held");
                }
                awaitClients();
            }
            return file.read(target, from);
        }

        private void awaitClients() throws IOException {
            try {
                if (!begun.await(20, TimeUnit.SECONDS)) {
                    throw new IOException("the clients did not come");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
