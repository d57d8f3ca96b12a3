package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.cli.BootServerFacts.Port;
import dev.pxekit.examples.cli.BootServerFacts.PortState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A made-up {@code /proc}, and this machine's own. */
@EnabledOnOs(OS.LINUX)
class PortHoldersTest {

    private static final String HEAD = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt"
            + "   uid  timeout inode ref pointer drops\n";

    @TempDir
    private Path proc;

    private static String socket(String local, int inode) {
        return "  123: " + local + " 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 " + inode
                + " 2 0000000000000000 0\n";
    }

    private void process(int number, String name, String file) throws Exception {
        Path files =
                Files.createDirectories(proc.resolve(Integer.toString(number)).resolve("fd"));
        Files.writeString(files.resolveSibling("comm"), name + "\n");
        Files.createSymbolicLink(files.resolve(Integer.toString(number)), Path.of(file));
    }

    @Test
    void namesTheProcessesThatHaveASocketOfThePort() throws Exception {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/udp"), HEAD + socket("00000000:0043", 71) + socket("00000000:0045", 72));
        Files.writeString(proc.resolve("net/udp6"), HEAD + socket("00000000000000000000000000000000:0045", 73));
        process(812, "dnsmasq", "socket:[71]");
        process(813, "in.tftpd", "socket:[73]");
        process(814, "other", "pipe:[74]");
        PortHolders holders = new PortHolders(proc);
        assertThat(holders.of(67)).containsExactly("dnsmasq (process 812)");
        assertThat(holders.of(69)).containsExactly("in.tftpd (process 813)");
        assertThat(holders.of(4011)).isEmpty();
    }

    /** A file that is no link stands for one that vanishes while we look; it comes before the socket in some of the directories. */
    @Test
    void fileThatVanishesHidesNoOthers() throws Exception {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net/udp"), HEAD + socket("00000000:0043", 71));
        for (int number = 10; number < 30; number++) {
            Path files = Files.createDirectories(proc.resolve(number + "/fd"));
            if (number % 2 == 0) {
                Files.createFile(files.resolve("3"));
                process(number, "dnsmasq", "socket:[71]");
            } else {
                process(number, "dnsmasq", "socket:[71]");
                Files.createFile(files.resolve("3"));
            }
        }
        assertThat(new PortHolders(proc).of(67)).hasSize(20);
    }

    @Test
    void knowsNothingWithoutTheTables() throws Exception {
        assertThat(new PortHolders(proc).of(67)).isEmpty();
    }

    @Test
    void seesAPortOfThisProcess() throws Exception {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int number = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            Port port = BootServerInspection.port(number);
            assertThat(port.state()).isEqualTo(PortState.TAKEN);
            assertThat(port.holders())
                    .singleElement()
                    .asString()
                    .endsWith("(process " + ProcessHandle.current().pid() + ")");
        }
    }
}
