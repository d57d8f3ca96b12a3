package dev.pxekit.tftp;

import java.net.InetSocketAddress;

/**
 * What a client asks to read, or to write: the question that {@link TftpFiles} and {@link TftpUploads} answer.
 *
 * @param client the client's address and port
 * @param fileName the name as sent: unchecked, with whatever separators the client uses
 * @param mode octet or netascii
 * @param options the options as sent, unknown ones included
 */
public record TftpRequest(InetSocketAddress client, String fileName, TransferMode mode, TftpOptions options) {}
