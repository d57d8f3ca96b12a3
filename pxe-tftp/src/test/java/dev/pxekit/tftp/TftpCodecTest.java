package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TftpCodecTest {

    static Stream<Arguments> packets() {
        TftpOptions ovmf = TftpOptions.builder()
                .set("tsize", "0")
                .set("blksize", "1468")
                .set("windowsize", "4")
                .build();
        return Stream.of(
                Arguments.of("\0\1a\0octet\0", read("a", "octet", TftpOptions.none())),
                Arguments.of("\0\1\0octet\0", read("", "octet", TftpOptions.none())),
                Arguments.of(
                        "\0\1shimx64.efi\0octet\0tsize\0" + "0\0blksize\0" + "1468\0windowsize\0" + "4\0",
                        read("shimx64.efi", "octet", ovmf)),
                Arguments.of("\0\1\\Boot\\BCD\0OCTET\0", read("\\Boot\\BCD", "OCTET", TftpOptions.none())),
                Arguments.of(
                        "\0\1a\0octet\0X-Unknown\0yes\0BLKSIZE\0" + "16\0",
                        read("a", "octet", TestOptions.of("X-Unknown", "yes", "BLKSIZE", "16"))),
                Arguments.of("\0\1a\0octet\0empty\0\0", read("a", "octet", TestOptions.of("empty", ""))),
                Arguments.of(
                        "\0\2b\0netascii\0",
                        new TftpPacket.WriteRequest("b", TransferMode.of("netascii"), TftpOptions.none())),
                Arguments.of("\0\3\0\1hello", new TftpPacket.Data(1, ByteBuffer.wrap("hello".getBytes(UTF_8)))),
                Arguments.of("\0\3\u00ff\u00ff", new TftpPacket.Data(65535, ByteBuffer.allocate(0))),
                Arguments.of("\0\4\0\0", new TftpPacket.Ack(0)),
                Arguments.of("\0\4\u0080\1", new TftpPacket.Ack(0x8001)),
                Arguments.of("\0\5\0\1not here\0", new TftpPacket.Error(TftpErrorCode.FILE_NOT_FOUND, "not here")),
                Arguments.of("\0\5\1\0\0", new TftpPacket.Error(TftpErrorCode.of(256), "")),
                Arguments.of("\0\6blksize\0" + "512\0", new TftpPacket.OptionAck(TestOptions.of("blksize", "512"))),
                Arguments.of("\0\6", new TftpPacket.OptionAck(TftpOptions.none())));
    }

    private static TftpPacket read(String fileName, String mode, TftpOptions options) {
        return new TftpPacket.ReadRequest(fileName, TransferMode.of(mode), options);
    }

    private static byte[] bytes(String wire) {
        return wire.getBytes(ISO_8859_1);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void decodesWhatItEncodes(String wire, TftpPacket packet) throws Exception {
        assertThat(TftpCodec.decode(bytes(wire))).isEqualTo(packet).hasSameHashCodeAs(packet);
        assertThat(TftpCodec.encode(packet)).isEqualTo(bytes(wire));
        assertThat(TftpCodec.encodedLength(packet)).isEqualTo(bytes(wire).length);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void advancesNettyBuffersByWhatItTook(String wire, TftpPacket packet) throws Exception {
        ByteBuf in = Unpooled.buffer().writeByte(9).writeBytes(bytes(wire)).skipBytes(1);
        assertThat(TftpCodec.decode(in)).isEqualTo(packet);
        assertThat(in.isReadable()).isFalse();
        assertThat(in.refCnt()).isEqualTo(1);

        ByteBuf out = Unpooled.buffer(0).writeByte(9);
        TftpCodec.encode(packet, out);
        assertThat(out.readableBytes()).isEqualTo(1 + bytes(wire).length);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void advancesByteBuffersByWhatItTookWhateverTheirOrder(String wire, TftpPacket packet) throws Exception {
        ByteBuffer in = ByteBuffer.wrap(bytes("x" + wire)).position(1).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(TftpCodec.decode(in)).isEqualTo(packet);
        assertThat(in.hasRemaining()).isFalse();

        ByteBuffer out = ByteBuffer.allocateDirect(2 + bytes(wire).length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(1);
        TftpCodec.encode(packet, out);
        assertThat(out.remaining()).isEqualTo(1);
        byte[] written = new byte[bytes(wire).length];
        out.position(1).get(written);
        assertThat(written).isEqualTo(bytes(wire));
    }

    @Test
    void writesNothingIntoBufferThatIsTooSmall() {
        ByteBuffer out = ByteBuffer.allocate(3);
        assertThatThrownBy(() -> TftpCodec.encode(new TftpPacket.Ack(1), out))
                .isInstanceOf(BufferOverflowException.class);
        assertThat(out.position()).isZero();
    }

    @Test
    void acceptsRequestWithoutNulAfterMode() throws Exception {
        assertThat(TftpCodec.decode(bytes("\0\1a\0octet"))).isEqualTo(read("a", "octet", TftpOptions.none()));
    }

    @Test
    void acceptsLastOptionWithoutNul() throws Exception {
        assertThat(TftpCodec.decode(bytes("\0\1a\0octet\0blksize\0" + "1432")))
                .isEqualTo(read("a", "octet", TestOptions.of("blksize", "1432")));
    }

    @Test
    void acceptsErrorWithoutNulAndWithoutMessage() throws Exception {
        assertThat(TftpCodec.decode(bytes("\0\5\0\0gone")))
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "gone"));
        assertThat(TftpCodec.decode(bytes("\0\5\0\0"))).isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, ""));
    }

    @Test
    void skipsPaddingAfterRequest() throws Exception {
        assertThat(TftpCodec.decode(bytes("\0\1a\0octet\0\0\0\0\0junk\0junk\0")))
                .isEqualTo(read("a", "octet", TftpOptions.none()));
    }

    @Test
    void skipsOptionNameWithoutValue() throws Exception {
        assertThat(TftpCodec.decode(bytes("\0\1a\0octet\0tsize\0" + "0\0blksize\0")))
                .isEqualTo(read("a", "octet", TestOptions.of("tsize", "0")));
        assertThat(TftpCodec.decode(bytes("\0\1a\0octet\0blks"))).isEqualTo(read("a", "octet", TftpOptions.none()));
    }

    @Test
    void skipsBytesAfterAckAndAfterErrorMessage() throws Exception {
        assertThat(TftpCodec.decode(bytes("\0\4\0\7padding"))).isEqualTo(new TftpPacket.Ack(7));
        assertThat(TftpCodec.decode(bytes("\0\5\0\2no\0padding")))
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.ACCESS_VIOLATION, "no"));
    }

    @Test
    void keepsBothOfRepeatedOptionAndCountsTheFirst() throws Exception {
        String wire = "\0\6tsize\0" + "1\0TSIZE\0" + "2\0";
        TftpPacket.OptionAck packet = (TftpPacket.OptionAck) TftpCodec.decode(bytes(wire));
        assertThat(packet.options().get(TftpOption.TRANSFER_SIZE)).contains(1L);
        assertThat(TftpCodec.encode(packet)).isEqualTo(bytes(wire));
    }

    @Test
    void readsFileNameAsUtf8AndRepairsWhatIsNot() throws Exception {
        TftpPacket.ReadRequest umlaut =
                (TftpPacket.ReadRequest) TftpCodec.decode("\0\1\u00fc.img\0octet\0".getBytes(UTF_8));
        assertThat(umlaut.fileName()).isEqualTo("\u00fc.img");
        TftpPacket.ReadRequest broken = (TftpPacket.ReadRequest) TftpCodec.decode(bytes("\0\1\u00fc.img\0octet\0"));
        assertThat(broken.fileName()).isEqualTo("\ufffd.img");
    }

    @Test
    void rejectsEmptyDatagram() {
        rejects("", 0, "opcode: 0 bytes left (expected: 2)");
    }

    @Test
    void rejectsHalfAnOpcode() {
        rejects("\0", 0, "opcode: 1 bytes left (expected: 2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\0", "\0\7", "\1\1a\0octet\0", "\u00ff\u00ff"})
    void rejectsUnknownOpcode(String wire) {
        rejects(wire, 0, "(expected: 1..6)");
    }

    @Test
    void rejectsRequestThatEndsInFileName() {
        rejects("\0\1pxelinux.0", 2, "file name: no NUL in 10 bytes");
    }

    @Test
    void rejectsRequestWithoutMode() {
        rejects("\0\1a\0", 4, "mode: missing");
    }

    @Test
    void rejectsRequestWithEmptyMode() {
        rejects("\0\2a\0\0", 4, "mode: missing");
    }

    @Test
    void rejectsDataWithoutBlockNumber() {
        rejects("\0\3\0", 2, "block number: 1 bytes left");
    }

    @Test
    void rejectsAckWithoutBlockNumber() {
        rejects("\0\4", 2, "block number: 0 bytes left");
    }

    @Test
    void rejectsErrorWithoutCode() {
        rejects("\0\5\0", 2, "error code: 1 bytes left");
    }

    @Test
    void rejectsDataLongerThanAnyBlock() {
        rejects("\0\3\0\1" + "x".repeat(65465), 4, "content: 65465 bytes (expected: 0..65464)");
    }

    @Test
    void rejectsFloodOfOptions() {
        rejects("\0\1a\0octet\0" + "o\0v\0".repeat(65), 10 + 64 * 4, "options: more than 64");
    }

    private static void rejects(String wire, long offset, String message) {
        ByteBuffer in = ByteBuffer.wrap(bytes(wire));
        assertThatThrownBy(() -> TftpCodec.decode(in))
                .isInstanceOfSatisfying(
                        TftpFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessageContaining(message);
        assertThat(in.position()).isZero();
    }

    @Test
    void refusesToMakePacketsThatCannotBeSent() {
        List.<Runnable>of(
                        () -> new TftpPacket.Ack(-1),
                        () -> new TftpPacket.Ack(65536),
                        () -> new TftpPacket.Data(65536, ByteBuffer.allocate(0)),
                        () -> new TftpPacket.Data(1, ByteBuffer.allocate(65465)),
                        () -> read("a\0b", "octet", TftpOptions.none()),
                        () -> read("a", "", TftpOptions.none()),
                        () -> new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "a\0b"),
                        () -> TftpErrorCode.of(65536),
                        () -> TestOptions.of("", "1"),
                        () -> TestOptions.of("a", "1\0"))
                .forEach(packet -> assertThatThrownBy(packet::run).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void contentOfDataIsItsOwn() {
        byte[] content = {1, 2, 3};
        TftpPacket.Data data = new TftpPacket.Data(1, ByteBuffer.wrap(content));
        content[0] = 9;
        data.content().get();
        assertThat(data.content()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(data.content().isReadOnly()).isTrue();
    }
}
