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

    private static final Inet4Address ADDRESS = Ipv4.parse("10.77.0.20");

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
        return inputs(
                "# Ålborg\n52:54:00:77:00:01 node1 # Århus\n2:0:0:0:0:a\t10.77.0.51\r\n\n",
                "52:54:00:77:00:01 10.77.0.999\n",
                "52:54:00:77:00 node1\n",
                "52:54:00:77:00:01 node1 node2\n");
    }

    @MethodSource("ethers")
    @FuzzTest
    void ethers(byte[] octets) throws IOException {
        for (Reservation reservation : readEthers(octets, "node1")) {
            assertThat(reservation.addresses()).hasSize(1);
        }
    }

    static Stream<byte[]> names() {
        return inputs("node1", "nodé1", "n".repeat(300), "52:54:00:77:00:01", "a\u0000b");
    }

    /** Whatever a machine is called in both files. */
    @MethodSource("names")
    @FuzzTest
    void names(byte[] octets) throws IOException {
        String name = without("[\\s#]", octets);
        assertThat(readEthers(line("52:54:00:77:00:01 " + name), name.toLowerCase(Locale.ROOT)))
                .hasSizeLessThanOrEqualTo(1);
    }

    static Stream<byte[]> hosts() {
        return inputs(
                "127.0.0.1\tlocalhost\n::1 localhost # Århus\n10.77.0.20 node1 Node1.lab.example\n",
                "fe80::1%eth0 router\nff02::1 all\n",
                "10.77.0.20\n",
                "node1 10.77.0.20\n");
    }

    @MethodSource("hosts")
    @FuzzTest
    void hosts(byte[] octets) throws IOException {
        for (Map.Entry<String, Inet4Address> host : readHosts(octets)) {
            assertThat(host.getKey()).isNotEmpty().doesNotContain("#", " ", "\t");
        }
    }

    /** Reading looks at nothing behind a {@code #}. */
    @MethodSource("hosts")
    @FuzzTest
    void comments(byte[] octets) throws IOException {
        assertThat(readHosts(line("10.77.0.20 node1 #" + without("[\r\n]", octets))))
                .containsExactly(Map.entry("node1", ADDRESS));
    }

    private static Stream<byte[]> inputs(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(UTF_8));
    }

    private static String without(String leftOut, byte[] octets) {
        return new String(octets, ISO_8859_1).replaceAll(leftOut, "");
    }

    private static byte[] line(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** @param host of the hosts file, which has one */
    private static List<Reservation> readEthers(byte[] ethers, String host) throws IOException {
        Map<String, Inet4Address> hosts = Map.of(host, ADDRESS);
        return read(ethers, () -> EthersFile.read(file, hosts));
    }

    private static List<Map.Entry<String, Inet4Address>> readHosts(byte[] hosts) throws IOException {
        return read(hosts, () -> List.copyOf(HostsFile.read(file).entrySet()));
    }

    private static <T> List<T> read(byte[] octets, Untrusted.Reading<List<T>> reading) throws IOException {
        Files.write(file, octets);
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
