package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.Fuzz;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ipv6;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Dhcp6CodecTest {

    private static final String HEADER = "01abcdef";
    private static final String ADDRESS = "20010db8000000000000000000000001";
    private static final String RELAY = "0c00" + ADDRESS + ADDRESS;

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static void rejects(String text, long offset, String message) {
        assertThatThrownBy(() -> Dhcp6Codec.decode(hex(text)))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessage(message + " at offset " + offset)
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    void rejectsNothing() {
        rejects("", 0, "message of 0 octets (expected: 4 or more)");
    }

    @Test
    void rejectsACutHeader() {
        rejects("010203", 3, "message of 3 octets (expected: 4 or more)");
    }

    @Test
    void rejectsACutRelayHeader() {
        rejects("0c00", 2, "message of 2 octets (expected: 34 or more)");
        rejects(RELAY.substring(0, 66), 33, "message of 33 octets (expected: 34 or more)");
    }

    @ParameterizedTest
    @CsvSource({"01020304000100, 4", "0102030400010001, 4", "01020304000e000000, 8", "01020304ffffffff, 4"})
    void rejectsOptionsThatAreCut(String octets, long offset) {
        assertThatThrownBy(() -> Dhcp6Codec.decode(hex(octets)))
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset));
    }

    @Test
    void rejectsAnIdentityAssociationThatIsTooShort() {
        rejects(HEADER + "0003000b" + "00".repeat(11), 4, "option 3 of 11 octets (expected: 12 or more)");
        rejects(HEADER + "00040003" + "00".repeat(3), 4, "option 4 of 3 octets (expected: 4 or more)");
        rejects(HEADER + "00190000", 4, "option 25 of 0 octets (expected: 12 or more)");
    }

    @Test
    void rejectsAnAddressThatIsTooShort() {
        rejects(
                HEADER + "00030020" + "00".repeat(12) + "00050010" + ADDRESS,
                20,
                "option 5 of 16 octets (expected: 24 or more)");
        rejects(
                HEADER + "00190020" + "00".repeat(12) + "001a0010" + ADDRESS,
                20,
                "option 26 of 16 octets (expected: 25 or more)");
    }

    @Test
    void rejectsAnOptionThatRunsPastAnIdentityAssociation() {
        rejects(
                HEADER + "00030011" + "00".repeat(12) + "00050040fd" + "000e0000",
                20,
                "option 5 of 64 octets with 1 left");
        rejects(HEADER + "00040007" + "00".repeat(4) + "000500", 12, "option header of 3 octets (expected: 4)");
    }

    @Test
    void rejectsAnOptionThatRunsPastAnAddress() {
        rejects(
                HEADER + "00030029" + "00".repeat(12) + "00050019" + ADDRESS + "00".repeat(8) + "ff",
                48,
                "option header of 1 octets (expected: 4)");
    }

    @Test
    void rejectsACutMessageInARelayAgentMessage() {
        rejects(RELAY + "000900020102", 40, "message of 2 octets (expected: 4 or more)");
        rejects(RELAY + "000900050102030405", 42, "option header of 1 octets (expected: 4)");
        rejects(RELAY + "000900020c00" + "000e0000", 40, "message of 2 octets (expected: 34 or more)");
    }

    @Test
    void leavesWhatIsInOtherOptionsToTheirFormats() throws Exception {
        Dhcp6Message message = Dhcp6Codec.decode(hex(HEADER + "0042000500030001ff" + "002d0003000500" + "000e0000"));
        assertThat(message.options().codes()).containsExactly(66, 45, 14);
        assertThat(message.options().get(Dhcp6Option.RELAY_SUPPLIED_OPTIONS)).isEmpty();
        assertThat(message.diagnostics()).hasSize(3);
    }

    @Test
    void leavesARelayMessageOutsideOfRelayAgentMessagesToItsFormat() throws Exception {
        Dhcp6Message message = Dhcp6Codec.decode(hex(HEADER + "000900020102"));
        assertThat(message.relayed()).isEmpty();
        assertThat(message.options().get(Dhcp6Option.RELAY_MESSAGE)).isEmpty();
        assertThat(message.options().raw(9)).contains(hex("0102"));
    }

    @Test
    void readsRelayAgentMessagesUpToTheDeepest() throws Exception {
        byte[] octets = relays(255);
        Dhcp6Message message = Dhcp6Codec.decode(octets);
        assertThat(Dhcp6Codec.encode(message)).isEqualTo(octets);
        assertThat(message.relayChain()).hasSize(255);
        assertThat(message.transactionId()).isEqualTo(0xabcdef);
        assertThat(message.toBuilder().build()).isEqualTo(message);
        assertThat(message.isValidForServer()).isFalse();
        Object plain = MessageFormat.FORMAT.toPlain(message);
        assertThat(MessageFormat.FORMAT.fromPlain(plain)).isEqualTo(message);
        Dhcp6Options options = message.options();
        assertThat(options.diagnostics()).isEmpty();
        assertThat(Dhcp6Options.FORMAT.fromPlain(Dhcp6Options.FORMAT.toPlain(options)))
                .isEqualTo(options);
    }

    @Test
    void rejectsRelayAgentMessagesBeyondThat() {
        for (int depth : new int[] {256, 300, 1700}) {
            assertThatThrownBy(() -> Dhcp6Codec.decode(relays(depth)))
                    .isInstanceOf(DhcpFormatException.class)
                    .hasMessageContaining("at most 255");
        }
    }

    /** A solicit in so many relay agent messages. */
    private static byte[] relays(int depth) {
        byte[] message = hex(HEADER);
        for (int i = 0; i < depth; i++) {
            byte[] relay = Arrays.copyOf(hex(RELAY), 38 + message.length);
            relay[35] = 9;
            relay[36] = (byte) (message.length >>> 8);
            relay[37] = (byte) message.length;
            System.arraycopy(message, 0, relay, 38, message.length);
            message = relay;
        }
        return message;
    }

    @Test
    void rejectsOptionsThatAreNestedTooDeep() throws Exception {
        for (int code : new int[] {3, 4, 5, 25, 26, 44, 45, 66, 84, 94}) {
            byte[] header = new byte[code == 26 ? 25 : code == 5 ? 24 : code == 44 ? 17 : code == 4 ? 4 : 12];
            int fields = code == 45 || code == 66 || code == 94 ? 0 : code == 84 ? 1 : header.length;
            assertThat(Dhcp6Codec.decode(nested(code, fields, 16)).diagnostics())
                    .as("option " + code)
                    .noneMatch(diagnostic -> diagnostic.message().contains("at most"));
            for (int depth : new int[] {17, 1500}) {
                assertThatThrownBy(() -> Dhcp6Codec.decode(nested(code, fields, depth)))
                        .as("option " + code)
                        .isInstanceOf(DhcpFormatException.class)
                        .hasMessageContaining("options in one another (expected: at most 16)");
            }
        }
    }

    private static byte[] nested(int code, int fields, int depth) {
        byte[] value = new byte[fields];
        for (int i = 1; i < depth; i++) {
            byte[] outer = new byte[fields + 4 + value.length];
            write(code, value, outer, fields);
            value = outer;
        }
        byte[] message = Arrays.copyOf(hex(HEADER), 8 + value.length);
        write(code, value, message, 4);
        return message;
    }

    private static void write(int code, byte[] value, byte[] target, int position) {
        target[position + 1] = (byte) code;
        target[position + 2] = (byte) (value.length >>> 8);
        target[position + 3] = (byte) value.length;
        System.arraycopy(value, 0, target, position + 4, value.length);
    }

    @Test
    void rejectsLeaseQueryRelayDataThatIsNestedTooDeep() throws Exception {
        byte[] message = hex(RELAY);
        for (int i = 0; i < 1000; i++) {
            byte[] outer = Arrays.copyOf(hex(RELAY), 34 + 4 + 16 + message.length);
            byte[] value = new byte[16 + message.length];
            System.arraycopy(message, 0, value, 16, message.length);
            write(47, value, outer, 34);
            message = outer;
        }
        byte[] octets = message;
        assertThatThrownBy(() -> Dhcp6Codec.decode(octets))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessageContaining("at most 16");
    }

    @Test
    void rejectsMoreThanALengthCanTell() {
        byte[] octets = new byte[65_536];
        octets[0] = 1;
        assertThatThrownBy(() -> Dhcp6Codec.decode(octets))
                .isInstanceOf(DhcpFormatException.class)
                .hasMessage("message of 65536 octets (expected: at most 65535) at offset 65535");
        assertThatThrownBy(() -> Dhcp6Options.decode(octets)).isInstanceOf(DhcpFormatException.class);
    }

    @Test
    void readsTheLongestMessage() throws Exception {
        byte[] octets = Arrays.copyOf(hex(HEADER + "00c8fff3"), 65_535);
        octets[65_533] = 0;
        byte[] whole = octets.clone();
        // The last option has no octets and begins at the last offset there is.
        whole[6] = (byte) 0xff;
        whole[7] = (byte) (0xf7 - 4);
        whole[65_532] = 14;
        Dhcp6Message message = Dhcp6Codec.decode(whole);
        assertThat(message.options().codes()).containsExactly(200, 14);
        assertThat(message.options().get(Dhcp6Option.RAPID_COMMIT)).contains(true);
        assertThat(Dhcp6Codec.encode(message)).isEqualTo(whole);
    }

    @Test
    void readsAndWritesBuffers() throws Exception {
        byte[] octets = hex("ff" + HEADER + "000e0000");
        Dhcp6Message message = Dhcp6Codec.decode(hex(HEADER + "000e0000"));
        ByteBuffer nio = ByteBuffer.wrap(octets).position(1);
        assertThat(Dhcp6Codec.decode(nio)).isEqualTo(message);
        assertThat(nio.hasRemaining()).isFalse();
        ByteBuf netty = Unpooled.wrappedBuffer(octets).skipBytes(1);
        assertThat(Dhcp6Codec.decode(netty)).isEqualTo(message);
        assertThat(netty.isReadable()).isFalse();
        assertThat(netty.refCnt()).isEqualTo(1);
        ByteBuf target = Unpooled.buffer().writeByte(0xff);
        Dhcp6Codec.encode(message, target);
        byte[] written = new byte[target.readableBytes()];
        target.readBytes(written);
        assertThat(written).isEqualTo(octets);
    }

    @Test
    void keepsItsOwnCopyOfTheOctets() throws Exception {
        byte[] octets = hex(HEADER);
        Dhcp6Message message = Dhcp6Codec.decode(octets);
        octets[0] = 2;
        Dhcp6Codec.encode(message)[0] = 3;
        assertThat(message.type()).isEqualTo(Dhcp6MessageType.SOLICIT);
    }

    @Test
    void survivesMutations() throws Exception {
        Dhcp6Options.Builder all = Dhcp6Options.builder();
        Dhcp6OptionTest.values().forEach(row -> add(all, row.get()));
        Dhcp6Message solicit = Dhcp6Message.builder(Dhcp6MessageType.SOLICIT)
                .addOptions(all.build())
                .build();
        Dhcp6Message relayed = Dhcp6Message.relay(
                        Dhcp6Message.relay(solicit, Ipv6.parse("::"), Ipv6.parse("::1"))
                                .option(Dhcp6Option.INTERFACE_ID, hex("0102"))
                                .build(),
                        Ipv6.parse("::"),
                        Ipv6.parse("::1"))
                .option(Dhcp6Option.ECHO_REQUEST, List.of(18))
                .build();
        Fuzz.run(
                6_000,
                Dhcp6CodecTest::use,
                Dhcp6Codec.encode(solicit),
                Dhcp6Codec.encode(relayed),
                hex(HEADER + Dhcp6MessageTest.CLIENT + "0003000c000000010000000000000000"),
                hex(RELAY + "00090004" + HEADER),
                relays(12),
                nested(66, 0, 14),
                nested(3, 12, 14));
    }

    @SuppressWarnings("unchecked")
    private static <T> void add(Dhcp6Options.Builder options, Object[] row) {
        options.add((Dhcp6Option<T>) row[0], (T) row[1]);
    }

    /** Everything that a message can be asked; none of it may throw. */
    private static void use(byte[] octets) throws DhcpFormatException {
        Dhcp6Message message = Dhcp6Codec.decode(octets);
        assertThat(Dhcp6Codec.encode(message)).isEqualTo(octets);
        assertThat(message.diagnostics())
                .allMatch(diagnostic -> diagnostic.offset() >= 0 && diagnostic.offset() <= octets.length);
        message.isValidForServer();
        message.isValidForClient();
        assertThat(message.toString()).isNotEmpty();
        Dhcp6Message innermost = message.innermost();
        for (Dhcp6Option<?> option : Dhcp6Option.known()) {
            message.options().get(option);
            innermost.options().getAll(option);
        }
        assertThat(message.toBuilder().build()).isEqualTo(message);
        OptionFormat<Dhcp6Options> format = Dhcp6Options.format();
        assertThat(format.fromPlain(format.toPlain(message.options()))).isEqualTo(message.options());
        if (message.type().equals(Dhcp6MessageType.RELAY_FORW)
                && message.relayHeader().orElseThrow().hopCount() < 8
                && octets.length < 10_000) {
            Dhcp6Message.relay(message, Ipv6.parse("::"), Ipv6.parse("::")).build();
        }
        Dhcp6Message.relayReply(
                message, Dhcp6Message.replyTo(message, Dhcp6MessageType.REPLY).build());
    }
}
