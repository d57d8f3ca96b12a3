package dev.pxekit.tftp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** What a client has been told; see {@link TftpClient.Builder}. */
record ClientSettings(
        InetSocketAddress server,
        TransferMode mode,
        TftpOptions options,
        Retransmission retransmission,
        long maxSize,
        TransferListener listener) {

    static final ClientSettings DEFAULT = new ClientSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 69),
            TransferMode.OCTET,
            TftpOptions.builder()
                    .set(TftpOption.BLOCK_SIZE, 1428)
                    .set(TftpOption.WINDOW_SIZE, 8)
                    .set(TftpOption.TRANSFER_SIZE, 0L)
                    .build(),
            Retransmission.of(Duration.ofSeconds(1), 5),
            64L << 30,
            new TransferListener() {});

    ClientSettings withServer(InetSocketAddress other) {
        return new ClientSettings(other, mode, options, retransmission, maxSize, listener);
    }

    ClientSettings withMode(TransferMode other) {
        return new ClientSettings(server, other, options, retransmission, maxSize, listener);
    }

    ClientSettings withOptions(TftpOptions other) {
        return new ClientSettings(server, mode, other, retransmission, maxSize, listener);
    }

    ClientSettings withRetransmission(Retransmission other) {
        return new ClientSettings(server, mode, options, other, maxSize, listener);
    }

    ClientSettings withMaxSize(long other) {
        return new ClientSettings(server, mode, options, retransmission, other, listener);
    }

    ClientSettings withListener(TransferListener other) {
        return new ClientSettings(server, mode, options, retransmission, maxSize, other);
    }

    /** When to send again once the server has answered: a {@code timeout} that is asked for is this end's, too (RFC 2349). */
    Retransmission afterFirstAnswer() {
        return options.get(TftpOption.TIMEOUT_MICROS)
                .or(() -> options.get(TftpOption.TIMEOUT))
                .map(asked -> Retransmission.of(asked, retransmission.most()))
                .orElse(retransmission);
    }

    /** The longest DATA packet that can be agreed on. */
    int longestPacket() {
        return longestPacket(options);
    }

    /** The longest DATA packet that a server can agree to if it is asked for these options. */
    static int longestPacket(TftpOptions asked) {
        int blockSize = asked.get(TftpOption.BLOCK_SIZE).orElse(512);
        int powerOfTwo = asked.get(TftpOption.BLOCK_SIZE_2).orElse(512);
        return Math.max(512, Math.max(blockSize, powerOfTwo)) + DataPackets.HEADER;
    }

    /** The same, without asking for the size of text: how long that is on the wire is not known beforehand. */
    ClientSettings withoutSizeOfText() {
        return mode.equals(TransferMode.NETASCII)
                ? withOptions(
                        options.toBuilder().remove(TftpOption.TRANSFER_SIZE).build())
                : this;
    }
}
