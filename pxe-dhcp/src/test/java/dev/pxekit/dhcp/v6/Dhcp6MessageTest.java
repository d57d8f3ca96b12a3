package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.RawOption;
import dev.pxekit.dhcp.internal.Ipv6;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class Dhcp6MessageTest {

    static final String CLIENT = "0001000a00030001525400770001";

    private static final String SOLICIT = "01abcdef" + CLIENT + "00060004003b003c" + "000e0000" + "00100004"
            + "00000157" + "fff00001aa" + "fff00001bb";
    private static final Inet6Address LINK = Ipv6.parse("2001:db8::1");
    private static final Inet6Address PEER = Ipv6.parse("fe80::1");
    private static final Duid SERVER = Duid.linkLayer(HardwareAddress.parse("52:54:00:77:00:02"));

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static Dhcp6Message decode(String text) throws DhcpFormatException {
        return Dhcp6Codec.decode(hex(text));
    }

    @Test
    void readsAndWritesAMessage() throws Exception {
        Dhcp6Message message = decode(SOLICIT);
        assertThat(message.type()).isEqualTo(Dhcp6MessageType.SOLICIT);
        assertThat(message.isRelay()).isFalse();
        assertThat(message.relayHeader()).isEmpty();
        assertThat(message.relayed()).isEmpty();
        assertThat(message.relayChain()).isEmpty();
        assertThat(message.innermost()).isEqualTo(message);
        assertThat(message.transactionId()).isEqualTo(0xabcdef);
        assertThat(message.options()).extracting(RawOption::code).containsExactly(1, 6, 14, 16, 0xfff0, 0xfff0);
        assertThat(message.options().get(Dhcp6Option.OPTION_REQUEST)).contains(List.of(59, 60));
        assertThat(message.options().raw(0xfff0)).contains(new byte[] {(byte) 0xaa});
        assertThat(Dhcp6Codec.encode(message)).isEqualTo(hex(SOLICIT));
        assertThat(message.toBuilder().build()).isEqualTo(message).hasSameHashCodeAs(message);
        assertThat(message).isNotEqualTo(decode("01abcdee" + SOLICIT.substring(8)));
        assertThat(message).hasToString("SOLICIT xid=abcdef options=[1, 6, 14, 16, 65520]");
    }

    @Test
    void readsAndWritesARelayAgentMessage() throws Exception {
        String relay = "0c05" + "20010db8000000000000000000000001" + "fe800000000000000000000000000001" + "00120002aabb"
                + "00090016" + "01abcdef" + CLIENT + "000e0000";
        Dhcp6Message message = decode(relay);
        assertThat(message.type()).isEqualTo(Dhcp6MessageType.RELAY_FORW);
        assertThat(message.relayHeader()).contains(new RelayHeader(5, LINK, PEER));
        assertThat(message.relayChain()).containsExactly(message);
        assertThat(message.options().get(Dhcp6Option.INTERFACE_ID)).contains(hex("aabb"));
        assertThat(message.transactionId()).isEqualTo(0xabcdef);
        Dhcp6Message inner = message.relayed().orElseThrow();
        assertThat(inner).isEqualTo(decode("01abcdef" + CLIENT + "000e0000")).isEqualTo(message.innermost());
        assertThat(inner).hasSameHashCodeAs(decode("01abcdef" + CLIENT + "000e0000"));
        assertThat(message.options().get(Dhcp6Option.RELAY_MESSAGE)).contains(inner);
        assertThat(inner.toBuilder().build()).isEqualTo(inner);
        assertThat(Dhcp6Codec.encode(inner)).isEqualTo(hex("01abcdef" + CLIENT + "000e0000"));
        assertThat(Dhcp6Codec.encode(message)).isEqualTo(hex(relay));
        assertThat(message.toBuilder().build()).isEqualTo(message);
        assertThat(message)
                .hasToString("RELAY-FORW hops=5 link=2001:db8::1 peer=fe80::1 options=[18, 9]"
                        + " > SOLICIT xid=abcdef options=[1, 14]");
    }

    @Test
    void keepsUnknownMessageTypes() throws Exception {
        assertThat(decode("c8000001").type()).hasToString("TYPE-200");
        assertThat(Dhcp6MessageType.parse("type-200"))
                .isEqualTo(decode("c8000001").type());
        assertThat(Dhcp6MessageType.of(200).isKnown()).isFalse();
    }

    @Test
    void buildsAMessage() throws Exception {
        Dhcp6Message message = Dhcp6Message.builder(Dhcp6MessageType.REQUEST)
                .transactionId(0x123456)
                .option(Dhcp6Option.RAPID_COMMIT, true)
                .addOption(Dhcp6Option.IA_NA, new IaNa(1, Duration.ZERO, Duration.ZERO, Dhcp6Options.EMPTY))
                .addOption(Dhcp6Option.IA_NA, new IaNa(2, Duration.ZERO, Duration.ZERO, Dhcp6Options.EMPTY))
                .option(200, hex("01"))
                .removeOption(14)
                .build();
        assertThat(Dhcp6Codec.encode(message))
                .isEqualTo(hex("03123456" + "0003000c000000010000000000000000" + "0003000c000000020000000000000000"
                        + "00c8000101"));
        assertThat(message.options().getAll(Dhcp6Option.IA_NA))
                .extracting(IaNa::iaid)
                .containsExactly(1L, 2L);
    }

    @Test
    void refusesToBuildWhatCannotBeRead() {
        Dhcp6Message.Builder solicit = Dhcp6Message.builder(Dhcp6MessageType.SOLICIT);
        assertThatThrownBy(() -> solicit.transactionId(0x1000000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transaction id: 1000000 (expected: 0..ffffff)");
        assertThatThrownBy(() -> solicit.relayHeader(new RelayHeader(0, LINK, PEER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("relay header in SOLICIT");
        assertThatThrownBy(
                        () -> Dhcp6Message.builder(Dhcp6MessageType.RELAY_FORW).transactionId(1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> solicit.option(3, new byte[3]).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option 3 of 3 octets (expected: 12 or more)");
        assertThatThrownBy(() -> Dhcp6Message.builder(Dhcp6MessageType.SOLICIT)
                        .option(200, new byte[40_000])
                        .option(201, new byte[40_000])
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("80012");
        assertThatThrownBy(() -> new RelayHeader(256, LINK, PEER)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void repliesWithTransactionIdAndClientIdentifier() throws Exception {
        Dhcp6Message reply = Dhcp6Message.replyTo(decode(SOLICIT), Dhcp6MessageType.ADVERTISE)
                .option(Dhcp6Option.SERVER_IDENTIFIER, SERVER)
                .build();
        assertThat(Dhcp6Codec.encode(reply)).isEqualTo(hex("02abcdef" + CLIENT + "0002000a00030001525400770002"));
        assertThat(reply.isValidForClient()).isTrue();
    }

    @Test
    void repliesWithoutClientIdentifierToAClientThatSentNone() throws Exception {
        assertThat(Dhcp6Message.replyTo(decode("0b000001"), Dhcp6MessageType.REPLY)
                        .build())
                .isEqualTo(decode("07000001"));
    }

    @Test
    void relaysAMessageAndAnswersBackThroughTheSameRelayAgents() throws Exception {
        Dhcp6Message solicit = decode(SOLICIT);
        Dhcp6Message first = Dhcp6Message.relay(solicit, LINK, PEER)
                .option(Dhcp6Option.INTERFACE_ID, hex("0102"))
                .option(Dhcp6Option.REMOTE_ID, new RemoteId(9, Octets.parse("aa")))
                .option(Dhcp6Option.ECHO_REQUEST, List.of(37, 79, 9))
                .build();
        Dhcp6Message second = Dhcp6Message.relay(first, Ipv6.parse("::"), LINK)
                .option(Dhcp6Option.RELAY_SOURCE_PORT, 1547)
                .option(Dhcp6Option.SUBSCRIBER_ID, hex("77"))
                .build();
        assertThat(second.relayHeader()).contains(new RelayHeader(1, Ipv6.parse("::"), LINK));
        assertThat(second.relayChain()).containsExactly(second, first);
        assertThat(second.innermost()).isEqualTo(solicit);
        assertThat(second.isValidForServer()).isTrue();
        assertThat(second.diagnostics()).isEmpty();

        Dhcp6Message answer = Dhcp6Message.replyTo(second, Dhcp6MessageType.REPLY)
                .option(Dhcp6Option.SERVER_IDENTIFIER, SERVER)
                .build();
        assertThat(answer.transactionId()).isEqualTo(0xabcdef);
        Dhcp6Message back = Dhcp6Message.relayReply(second, answer);
        assertThat(back.type()).isEqualTo(Dhcp6MessageType.RELAY_REPL);
        assertThat(back.relayHeader()).isEqualTo(second.relayHeader());
        assertThat(back.options().codes()).containsExactly(135, 9);
        Dhcp6Message inner = back.relayed().orElseThrow();
        assertThat(inner.type()).isEqualTo(Dhcp6MessageType.RELAY_REPL);
        assertThat(inner.relayHeader()).isEqualTo(first.relayHeader());
        assertThat(inner.options().codes()).containsExactly(18, 37, 9);
        assertThat(back.innermost()).isEqualTo(answer);
        assertThat(Dhcp6Message.relayReply(solicit, answer)).isSameAs(answer);
    }

    @Test
    void relaysNoFurtherThanTheHopCountLimit() throws Exception {
        Dhcp6Message message = decode(SOLICIT);
        for (int hops = 0; hops <= Dhcp6Message.HOP_COUNT_LIMIT; hops++) {
            message = Dhcp6Message.relay(message, LINK, PEER).build();
            assertThat(message.relayHeader()).map(RelayHeader::hopCount).contains(hops);
            assertThat(message.isValidForServer()).isTrue();
        }
        Dhcp6Message last = message;
        assertThatThrownBy(() -> Dhcp6Message.relay(last, LINK, PEER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hop count: 8 (expected: less than 8)");
    }

    @Test
    void tellsWhereValuesAreWrongInTheWholeMessage() throws Exception {
        // In two relay agent messages: a solicit with an architecture of three octets, and a status of one octet in an
        // address.
        Dhcp6Message inner = decode("01abcdef" + CLIENT + "003d0003000700" + "00030031" + "000000010000000000000000"
                + "00050021" + "20010db80000000000000000000000010000000000000000" + "000d000100" + "fff00000");
        Dhcp6Message message = Dhcp6Message.relay(
                        Dhcp6Message.relay(inner, LINK, PEER).build(), LINK, PEER)
                .build();
        int start = 2 * (34 + 4);
        assertThat(inner.diagnostics())
                .containsExactly(
                        new DhcpDiagnostic(
                                DhcpDiagnostic.VALUE,
                                "option 61 (client architectures): 2 octets expected, 1 left",
                                4 + 14 + 4 + 2),
                        new DhcpDiagnostic(
                                DhcpDiagnostic.VALUE,
                                "option 13 (status code): 2 octets expected, 1 left",
                                4 + 14 + 7 + 16 + 28 + 4));
        assertThat(message.diagnostics()).extracting(DhcpDiagnostic::offset).containsExactly(start + 24, start + 73);
        assertThat(message.innermost().diagnostics()).isEqualTo(message.diagnostics());
        assertThatThrownBy(() -> message.innermost().options().require(Dhcp6Option.CLIENT_ARCHITECTURES))
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(start + 24));
        assertThatThrownBy(() -> message.innermost().options().require(Dhcp6Option.PREFERENCE))
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(start + 4));
        IaAddress address = message.innermost()
                .options()
                .require(Dhcp6Option.IA_NA)
                .addresses()
                .get(0);
        assertThatThrownBy(() -> address.options().require(Dhcp6Option.STATUS_CODE))
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(start + 73));
        assertThat(message.innermost().options().get(Dhcp6Option.CLIENT_ARCHITECTURES))
                .isEmpty();
        assertThat(message.isValidForServer()).isTrue();
    }

    @Test
    void echoesRepeatedOptionsToARelayAgentInTheirOrder() throws Exception {
        Dhcp6Message solicit = Dhcp6Message.builder(Dhcp6MessageType.SOLICIT).build();
        Dhcp6Message forward = Dhcp6Message.relay(solicit, Ipv6.parse("2001:db8::1"), Ipv6.parse("fe80::1"))
                .addOptions(Dhcp6Options.builder()
                        .add(17, new byte[] {0, 0, 0, 1})
                        .add(Dhcp6Option.ECHO_REQUEST, List.of(17, 9))
                        .add(17, new byte[] {0, 0, 0, 2})
                        .build())
                .build();
        Dhcp6Message reply = Dhcp6Message.relayReply(
                forward,
                Dhcp6Message.replyTo(forward, Dhcp6MessageType.ADVERTISE).build());
        assertThat(reply.options().entries().stream()
                        .filter(option -> option.code() == 17)
                        .map(option -> (int) option.value()[3]))
                .containsExactly(1, 2);
        assertThat(reply.innermost().type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
    }

    @Test
    void setsNoFlagsInAnAnswerToADhcp4Query() throws Exception {
        Dhcp6Message query = Dhcp6Codec.decode(new byte[] {20, (byte) 0x80, 0, 0});
        assertThat(Dhcp6Codec.encode(Dhcp6Message.replyTo(query, Dhcp6MessageType.DHCPV4_RESPONSE)
                        .build()))
                .containsExactly(21, 0, 0, 0);
    }
}
