package dev.pxekit.dhcp.capture;

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
import static dev.pxekit.dhcp.capture.CaptureOctets.section;
import static dev.pxekit.dhcp.capture.CaptureOctets.udp;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures as Wireshark's tools read and write them. */
@Tag("interop")
@Timeout(300)
class CaptureInteropIT {

    @TempDir
    private Path directory;

    private static List<String> ours(Path capture) throws IOException {
        List<String> lines = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(capture)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                CapturedDatagram datagram = next.get();
                Instant time = datagram.time();
                lines.add(String.format(
                        "%d %d.%09d %d>%d %s",
                        datagram.frameNumber(),
                        time.getEpochSecond(),
                        time.getNano(),
                        datagram.source().getPort(),
                        datagram.destination().getPort(),
                        HexFormat.of().formatHex(datagram.payload())));
            }
            assertThat(reader.notes()).isEmpty();
        }
        return lines;
    }

    /** The same lines by tshark; ICMP errors quote datagrams that are not on the wire. */
    private static List<String> tshark(Path capture) throws IOException {
        String fields = run(
                Needs.program("tshark", "tshark").toString(),
                "-n",
                "-r",
                capture.toString(),
                "-Y",
                "udp && !icmp && !icmpv6",
                "-T",
                "fields",
                "-e",
                "frame.number",
                "-e",
                "frame.time_epoch",
                "-e",
                "udp.srcport",
                "-e",
                "udp.dstport",
                "-e",
                "udp.payload");
        return fields.lines()
                .map(line -> line.split("\t", -1))
                .map(field -> field[0] + " " + field[1] + " " + field[2] + ">" + field[3] + " " + field[4])
                .toList();
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(List.of(command) + " failed:\n" + output);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static InetSocketAddress address(String host, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** A capture by our writer: IPv4 and IPv6, odd and even lengths, and a checksum that comes out as 0. */
    private Path written() throws IOException {
        Path capture = directory.resolve("written.pcap");
        Instant start = Instant.parse("2026-01-02T03:04:05.123456Z");
        try (CaptureWriter writer = CaptureWriter.open(capture)) {
            for (int length : new int[] {1, 2, 300, 1401}) {
                byte[] payload = new byte[length];
                Arrays.fill(payload, (byte) length);
                writer.write(start.plusSeconds(length), address("10.0.0.1", 5000), address("10.0.0.2", 5001), payload);
                writer.write(start.plusSeconds(length), address("fe80::1", 5000), address("ff02::2", 5001), payload);
            }
            writer.write(start, address("10.0.0.1", 5000), address("10.0.0.2", 5001), hex("c4c6"));
        }
        return capture;
    }

    static Stream<Arguments> handmade() {
        byte[] datagram = udp(5000, 5001, hex("0102030405"));
        byte[] packet = ipv4(datagram);
        byte[] packet6 = ipv6(17, datagram);
        byte[] big = udp(5000, 5001, new byte[1000]);
        byte[] part = Arrays.copyOf(big, 600);
        byte[] rest = Arrays.copyOfRange(big, 600, big.length);
        byte[] frame = ethernet(0x0800, packet);
        return Stream.of(
                Arguments.of("nanoseconds, big-endian", pcap(BIG_ENDIAN, NANOSECONDS, 1, frame)),
                Arguments.of("customer tag", pcap(1, ethernet(0x8100, join(hex("00640800"), packet)))),
                Arguments.of("two tags", pcap(1, ethernet(0x88a8, join(hex("00648100006586dd"), packet6)))),
                Arguments.of("raw IP", pcap(101, packet, packet6)),
                Arguments.of("raw IPv4", pcap(228, packet)),
                Arguments.of("raw IPv6", pcap(229, packet6)),
                Arguments.of("null", pcap(0, join(hex("02000000"), packet), join(hex("1e000000"), packet6))),
                Arguments.of("loop", pcap(108, join(hex("00000002"), packet), join(hex("00000018"), packet6))),
                Arguments.of("cooked", pcap(113, join(hex("0000 0001 0006 0200000000010000 0800"), packet))),
                Arguments.of(
                        "cooked 2", pcap(276, join(hex("86dd 0000 00000003 0001 0406 0200000000010000"), packet6))),
                Arguments.of("fragments", pcap(101, ipv4(17, 7, 0x2000, part), ipv4(17, 7, 75, rest))),
                Arguments.of(
                        "IPv6 fragments",
                        pcap(
                                101,
                                ipv6(44, join(hex("1100000100000007"), part)),
                                ipv6(44, join(hex("1100025800000007"), rest)))),
                Arguments.of(
                        "IPv6 headers", pcap(101, ipv6(0, join(hex("3c00010400000000 1100010400000000"), datagram)))),
                Arguments.of(
                        "pcapng",
                        join(
                                section(LITTLE_ENDIAN),
                                interfaceDescription(LITTLE_ENDIAN, 1, 0, option(LITTLE_ENDIAN, 9, hex("09"))),
                                enhancedPacket(LITTLE_ENDIAN, 0, 1_700_000_000_123_456_789L, frame),
                                section(BIG_ENDIAN),
                                interfaceDescription(BIG_ENDIAN, 101, 0, option(BIG_ENDIAN, 9, hex("8a"))),
                                interfaceDescription(BIG_ENDIAN, 1, 0, option(BIG_ENDIAN, 14, hex("000000003b9aca00"))),
                                enhancedPacket(BIG_ENDIAN, 0, 1024 * 5 + 512, packet6),
                                block(BIG_ENDIAN, 5, new byte[12]),
                                enhancedPacket(BIG_ENDIAN, 1, 7, frame),
                                block(
                                        BIG_ENDIAN,
                                        2,
                                        join(hex("00010000 00000000 00000007 0000002f 0000002f"), frame)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handmade")
    void readsWhatTsharkReads(String name, byte[] octets) throws Exception {
        Path capture = Files.write(directory.resolve("handmade"), octets);
        assertThat(ours(capture)).as(name).isEqualTo(tshark(capture)).isNotEmpty();
    }

    @Test
    void writesWhatTsharkReads() throws Exception {
        Path capture = written();
        assertThat(tshark(capture)).isEqualTo(ours(capture)).hasSize(9);
        String checksums = run(
                Needs.program("tshark", "tshark").toString(),
                "-n",
                "-r",
                capture.toString(),
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
                "-T",
                "fields",
                "-e",
                "ip.checksum.status",
                "-e",
                "udp.checksum.status",
                "-e",
                "udp.checksum");
        // 1 is a good one; IPv6 has none of its own.
        assertThat(checksums.lines()).allMatch(line -> line.matches("1?\t1\t0x[0-9a-f]{4}"));
        assertThat(checksums.lines()).last().asString().endsWith("0xffff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcapng", "pcap", "nsecpcap"})
    void readsWhatEditcapWrites(String format) throws Exception {
        Path written = written();
        assertThat(ours(converted(written, format))).isEqualTo(ours(written));
    }

    private Path converted(Path capture, String format) throws IOException {
        Path copy = directory.resolve("converted");
        run(Needs.program("editcap", "wireshark-common").toString(), "-F", format, capture.toString(), copy.toString());
        return copy;
    }

    @Test
    void readsTheConformanceCapturesAsTsharkDoes() throws Exception {
        List<Path> captures;
        try (var files = Files.list(Needs.conformance("dhcp").resolve("pcap"))) {
            captures = files.sorted().toList();
        }
        assertThat(captures).isNotEmpty();
        for (Path capture : captures) {
            List<String> expected = tshark(capture);
            assertThat(ours(capture)).as(capture.toString()).isEqualTo(expected);
            assertThat(ours(converted(capture, "pcapng")))
                    .as(capture.toString())
                    .isEqualTo(expected);
        }
    }
}
