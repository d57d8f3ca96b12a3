package dev.pxekit.tftp;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A server that we did not write, on an address of the loopback network, for the files of a directory. */
final class PeerServer implements AutoCloseable {

    /** Which server, and what it knows. */
    enum Kind {
        /** Knows blksize, timeout and tsize; takes files. */
        TFTPD_HPA,

        /** Knows blksize, timeout, tsize and windowsize; takes files. */
        ATFTPD,

        /** Knows blksize and tsize; listens on port 69 only, takes no files, and in netascii it leaves a CR as it is. */
        DNSMASQ;

        private List<String> command(InetSocketAddress address, Path root) {
            String host = address.getAddress().getHostAddress();
            String port = Integer.toString(address.getPort());
            return switch (this) {
                case TFTPD_HPA ->
                    List.of(
                            "" + Needs.program("in.tftpd", "tftpd-hpa"),
                            "-L",
                            "-4",
                            "-c",
                            "-a",
                            host + ":" + port,
                            "-u",
                            "root",
                            "-s",
                            "" + root);
                case ATFTPD ->
                    List.of(
                            "" + atftpd(),
                            "--daemon",
                            "--no-fork",
                            "--logfile",
                            "-",
                            "--user",
                            "root",
                            "--bind-address",
                            host,
                            "--port",
                            port,
                            "" + root);
                case DNSMASQ ->
                    List.of(
                            "" + Needs.program("dnsmasq", "dnsmasq-base"),
                            "--keep-in-foreground",
                            "--conf-file=/dev/null",
                            "--pid-file",
                            "--log-facility=-",
                            "--user=root",
                            "--port=0",
                            "--edns-packet-max=9000", // also bounds blksize, at about 1000 bytes more
                            "--bind-interfaces",
                            "--listen-address=" + host,
                            "--enable-tftp",
                            "--tftp-root=" + root);
            };
        }

        private InetSocketAddress address() throws IOException {
            return this == DNSMASQ
                    ? new InetSocketAddress(InetAddress.getByName("127.0.0.69"), 69)
                    : new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        }
    }

    private final ProgramRun run;
    private final TftpClient client;

    private PeerServer(ProgramRun run, TftpClient client) {
        this.run = run;
        this.client = client;
    }

    /** Starts a server and waits until it answers; skips the test if the machine lacks the program, or the rights for it. */
    static PeerServer start(Kind kind, Path root) throws Exception {
        InetSocketAddress address = kind.address();
        TftpClient client = TftpClient.builder()
                .server(address)
                .retransmission(Duration.ofMillis(200), 6)
                .build();
        ProgramRun run = ProgramRun.start(root, kind.command(address, root));
        PeerServer server = new PeerServer(run, client);
        boolean answers = false;
        try {
            server.awaitAnswer(root);
            answers = true;
        } finally {
            if (!answers) {
                server.close();
            }
        }
        return server;
    }

    private void awaitAnswer(Path root) throws Exception {
        Files.write(root.resolve("ready"), new byte[1]);
        try {
            client.get("ready");
        } catch (SocketTimeoutException e) {
            Assumptions.assumeTrue(run.isRunning(), "needs root: " + (run.isRunning() ? "" : run.output()));
            throw e;
        }
    }

    /** A client of this server, that asks for blocks of 1428 bytes, windows of 8 and the size. */
    TftpClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        run.close();
    }

    /** Debian's package of atftpd keeps that of tftpd-hpa out, so the program may lie in a directory of its own. */
    static Path atftpd() {
        String program = System.getProperty("pxekit.atftpd", "");
        return program.isBlank() ? Needs.program("atftpd", "atftpd") : Path.of(program);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(Addresses.loopback())) {
            return free.getLocalPort();
        }
    }
}
