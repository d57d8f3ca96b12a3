package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packets that are kept within a size by options in {@code file} and {@code sname}. */
class OverloadTest {

    /** What is left of 576 octets without IP and UDP headers. */
    private static final int SMALLEST = 548;

    private static DhcpPacket.Builder packet(int... lengths) {
        DhcpPacket.Builder packet = DhcpPacket.builder()
                .clientHardwareAddress(HardwareAddress.parse("52:54:00:77:00:01"))
                .messageType(MessageType.DISCOVER);
        for (int i = 0; i < lengths.length; i++) {
            packet.option(224 + i, octets(lengths[i]));
        }
        return packet;
    }

    private static byte[] octets(int length) {
        byte[] octets = new byte[length];
        IntStream.range(0, length).forEach(i -> octets[i] = (byte) (i + 1));
        return octets;
    }

    private static int length(DhcpPacket packet) {
        return DhcpCodec.encode(packet).length;
    }

    @Test
    void leavesPacketsThatFitAlone() {
        DhcpPacket packet = packet(200, 90).maximumMessageSize(576).build();
        assertThat(packet).isEqualTo(packet(200, 90).build());
        assertThat(packet.options().contains(DhcpOption.OVERLOAD)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"200, 90, 40, 1", "200, 120, 90, 1", "250, 120, 61, 3", "200, 60, 61, 1"})
    void putsWhatDoesNotFitInFileAndThenInSname(int first, int second, int third, int overload) throws Exception {
        DhcpPacket packet = packet(first, second, third).maximumMessageSize(576).build();
        assertThat(length(packet)).isLessThanOrEqualTo(SMALLEST);
        assertThat(packet.options().get(DhcpOption.OVERLOAD)).contains(overload);
        DhcpPacket read = DhcpCodec.decode(DhcpCodec.encode(packet));
        assertThat(read).isEqualTo(packet);
        assertThat(read.options().raw(224)).contains(octets(first));
        assertThat(read.options().raw(225)).contains(octets(second));
        assertThat(read.options().raw(226)).contains(octets(third));
        assertThat(read.messageType()).contains(MessageType.DISCOVER);
        assertThat(read.diagnostics()).isEmpty();
    }

    @Test
    void givesTheOptionsBackWhenAPacketIsBuiltAnew() {
        DhcpPacket packet = packet(250, 120, 61).maximumMessageSize(576).build();
        DhcpPacket anew = packet.toBuilder().build();
        assertThat(anew.options().contains(DhcpOption.OVERLOAD)).isFalse();
        assertThat(anew.options().raw(226)).contains(octets(61));
        assertThat(anew.bootFileName()).isEmpty();
    }

    @Test
    void keepsPartsOfALongValueInOrder() throws Exception {
        DhcpPacket packet = packet(10, 360).maximumMessageSize(576).build();
        assertThat(DhcpCodec.decode(DhcpCodec.encode(packet)).options().raw(225))
                .contains(octets(360));
    }

    @Test
    void leavesFieldsThatAreInUseAlone() {
        DhcpPacket packet = packet(250, 40, 61)
                .bootFileName("snponly.efi")
                .maximumMessageSize(576)
                .build();
        assertThat(packet.options().get(DhcpOption.OVERLOAD)).contains(2);
        assertThat(packet.bootFileName()).contains("snponly.efi");
        assertThat(packet.serverHostName()).isEmpty();
    }

    @Test
    void keepsRelayAgentInformationInTheOptionsFieldBehindAllOthers() {
        DhcpPacket packet =
                packet(200, 90).option(82, octets(40)).maximumMessageSize(576).build();
        List<RawOption> options = packet.options().entries();
        int relay = options.stream().map(RawOption::code).toList().indexOf(82);
        int overload = options.stream().map(RawOption::code).toList().indexOf(52);
        assertThat(relay).isEqualTo(overload + 1);
        byte[] octets = DhcpCodec.encode(packet);
        assertThat(octets).endsWith(40, 255);
    }

    @Test
    void readsAnOverloadOfWhichOnePartIsEmpty() throws Exception {
        byte[] octets = DhcpCodec.encode(DhcpPacket.builder()
                .addOptions(DhcpOptions.builder()
                        .add(12, new byte[0])
                        .add(1, new byte[4])
                        .add(12, new byte[] {2})
                        .build())
                .serverHostName("A\u0001B")
                .build());
        octets[240] = 52;
        octets[248] = 52;
        DhcpPacket packet = DhcpCodec.decode(octets);
        assertThat(packet.options().get(DhcpOption.OVERLOAD)).contains(2);
        assertThat(packet.serverHostName()).isEmpty();
        assertThat(packet.options().raw('A')).isPresent();
    }

    @Test
    void takesNoTextForOptionsWhenOptionsAreCopied() {
        DhcpPacket overloaded = packet(250, 120, 61).maximumMessageSize(576).build();
        DhcpPacket copy = DhcpPacket.builder()
                .addOptions(overloaded.options())
                .bootFileName("undionly.kpxe")
                .build();
        assertThat(copy.bootFileName()).contains("undionly.kpxe");
        assertThat(copy.options().raw(226)).contains(octets(61));
        assertThatThrownBy(() -> DhcpPacket.builder()
                        .serverHostName("A")
                        .option(DhcpOption.OVERLOAD, 2)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("text in sname");
    }

    @Test
    void rejectsWhatFitsNowhere() {
        assertThatThrownBy(() -> packet(200, 200, 200).maximumMessageSize(576).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit");
        assertThatThrownBy(() -> packet(255, 60)
                        .bootFileName("a")
                        .serverHostName("b")
                        .maximumMessageSize(576)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option 225 of 60 octets");
    }

    @Test
    void takesSizesBelow576As576() {
        assertThat(length(packet(250, 120, 61).maximumMessageSize(10).build())).isLessThanOrEqualTo(SMALLEST);
    }

    @Test
    void losesNothingWhateverTheOptionsAre() throws Exception {
        Random random = new Random(3396);
        for (int round = 0; round < 2_000; round++) {
            DhcpPacket.Builder builder =
                    DhcpPacket.builder().messageType(MessageType.OFFER).operation(2);
            int count = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                builder.option(100 + random.nextInt(30), octets(random.nextInt(120)));
            }
            DhcpPacket whole = builder.build();
            DhcpPacket packet;
            try {
                packet = builder.maximumMessageSize(576).build();
            } catch (IllegalArgumentException e) {
                assertThat(length(whole)).isGreaterThan(SMALLEST);
                continue;
            }
            assertThat(length(packet)).isLessThanOrEqualTo(SMALLEST);
            for (int code : whole.options().codes()) {
                assertThat(packet.options().raw(code))
                        .contains(whole.options().raw(code).orElseThrow());
            }
        }
    }
}
