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
}
