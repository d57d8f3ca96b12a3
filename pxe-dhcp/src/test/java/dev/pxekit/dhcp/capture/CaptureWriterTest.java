package dev.pxekit.dhcp.capture;

import static dev.pxekit.dhcp.capture.CaptureOctets.ethernet;
import static dev.pxekit.dhcp.capture.CaptureOctets.hex;
import static dev.pxekit.dhcp.capture.CaptureOctets.ipv4;
import static dev.pxekit.dhcp.capture.CaptureOctets.join;
import static dev.pxekit.dhcp.capture.CaptureOctets.pcap;
import static dev.pxekit.dhcp.capture.CaptureOctets.read;
import static dev.pxekit.dhcp.capture.CaptureOctets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pxekit.dhcp.HardwareAddress;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureWriterTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.123456789Z");

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    private static InetSocketAddress address(String host, int port) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    @Test
    void writesTheHeaderOfAFileAtOnce() throws Exception {
        try (CaptureWriter writer = CaptureWriter.open(file)) {
            assertThat(writer).isNotNull();
            assertThat(file.toByteArray()).isEqualTo(hex("a1b23c4d 0002 0004 00000000 00000000 00040000 00000001"));
        }
    }

    @Test
    void writesIpv4WithChecksums() throws Exception {
        try (CaptureWriter writer = CaptureWriter.open(file)) {
            writer.write(TIME, address("10.0.0.1", 68), address("10.0.0.2", 67), hex("0102030405"));
        }
        assertThat(Arrays.copyOfRange(file.toByteArray(), 24, file.size()))
                .isEqualTo(hex("695735a5 075bcd15 0000002f 0000002f 000000000000 000000000000 0800"
                        + "4500 0021 0000 4000 4011 26ca 0a000001 0a000002"
                        + "0044 0043 000d e244 0102030405"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.2, 000000000000",
        "0.0.0.0, 255.255.255.255, ffffffffffff",
        "10.0.0.1, 239.129.2.3, 01005e010203",
        "fe80::1, ff02::1:2, 333300010002",
        "2001:db8::1, 2001:db8::2, 000000000000",
    })
    void readsWhatItWrote(String source, String destination, String hardwareAddress) throws Exception {
        try (CaptureWriter writer = CaptureWriter.open(file)) {
            writer.write(TIME, address(source, 4011), address(destination, 68), hex("0102"));
        }
        CapturedDatagram datagram = read(file.toByteArray()).only();
        assertThat(datagram.time()).isEqualTo(TIME);
        assertThat(datagram.source()).isEqualTo(address(source, 4011));
        assertThat(datagram.destination()).isEqualTo(address(destination, 68));
        assertThat(datagram.destinationHardwareAddress()).contains(HardwareAddress.of(hex(hardwareAddress)));
        assertThat(datagram.payload()).isEqualTo(hex("0102"));
    }

    @Test
    void writesDatagramsOfAnotherCapture(@TempDir Path directory) throws Exception {
        byte[] tagged = ethernet(0x8100, join(hex("00010800"), ipv4(udp(68, 67, hex("0102")))));
        CapturedDatagram datagram = read(pcap(1, tagged)).only();
        Path copy = directory.resolve("copy.pcap");
        try (CaptureWriter writer = CaptureWriter.open(copy)) {
            writer.write(datagram);
        }
        CapturedDatagram again = read(Files.readAllBytes(copy)).only();
        assertThat(again).hasToString(datagram.toString());
        assertThat(again.sourceHardwareAddress()).isEqualTo(datagram.sourceHardwareAddress());
        assertThat(again.destinationHardwareAddress()).isEqualTo(datagram.destinationHardwareAddress());
        assertThat(again.payload()).isEqualTo(datagram.payload());
    }

    @Test
    void writesTheLongestDatagrams() throws Exception {
        try (CaptureWriter writer = CaptureWriter.open(file)) {
            writer.write(TIME, address("10.0.0.1", 1), address("10.0.0.2", 65_535), new byte[65_507]);
            writer.write(TIME, address("fe80::1", 1), address("fe80::2", 65_535), new byte[65_527]);
        }
        assertThat(read(file.toByteArray()).datagrams())
                .extracting(datagram -> datagram.payload().length)
                .containsExactly(65_507, 65_527);
    }

    @Test
    void refusesWhatItCannotWrite() throws Exception {
        InetSocketAddress version4 = address("10.0.0.1", 67);
        InetSocketAddress version6 = address("fe80::1", 547);
        try (CaptureWriter writer = CaptureWriter.open(file)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(TIME, version4, version4, new byte[65_508]))
                    .withMessage("payload of 65508 octets (expected: at most 65507)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(TIME, version6, version6, new byte[65_528]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(TIME, version4, version6, new byte[1]))
                    .withMessageContaining("addresses of one IP version");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(
                            TIME, version4, InetSocketAddress.createUnresolved("boot.example", 67), new byte[1]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(Instant.ofEpochSecond(-1), version4, version4, new byte[1]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.write(Instant.ofEpochSecond(1L << 32), version4, version4, new byte[1]));
        }
        assertThat(file.size()).isEqualTo(24);
    }
}
