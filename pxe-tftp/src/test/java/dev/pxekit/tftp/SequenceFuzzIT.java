package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The live server against sequences of packets in which hardly anything is right; seeded, though the timing is not. */
@Tag("hostile")
class SequenceFuzzIT {

    private static final int SEQUENCES = 800;
    private static final int PEERS = 8;
    private static final byte[] LARGE = RandomFiles.bytes(7, 100_000);
    private static final List<String> NAMES = List.of("large", "small", "empty", "broken", "absent", "../large", "");
    private static final List<String> OPTIONS = List.of(
            "blksize",
            "BLKSIZE",
            "windowsize",
            "timeout",
            "tsize",
            "blksize2",
            "utimeout",
            "rollover",
            "multicast",
            "x",
            "");
    private static final List<String> VALUES = List.of(
            "0", "1", "8", "16", "512", "1428", "65464", "65535", "65536", "-1", "", "x", "99999999999999999999");

    /** A host that has lost its wits. */
    private static final class Peer implements AutoCloseable {
        private final Random random;
        private final InetSocketAddress server;
        private final DatagramSocket socket = new DatagramSocket(Addresses.loopback());
        private InetSocketAddress transfer;
        private int block;

        Peer(InetSocketAddress server, Random random) throws IOException {
            this.server = server;
            this.transfer = server;
            this.random = random;
        }

        void sequence() throws IOException {
            sendTo(server, random.nextInt(8) > 0 ? request() : packet());
            listen(2);
            for (int i = random.nextInt(12); i > 0; i--) {
                sendTo(random.nextInt(6) > 0 ? transfer : server, packet());
                if (random.nextBoolean()) {
                    listen(1);
                }
            }
        }

        private void sendTo(InetSocketAddress to, byte[] packet) throws IOException {
            byte[] bytes = packet;
            if (random.nextInt(16) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            } else if (random.nextInt(16) == 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        }

        /** Takes what comes, and waits for the first of it. */
        private void listen(int millis) throws IOException {
            DatagramPacket datagram = new DatagramPacket(new byte[4], 4); // the rest is cut off
            try {
                for (int packets = 0; packets < 100; packets++) {
                    socket.setSoTimeout(millis);
                    socket.receive(datagram);
                    if (datagram.getPort() != server.getPort()) {
                        transfer = (InetSocketAddress) datagram.getSocketAddress();
                    }
                    ByteBuffer header = ByteBuffer.wrap(datagram.getData());
                    block = header.getShort() == 3 ? header.getShort() & 0xFFFF : 0;
                }
            } catch (SocketTimeoutException e) {
                // no more
            }
        }

        private byte[] packet() {
            return switch (random.nextInt(10)) {
                case 0 -> request();
                case 1, 2, 3, 4 -> numbered(4, block + random.nextInt(2), 0); // likely right
                case 5 -> numbered(4, random.nextInt(0x10000), 0);
                case 6 -> numbered(3, block + random.nextInt(3), random.nextInt(600));
                case 7 -> TftpCodec.encode(new TftpPacket.Error(TftpErrorCode.of(random.nextInt(10)), "fuzz"));
                case 8 -> bytes("\0\6" + options());
                default -> numbered(random.nextInt(9), random.nextInt(4), random.nextInt(40));
            };
        }

        private byte[] request() {
            String opcode = random.nextInt(8) > 0 ? "\0\1" : "\0\2";
            String mode =
                    List.of("octet", "octet", "OCTET", "netascii", "mail", "").get(random.nextInt(6));
            return bytes(opcode + oneOf(NAMES) + "\0" + mode + "\0" + options());
        }

        private String options() {
            StringBuilder options = new StringBuilder();
            for (int i = random.nextInt(5); i > 0; i--) {
                String option = oneOf(OPTIONS);
                // A client may well ask for 16 seconds; no test waits for that.
                String value = oneOf(option.equals("timeout") ? List.of("1", "0", "256", "x") : VALUES);
                options.append(option).append('\0').append(value).append('\0');
            }
            return options.toString();
        }

        private String oneOf(List<String> choice) {
            // The first ones lead further.
            return choice.get(Math.min(random.nextInt(choice.size()), random.nextInt(choice.size())));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(ISO_8859_1);
        }

        private static byte[] numbered(int opcode, int number, int length) {
            return ByteBuffer.allocate(4 + length)
                    .putShort((short) opcode)
                    .putShort((short) number)
                    .array();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Among them one that can be opened and not read. */
    private static TftpFiles files() {
        return TftpFiles.of("large", LARGE)
                .orElse(TftpFiles.of("small", Arrays.copyOf(LARGE, 1300)))
                .orElse(TftpFiles.of("empty", new byte[0]))
                .orElse(request -> {
                    if (!request.fileName().equals("broken")) {
                        throw new NoSuchFileException("");
                    }
                    return new BrokenFile();
                });
    }

    private static final class BrokenFile implements TftpFile {

        @Override
        public long size() {
            return LARGE.length;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            throw new IOException("bad sector");
        }

        @Override
        public void close() throws IOException {
            throw new IOException("bad sector");
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("dev.pxekit.tftp.TestTransports#withPorts")
    void survivesAndLeavesNoTransferBehind(TftpServer.Transport transport, TftpServer.Ports ports) throws Exception {
        TransferLedger ledger = new TransferLedger();
        Random random = new Random((transport + " " + ports).hashCode());
        List<Peer> peers = new ArrayList<>();
        TftpServer.Builder builder = TftpServer.builder()
                .bind(Addresses.loopback())
                .files(files())
                .transport(transport)
                .ports(ports)
                .listener(ledger)
                .maxTransfers(64)
                .retransmissionTimeout(Duration.ofMillis(20))
                .maxRetransmissions(2);
        try (TftpServer server = builder.build()) {
            InetSocketAddress address = server.start();
            for (int i = 0; i < PEERS; i++) {
                peers.add(new Peer(address, random));
            }
            for (int i = 0; i < SEQUENCES; i++) {
                peers.get(random.nextInt(PEERS)).sequence();
            }
            try (PlainClient honest = new PlainClient(address)) {
                assertThat(honest.fetchPatiently("large")).isEqualTo(LARGE);
            }
            ledger.awaitEnds();
            assertThat(ledger.total())
                    .describedAs("transfers that the sequences led to")
                    .isGreaterThan(SEQUENCES / 4);
        } finally {
            peers.forEach(Peer::close);
        }
    }
}
