package dev.pxekit.tftp;

import java.time.Duration;

/** What our client asks servers for that we did not write, and what they make of it. */
enum AskedOptions {
    NOTHING,
    BLOCK_SIZE,
    WINDOW,
    SIZE,
    TIMEOUT,
    LARGE_BLOCKS,
    NETASCII;

    /** A client of this server that asks for these options. */
    TftpClient client(PeerServer server) {
        return server.client().toBuilder()
                .options(options())
                .mode(this == NETASCII ? TransferMode.NETASCII : TransferMode.OCTET)
                .build();
    }

    private TftpOptions options() {
        TftpOptions.Builder options = TftpOptions.builder();
        return switch (this) {
            case NOTHING, NETASCII -> options.build();
            case BLOCK_SIZE -> options.set(TftpOption.BLOCK_SIZE, 1428).build();
            case WINDOW ->
                options.set(TftpOption.BLOCK_SIZE, 1428)
                        .set(TftpOption.WINDOW_SIZE, 8)
                        .build();
            case SIZE -> options.set(TftpOption.TRANSFER_SIZE, 0L).build();
            case TIMEOUT ->
                options.set(TftpOption.TIMEOUT, Duration.ofSeconds(2)).build();
            case LARGE_BLOCKS -> options.set(TftpOption.BLOCK_SIZE, 8192).build();
        };
    }

    /** What such a server agrees to for a file of this size. */
    String agreed(PeerServer.Kind kind, int size) {
        return switch (this) {
            case NOTHING, NETASCII -> "";
            case BLOCK_SIZE -> "blksize=1428";
            case WINDOW -> kind == PeerServer.Kind.ATFTPD ? "blksize=1428 windowsize=8" : "blksize=1428";
            case SIZE -> "tsize=" + size;
            case TIMEOUT -> kind == PeerServer.Kind.DNSMASQ ? "" : "timeout=2";
            case LARGE_BLOCKS -> "blksize=8192";
        };
    }
}
