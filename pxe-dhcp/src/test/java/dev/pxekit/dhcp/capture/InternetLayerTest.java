package dev.pxekit.dhcp.capture;

import static dev.pxekit.dhcp.capture.CaptureOctets.MICROSECONDS;
import static dev.pxekit.dhcp.capture.CaptureOctets.TO_10_0_0_2;
import static dev.pxekit.dhcp.capture.CaptureOctets.hex;
import static dev.pxekit.dhcp.capture.CaptureOctets.ipv4;
import static dev.pxekit.dhcp.capture.CaptureOctets.ipv6;
import static dev.pxekit.dhcp.capture.CaptureOctets.join;
import static dev.pxekit.dhcp.capture.CaptureOctets.number;
import static dev.pxekit.dhcp.capture.CaptureOctets.pcap;
import static dev.pxekit.dhcp.capture.CaptureOctets.pcapHeader;
import static dev.pxekit.dhcp.capture.CaptureOctets.pcapRecord;
import static dev.pxekit.dhcp.capture.CaptureOctets.read;
import static dev.pxekit.dhcp.capture.CaptureOctets.udp;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.capture.CaptureOctets.Reading;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InternetLayerTest {

    private static final int RAW = 101;
    private static final int MORE = 0x2000;

    private static final byte[] PAYLOAD = hex("0102030405");

    /** A UDP datagram of 8 + 3000 octets. */
    private static final byte[] BIG = udp(67, 68, patterned(3000));

    private static byte[] patterned(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (i * 31 + i / 256);
        }
        return octets;
    }

    private static byte[] fragment4(int identification, int from, int to) {
        return ipv4(17, identification, (to < BIG.length ? MORE : 0) | from / 8, Arrays.copyOfRange(BIG, from, to));
    }

    private static byte[] fragment6(int nextHeader, int from, int to, byte[] of) {
        return ipv6(
                44,
                join(
                        number(1, nextHeader),
                        hex("00"),
                        number(2, from | (to < of.length ? 1 : 0)),
                        hex("00000007"),
                        Arrays.copyOfRange(of, from, to)));
    }

    @Test
    void readsOverIpv4Options() throws Exception {
        byte[] packet = join(hex("4600 0025 0001 0000 4011 0000 " + TO_10_0_0_2 + "94040000"), udp(68, 67, PAYLOAD));
        assertThat(read(pcap(RAW, packet)).only().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void readsPacketsWhoseLengthIsLeftToTheNetworkCard() throws Exception {
        byte[] packet = ipv4(udp(68, 67, PAYLOAD));
        packet[3] = 0;
        assertThat(read(pcap(RAW, packet)).only().payload()).isEqualTo(PAYLOAD);
        byte[] packet6 = ipv6(17, udp(546, 547, PAYLOAD));
        packet6[5] = 0;
        assertThat(read(pcap(RAW, packet6)).only().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void readsDatagramsWithoutPayload() throws Exception {
        assertThat(read(pcap(RAW, ipv4(udp(68, 67, hex(""))))).only().payload()).isEmpty();
    }

    @Test
    void readsOverIpv6ExtensionHeaders() throws Exception {
        byte[] headers = hex("2b00050200000100 3c01000000000000 0000000000000000 1100010400000000");
        byte[] packet = ipv6(0, join(headers, udp(546, 547, PAYLOAD)));
        assertThat(read(pcap(RAW, packet)).only().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void readsIpv6FragmentHeaderOfAWholePacket() throws Exception {
        byte[] packet = ipv6(44, join(hex("1100000000000007"), udp(546, 547, PAYLOAD)));
        assertThat(read(pcap(RAW, packet)).only().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void keepsIpv4MappedAddresses() throws Exception {
        byte[] packet = join(
                hex("60000000 000d 11 40" + "00".repeat(10) + "ffff0a000001" + "00".repeat(10) + "ffff0a000002"),
                udp(546, 547, PAYLOAD));
        assertThat(read(pcap(RAW, packet)).only().source().getAddress()).isInstanceOf(Inet6Address.class);
    }

    @Test
    void passesOverOtherProtocols() throws Exception {
        Reading reading = read(pcap(
                RAW,
                ipv4(1, 1, 0, hex("0800")),
                ipv4(6, 1, MORE, hex("0800")),
                ipv6(58, hex("8700")),
                ipv6(0, join(hex("3a00050200000000"), hex("8700"))),
                ipv6(44, hex("3a00000100000001"))));
        assertThat(reading.datagrams()).isEmpty();
        assertThat(reading.skipped()).isZero();
    }

    @Test
    void passesOverOtherProtocolsThatAreCut() throws Exception {
        byte[] packet = ipv4(6, 1, 0, new byte[100]);
        byte[] file = join(
                pcapHeader(LITTLE_ENDIAN, MICROSECONDS, RAW),
                pcapRecord(LITTLE_ENDIAN, 0, 0, Arrays.copyOf(packet, 40), packet.length));
        assertThat(read(file).skipped()).isZero();
    }

    @Test
    void notesFramesThatTheCaptureCut() throws Exception {
        byte[] packet = ipv4(udp(68, 67, PAYLOAD));
        for (int length = 1; length < packet.length; length++) {
            Reading reading = read(join(
                    pcapHeader(LITTLE_ENDIAN, MICROSECONDS, RAW),
                    pcapRecord(LITTLE_ENDIAN, 0, 0, Arrays.copyOf(packet, length), packet.length)));
            assertThat(reading.datagrams()).isEmpty();
            assertThat(reading.notes()).singleElement().asString().contains("cut by the snapshot length");
        }
    }

    @Test
    void readsFramesOfWhichOnlyThePaddingIsCut() throws Exception {
        byte[] packet = ipv4(udp(68, 67, PAYLOAD));
        byte[] file = join(pcapHeader(LITTLE_ENDIAN, MICROSECONDS, RAW), pcapRecord(LITTLE_ENDIAN, 0, 0, packet, 60));
        assertThat(read(file).only().payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void notesMalformedPackets() throws Exception {
        byte[] shortHeader = ipv4(udp(68, 67, PAYLOAD));
        shortHeader[0] = 0x44;
        byte[] headerBeyondPacket = ipv4(hex("0102"));
        headerBeyondPacket[0] = 0x4f;
        byte[] longTotal = ipv4(udp(68, 67, PAYLOAD));
        longTotal[3]++;
        byte[] longPayload6 = ipv6(17, udp(546, 547, PAYLOAD));
        longPayload6[5]++;
        byte[] longUdp = ipv4(udp(68, 67, PAYLOAD));
        longUdp[25]++;
        byte[] shortUdp = ipv4(udp(68, 67, PAYLOAD));
        shortUdp[25] = 7;
        Reading reading = read(pcap(
                RAW,
                shortHeader,
                headerBeyondPacket,
                longTotal,
                longPayload6,
                longUdp,
                shortUdp,
                ipv4(hex("00440043")),
                ipv6(0, hex("11010000 00000000")),
                hex("45000014"),
                ipv6(44, join(hex("2c00000000000007 1100000000000007"), udp(546, 547, PAYLOAD)))));
        assertThat(reading.datagrams()).isEmpty();
        assertThat(reading.notes())
                .containsExactly(
                        "frame 1: IPv4 header length 16 (expected: 20 or more)",
                        "frame 2: IPv4 header in 22 octets (expected: 60)",
                        "frame 3: IPv4 total length 34 (expected: at most 33)",
                        "frame 4: IPv6 payload length 14 (expected: at most 13)",
                        "frame 5: UDP length 14 (expected: at most 13)",
                        "frame 6: UDP length 7 (expected: 8 or more)",
                        "frame 7: UDP header in 4 octets (expected: 8)",
                        "frame 8: IPv6 extension header in 8 octets (expected: 16)",
                        "frame 9: IPv4 header in 4 octets (expected: 20)",
                        "frame 10: IPv6 fragment header after another one");
        assertThat(reading.skipped()).isEqualTo(10);
    }

    @Test
    void putsIpv4FragmentsTogether() throws Exception {
        byte[] file = pcap(RAW, fragment4(7, 0, 1480), fragment4(7, 1480, 2960), fragment4(7, 2960, 3008));
        CapturedDatagram datagram = read(file).only();
        assertThat(datagram.frameNumber()).isEqualTo(3);
        assertThat(datagram.payload()).isEqualTo(patterned(3000));
        assertThat(read(file).skipped()).isZero();
    }

    @Test
    void putsFragmentsTogetherInAnyOrderAndAmongOthers() throws Exception {
        Reading reading = read(pcap(
                RAW,
                fragment4(7, 2960, 3008),
                fragment4(8, 0, 1480),
                fragment4(7, 1480, 2960),
                ipv4(udp(68, 67, PAYLOAD)),
                fragment4(8, 1480, 3008),
                fragment4(7, 0, 1480)));
        assertThat(reading.datagrams())
                .extracting(CapturedDatagram::frameNumber)
                .containsExactly(4L, 5L, 6L);
        assertThat(reading.datagrams().get(2).payload()).isEqualTo(patterned(3000));
        assertThat(reading.skipped()).isZero();
    }

    @Test
    void putsIpv6FragmentsTogether() throws Exception {
        byte[] file = pcap(RAW, fragment6(17, 0, 1448, BIG), fragment6(17, 1448, 3008, BIG));
        assertThat(read(file).only().payload()).isEqualTo(patterned(3000));
    }

    @Test
    void readsExtensionHeadersWithinIpv6Fragments() throws Exception {
        byte[] content = join(hex("1100010400000000"), BIG);
        // The type counts in the first fragment only.
        byte[] file = pcap(RAW, fragment6(17, 1448, 3016, content), fragment6(60, 0, 1448, content));
        assertThat(read(file).only().payload()).isEqualTo(patterned(3000));
    }

    @Test
    void toleratesFragmentsThatWereSeenTwice() throws Exception {
        Reading reading = read(pcap(RAW, fragment4(7, 1480, 3008), fragment4(7, 1480, 3008), fragment4(7, 0, 1480)));
        assertThat(reading.only().payload()).isEqualTo(patterned(3000));
        assertThat(reading.skipped()).isZero();
    }

    @Test
    void toleratesFragmentsThatWereSeenInOtherParts() throws Exception {
        Reading reading = read(pcap(
                RAW,
                fragment4(7, 0, 800),
                fragment4(7, 800, 1480),
                fragment4(7, 400, 1200),
                fragment4(7, 0, 1480),
                fragment4(7, 1480, 3008)));
        assertThat(reading.only().payload()).isEqualTo(patterned(3000));
    }

    @Test
    void dropsDatagramsWhoseFragmentsWereSeenInPart() throws Exception {
        Reading reading = read(pcap(
                RAW, fragment4(7, 0, 400), fragment4(7, 800, 1480), fragment4(7, 0, 1480), fragment4(7, 1480, 3008)));
        assertThat(reading.datagrams()).isEmpty();
        assertThat(reading.notes()).contains("frame 3: fragment that contradicts another one of its datagram");
    }

    @Test
    void keepsFragmentsOfInterfacesApart() throws Exception {
        byte[] onFirst = hex("0800 0000 00000001 0001 04 06 0200000000010000");
        byte[] onSecond = hex("0800 0000 00000002 0001 04 06 0200000000010000");
        Reading reading = read(pcap(
                276,
                join(onFirst, fragment4(7, 0, 1480)),
                join(onSecond, fragment4(7, 0, 1480)),
                join(onFirst, fragment4(7, 1480, 3008)),
                join(onSecond, fragment4(7, 1480, 3008))));
        assertThat(reading.datagrams()).hasSize(2);
        assertThat(reading.skipped()).isZero();
    }

    @Test
    void dropsDatagramsWhoseFragmentsOverlap() throws Exception {
        Reading reading = read(pcap(RAW, fragment4(7, 0, 1480), fragment4(7, 1472, 3008)));
        assertThat(reading.datagrams()).isEmpty();
        assertThat(reading.skipped()).isEqualTo(2);
        assertThat(reading.notes())
                .containsExactly(
                        "frame 1: fragment of a datagram that did not get complete",
                        "frame 2: fragment that contradicts another one of its datagram");
    }

    @Test
    void dropsDatagramsOfTwoLengths() throws Exception {
        assertThat(read(pcap(RAW, ipv4(17, 7, 100, PAYLOAD), ipv4(17, 7, 200, PAYLOAD)))
                        .skipped())
                .isEqualTo(2);
        assertThat(read(pcap(RAW, ipv4(17, 7, 100, PAYLOAD), ipv4(17, 7, MORE | 200, new byte[8])))
                        .skipped())
                .isEqualTo(2);
        assertThat(read(pcap(RAW, ipv4(17, 7, MORE | 200, new byte[8]), ipv4(17, 7, 100, PAYLOAD)))
                        .skipped())
                .isEqualTo(2);
    }

    @Test
    void notesFragmentsThatCannotBe() throws Exception {
        Reading reading = read(
                pcap(RAW, ipv4(17, 7, MORE, hex("")), ipv4(17, 7, MORE, new byte[9]), ipv4(17, 7, 8191, new byte[8])));
        assertThat(reading.notes())
                .containsExactly(
                        "frame 1: fragment of 0 octets for offset 0",
                        "frame 2: fragment of 9 octets for offset 0",
                        "frame 3: fragment of 8 octets for offset 65528");
    }

    @Test
    void notesFragmentsOfWhichSomethingLacks() throws Exception {
        Reading reading = read(pcap(RAW, fragment4(7, 0, 1480), fragment4(7, 1480, 2960)));
        assertThat(reading.skipped()).isEqualTo(2);
        assertThat(reading.notes()).containsExactly("frame 1: fragment of a datagram that did not get complete");
    }

    @Test
    void dropsTheOldestOfManyUnfinishedDatagrams() throws Exception {
        List<byte[]> packets = new ArrayList<>();
        for (int identification = 0; identification < 17; identification++) {
            packets.add(fragment4(identification, 0, 1480));
        }
        packets.add(fragment4(16, 1480, 3008));
        packets.add(fragment4(1, 1480, 3008));
        packets.add(fragment4(0, 1480, 3008));
        Reading reading = read(pcap(RAW, packets.toArray(byte[][]::new)));
        assertThat(reading.datagrams())
                .extracting(CapturedDatagram::frameNumber)
                .containsExactly(18L, 19L);
        // 14 that were not continued, and both halves of the first, which were not in the table at the same time.
        assertThat(reading.skipped()).isEqualTo(16);
    }

    @Test
    void doesNotJoinFragmentsMoreThanAMinuteApart() throws Exception {
        byte[] first = fragment4(7, 0, 1480);
        byte[] second = fragment4(7, 1480, 3008);
        byte[] header = pcapHeader(LITTLE_ENDIAN, MICROSECONDS, RAW);
        byte[] record = pcapRecord(LITTLE_ENDIAN, 0, 0, first, first.length);
        assertThat(read(join(header, record, pcapRecord(LITTLE_ENDIAN, 60, 0, second, second.length)))
                        .datagrams())
                .hasSize(1);
        assertThat(read(join(header, record, pcapRecord(LITTLE_ENDIAN, 61, 0, second, second.length)))
                        .datagrams())
                .isEmpty();
    }

    @Test
    void givesIpv6AddressesWithoutScope() throws Exception {
        byte[] packet = join(
                hex("60000000 000d 11 40" + "fe800000000000000000000000000001" + "ff020000000000000000000000010002"),
                udp(546, 547, PAYLOAD));
        assertThat(read(pcap(RAW, packet)).only())
                .hasToString("frame 1 1970-01-01T00:00:00.000005Z /[fe80:0:0:0:0:0:0:1]:546 > /[ff02:0:0:0:0:0:1:2]:547"
                        + " 5 octets");
    }
}
