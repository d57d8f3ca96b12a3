package dev.pxekit.dhcp.capture;

import static dev.pxekit.dhcp.capture.CaptureOctets.MICROSECONDS;
import static dev.pxekit.dhcp.capture.CaptureOctets.NANOSECONDS;
import static dev.pxekit.dhcp.capture.CaptureOctets.block;
import static dev.pxekit.dhcp.capture.CaptureOctets.enhancedPacket;
import static dev.pxekit.dhcp.capture.CaptureOctets.ethernet;
import static dev.pxekit.dhcp.capture.CaptureOctets.hex;
import static dev.pxekit.dhcp.capture.CaptureOctets.interfaceDescription;
import static dev.pxekit.dhcp.capture.CaptureOctets.ipv4;
import static dev.pxekit.dhcp.capture.CaptureOctets.ipv6;
import static dev.pxekit.dhcp.capture.CaptureOctets.join;
import static dev.pxekit.dhcp.capture.CaptureOctets.option;
import static dev.pxekit.dhcp.capture.CaptureOctets.pcap;
import static dev.pxekit.dhcp.capture.CaptureOctets.pcapHeader;
import static dev.pxekit.dhcp.capture.CaptureOctets.pcapRecord;
import static dev.pxekit.dhcp.capture.CaptureOctets.read;
import static dev.pxekit.dhcp.capture.CaptureOctets.section;
import static dev.pxekit.dhcp.capture.CaptureOctets.udp;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.Fuzz;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.capture.CaptureOctets.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureReaderTest {

    private static final byte[] PAYLOAD = hex("0102030405");

    /** From 10.0.0.1:68 to 10.0.0.2:67. */
    private static final byte[] FRAME = ethernet(0x0800, ipv4(udp(68, 67, PAYLOAD)));

    private static byte[] pcapng(ByteOrder order, byte[] options, byte[]... blocks) {
        return join(section(order), interfaceDescription(order, 1, 0, options), join(blocks));
    }

    private static Instant timeWith(byte[] options, long units) throws IOException {
        return read(pcapng(LITTLE_ENDIAN, options, enhancedPacket(LITTLE_ENDIAN, 0, units, FRAME)))
                .only()
                .time();
    }

    @Test
    void givesTimeAddressesAndPayload() throws Exception {
        CapturedDatagram datagram = read(pcap(1, FRAME)).only();
        assertThat(datagram.frameNumber()).isEqualTo(1);
        assertThat(datagram.time()).isEqualTo(Instant.ofEpochSecond(0, 5000));
        assertThat(datagram.source()).hasToString("/10.0.0.1:68");
        assertThat(datagram.destination()).hasToString("/10.0.0.2:67");
        assertThat(datagram.sourceHardwareAddress()).contains(HardwareAddress.parse("02:00:00:00:00:01"));
        assertThat(datagram.destinationHardwareAddress()).contains(HardwareAddress.parse("02:00:00:00:00:02"));
        assertThat(datagram.payload()).isEqualTo(PAYLOAD);
        assertThat(datagram).hasToString("frame 1 1970-01-01T00:00:00.000005Z /10.0.0.1:68 > /10.0.0.2:67 5 octets");
    }

    @Test
    void keepsThePayloadFromItsCallers() throws Exception {
        CapturedDatagram datagram = read(pcap(1, FRAME)).only();
        Arrays.fill(datagram.payload(), (byte) 0);
        assertThat(datagram.payload()).isEqualTo(PAYLOAD);
    }

    @Test
    void knowsThePortsOfDhcp() throws Exception {
        assertThat(read(pcap(
                                101,
                                ipv4(udp(68, 67, PAYLOAD)),
                                ipv4(udp(4011, 1024, PAYLOAD)),
                                ipv4(udp(1024, 68, PAYLOAD)),
                                ipv6(17, udp(546, 547, PAYLOAD)),
                                ipv6(17, udp(1024, 4011, PAYLOAD)),
                                ipv4(udp(69, 1024, PAYLOAD)),
                                ipv4(udp(546, 547, PAYLOAD)),
                                ipv6(17, udp(67, 68, PAYLOAD))))
                        .datagrams())
                .extracting(CapturedDatagram::isDhcp)
                .containsExactly(true, true, true, true, true, false, false, false);
    }

    @Test
    void countsFramesThatAreNotUdp() throws Exception {
        Reading reading = read(pcap(1, ethernet(0x0806, hex("0001")), ethernet(0x0800, ipv4(6, 1, 0, PAYLOAD)), FRAME));
        assertThat(reading.only().frameNumber()).isEqualTo(3);
        assertThat(reading.skipped()).isZero();
    }

    @Test
    void readsPcapInTheOtherByteOrder() throws Exception {
        CapturedDatagram datagram =
                read(pcap(BIG_ENDIAN, MICROSECONDS, 1, FRAME)).only();
        assertThat(datagram.payload()).isEqualTo(PAYLOAD);
        assertThat(datagram.time()).isEqualTo(Instant.ofEpochSecond(0, 5000));
    }

    @Test
    void readsPcapWithNanoseconds() throws Exception {
        assertThat(read(pcap(BIG_ENDIAN, NANOSECONDS, 1, FRAME)).only().time()).isEqualTo(Instant.ofEpochSecond(0, 5));
        assertThat(read(pcap(LITTLE_ENDIAN, NANOSECONDS, 1, FRAME)).only().time())
                .isEqualTo(Instant.ofEpochSecond(0, 5));
    }

    @Test
    void readsSecondsAfter2038() throws Exception {
        byte[] file =
                join(pcapHeader(LITTLE_ENDIAN, MICROSECONDS, 1), pcapRecord(LITTLE_ENDIAN, -1, 0, FRAME, FRAME.length));
        assertThat(read(file).only().time()).isEqualTo(Instant.ofEpochSecond(0xffff_ffffL));
    }

    @Test
    void ignoresTheFrameCheckSequenceInTheLinkType() throws Exception {
        assertThat(read(pcap(0x4400_0001, join(FRAME, hex("12345678")))).only().payload())
                .isEqualTo(PAYLOAD);
    }

    @Test
    void opensAFile(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("capture.pcap"), pcap(1, FRAME));
        try (CaptureReader reader = CaptureReader.open(file)) {
            assertThat(reader.next()).isPresent();
            assertThat(reader.next()).isEmpty();
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void closesItsStream() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream stream = new ByteArrayInputStream(pcap(1)) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
        CaptureReader.read(stream).close();
        assertThat(closed).isTrue();
    }

    @Test
    void readsPcapngInBothByteOrders() throws Exception {
        for (ByteOrder order : new ByteOrder[] {LITTLE_ENDIAN, BIG_ENDIAN}) {
            long microseconds = 1_700_000_000_123_456L;
            CapturedDatagram datagram = read(pcapng(order, hex(""), enhancedPacket(order, 0, microseconds, FRAME)))
                    .only();
            assertThat(datagram.payload()).isEqualTo(PAYLOAD);
            assertThat(datagram.time()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 123_456_000));
        }
    }

    @Test
    void readsSectionsAndInterfacesOfTheirOwn() throws Exception {
        byte[] packet = ipv4(udp(67, 68, PAYLOAD));
        Reading reading = read(join(
                section(LITTLE_ENDIAN),
                interfaceDescription(LITTLE_ENDIAN, 1, 0, hex("")),
                interfaceDescription(LITTLE_ENDIAN, 101, 0, option(LITTLE_ENDIAN, 9, hex("09"))),
                enhancedPacket(LITTLE_ENDIAN, 1, 7, packet),
                enhancedPacket(LITTLE_ENDIAN, 0, 7, FRAME),
                section(BIG_ENDIAN),
                interfaceDescription(BIG_ENDIAN, 228, 0, hex("")),
                enhancedPacket(BIG_ENDIAN, 0, 7, packet)));
        assertThat(reading.fault()).isEmpty();
        assertThat(reading.datagrams())
                .extracting(CapturedDatagram::frameNumber)
                .containsExactly(1L, 2L, 3L);
        assertThat(reading.datagrams())
                .extracting(CapturedDatagram::time)
                .containsExactly(
                        Instant.ofEpochSecond(0, 7), Instant.ofEpochSecond(0, 7000), Instant.ofEpochSecond(0, 7000));
    }

    @Test
    void forgetsTheInterfacesOfTheSectionBefore() throws Exception {
        Reading reading = read(join(
                pcapng(LITTLE_ENDIAN, hex("")), section(LITTLE_ENDIAN), enhancedPacket(LITTLE_ENDIAN, 0, 7, FRAME)));
        assertThat(reading.fault()).get().asString().contains("packet of interface 0 (expected: less than 0)");
    }

    @Test
    void readsTheResolutionOfTimes() throws Exception {
        assertThat(timeWith(option(LITTLE_ENDIAN, 9, hex("00")), 12)).isEqualTo(Instant.ofEpochSecond(12));
        assertThat(timeWith(option(LITTLE_ENDIAN, 9, hex("03")), 12_345))
                .isEqualTo(Instant.ofEpochSecond(12, 345_000_000));
        // Half a second after 3, in units of 2^-10.
        assertThat(timeWith(option(LITTLE_ENDIAN, 9, hex("8a")), 3 * 1024 + 512))
                .isEqualTo(Instant.ofEpochSecond(3, 500_000_000));
        assertThat(timeWith(option(LITTLE_ENDIAN, 9, hex("0c")), 1_000_000_005_000L))
                .isEqualTo(Instant.ofEpochSecond(1, 5));
        assertThat(timeWith(option(LITTLE_ENDIAN, 9, hex("7f")), -1)).isEqualTo(Instant.EPOCH);
        assertThat(timeWith(option(LITTLE_ENDIAN, 9, hex("ff")), -1)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void readsTheOffsetOfTimes() throws Exception {
        byte[] comment = option(LITTLE_ENDIAN, 1, hex("6161616161"));
        byte[] offset = option(LITTLE_ENDIAN, 14, hex("00ca9a3b00000000"));
        assertThat(timeWith(join(comment, offset), 7)).isEqualTo(Instant.ofEpochSecond(1_000_000_000, 7000));
    }

    @Test
    void stopsAtTheEndOfOptions() throws Exception {
        byte[] options = join(option(LITTLE_ENDIAN, 0, hex("")), option(LITTLE_ENDIAN, 9, hex("09")));
        assertThat(timeWith(options, 7)).isEqualTo(Instant.ofEpochSecond(0, 7000));
    }

    @Test
    void givesTheNearestInstantForTimesThatThereAreNot() throws Exception {
        assertThat(timeWith(option(LITTLE_ENDIAN, 9, hex("00")), -1).getEpochSecond())
                .isEqualTo(Instant.MAX.getEpochSecond());
    }

    @Test
    void readsSimplePacketBlocks() throws Exception {
        ByteBuffer body = ByteBuffer.allocate(4 + FRAME.length).order(LITTLE_ENDIAN);
        byte[] simple =
                block(LITTLE_ENDIAN, 3, body.putInt(FRAME.length).put(FRAME).array());
        CapturedDatagram datagram = read(pcapng(LITTLE_ENDIAN, hex(""), simple)).only();
        assertThat(datagram.payload()).isEqualTo(PAYLOAD);
        assertThat(datagram.time()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void seesThatTheSnapshotLengthCutASimplePacket() throws Exception {
        byte[] captured = Arrays.copyOf(FRAME, 44);
        ByteBuffer body = ByteBuffer.allocate(4 + captured.length).order(LITTLE_ENDIAN);
        byte[] simple =
                block(LITTLE_ENDIAN, 3, body.putInt(FRAME.length).put(captured).array());
        Reading reading =
                read(join(section(LITTLE_ENDIAN), interfaceDescription(LITTLE_ENDIAN, 1, 44, hex("")), simple));
        assertThat(reading.datagrams()).isEmpty();
        assertThat(reading.notes())
                .containsExactly("frame 1: UDP datagram cut by the snapshot length: 10 octets captured (expected: 13)");
    }

    @Test
    void readsObsoletePacketBlocks() throws Exception {
        ByteBuffer body = ByteBuffer.allocate(20 + FRAME.length).order(BIG_ENDIAN);
        body.putShort((short) 0).putShort((short) 9).putInt(0).putInt(7);
        body.putInt(FRAME.length).putInt(FRAME.length).put(FRAME);
        CapturedDatagram datagram = read(pcapng(BIG_ENDIAN, hex(""), block(BIG_ENDIAN, 2, body.array())))
                .only();
        assertThat(datagram.payload()).isEqualTo(PAYLOAD);
        assertThat(datagram.time()).isEqualTo(Instant.ofEpochSecond(0, 7000));
    }

    @Test
    void readsOverBlocksItDoesNotKnow() throws Exception {
        byte[] file = pcapng(
                LITTLE_ENDIAN,
                hex(""),
                block(LITTLE_ENDIAN, 0x0bad, new byte[100_000]),
                block(LITTLE_ENDIAN, 5, new byte[0]),
                enhancedPacket(LITTLE_ENDIAN, 0, 7, FRAME));
        assertThat(read(file).only().frameNumber()).isEqualTo(1);
    }

    @Test
    void readsOverTheOptionsOfPackets() throws Exception {
        byte[] packet = enhancedPacket(LITTLE_ENDIAN, 0, 7, FRAME);
        byte[] padding = new byte[-FRAME.length & 3];
        byte[] body = join(
                Arrays.copyOfRange(packet, 8, 28 + FRAME.length),
                padding,
                option(LITTLE_ENDIAN, 1, hex("6161")),
                option(LITTLE_ENDIAN, 0, hex("")));
        assertThat(read(pcapng(LITTLE_ENDIAN, hex(""), block(LITTLE_ENDIAN, 6, body)))
                        .only()
                        .payload())
                .isEqualTo(PAYLOAD);
    }

    @Test
    void rejectsWhatIsNoCapture() {
        assertThatExceptionOfType(DhcpFormatException.class)
                .isThrownBy(() -> read(hex("1f8b0800 0000")))
                .withMessage("magic number 1f8b0800 (expected: that of pcap or pcapng) at offset 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 23})
    void rejectsAFileThatEndsInItsHeader(int length) {
        assertThatExceptionOfType(DhcpFormatException.class)
                .isThrownBy(() -> read(Arrays.copyOf(pcap(1), length)))
                .withMessageStartingWith("file cut in")
                .satisfies(fault -> assertThat(fault.offset()).isEqualTo(length));
    }

    @Test
    void rejectsAnotherVersionOfPcap() {
        byte[] file = pcap(1, FRAME);
        file[4] = 1;
        assertThatExceptionOfType(DhcpFormatException.class)
                .isThrownBy(() -> read(file))
                .withMessage("pcap version 1.4 (expected: 2.4) at offset 4");
    }

    @Test
    void givesTheDatagramsBeforeACutRecord() throws Exception {
        byte[] whole = pcap(1, FRAME, FRAME);
        int firstEnd = 24 + 16 + FRAME.length;
        for (int length = firstEnd + 1; length < whole.length; length++) {
            Reading reading = read(Arrays.copyOf(whole, length));
            assertThat(reading.datagrams()).hasSize(1);
            assertThat(reading.fault().orElseThrow().offset()).isEqualTo(length);
        }
    }

    @Test
    void givesTheDatagramsBeforeACutBlock() throws Exception {
        byte[] packet = enhancedPacket(LITTLE_ENDIAN, 0, 7, FRAME);
        byte[] whole = pcapng(LITTLE_ENDIAN, hex(""), packet, packet);
        int firstEnd = whole.length - packet.length;
        for (int length = firstEnd + 1; length < whole.length; length++) {
            Reading reading = read(Arrays.copyOf(whole, length));
            assertThat(reading.datagrams()).hasSize(1);
            assertThat(reading.fault().orElseThrow().offset()).isEqualTo(length);
        }
    }

    @Test
    void givesNothingAfterAFault() throws Exception {
        byte[] cut = Arrays.copyOf(pcap(1, FRAME), 50);
        try (CaptureReader reader = CaptureReader.read(new ByteArrayInputStream(cut))) {
            assertThatExceptionOfType(DhcpFormatException.class).isThrownBy(reader::next);
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void rejectsAnAbsurdLengthOfARecord() throws Exception {
        byte[] file = pcap(1, FRAME);
        ByteBuffer.wrap(file).order(LITTLE_ENDIAN).putInt(32, 262_145);
        assertThat(read(file).fault())
                .get()
                .asString()
                .endsWith("captured length 262145 (expected: at most 262144) at offset 40");
        ByteBuffer.wrap(file).putInt(32, -1);
        assertThat(read(file).fault()).get().asString().contains("captured length 4294967295");
    }

    @Test
    void hasNoMemoryForALengthThatIsNotThere() throws Exception {
        byte[] file = pcap(1, FRAME);
        ByteBuffer.wrap(file).order(LITTLE_ENDIAN).putInt(32, 262_144);
        AtomicInteger longestRead = new AtomicInteger();
        InputStream stream = new ByteArrayInputStream(file) {
            @Override
            public synchronized int read(byte[] octets, int offset, int length) {
                longestRead.accumulateAndGet(length, Math::max);
                return super.read(octets, offset, length);
            }
        };
        try (CaptureReader reader = CaptureReader.read(stream)) {
            assertThatExceptionOfType(DhcpFormatException.class)
                    .isThrownBy(reader::next)
                    .withMessage("file cut in frame: 47 octets (expected: 262144) at offset " + file.length);
        }
        assertThat(longestRead.get()).isPositive().isLessThan(65_536);
    }

    @Test
    void rejectsASectionWithoutByteOrder() {
        byte[] file = section(LITTLE_ENDIAN);
        file[8] = 0;
        assertThatExceptionOfType(DhcpFormatException.class)
                .isThrownBy(() -> read(file))
                .withMessage("byte-order magic 003c2b1a (expected: 1a2b3c4d in either order) at offset 8");
    }

    @Test
    void rejectsAnotherVersionOfPcapng() {
        byte[] file = section(LITTLE_ENDIAN);
        file[12] = 2;
        assertThatExceptionOfType(DhcpFormatException.class)
                .isThrownBy(() -> read(file))
                .withMessage("pcapng version 2 (expected: 1) at offset 12");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 13, 0x7fff_ffff})
    void rejectsAnImpossibleBlockLength(int length) throws Exception {
        byte[] file = pcapng(LITTLE_ENDIAN, hex(""), enhancedPacket(LITTLE_ENDIAN, 0, 7, FRAME));
        int position = file.length - enhancedPacket(LITTLE_ENDIAN, 0, 7, FRAME).length + 4;
        ByteBuffer.wrap(file).order(LITTLE_ENDIAN).putInt(position, length);
        DhcpFormatException fault = read(file).fault().orElseThrow();
        assertThat(fault).hasMessageStartingWith("block length " + length);
        assertThat(fault.offset()).isEqualTo(position);
    }

    @Test
    void rejectsABlockThatEndsInAnotherLength() throws Exception {
        byte[] file = pcapng(LITTLE_ENDIAN, hex(""), block(LITTLE_ENDIAN, 5, new byte[4]));
        file[file.length - 4] = 99;
        assertThat(read(file).fault())
                .get()
                .asString()
                .endsWith("block length 99 at the end of a block (expected: 16) at offset " + (file.length - 4));
    }

    @Test
    void rejectsAPacketLongerThanItsBlock() throws Exception {
        byte[] packet = enhancedPacket(LITTLE_ENDIAN, 0, 7, FRAME);
        ByteBuffer.wrap(packet).order(LITTLE_ENDIAN).putInt(20, 49);
        assertThat(read(pcapng(LITTLE_ENDIAN, hex(""), packet)).fault())
                .get()
                .asString()
                .contains("frame of 49 octets in a block that has 48 left");
    }

    @Test
    void rejectsAPacketOfAnInterfaceThatIsNotDescribed() throws Exception {
        assertThat(read(pcapng(LITTLE_ENDIAN, hex(""), enhancedPacket(LITTLE_ENDIAN, -1, 7, FRAME)))
                        .fault())
                .get()
                .asString()
                .contains("packet of interface 4294967295 (expected: less than 1)");
    }

    @Test
    void rejectsAnOptionLongerThanItsBlock() throws Exception {
        byte[] option = option(LITTLE_ENDIAN, 2, hex("61"));
        option[2] = 5;
        assertThat(read(pcapng(LITTLE_ENDIAN, option)).fault())
                .get()
                .asString()
                .contains("option of 8 octets in a block that has 4 left");
    }

    @Test
    void rejectsTooManyInterfaces() throws Exception {
        byte[][] descriptions = new byte[5000][];
        Arrays.fill(descriptions, interfaceDescription(LITTLE_ENDIAN, 1, 0, hex("")));
        assertThat(read(pcapng(LITTLE_ENDIAN, hex(""), descriptions)).fault())
                .get()
                .asString()
                .contains("more than 4096 interfaces in a section");
    }

    @Test
    void boundsItsNotes() throws Exception {
        byte[][] frames = new byte[250][];
        Arrays.fill(frames, hex("00"));
        Reading reading = read(pcap(1, frames));
        assertThat(reading.skipped()).isEqualTo(250);
        assertThat(reading.notes()).hasSize(100);
    }

    @Test
    void readsMutationsOrRefusesThem() {
        byte[] packet = ipv6(60, join(hex("2c00000000000000 11000000 00000001"), udp(546, 547, PAYLOAD)));
        byte[] part = ipv6(44, join(hex("11000001 00000002"), udp(546, 547, hex("0102030405060708"))));
        byte[] rest = ipv6(44, join(hex("11000010 00000002"), hex("01")));
        byte[] tagged = ethernet(0x8100, join(hex("00010800"), ipv4(17, 9, 0x2000, udp(68, 67, new byte[8]))));
        byte[] end = ethernet(0x0800, ipv4(17, 9, 2, PAYLOAD));
        Fuzz.run(
                octets -> {
                    try {
                        read(octets);
                    } catch (DhcpFormatException e) {
                        throw e;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                pcap(1, FRAME, tagged, end),
                pcap(BIG_ENDIAN, NANOSECONDS, 101, packet, part, rest),
                pcap(0, join(hex("02000000"), ipv4(udp(68, 67, PAYLOAD)))),
                pcap(113, join(hex("0000 0001 0006 020000000001 0000 0800"), ipv4(udp(68, 67, PAYLOAD)))),
                pcap(276, join(hex("86dd 0000 00000002 0001 00 06 020000000001 0000"), packet)),
                pcapng(
                        LITTLE_ENDIAN,
                        join(option(LITTLE_ENDIAN, 9, hex("09")), option(LITTLE_ENDIAN, 14, new byte[8])),
                        enhancedPacket(LITTLE_ENDIAN, 0, 7, FRAME),
                        section(BIG_ENDIAN),
                        interfaceDescription(BIG_ENDIAN, 1, 64, hex("")),
                        block(BIG_ENDIAN, 3, join(hex("0000002f"), FRAME)),
                        block(BIG_ENDIAN, 2, join(hex("00000000 00000000 00000007 0000002f 0000002f"), FRAME))));
    }
}
