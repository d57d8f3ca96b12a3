package dev.pxekit.dhcp.capture;

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
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.Untrusted;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Capture files of any octets. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class CaptureFuzzTest {

    static Stream<byte[]> files() {
        byte[] payload = hex("0102030405060708090a");
        byte[] udp = ipv4(udp(68, 67, payload));
        byte[] first = ipv4(17, 9, 0x2000, udp(68, 67, new byte[8]));
        byte[] last = ipv4(17, 9, 2, payload);
        byte[] packet6 = ipv6(60, join(hex("2c00000000000000 11000000 00000001"), udp(546, 547, payload)));
        byte[] part6 = ipv6(44, join(hex("11000001 00000002"), udp(546, 547, hex("0102030405060708"))));
        byte[] rest6 = ipv6(44, join(hex("11000010 00000002"), payload));
        byte[] clock = join(option(LITTLE_ENDIAN, 9, hex("89")), option(LITTLE_ENDIAN, 14, hex("ffffffffffffff00")));
        return Stream.of(
                pcap(1, ethernet(0x0800, udp), ethernet(0x8100, join(hex("00010800"), first)), ethernet(0x0800, last)),
                pcap(BIG_ENDIAN, CaptureOctets.NANOSECONDS, 101, packet6, part6, rest6),
                pcap(0, join(hex("02000000"), udp)),
                pcap(113, join(hex("0000 0001 0006 020000000001 0000 0800"), udp)),
                pcap(276, join(hex("86dd 0000 00000002 0001 00 06 020000000001 0000"), packet6)),
                join(
                        section(LITTLE_ENDIAN),
                        interfaceDescription(LITTLE_ENDIAN, 1, 0, clock),
                        enhancedPacket(LITTLE_ENDIAN, 0, 7, ethernet(0x0800, udp)),
                        section(BIG_ENDIAN),
                        interfaceDescription(BIG_ENDIAN, 101, 64, hex("")),
                        block(BIG_ENDIAN, 3, join(hex("00000026"), udp)),
                        block(BIG_ENDIAN, 2, join(hex("00000000 00000000 00000007 00000026 00000026"), udp))));
    }

    /** Of many datagrams, each near the largest there is, the last octets: these take no more memory than others. */
    @Test
    void lastFragments() throws Exception {
        byte[][] frames = IntStream.range(0, 500)
                .mapToObj(i -> ipv4(17, i, 8100, new byte[8]))
                .toArray(byte[][]::new);
        file(pcap(101, frames));
    }

    @MethodSource("files")
    @FuzzTest
    void file(byte[] octets) throws Exception {
        var reading = Untrusted.decode(octets, () -> CaptureOctets.read(octets));
        if (reading.isPresent()) {
            reading.get().fault().ifPresent(fault -> assertThat(fault.offset()).isBetween(0L, (long) octets.length));
            assertThat(reading.get().skipped()).isBetween(0L, (long) octets.length);
            assertThat(reading.get().datagrams())
                    .allSatisfy(datagram -> assertThat(datagram.toString()).isNotBlank());
        }
    }
}
