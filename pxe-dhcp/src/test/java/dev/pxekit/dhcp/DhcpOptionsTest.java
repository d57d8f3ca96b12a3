package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.internal.Ipv4;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DhcpOptionsTest {

    private static final byte[] LONG = new byte[600];

    @Test
    void replacesAnOptionWhereItStands() {
        DhcpOptions options = DhcpOptions.builder()
                .put(DhcpOption.HOST_NAME, "a")
                .put(224, LONG)
                .put(DhcpOption.DOMAIN_NAME, "b")
                .put(224, new byte[] {1})
                .put(DhcpOption.HOST_NAME, "c")
                .build();
        assertThat(options).hasToString("[12=63, 224=01, 15=62]");
    }

    @Test
    void splitsLongValuesAndJoinsThem() {
        DhcpOptions options = DhcpOptions.builder().put(224, LONG).build();
        assertThat(options).extracting(RawOption::length).containsExactly(255, 255, 90);
        assertThat(options.raw(224)).contains(LONG);
        assertThat(options.codes()).containsExactly(224);
        DhcpOption<byte[]> key = DhcpOption.of(224, "mine", OptionFormat.bytes());
        assertThat(DhcpOptions.builder().put(key, LONG).build()).isEqualTo(options);
        assertThat(options.toBuilder().build()).isEqualTo(options);
        assertThat(options.toBuilder().build()).hasSameHashCodeAs(options);
    }

    @Test
    void removesAllParts() {
        DhcpOptions options = DhcpOptions.builder()
                .put(224, LONG)
                .put(DhcpOption.HOST_NAME, "a")
                .remove(224)
                .remove(225)
                .build();
        assertThat(options.codes()).containsExactly(12);
        assertThat(options.toBuilder().remove(12).build().isEmpty()).isTrue();
    }

    @Test
    void goesOnAfterBuilding() {
        DhcpOptions.Builder builder = DhcpOptions.builder().put(DhcpOption.HOST_NAME, "a");
        DhcpOptions first = builder.build();
        builder.put(DhcpOption.HOST_NAME, "b").add(12, new byte[] {'c'});
        assertThat(first.get(DhcpOption.HOST_NAME)).contains("a");
        assertThat(builder.build().get(DhcpOption.HOST_NAME)).contains("bc");
        assertThat(builder.build().entries()).hasSize(2);
    }

    @Test
    void takesOverAllOptionsOfOthers() {
        DhcpOptions others = DhcpOptions.builder()
                .put(224, LONG)
                .put(DhcpOption.HOST_NAME, "new")
                .build();
        DhcpOptions options = DhcpOptions.builder()
                .put(DhcpOption.HOST_NAME, "old")
                .putAll(others)
                .build();
        assertThat(options.get(DhcpOption.HOST_NAME)).contains("new");
        assertThat(options.raw(224)).contains(LONG);
    }

    @Test
    void isLeftAsItWasByAValueThatIsRefused() {
        DhcpOptions.Builder builder = DhcpOptions.builder().put(DhcpOption.HOST_NAME, "a");
        assertThatThrownBy(() -> builder.put(DhcpOption.INTERFACE_MTU, 70_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("option 26 (interface MTU): value: 70000");
        assertThat(builder.put(DhcpOption.INTERFACE_MTU, 1500).build().codes()).containsExactly(12, 26);
    }

    @Test
    void forgetsAValueWhoseFormatFails() throws Exception {
        DhcpOption<String> broken = DhcpOption.of(224, "broken", new OptionFormat<>() {
            @Override
            public String read(OptionReader in) {
                return "";
            }

            @Override
            public void write(String value, OptionWriter out) {
                out.writeByte(1);
                throw new IllegalStateException("no");
            }
        });
        DhcpPacket.Builder builder = DhcpPacket.builder();
        assertThatThrownBy(() -> builder.option(broken, "x")).isInstanceOf(IllegalStateException.class);
        DhcpPacket packet = builder.option(DhcpOption.HOST_NAME, "a")
                .option(224, new byte[0])
                .build();
        assertThat(packet.options()).hasToString("[12=61, 224=]");
        assertThat(DhcpCodec.decode(DhcpCodec.encode(packet)).options()).isEqualTo(packet.options());
    }

    @Test
    void boundsWhatItSaysOfSuboptions() {
        byte[] value = new byte[70_000];
        Arrays.fill(value, (byte) 5);
        RelayAgentInformation information = RelayAgentInformation.decode(value);
        assertThat(information.encode()).isEqualTo(value);
        assertThat(information.suboptions()).isNotEmpty();
        assertThat(information.diagnostics())
                .hasSizeLessThanOrEqualTo(101)
                .extracting(DhcpDiagnostic::code)
                .contains(DhcpDiagnostic.VALUE, DhcpDiagnostic.CUT);
        EncapsulatedOptions.Builder<RelayAgentInformation> builder = RelayAgentInformation.builder();
        for (int i = 0; i < 300; i++) {
            builder.add(1, new byte[255]);
        }
        assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsNoNegativeLengths() {
        OptionReader in = OptionReader.of(new byte[4]);
        assertThatThrownBy(() -> in.slice(-1)).isInstanceOf(DhcpFormatException.class);
        assertThatThrownBy(() -> in.readBytes(-1)).isInstanceOf(DhcpFormatException.class);
    }

    @Test
    void saysWhereInThePacketAValueIsWrong() throws Exception {
        byte[] octets = DhcpCodec.encode(DhcpPacket.builder()
                .clientHardwareAddress(HardwareAddress.parse("52:54:00:77:00:01"))
                .option(3, Ipv4.parse("10.77.0.1").getAddress())
                .option(12, new byte[] {'a'})
                .addOptions(DhcpOptions.builder().add(3, new byte[] {10, 77}).build())
                .build());
        assertThat(DhcpCodec.decode(octets).diagnostics())
                .extracting(DhcpDiagnostic::code, DhcpDiagnostic::offset)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(DhcpDiagnostic.VALUE, 251));
    }

    @Test
    void saysWhereInThePacketASuboptionIsCut() throws Exception {
        byte[] octets = DhcpCodec.encode(DhcpPacket.builder()
                .clientHardwareAddress(HardwareAddress.parse("52:54:00:77:00:01"))
                .option(82, new byte[] {1, 1, 9, 2, 7, 0})
                .build());
        List<DhcpDiagnostic> diagnostics = DhcpCodec.decode(octets).diagnostics();
        assertThat(diagnostics)
                .containsExactly(new DhcpDiagnostic(DhcpDiagnostic.CUT, "suboption 2 of 7 octets with 1 left", 245));
    }
}
