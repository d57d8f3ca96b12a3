package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.capture.CaptureWriter;
import dev.pxekit.dhcp.internal.Ipv4;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packets with generated options, as Wireshark's dissector reads them. */
@Tag("interop")
@Timeout(300)
class TsharkIT {

    private static final HexFormat HEX = HexFormat.of();

    /**
     * Options that tshark 4.0 shows in other words than ours, with the same octets: octets without colons (61), text as
     * octets (77), flags one by one (81, 157), bits and hexadecimal (83, 90, 159), only registered numbers (117), compressed
     * names with other escapes (119), octets cut by another rule (122, 124, 125), names as octets (137, 146), dates (152, 154,
     * 155).
     */
    private static final Set<Integer> SHOWN_OTHERWISE =
            Set.of(61, 77, 81, 83, 90, 117, 119, 122, 124, 125, 137, 146, 152, 154, 155, 157, 158, 159);

    /** At a list of PCP servers (158) tshark 4.0 gives up on the packet. */
    private static final Set<Integer> NOT_SURVIVED = Set.of(158);

    /** Fields of an option that say nothing of how its value is read. */
    private static final Set<String> NOT_READ = Set.of("", "dhcp.option.length", "dhcp.option.value");

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e]+");

    @TempDir
    private Path directory;

    private static DhcpPacket.Builder packet(Random random) {
        byte[] hardware = new byte[6];
        random.nextBytes(hardware);
        hardware[0] &= ~1;
        return DhcpPacket.builder()
                .operation(1 + random.nextInt(2))
                .hops(random.nextInt(256))
                .transactionId(random.nextInt())
                .secondsElapsed(random.nextInt(0x10000))
                .flags(random.nextInt(0x10000))
                .clientAddress(Ipv4.of(random.nextInt()))
                .yourAddress(Ipv4.of(random.nextInt()))
                .nextServer(Ipv4.of(random.nextInt()))
                .relayAgent(Ipv4.of(random.nextInt()))
                .clientHardwareAddress(HardwareAddress.of(hardware))
                .messageType(MessageType.of(1 + random.nextInt(13)));
    }

    /** What tshark reads in each packet. */
    private List<List<Tshark.Field>> referee(List<DhcpPacket> packets) throws Exception {
        Path capture = directory.resolve("generated.pcap");
        try (CaptureWriter writer = CaptureWriter.open(capture)) {
            for (DhcpPacket packet : packets) {
                writer.write(
                        Instant.ofEpochSecond(1_700_000_000),
                        new InetSocketAddress(Ipv4.parse("10.77.0.50"), 68),
                        new InetSocketAddress(Ipv4.parse("10.77.0.1"), 67),
                        DhcpCodec.encode(packet));
            }
        }
        List<List<Tshark.Field>> read = Tshark.read(capture);
        assertThat(read).hasSameSizeAs(packets);
        return read;
    }

    private static String value(List<Tshark.Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Tshark.Field::value)
                .findFirst()
                .orElse("");
    }

    /** Code, length and value of each option in order, but for END. */
    private static List<String> options(List<Tshark.Field> fields) {
        return fields.stream()
                .filter(field -> field.name().equals("dhcp.option.type")
                        && !field.value().equals("ff"))
                .map(Tshark.Field::value)
                .toList();
    }

    private static List<String> options(DhcpPacket packet) {
        return packet.options().entries().stream()
                .map(option ->
                        String.format("%02x%02x", option.code(), option.length()) + HEX.formatHex(option.value()))
                .toList();
    }

    @Test
    void readsTheFieldsThatWeMeant() throws Exception {
        Random random = new Random(951);
        List<DhcpPacket> packets =
                Stream.generate(() -> packet(random).build()).limit(200).toList();
        List<List<Tshark.Field>> read = referee(packets);
        for (int i = 0; i < packets.size(); i++) {
            DhcpPacket packet = packets.get(i);
            List<Tshark.Field> fields = read.get(i);
            assertThat(value(fields, "dhcp.type")).isEqualTo(String.format("%02x", packet.operation()));
            assertThat(value(fields, "dhcp.hops")).isEqualTo(String.format("%02x", packet.hops()));
            assertThat(value(fields, "dhcp.id")).isEqualTo(String.format("%08x", packet.transactionId()));
            assertThat(value(fields, "dhcp.secs")).isEqualTo(String.format("%04x", packet.secondsElapsed()));
            assertThat(value(fields, "dhcp.flags")).isEqualTo(String.format("%04x", packet.flags()));
            assertThat(value(fields, "dhcp.ip.client"))
                    .isEqualTo(HEX.formatHex(packet.clientAddress().getAddress()));
            assertThat(value(fields, "dhcp.ip.your"))
                    .isEqualTo(HEX.formatHex(packet.yourAddress().getAddress()));
            assertThat(value(fields, "dhcp.ip.server"))
                    .isEqualTo(HEX.formatHex(packet.nextServer().getAddress()));
            assertThat(value(fields, "dhcp.ip.relay"))
                    .isEqualTo(HEX.formatHex(packet.relayAgent().getAddress()));
            assertThat(value(fields, "dhcp.hw.mac_addr"))
                    .isEqualTo(HEX.formatHex(packet.clientHardwareAddress().bytes()));
            assertThat(options(fields)).isEqualTo(options(packet));
        }
    }

    /** Each option alone, several values: the octets, and what tshark makes of them. */
    @Test
    void readsTheValuesThatWeMeant() throws Exception {
        Random random = new Random(2132);
        List<DhcpPacket> packets = new ArrayList<>();
        List<DhcpOption<?>> meant = new ArrayList<>();
        for (DhcpOption<?> option : DhcpOption.known()) {
            for (int i = 0; i < 5 && option.code() != 52 && option.code() != 53; i++) {
                byte[] value = OptionSamples.next(option, random).orElseThrow();
                packets.add(packet(random).option(option.code(), value).build());
                meant.add(option);
            }
        }
        List<List<Tshark.Field>> read = referee(packets);
        Map<Integer, String> otherwise = new TreeMap<>();
        Set<Integer> dissected = new HashSet<>();
        for (int i = 0; i < packets.size(); i++) {
            assertThat(options(read.get(i))).as(packets.get(i).toText()).isEqualTo(options(packets.get(i)));
            Set<String> unseen = unseen(packets.get(i), meant.get(i), read.get(i));
            Set<String> shown = shown(read.get(i), meant.get(i).code());
            if (shown.isEmpty()) {
                continue;
            }
            dissected.add(meant.get(i).code());
            if (!unseen.isEmpty()) {
                otherwise.put(meant.get(i).code(), unseen + " in " + shown);
            }
        }
        assertThat(dissected).hasSizeGreaterThan(100);
        assertThat(otherwise.keySet()).as(otherwise.toString()).isSubsetOf(SHOWN_OTHERWISE);
    }

    /** Numbers, addresses and texts of our reading that tshark's has not. */
    private static Set<String> unseen(DhcpPacket packet, DhcpOption<?> option, List<Tshark.Field> fields) {
        Set<String> unseen = new HashSet<>();
        addLeaves(plain(packet, option), unseen);
        unseen.removeAll(shown(fields, option.code()));
        return unseen;
    }

    private static <T> Object plain(DhcpPacket packet, DhcpOption<T> option) {
        return option.format().toPlain(packet.options().get(option).orElseThrow());
    }

    private static void addLeaves(Object plain, Set<String> leaves) {
        if (plain instanceof List<?> list) {
            list.forEach(item -> addLeaves(item, leaves));
        } else if (plain instanceof Map<?, ?> map) {
            map.values().forEach(item -> addLeaves(item, leaves));
        } else if (plain instanceof Boolean truth) {
            leaves.add(truth ? "1" : "0");
        } else if (PRINTABLE.matcher(plain.toString()).matches()) {
            leaves.add(plain.toString());
        }
    }

    /** What tshark shows below the option with this code. */
    private static Set<String> shown(List<Tshark.Field> fields, int code) {
        Set<String> shown = new HashSet<>();
        boolean inside = false;
        for (Tshark.Field field : fields) {
            if (field.name().equals("dhcp.option.type")) {
                inside = field.show().equals(Integer.toString(code));
            } else if (inside && !NOT_READ.contains(field.name())) {
                shown.add(field.show());
                shown.add(field.value());
            }
        }
        return shown;
    }

    /** Many options at once, some of them over 255 octets, some packets with overloaded fields. */
    @Test
    void readsPacketsFullOfOptions() throws Exception {
        Random random = new Random(3396);
        List<DhcpPacket> packets = new ArrayList<>();
        List<DhcpOption<?>> all = DhcpOption.known().stream()
                .filter(option -> option.code() != 52 && option.code() != 53)
                .filter(option -> !NOT_SURVIVED.contains(option.code()))
                .toList();
        while (packets.size() < 200) {
            DhcpPacket.Builder builder = packet(random);
            for (int i = random.nextInt(20); i >= 0; i--) {
                DhcpOption<?> option = all.get(random.nextInt(all.size()));
                builder.option(option.code(), OptionSamples.next(option, random).orElseThrow());
            }
            if (packets.size() % 4 == 0) {
                builder.option(224, new byte[256 + random.nextInt(600)]);
            } else if (packets.size() % 2 == 0) {
                builder.maximumMessageSize(576);
            }
            try {
                packets.add(builder.build());
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("does not fit");
            }
        }
        List<List<Tshark.Field>> read = referee(packets);
        assertThat(packets).anyMatch(packet -> packet.options().contains(DhcpOption.OVERLOAD));
        for (int i = 0; i < packets.size(); i++) {
            // It shows the options of overloaded fields where option 52 stands.
            assertThat(sorted(options(read.get(i)))).isEqualTo(sorted(options(packets.get(i))));
        }
    }

    private static List<String> sorted(List<String> options) {
        return options.stream().sorted(Comparator.naturalOrder()).collect(Collectors.toList());
    }
}
