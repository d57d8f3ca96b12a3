package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionSamples;
import dev.pxekit.dhcp.RawOption;
import dev.pxekit.dhcp.Tshark;
import dev.pxekit.dhcp.capture.CaptureWriter;
import dev.pxekit.dhcp.internal.Ipv6;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages with generated options, as Wireshark's dissector reads them. */
@Tag("interop")
@Timeout(300)
class Dhcp6TsharkIT {

    private static final HexFormat HEX = HexFormat.of();
    private static final String OPTION = "dhcpv6.option.type_str";
    private static final Inet6Address CLIENT = Ipv6.parse("fe80::1");
    private static final Inet6Address SERVERS = Ipv6.parse("ff02::1:2");

    /** Values for which tshark 4.0 shows nothing below the option: it does not look into them. */
    private static final int LEAST_DISSECTED = 50;

    @TempDir
    private Path directory;

    private static Dhcp6Message.Builder message(Random random) {
        return Dhcp6Message.builder(Dhcp6MessageType.of(1 + random.nextInt(11))).transactionId(random.nextInt(1 << 24));
    }

    private List<List<Tshark.Field>> referee(List<Dhcp6Message> messages) throws Exception {
        Path capture = directory.resolve("generated.pcap");
        try (CaptureWriter writer = CaptureWriter.open(capture)) {
            for (Dhcp6Message message : messages) {
                writer.write(
                        Instant.ofEpochSecond(1_700_000_000),
                        new InetSocketAddress(CLIENT, 546),
                        new InetSocketAddress(SERVERS, 547),
                        Dhcp6Codec.encode(message));
            }
        }
        List<List<Tshark.Field>> read = Tshark.read(capture);
        assertThat(read).hasSameSizeAs(messages);
        return read;
    }

    /** Code, length and value of the options of the message itself: what is inside others stands before their end. */
    private static List<String> options(List<Tshark.Field> fields) {
        List<String> options = new ArrayList<>();
        int end = 0;
        for (Tshark.Field field : fields) {
            if (field.name().equals(OPTION) && field.position() >= end) {
                options.add(field.value());
                end = field.position() + field.size();
            }
        }
        return options;
    }

    /** All options, those in others right after them. */
    private static List<String> allOptions(List<Tshark.Field> fields) {
        return fields.stream()
                .filter(field -> field.name().equals(OPTION))
                .map(Tshark.Field::value)
                .toList();
    }

    private static String octets(RawOption option) {
        return String.format("%04x%04x", option.code(), option.length()) + HEX.formatHex(option.value());
    }

    private static List<String> allOptions(Dhcp6Options options) throws DhcpFormatException {
        List<String> all = new ArrayList<>();
        for (RawOption option : options) {
            all.add(octets(option));
            Optional<Dhcp6Option<?>> key = Dhcp6Option.forCode(option.code());
            if (key.isPresent() && key.get().decode(option.value()) instanceof OptionHolder holder) {
                all.addAll(allOptions(holder.options()));
            }
        }
        return all;
    }

    /** Each option alone, several values. */
    @Test
    void readsTheOptionsThatWeMeant() throws Exception {
        Random random = new Random(8415);
        List<Dhcp6Message> messages = new ArrayList<>();
        for (Dhcp6Option<?> option : Dhcp6Option.known()) {
            for (int i = 0; i < 5; i++) {
                byte[] value = OptionSamples.next(option, random)
                        .orElseThrow(() -> new AssertionError("no sample of " + option));
                messages.add(message(random).option(option.code(), value).build());
            }
        }
        List<List<Tshark.Field>> read = referee(messages);
        Set<Integer> dissected = new HashSet<>();
        for (int i = 0; i < messages.size(); i++) {
            Dhcp6Message message = messages.get(i);
            List<Tshark.Field> fields = read.get(i);
            assertThat(value(fields, "dhcpv6.msgtype"))
                    .isEqualTo(String.format("%02x", message.type().code()));
            assertThat(value(fields, "dhcpv6.xid")).isEqualTo(String.format("%06x", message.transactionId()));
            assertThat(options(fields))
                    .as(message.toText())
                    .isEqualTo(message.options().entries().stream()
                            .map(Dhcp6TsharkIT::octets)
                            .toList());
            if (fields.stream()
                    .anyMatch(field -> field.name().startsWith("dhcpv6.")
                            && !field.name().startsWith("dhcpv6.option")
                            && !Set.of("dhcpv6.msgtype", "dhcpv6.xid").contains(field.name()))) {
                dissected.add(message.options().codes().get(0));
            }
        }
        assertThat(new TreeSet<>(dissected)).hasSizeGreaterThan(LEAST_DISSECTED);
    }

    private static String value(List<Tshark.Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Tshark.Field::value)
                .findFirst()
                .orElse("");
    }

    /** Addresses, prefixes and states in associations, in messages that came through relay agents. */
    @Test
    void readsTheNestingThatWeMeant() throws Exception {
        Random random = new Random(3315);
        List<Dhcp6Message> messages = new ArrayList<>();
        List<Integer> containers = List.of(3, 4, 5, 13, 25, 26);
        while (messages.size() < 100) {
            Dhcp6Message.Builder builder = message(random);
            for (int i = random.nextInt(6); i >= 0; i--) {
                Dhcp6Option<?> option = Dhcp6Option.forCode(containers.get(random.nextInt(containers.size())))
                        .orElseThrow();
                builder.addOptions(Dhcp6Options.builder()
                        .add(option.code(), OptionSamples.next(option, random).orElseThrow())
                        .build());
            }
            Dhcp6Message message = builder.build();
            for (int i = random.nextInt(4); i > 0; i--) {
                message = Dhcp6Message.relay(message, Ipv6.parse("2001:db8::" + i), CLIENT)
                        .option(Dhcp6Option.INTERFACE_ID, new byte[] {(byte) i})
                        .build();
            }
            messages.add(message);
        }
        List<List<Tshark.Field>> read = referee(messages);
        for (int i = 0; i < messages.size(); i++) {
            assertThat(allOptions(read.get(i)))
                    .as(messages.get(i).toText())
                    .isEqualTo(allOptions(messages.get(i).options()));
        }
    }
}
