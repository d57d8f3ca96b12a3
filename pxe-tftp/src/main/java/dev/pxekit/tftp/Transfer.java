package dev.pxekit.tftp;

import java.net.InetSocketAddress;

/**
 * A transfer as it was agreed.
 *
 * @param peer the other side: the client's address to a server, the server's to a client
 * @param fileName the file as asked for
 * @param mode octet or netascii
 * @param options the options in force: those of the OACK, none without one
 */
public record Transfer(InetSocketAddress peer, String fileName, TransferMode mode, TftpOptions options) {

    /**
     * The block size in force.
     *
     * @return bytes of content in a full block
     */
    public int blockSize() {
        return options.get(TftpOption.BLOCK_SIZE).orElse(512);
    }

    /**
     * The window in force.
     *
     * @return blocks that are sent before an ACK is awaited
     */
    public int windowSize() {
        return options.get(TftpOption.WINDOW_SIZE).orElse(1);
    }
}
