package dev.pxekit.dhcp.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.Untrusted;
import dev.pxekit.dhcp.internal.Ipv4;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of ethers(5) and hosts(5) of any octets: they are read, or refused with the line that is wrong. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class SystemFilesFuzzTest {

    private static Path file = Path.of("");

    @BeforeAll
    static void create() throws IOException {
        file = Files.createTempFile("pxekit", "system-file");
    }

    @AfterAll
    static void delete() throws IOException {
        Files.delete(file);
    }

    static Stream<byte[]> ethers() {
        return Stream.of(
                        "# Ålborg\n52:54:00:77:00:01 node1 # Århus\n2:0:0:0:0:a\t10.77.0.51\r\n\n",
                        "52:54:00:77:00:01 10.77.0.999\n",
                        "52:54:00:77:00 node1\n",
                        "52:54:00:77:00:01 node1 node2\n")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("ethers")
    @FuzzTest
    void ethers(byte[] octets) throws IOException {
        Files.write(file, octets);
        Map<String, Inet4Address> hosts = Map.of("node1", Ipv4.parse("10.77.0.20"));
        for (Reservation reservation : read(octets, () -> EthersFile.read(file, hosts))) {
            assertThat(reservation.addresses()).hasSize(1);
        }
    }

    static Stream<byte[]> names() {
        return Stream.of("node1", "nodé1", "n".repeat(300), "52:54:00:77:00:01", "a\u0000b")
                .map(text -> text.getBytes(UTF_8));
    }

    /** Whatever a machine is called in both files. */
    @MethodSource("names")
    @FuzzTest
    void names(byte[] octets) throws IOException {
        String name = new String(octets, ISO_8859_1).replaceAll("[\\s#]", "");
        Files.writeString(file, "52:54:00:77:00:01 " + name, ISO_8859_1);
        Map<String, Inet4Address> hosts = Map.of(name.toLowerCase(Locale.ROOT), Ipv4.parse("10.77.0.20"));
        assertThat(read(octets, () -> EthersFile.read(file, hosts))).hasSizeLessThanOrEqualTo(1);
    }

    static Stream<byte[]> hosts() {
        return Stream.of(
                        "127.0.0.1\tlocalhost\n::1 localhost # Århus\n10.77.0.20 node1 Node1.lab.example\n",
                        "fe80::1%eth0 router\nff02::1 all\n",
                        "10.77.0.20\n",
                        "node1 10.77.0.20\n")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("hosts")
    @FuzzTest
    void hosts(byte[] octets) throws IOException {
        Files.write(file, octets);
        for (Map.Entry<String, Inet4Address> host :
                read(octets, () -> List.copyOf(HostsFile.read(file).entrySet()))) {
            assertThat(host.getKey()).isNotEmpty().doesNotContain("#", " ", "\t");
        }
    }

    /** Reading looks at nothing behind a {@code #}. */
    @MethodSource("hosts")
    @FuzzTest
    void comments(byte[] octets) throws IOException {
        String oneLine = new String(octets, ISO_8859_1).replaceAll("[\r\n]", "");
        Files.writeString(file, "10.77.0.20 node1 #" + oneLine, ISO_8859_1);
        assertThat(HostsFile.read(file)).containsExactly(Map.entry("node1", Ipv4.parse("10.77.0.20")));
    }

    private static <T> List<T> read(byte[] octets, Untrusted.Reading<List<T>> reading) throws IOException {
        return Untrusted.within(Untrusted.PARSING, octets.length, () -> {
            try {
                return reading.read();
            } catch (IOException e) {
                assertThat(e).hasMessageStartingWith(file + " line ");
                return List.of();
            }
        });
    }
}
