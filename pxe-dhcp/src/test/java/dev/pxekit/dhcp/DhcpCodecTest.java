package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.internal.Ipv4;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhcpCodecTest {

    private static final HardwareAddress CLIENT = HardwareAddress.parse("52:54:00:77:00:01");

    /** A packet with these octets, in hexadecimal, from the options field on. */
    private static byte[] packet(String options) {
        byte[] tail = HexFormat.of().parseHex(options.replace(" ", ""));
        byte[] octets = Arrays.copyOf(header(), 240 + tail.length);
        System.arraycopy(tail, 0, octets, 240, tail.length);
        return octets;
    }

    private static byte[] header() {
        DhcpPacket packet = DhcpPacket.builder()
                .clientHardwareAddress(CLIENT)
                .transactionId(0xcafe0001)
                .build();
        return Arrays.copyOf(DhcpCodec.encode(packet), 240);
    }

    private static byte[] discover() {
        return packet("350101 3c20505845436c69656e743a417263683a30303030373a554e44493a303033303030"
                + "5d020007 5e03010300 611100 00112233445566778899aabbccddeeff 4d0469505845 370401031c43 ff");
    }

    @Test
    void readsEveryFixedField() throws Exception {
        DhcpPacket built = DhcpPacket.builder()
                .operation(2)
                .clientHardwareAddress(CLIENT)
                .hops(3)
                .transactionId(0x89abcdef)
                .secondsElapsed(65535)
                .flags(0x8001)
                .clientAddress(Ipv4.parse("10.0.0.1"))
                .yourAddress(Ipv4.parse("10.0.0.2"))
                .nextServer(Ipv4.parse("10.0.0.3"))
                .relayAgent(Ipv4.parse("255.0.0.4"))
                .serverHostName("server")
                .bootFileName("file")
                .messageType(MessageType.ACK)
                .build();

        DhcpPacket packet = DhcpCodec.decode(DhcpCodec.encode(built));

        assertThat(packet).isEqualTo(built).hasSameHashCodeAs(built);
        assertThat(packet.isRequest()).isFalse();
        assertThat(packet.operation()).isEqualTo(2);
        assertThat(packet.hardwareType()).isEqualTo(HardwareAddress.ETHERNET);
        assertThat(packet.clientHardwareAddress()).isEqualTo(CLIENT);
        assertThat(packet.hops()).isEqualTo(3);
        assertThat(packet.transactionId()).isEqualTo(0x89abcdef);
        assertThat(packet.secondsElapsed()).isEqualTo(65535);
        assertThat(packet.flags()).isEqualTo(0x8001);
        assertThat(packet.isBroadcast()).isTrue();
        assertThat(packet.clientAddress()).hasToString("/10.0.0.1");
        assertThat(packet.yourAddress()).hasToString("/10.0.0.2");
        assertThat(packet.nextServer()).hasToString("/10.0.0.3");
        assertThat(packet.relayAgent()).hasToString("/255.0.0.4");
        assertThat(packet.serverHostName()).contains("server");
        assertThat(packet.bootFileName()).contains("file");
        assertThat(packet.messageType()).contains(MessageType.ACK);
    }

    @Test
    void padsBuiltPacketsToTheBootpMinimum() {
        assertThat(DhcpCodec.encode(DhcpPacket.builder().build())).hasSize(300);
    }

    @Test
    void readsAndWritesEveryKindOfBuffer() throws Exception {
        byte[] octets = discover();
        ByteBuf netty = Unpooled.wrappedBuffer(octets);
        ByteBuffer nio = ByteBuffer.wrap(octets);
        ByteBuf written = Unpooled.buffer();

        DhcpPacket packet = DhcpCodec.decode(octets);
        DhcpCodec.encode(packet, written);

        assertThat(DhcpCodec.decode(netty)).isEqualTo(packet);
        assertThat(netty.isReadable()).isFalse();
        assertThat(netty.refCnt()).isEqualTo(1);
        assertThat(DhcpCodec.decode(nio)).isEqualTo(packet);
        assertThat(nio.hasRemaining()).isFalse();
        assertThat(written).isEqualTo(Unpooled.wrappedBuffer(octets));
    }

    @Test
    void isNotTouchedByLaterChangesOfTheArray() throws Exception {
        byte[] octets = discover();
        DhcpPacket packet = DhcpCodec.decode(octets);
        Arrays.fill(octets, (byte) 9);
        assertThat(DhcpCodec.encode(packet)).isEqualTo(discover());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "350101ff",
                "350101",
                "ff",
                "",
                "0000350101000000ff0000",
                "350101ffdeadbeef",
                "3501010c00",
                "e000e10101ff"
            })
    void writesTheSameOctetsAsItRead(String options) throws Exception {
        byte[] octets = packet(options);
        assertThat(DhcpCodec.encode(DhcpCodec.decode(octets))).isEqualTo(octets);
    }

    @Test
    void keepsOrderRepeatedAndUnknownOptions() throws Exception {
        DhcpPacket packet = DhcpCodec.decode(packet("e0021234 350101 fa00 e00156 ff"));
        assertThat(packet.options())
                .extracting(RawOption::toString)
                .containsExactly("224=1234", "53=01", "250=", "224=56");
    }

    @Test
    void joinsPartsOfALongOption() throws Exception {
        DhcpPacket packet = DhcpCodec.decode(packet("790418 0a00 00 350101 79050a4d000118 ff"));
        assertThat(packet.options().raw(121))
                .hasValueSatisfying(value -> assertThat(value).asHexString().isEqualTo("180A00000A4D000118"));
    }

    @Test
    void splitsALongOptionWhenWriting() throws Exception {
        byte[] value = new byte[600];
        Arrays.fill(value, (byte) 7);
        DhcpPacket packet = DhcpPacket.builder().option(175, value).build();
        assertThat(packet.options()).extracting(RawOption::length).containsExactly(255, 255, 90);
        assertThat(packet.options().raw(175)).contains(value);
    }

    @Test
    void ignoresWhatFollowsEnd() throws Exception {
        DhcpPacket packet = DhcpCodec.decode(packet("350101 ff 0c0161"));
        assertThat(packet.options().contains(DhcpOption.HOST_NAME)).isFalse();
    }

    private static byte[] overloaded(int overload) {
        byte[] octets = packet("350102 3401" + String.format("%02x", overload) + "e00161 ff");
        System.arraycopy(HexFormat.of().parseHex("e00162340103430166ff"), 0, octets, 108, 10);
        System.arraycopy(HexFormat.of().parseHex("e00163ff"), 0, octets, 44, 4);
        return octets;
    }

    @ParameterizedTest
    @CsvSource({"1,6162", "2,6163", "3,616263", "0,61", "4,61"})
    void joinsOverloadedFieldsInTheOrderOptionsFileServerName(int overload, String joined) throws Exception {
        DhcpPacket packet = DhcpCodec.decode(overloaded(overload));
        assertThat(packet.options().raw(224)).contains(HexFormat.of().parseHex(joined));
        assertThat(DhcpCodec.encode(packet)).isEqualTo(overloaded(overload));
    }

    @Test
    void hidesFieldsThatHoldOptions() throws Exception {
        DhcpPacket packet = DhcpCodec.decode(packet("350102 340103 ff"));
        assertThat(packet.bootFileName()).isEmpty();
        assertThat(packet.serverHostName()).isEmpty();
    }

    @Test
    void bringsOverloadedOptionsBackWhenRebuilt() throws Exception {
        DhcpPacket rebuilt = DhcpCodec.decode(overloaded(2)).toBuilder().build();
        assertThat(rebuilt.options().contains(DhcpOption.OVERLOAD)).isFalse();
        assertThat(rebuilt.options().raw(224)).contains(HexFormat.of().parseHex("6163"));
        assertThat(rebuilt.serverHostName()).isEmpty();
    }

    @Test
    void repliesCarryWhatRfc2131Table3Copies() {
        DhcpPacket request = DhcpPacket.builder()
                .clientHardwareAddress(CLIENT)
                .transactionId(7)
                .flags(0x8000)
                .hops(1)
                .secondsElapsed(4)
                .clientAddress(Ipv4.parse("10.0.0.9"))
                .relayAgent(Ipv4.parse("10.0.0.254"))
                .build();

        DhcpPacket reply = DhcpPacket.replyTo(request, MessageType.OFFER).build();

        assertThat(reply.isRequest()).isFalse();
        assertThat(reply.transactionId()).isEqualTo(7);
        assertThat(reply.isBroadcast()).isTrue();
        assertThat(reply.relayAgent()).isEqualTo(request.relayAgent());
        assertThat(reply.clientHardwareAddress()).isEqualTo(CLIENT);
        assertThat(reply.hops()).isZero();
        assertThat(reply.secondsElapsed()).isZero();
        assertThat(reply.clientAddress().isAnyLocalAddress()).isTrue();
        assertThat(reply.messageType()).contains(MessageType.OFFER);
    }

    @Test
    void takesClientsWithoutAHardwareAddress() throws Exception {
        byte[] octets = packet("350101 3d03ff0102 ff");
        octets[1] = 32;
        octets[2] = 0;
        DhcpPacket packet = DhcpCodec.decode(octets);
        assertThat(packet.clientHardwareAddress().length()).isZero();
        assertThat(ClientIdentifier.of(packet)).hasToString("ff:01:02");
    }

    @Test
    void prefersOption67ToTheFileField() {
        DhcpPacket.Builder packet = DhcpPacket.builder().bootFileName("field");
        assertThat(packet.build().effectiveBootFileName()).contains("field");
        assertThat(packet.option(DhcpOption.BOOT_FILE_NAME, "option").build().effectiveBootFileName())
                .contains("option");
    }

    @Test
    void rejectsPacketsThatEndInTheFixedFields() {
        assertRejected(() -> DhcpCodec.decode(new byte[0]), 0);
        assertRejected(() -> DhcpCodec.decode(Arrays.copyOf(header(), 239)), 239);
    }

    @Test
    void rejectsPacketsLongerThanADatagram() {
        assertRejected(() -> DhcpCodec.decode(Arrays.copyOf(header(), 65_508)), 65_507);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,3", "2,17", "2,255", "236,0"})
    void rejectsAnotherOpHardwareLengthOrCookie(int offset, int value) {
        byte[] octets = discover();
        octets[offset] = (byte) value;
        assertRejected(() -> DhcpCodec.decode(octets), offset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0c0561", "0c", "0cff"})
    void rejectsAnOptionThatRunsPastTheEnd(String options) {
        assertRejected(() -> DhcpCodec.decode(packet(options)), 240);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3500ff", "35020101ff", "350101350101ff", "36030a0000ff", "36040a00000136040a000001ff"})
    void rejectsAMessageTypeOrServerIdentifierThatCannotBeRead(String options) {
        assertThatThrownBy(() -> DhcpCodec.decode(packet(options))).isInstanceOf(DhcpFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3200",
                "32080a0000010a000002",
                "0103ffffff",
                "33030000ff",
                "3d00",
                "3d0101",
                "390105",
                "5d00",
                "5d0100",
                "61050000000000",
                "611000112233445566778899aabbccddeeff"
            })
    void treatsAMalformedValueAsAbsentButKeepsIt(String option) throws Exception {
        DhcpPacket packet = DhcpCodec.decode(packet("350101" + option + "ff"));
        int code = Integer.parseInt(option.substring(0, 2), 16);
        List<DhcpOption<?>> options = List.of(
                DhcpOption.SUBNET_MASK,
                DhcpOption.REQUESTED_ADDRESS,
                DhcpOption.LEASE_TIME,
                DhcpOption.MAXIMUM_MESSAGE_SIZE,
                DhcpOption.CLIENT_IDENTIFIER,
                DhcpOption.CLIENT_ARCHITECTURES,
                DhcpOption.CLIENT_MACHINE_IDENTIFIER);
        assertThat(options)
                .allSatisfy(key -> assertThat(packet.options().get(key)).isEmpty());
        assertThat(packet.options().contains(code)).isTrue();
    }

    @Test
    void rejectsOptionsThatNoDatagramHolds() {
        DhcpPacket.Builder packet =
                DhcpPacket.builder().option(224, new byte[65_000]).option(225, new byte[500]);
        assertThatThrownBy(packet::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 65507");
    }

    @Test
    void rejectsTextLongerThanItsField() {
        assertThatThrownBy(() -> DhcpPacket.builder().bootFileName("x".repeat(128)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0..127");
        assertThatThrownBy(() -> DhcpPacket.builder().serverHostName("x".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0..63");
    }

    @Test
    void survivesMutations() {
        Fuzz.run(
                octets -> {
                    DhcpPacket packet = DhcpCodec.decode(octets);
                    assertThat(DhcpCodec.encode(packet)).isEqualTo(octets);
                    assertThat(packet.toString()).isNotEmpty();
                    packet.options().get(DhcpOption.USER_CLASSES);
                    packet.options().get(DhcpOption.CLIENT_MACHINE_IDENTIFIER);
                    packet.toBuilder().build();
                },
                discover(),
                overloaded(3),
                packet("52060104deadbeef 790418 0a00 00 7904deadbeef ff"));
    }

    private static void assertRejected(ThrowingCallable decode, long offset) {
        assertThatThrownBy(decode)
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessageContaining("at offset " + offset);
    }
}
