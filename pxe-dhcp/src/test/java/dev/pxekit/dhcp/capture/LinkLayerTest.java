package dev.pxekit.dhcp.capture;

import static dev.pxekit.dhcp.capture.CaptureOctets.ethernet;
import static dev.pxekit.dhcp.capture.CaptureOctets.hex;
import static dev.pxekit.dhcp.capture.CaptureOctets.ipv4;
import static dev.pxekit.dhcp.capture.CaptureOctets.ipv6;
import static dev.pxekit.dhcp.capture.CaptureOctets.join;
import static dev.pxekit.dhcp.capture.CaptureOctets.pcap;
import static dev.pxekit.dhcp.capture.CaptureOctets.read;
import static dev.pxekit.dhcp.capture.CaptureOctets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.HardwareAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkLayerTest {

    private static final byte[] IPV4 = ipv4(udp(68, 67, hex("04")));
    private static final byte[] IPV6 = ipv6(17, udp(546, 547, hex("06")));

    private static void assertReadsIpv4(byte[] file) throws Exception {
        CapturedDatagram datagram = read(file).only();
        assertThat(datagram.payload()).isEqualTo(hex("04"));
        assertThat(datagram.source()).hasToString("/10.0.0.1:68");
    }

    private static void assertReadsIpv6(byte[] file) throws Exception {
        CapturedDatagram datagram = read(file).only();
        assertThat(datagram.payload()).isEqualTo(hex("06"));
        assertThat(datagram.destination()).hasToString("/[2001:db8:0:0:0:0:0:2]:547");
    }

    @Test
    void readsEthernet() throws Exception {
        assertReadsIpv4(pcap(1, ethernet(0x0800, IPV4)));
        assertReadsIpv6(pcap(1, ethernet(0x86dd, IPV6)));
    }

    @Test
    void readsVlanTags() throws Exception {
        assertReadsIpv4(pcap(1, ethernet(0x8100, join(hex("0064 0800"), IPV4))));
        assertReadsIpv6(pcap(1, ethernet(0x88a8, join(hex("0064 8100 0065 86dd"), IPV6))));
        assertReadsIpv4(pcap(1, ethernet(0x9100, join(hex("0064 8100 0065 0800"), IPV4))));
    }

    @Test
    void readsUpToEightVlanTags() throws Exception {
        assertReadsIpv4(pcap(1, ethernet(0x8100, join(hex("0001 8100".repeat(7) + "0001 0800"), IPV4))));
        assertThat(read(pcap(1, ethernet(0x8100, join(hex("0001 8100".repeat(8) + "0001 0800"), IPV4))))
                        .notes())
                .containsExactly("frame 1: more than 8 VLAN tags");
    }

    @Test
    void ignoresEthernetPadding() throws Exception {
        assertReadsIpv4(pcap(1, Arrays.copyOf(ethernet(0x0800, IPV4), 60)));
    }

    @Test
    void passesOverFramesWithALengthForAType() throws Exception {
        assertThat(read(pcap(1, ethernet(0x0026, hex("424203".repeat(13))))).skipped())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 14, 101})
    void readsRawIp(int linkType) throws Exception {
        assertReadsIpv4(pcap(linkType, IPV4));
        assertReadsIpv6(pcap(linkType, IPV6));
        assertThat(read(pcap(linkType, IPV4)).only().sourceHardwareAddress()).isEmpty();
        assertThat(read(pcap(linkType, hex("50"))).notes()).containsExactly("frame 1: IP version 5 (expected: 4 or 6)");
    }

    @Test
    void readsRawIpOfOneVersion() throws Exception {
        assertReadsIpv4(pcap(228, IPV4));
        assertReadsIpv6(pcap(229, IPV6));
        assertThat(read(pcap(228, IPV6)).notes()).containsExactly("frame 1: IP version 6 (expected: 4)");
        assertThat(read(pcap(229, join(IPV4, IPV4))).notes()).containsExactly("frame 1: IP version 4 (expected: 6)");
    }

    @Test
    void readsBsdLoopbackInEitherByteOrder() throws Exception {
        assertReadsIpv4(pcap(0, join(hex("02000000"), IPV4)));
        assertReadsIpv4(pcap(0, join(hex("00000002"), IPV4)));
        for (String family : new String[] {"18", "1c", "1e", "17", "0a"}) {
            assertReadsIpv6(pcap(0, join(hex(family + "000000"), IPV6)));
            assertReadsIpv6(pcap(0, join(hex("000000" + family), IPV6)));
        }
    }

    @Test
    void readsOpenBsdLoopbackInNetworkOrder() throws Exception {
        assertReadsIpv4(pcap(108, join(hex("00000002"), IPV4)));
        assertReadsIpv6(pcap(108, join(hex("00000018"), IPV6)));
    }

    @Test
    void passesOverOtherFamiliesOfLoopback() throws Exception {
        var reading = read(pcap(0, join(hex("07000000"), IPV4)));
        assertThat(reading.datagrams()).isEmpty();
        assertThat(reading.skipped()).isZero();
    }

    @Test
    void readsLinuxCookedCaptures() throws Exception {
        byte[] file = pcap(113, join(hex("0000 0001 0006 0200000000010000 0800"), IPV4));
        assertReadsIpv4(file);
        assertThat(read(file).only().sourceHardwareAddress()).contains(HardwareAddress.parse("02:00:00:00:00:01"));
        assertThat(read(file).only().destinationHardwareAddress()).isEmpty();
        assertReadsIpv6(pcap(113, join(hex("0000 0001 0006 0200000000010000 8100 0064 86dd"), IPV6)));
    }

    @Test
    void readsLinuxCookedCapturesOfVersion2() throws Exception {
        byte[] file = pcap(276, join(hex("86dd 0000 00000003 0001 04 06 0200000000010000"), IPV6));
        assertReadsIpv6(file);
        assertThat(read(file).only().sourceHardwareAddress()).contains(HardwareAddress.parse("02:00:00:00:00:01"));
        assertReadsIpv4(pcap(276, join(hex("8100 0000 00000003 0001 04 06 0200000000010000 0064 0800"), IPV4)));
    }

    @Test
    void leavesOutCookedAddressesThatAreNone() throws Exception {
        // The loopback interface, a tunnel without an address, and an address cut to its first eight octets.
        for (String header : new String[] {
            "0000 0304 0006 0000000000000000 0800",
            "0000 fffe 0000 0000000000000000 0800",
            "0000 0020 0014 0102030405060708 0800"
        }) {
            assertThat(read(pcap(113, join(hex(header), IPV4))).only().sourceHardwareAddress())
                    .isEmpty();
        }
    }

    @Test
    void notesFramesOfOtherLinkTypes() throws Exception {
        var reading = read(pcap(127, hex("0000")));
        assertThat(reading.skipped()).isEqualTo(1);
        assertThat(reading.notes()).containsExactly("frame 1: link type 127 is not one that is read");
    }

    @Test
    void notesFramesThatEndInTheirLinkLayerHeader() throws Exception {
        assertThat(read(pcap(1, new byte[13])).notes())
                .containsExactly("frame 1: Ethernet header in 13 octets (expected: 14)");
        assertThat(read(pcap(1, ethernet(0x8100, hex("0001")))).notes())
                .containsExactly("frame 1: VLAN tag in 2 octets (expected: 4)");
        assertThat(read(pcap(101, new byte[0])).skipped()).isEqualTo(1);
        assertThat(read(pcap(0, new byte[3])).skipped()).isEqualTo(1);
        assertThat(read(pcap(113, new byte[15])).skipped()).isEqualTo(1);
        assertThat(read(pcap(276, new byte[19])).skipped()).isEqualTo(1);
    }
}
