package dev.pxekit.tftp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** What a client has been told; see {@link TftpClient.Builder}. */
record ClientSettings(
        InetSocketAddress server,
        TransferMode mode,
        TftpOptions options,
        Retransmission retransmission,
        long maxSize,
        Optional<GroupInterface> multicast,
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
            Optional.empty(),
            new TransferListener() {});

    ClientSettings withServer(InetSocketAddress other) {
        return new ClientSettings(other, mode, options, retransmission, maxSize, multicast, listener);
    }

    ClientSettings withMode(TransferMode other) {
        return new ClientSettings(server, other, options, retransmission, maxSize, multicast, listener);
    }

    ClientSettings withOptions(TftpOptions other) {
        return new ClientSettings(server, mode, other, retransmission, maxSize, multicast, listener);
    }

    ClientSettings withRetransmission(Retransmission other) {
        return new ClientSettings(server, mode, options, other, maxSize, multicast, listener);
    }

    ClientSettings withMaxSize(long other) {
        return new ClientSettings(server, mode, options, retransmission, other, multicast, listener);
    }

    ClientSettings withMulticast(GroupInterface network) {
        return new ClientSettings(server, mode, options, retransmission, maxSize, Optional.of(network), listener);
    }

    ClientSettings withListener(TransferListener other) {
        return new ClientSettings(server, mode, options, retransmission, maxSize, multicast, other);
    }

    /** When to send again once the server has answered: a {@code timeout} that is asked for is this end's, too (RFC 2349). */
    Retransmission afterFirstAnswer() {
        return askedTimeout()
                .map(asked -> Retransmission.of(asked, retransmission.most()))
                .orElse(retransmission);
    }

    /** The same for a write, where without a {@code timeout} the time that answers take counts (RFC 1123 §4.2.3.2). */
    Retransmission afterFirstAnswerToWrite() {
        return askedTimeout().isPresent() ? afterFirstAnswer() : retransmission.adapting();
    }

    private Optional<Duration> askedTimeout() {
        return options.get(TftpOption.TIMEOUT_MICROS).or(() -> options.get(TftpOption.TIMEOUT));
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

    /** Where to join a group, if one is to be asked for: line ends cannot be turned block by block in any order. */
    Optional<GroupInterface> groupInterface() {
        return multicast.filter(network -> mode.equals(TransferMode.OCTET));
    }

    /** The same, asking for a group, where a block is sent at a time and numbers do not wrap. */
    ClientSettings askingForMulticast() {
        return withOptions(options.toBuilder()
                .remove(TftpOption.WINDOW_SIZE)
                .remove(TftpOption.ROLLOVER)
                .set(TftpOption.MULTICAST.name(), "")
                .build());
    }
}
