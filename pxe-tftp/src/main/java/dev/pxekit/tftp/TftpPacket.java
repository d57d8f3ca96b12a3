package dev.pxekit.tftp;

import java.nio.ByteBuffer;

/**
 * One TFTP packet (RFC 1350 §5, RFC 2347). Values are immutable and comparable; {@link TftpCodec} decodes and encodes them.
 *
 * <p>Block numbers are as on the wire, 0..65535: after 65535 comes 0 (what all servers and clients with large files agreed
 * on; no RFC says so).
 */
public sealed interface TftpPacket {

    /**
     * The opcode.
     *
     * @return 1..6
     */
    int opcode();

    /** A request, of either kind. */
    sealed interface Request extends TftpPacket {

        /**
         * The file.
         *
         * @return the name as sent: unchecked, with whatever separators the client uses
         */
        String fileName();

        /**
         * The mode.
         *
         * @return octet, netascii or what the client wrote
         */
        TransferMode mode();

        /**
         * The options.
         *
         * @return in the order sent; none for a plain RFC 1350 request
         */
        TftpOptions options();
    }

    /**
     * RRQ, opcode 1: asks to read a file.
     *
     * <pre>
     *  2 bytes   string   1   string  1   string  1   string  1
     * +--------+---------+---+-------+---+-------+---+-------+---+-
     * |   1    |fileName | 0 | mode  | 0 | option| 0 | value | 0 | ...
     * +--------+---------+---+-------+---+-------+---+-------+---+-
     * </pre>
     *
     * @param fileName the file, without NUL
     * @param mode the mode
     * @param options the options
     */
    record ReadRequest(String fileName, TransferMode mode, TftpOptions options) implements Request {

        /**
         * Checks the name.
         *
         * @param fileName the file, without NUL
         * @param mode the mode
         * @param options the options
         * @throws IllegalArgumentException if it contains NUL
         */
        public ReadRequest {
            requireText("fileName", fileName);
        }

        @Override
        public int opcode() {
            return 1;
        }
    }

    /**
     * WRQ, opcode 2: asks to write a file. The same layout as {@link ReadRequest}.
     *
     * @param fileName the file, without NUL
     * @param mode the mode
     * @param options the options
     */
    record WriteRequest(String fileName, TransferMode mode, TftpOptions options) implements Request {

        /**
         * Checks the name.
         *
         * @param fileName the file, without NUL
         * @param mode the mode
         * @param options the options
         * @throws IllegalArgumentException if it contains NUL
         */
        public WriteRequest {
            requireText("fileName", fileName);
        }

        @Override
        public int opcode() {
            return 2;
        }
    }

    /**
     * DATA, opcode 3: one block. A block shorter than the block size is the last.
     *
     * <pre>
     *  2 bytes  2 bytes   n bytes
     * +--------+--------+---------+
     * |   3    | block  | content |
     * +--------+--------+---------+
     * </pre>
     *
     * @param block 0..65535
     * @param content 0..65464 bytes; copied when given, read only when taken
     */
    record Data(int block, ByteBuffer content) implements TftpPacket {

        /** The most bytes in a block, 65464 (RFC 2348). */
        public static final int MOST_CONTENT = 65464;

        /**
         * Checks the range and copies the content.
         *
         * @param block 0..65535
         * @param content 0..65464 bytes from its position on; copied
         * @throws IllegalArgumentException if the block number or the content's size is out of range
         */
        public Data {
            requireBlock(block);
            if (content.remaining() > MOST_CONTENT) {
                throw new IllegalArgumentException(
                        "content: " + content.remaining() + " bytes (expected: 0.." + MOST_CONTENT + ")");
            }
            content = ByteBuffer.allocate(content.remaining())
                    .put(content.duplicate())
                    .flip()
                    .asReadOnlyBuffer();
        }

        /**
         * The content.
         *
         * @return a new read only view, from the first to the last byte
         */
        @Override
        public ByteBuffer content() {
            return content.duplicate();
        }

        @Override
        public int opcode() {
            return 3;
        }

        @Override
        public String toString() {
            return "Data[block=" + block + ", content=" + content.remaining() + " bytes]";
        }
    }

    /**
     * ACK, opcode 4: all blocks up to this one have arrived.
     *
     * <pre>
     *  2 bytes  2 bytes
     * +--------+--------+
     * |   4    | block  |
     * +--------+--------+
     * </pre>
     *
     * @param block 0..65535
     */
    record Ack(int block) implements TftpPacket {

        /**
         * Checks the range.
         *
         * @param block 0..65535
         * @throws IllegalArgumentException if the block number is out of range
         */
        public Ack {
            requireBlock(block);
        }

        @Override
        public int opcode() {
            return 4;
        }
    }

    /**
     * ERROR, opcode 5: ends the transfer.
     *
     * <pre>
     *  2 bytes  2 bytes   string   1
     * +--------+--------+---------+---+
     * |   5    |  code  | message | 0 |
     * +--------+--------+---------+---+
     * </pre>
     *
     * @param code the error code
     * @param message text for people, without NUL
     */
    @SuppressWarnings("JavaLangClash") // RFC 1350's own word; always written TftpPacket.Error
    record Error(TftpErrorCode code, String message) implements TftpPacket {

        /**
         * Checks the message.
         *
         * @param code the error code
         * @param message text for people, without NUL
         * @throws IllegalArgumentException if it contains NUL
         */
        public Error {
            requireText("message", message);
        }

        @Override
        public int opcode() {
            return 5;
        }
    }

    /**
     * OACK, opcode 6: the options that the server takes (RFC 2347).
     *
     * <pre>
     *  2 bytes   string  1   string  1
     * +--------+-------+---+-------+---+-
     * |   6    | option| 0 | value | 0 | ...
     * +--------+-------+---+-------+---+-
     * </pre>
     *
     * @param options a part of the options of the request
     */
    record OptionAck(TftpOptions options) implements TftpPacket {

        @Override
        public int opcode() {
            return 6;
        }
    }

    private static void requireBlock(int block) {
        if (block < 0 || block > 0xFFFF) {
            throw new IllegalArgumentException("block: " + block + " (expected: 0..65535)");
        }
    }

    private static void requireText(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + ": contains NUL, which ends a text on the wire");
        }
    }
}
