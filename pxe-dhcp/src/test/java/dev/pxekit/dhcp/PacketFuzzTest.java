package dev.pxekit.dhcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.testkit.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets of any octets, and the text form of any characters. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class PacketFuzzTest {

    /** What the search begins with: each kind of field, option, suboption and ending. */
    private static final Map<String, String> SEEDS =
            Map.of("discover", """
            xid: 873cfe29
            flags: 8000
            chaddr: 52:54:00:77:00:01
            option 53: DISCOVER
            option 55: [1, 3, 6, 15, 66, 67, 128, 129]
            option 57: 1472
            option 60: PXEClient:Arch:00007:UNDI:003016
            option 61: hex 01525400770001
            option 77: [iPXE, second]
            option 93: hex 00070010
            option 94: hex 01030a
            option 97: hex 0000112233445566778899aabbccddeeff
            option 175: hex b105018086100e1801012301010600eb03010000
            """, "offer", """
            op: BOOTREPLY
            yiaddr: 10.77.0.100
            siaddr: 10.77.0.1
            giaddr: 10.77.0.2
            sname: boot
            file: "snponly \\u00e9.efi"
            option 53: OFFER
            option 54: 10.77.0.1
            option 51: 3600
            option 1: 255.255.255.0
            option 3: [10.77.0.1, 10.77.0.254]
            option 12: client
            option 60: PXEClient
            option 43:
              suboption 6: 8
              suboption 71: {type: 32768, layer: 0}
            option 82:
              suboption 1: 0102
              suboption 5: 10.77.0.0
            option 121: hex 18c0a8010a4d0001000a4d0001
            option 150: hex 0a4d0001
            """, "overload", """
            op: BOOTREPLY
            sname options:
              option 66: tftp
              pad: 3
              no end
              option 224: hex 00
              pad: 52
            file options:
              option 67: snponly.efi
              option 52: 1
            option 52: 3
            option 53: ACK
            """, "odd ends", """
            chaddr: 5254
            chaddr padding: 0102030405060708090a0b0c0d0e
            sname: hex 73
            option 53: REQUEST
            pad: 2
            option 1: hex ffffff
            option 60: hex 505845436c69656e7400
            option 43: hex 0601ff47
            option 3: hex 0a00  # part 1 of 2
            option 3: hex 0001  # part 2 of 2
            option 224: hex 00ff
            after end: 00ff35
            """, "no end", """
            option 53: DISCOVER
            option 224: hex
            no end
            """);

    static Stream<Named<byte[]>> packets() {
        return SEEDS.entrySet().stream()
                .map(seed -> Named.of(seed.getKey(), DhcpCodec.encode(DhcpPacket.parse(seed.getValue()))));
    }

    static Stream<Named<byte[]>> largestPackets() {
        return Stream.of(
                Named.of("as many options as there can be", filled(12, 0)),
                Named.of("as many parts of one list as there can be", filled(3, 1)),
                Named.of("as many parts of two options as there can be", filled(43, 0, 60, 1)),
                Named.of("as many octets as there can be", filled(67, 200)));
    }

    static Stream<Named<byte[]>> texts() {
        return Stream.concat(
                SEEDS.entrySet().stream()
                        .map(seed -> Named.of(seed.getKey(), seed.getValue().getBytes(UTF_8))),
                Stream.of(Named.of(
                        "no packet", "option 9: [{a: \"b\"}, hex, \"\\u00e9\"]  # c\nd\n  - e".getBytes(UTF_8))));
    }

    /** A packet of the largest size of these codes and lengths, over and over. */
    private static byte[] filled(int... codesAndLengths) {
        byte[] packet = Arrays.copyOf(DhcpCodec.encode(DhcpPacket.parse("")), PacketImage.MAXIMUM_LENGTH);
        int position = PacketImage.HEADER_LENGTH;
        for (int i = 0; position + 1 + codesAndLengths[i + 1] < packet.length; i = (i + 2) % codesAndLengths.length) {
            packet[position] = (byte) codesAndLengths[i];
            packet[position + 1] = (byte) codesAndLengths[i + 1];
            position += 2 + codesAndLengths[i + 1];
        }
        return packet;
    }

    @MethodSource("packets")
    @FuzzTest
    void octets(byte[] octets) throws Exception {
        Optional<DhcpPacket> decoded = Untrusted.decode(octets, () -> DhcpCodec.decode(octets));
        if (decoded.isPresent()) {
            DhcpPacket packet = decoded.get();
            assertThat(DhcpCodec.encode(packet)).isEqualTo(octets);
            useValues(packet, octets.length);
            assertThat(Untrusted.within(Untrusted.PRINTING, octets.length, packet::diagnostics))
                    .allMatch(diagnostic -> diagnostic.offset() >= 0 && diagnostic.offset() <= octets.length);
            JsonObject.parse(Untrusted.within(Untrusted.PRINTING, octets.length, packet::toJson));
            readBack(packet);
        }
    }

    /** Not where a search begins, as it would get slow. */
    @ParameterizedTest
    @MethodSource("largestPackets")
    void largest(byte[] octets) throws Exception {
        octets(octets);
    }

    static Stream<String> longestTexts() {
        String nested =
                IntStream.range(0, 60).mapToObj(i -> " ".repeat(i) + "a:\n").collect(Collectors.joining());
        return Stream.of(
                "-\n".repeat(20_000),
                "a:b\n".repeat(10_000),
                "hops:\n" + " a\n".repeat(10_000),
                nested.repeat(20),
                "option 43:\n" + "  option 1: hex\n".repeat(5_000),
                "option 43:\n" + "  option 1: hex\n".repeat(5_000) + "  x",
                "option 77: [" + "a,".repeat(10_000) + "]",
                "option 77: [" + "{}".repeat(10_000) + "]",
                "option 119: [" + "[],".repeat(10_000) + "]",
                "option 12: " + "[".repeat(10_000),
                "option 12: \"" + "\\u0001".repeat(10_000) + "\"",
                "option 1 (" + ") (".repeat(10_000) + "): 1.2.3.4",
                "file: " + "a ".repeat(10_000),
                "option 224: hex\n".repeat(10_000),
                "sname options:\n  pad: 60\n".repeat(2_000));
    }

    @ParameterizedTest
    @MethodSource("longestTexts")
    void longest(String text) throws Exception {
        text(text.getBytes(UTF_8));
    }

    @MethodSource("texts")
    @FuzzTest
    void text(byte[] octets) throws Exception {
        String text = new String(octets, UTF_8);
        Optional<DhcpPacket> parsed = Untrusted.within(Untrusted.PARSING, octets.length, () -> parse(text));
        if (parsed.isPresent()) {
            readBack(parsed.get());
        }
    }

    private static Optional<DhcpPacket> parse(String text) {
        try {
            return Optional.of(DhcpPacket.parse(text));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    private static void useValues(DhcpPacket packet, int length) throws IOException {
        for (DhcpOption<?> option : DhcpOption.known()) {
            Untrusted.within(Untrusted.READING, length, () -> packet.options().get(option));
        }
        assertThat(Untrusted.within(Untrusted.READING, length, packet::toString))
                .isNotBlank();
    }

    private static void readBack(DhcpPacket packet) throws IOException {
        int length = packet.image().length;
        String text = Untrusted.within(Untrusted.PRINTING, length, packet::toText);
        DhcpPacket again = Untrusted.within(Untrusted.PARSING, text.length(), () -> DhcpPacket.parse(text));
        assertThat(again).as(text).isEqualTo(packet);
        assertThat(again.toText()).isEqualTo(text);
    }
}
