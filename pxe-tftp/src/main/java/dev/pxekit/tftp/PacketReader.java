package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Reads one packet from a datagram; a cursor that never leaves it. */
final class PacketReader {

    private final ByteBuf in;
    private final int end;
    private int at;

    PacketReader(ByteBuf datagram) {
        this.in = datagram;
        this.end = datagram.readableBytes();
    }

    TftpPacket read() throws TftpFormatException {
        int opcode = number("opcode");
        return switch (opcode) {
            case 1 -> new TftpPacket.ReadRequest(text("file name"), mode(), options());
            case 2 -> new TftpPacket.WriteRequest(text("file name"), mode(), options());
            case 3 -> data();
            case 4 -> new TftpPacket.Ack(number("block number"));
            case 5 -> new TftpPacket.Error(TftpErrorCode.of(number("error code")), lastText());
            case 6 -> new TftpPacket.OptionAck(options());
            default -> throw new TftpFormatException("opcode: " + opcode + " (expected: 1..6)", 0);
        };
    }

    private int number(String what) throws TftpFormatException {
        if (end - at < 2) {
            throw new TftpFormatException(what + ": " + (end - at) + " bytes left (expected: 2)", at);
        }
        int number = in.getUnsignedShort(at);
        at += 2;
        return number;
    }

    private TftpPacket data() throws TftpFormatException {
        int block = number("block number");
        if (end - at > TftpPacket.Data.MOST_CONTENT) {
            throw new TftpFormatException(
                    "content: " + (end - at) + " bytes (expected: 0.." + TftpPacket.Data.MOST_CONTENT + ")", at);
        }
        return new TftpPacket.Data(block, in.nioBuffer(at, end - at));
    }

    private TransferMode mode() throws TftpFormatException {
        int start = at;
        String mode = lastText();
        if (mode.isEmpty()) {
            throw new TftpFormatException("mode: missing (expected: octet, netascii)", start);
        }
        return TransferMode.of(mode);
    }

    /** A text that something follows: without its NUL it is cut off. */
    private String text(String what) throws TftpFormatException {
        if (in.indexOf(at, end, (byte) 0) < 0) {
            throw new TftpFormatException(what + ": no NUL in " + (end - at) + " bytes (expected: text, NUL)", at);
        }
        return lastText();
    }

    /** A text that may be the last of the packet: without its NUL it reaches to the end. */
    private String lastText() {
        int nul = in.indexOf(at, end, (byte) 0);
        int stop = nul < 0 ? end : nul;
        String text = in.toString(at, stop - at, StandardCharsets.UTF_8);
        at = Math.min(stop + 1, end);
        return text;
    }

    /** Pairs of name and value up to the end, an empty name (padding) or a name without a value. */
    private TftpOptions options() throws TftpFormatException {
        TftpOptions.Builder options = TftpOptions.builder();
        for (int count = 0; at < end; count++) {
            int start = at;
            String name = lastText();
            if (name.isEmpty() || at == end) {
                break;
            }
            if (count == TftpOptions.MOST) {
                throw new TftpFormatException("options: more than " + TftpOptions.MOST, start);
            }
            options.add(new TftpOptions.Entry(name, lastText()));
        }
        return options.build();
    }
}
