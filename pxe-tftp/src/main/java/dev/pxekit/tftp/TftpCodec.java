package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * TFTP packets from and to bytes. Pure and thread safe.
 *
 * <p>Decoding is strict about bounds and lenient about what firmware sends: the last text of a packet may lack its NUL, and
 * bytes after the end of a packet are skipped, as is a last option name without a value. Texts are UTF-8; bytes that are not
 * become U+FFFD. Whatever is decoded without being repaired so is encoded to the same bytes.
 */
public final class TftpCodec {

    private static final int HEADER = 4;

    private TftpCodec() {}

    /**
     * Decodes one packet: all readable bytes, one datagram.
     *
     * @param in neither kept nor released; on success its reader index moves to its writer index, on failure it stays
     * @return the packet
     * @throws TftpFormatException if the bytes are not a TFTP packet
     */
    public static TftpPacket decode(ByteBuf in) throws TftpFormatException {
        TftpPacket packet = new PacketReader(in.slice()).read();
        in.readerIndex(in.writerIndex());
        return packet;
    }

    /**
     * Decodes one packet: all remaining bytes, one datagram.
     *
     * @param in not kept; on success its position moves to its limit, on failure it stays
     * @return the packet
     * @throws TftpFormatException if the bytes are not a TFTP packet
     */
    public static TftpPacket decode(ByteBuffer in) throws TftpFormatException {
        TftpPacket packet = decode(Unpooled.wrappedBuffer(in.duplicate()));
        in.position(in.limit());
        return packet;
    }

    /**
     * Decodes one packet: all bytes, one datagram.
     *
     * @param in the datagram
     * @return the packet
     * @throws TftpFormatException if the bytes are not a TFTP packet
     */
    public static TftpPacket decode(byte[] in) throws TftpFormatException {
        return decode(Unpooled.wrappedBuffer(in));
    }

    /**
     * The length of an encoded packet.
     *
     * @param packet the packet
     * @return its length in bytes; a request or an OACK of extreme texts can be longer than any datagram
     */
    public static int encodedLength(TftpPacket packet) {
        if (packet instanceof TftpPacket.Data data) {
            return HEADER + data.content().remaining();
        } else if (packet instanceof TftpPacket.Error error) {
            return HEADER + textLength(error.message());
        } else if (packet instanceof TftpPacket.OptionAck optionAck) {
            return 2 + optionsLength(optionAck.options());
        } else if (packet instanceof TftpPacket.Request request) {
            return 2
                    + textLength(request.fileName())
                    + textLength(request.mode().name())
                    + optionsLength(request.options());
        }
        return HEADER;
    }

    /**
     * Encodes a packet.
     *
     * @param packet the packet
     * @param out grows where it can; its writer index moves behind the packet
     */
    public static void encode(TftpPacket packet, ByteBuf out) {
        out.writeShort(packet.opcode());
        if (packet instanceof TftpPacket.Data data) {
            out.writeShort(data.block()).writeBytes(data.content());
        } else if (packet instanceof TftpPacket.Ack ack) {
            out.writeShort(ack.block());
        } else if (packet instanceof TftpPacket.Error error) {
            out.writeShort(error.code().value());
            writeText(error.message(), out);
        } else if (packet instanceof TftpPacket.OptionAck optionAck) {
            writeOptions(optionAck.options(), out);
        } else if (packet instanceof TftpPacket.Request request) {
            writeText(request.fileName(), out);
            writeText(request.mode().name(), out);
            writeOptions(request.options(), out);
        }
    }

    /**
     * Encodes a packet.
     *
     * @param packet the packet
     * @param out its position moves behind the packet
     * @throws BufferOverflowException if it has too little room; nothing is written then
     */
    public static void encode(TftpPacket packet, ByteBuffer out) {
        int length = encodedLength(packet);
        if (out.remaining() < length) {
            throw new BufferOverflowException();
        }
        encode(packet, Unpooled.wrappedBuffer(out.duplicate()).clear());
        out.position(out.position() + length);
    }

    /**
     * Encodes a packet.
     *
     * @param packet the packet
     * @return its bytes
     */
    public static byte[] encode(TftpPacket packet) {
        byte[] out = new byte[encodedLength(packet)];
        encode(packet, Unpooled.wrappedBuffer(out).clear());
        return out;
    }

    private static int textLength(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private static int optionsLength(TftpOptions options) {
        int length = 0;
        for (TftpOptions.Entry entry : options.entries()) {
            length += textLength(entry.name()) + textLength(entry.value());
        }
        return length;
    }

    private static void writeText(String text, ByteBuf out) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8)).writeByte(0);
    }

    private static void writeOptions(TftpOptions options, ByteBuf out) {
        for (TftpOptions.Entry entry : options.entries()) {
            writeText(entry.name(), out);
            writeText(entry.value(), out);
        }
    }
}
