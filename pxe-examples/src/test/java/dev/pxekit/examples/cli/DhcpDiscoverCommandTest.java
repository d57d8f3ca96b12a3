package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.ProxyDhcpServer;
import dev.pxekit.dhcp.server.Subnet;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.testkit.JsonObject;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code pxekit dhcp discover} with servers on loopback. */
@Timeout(60)
class DhcpDiscoverCommandTest {

    private static final BootPolicy POLICY =
            BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi"));

    private static DhcpServer server() {
        return DhcpServer.builder()
                .bind("127.0.0.1")
                .port(0)
                .replyToSender()
                .policy(POLICY)
                .subnet(Subnet.builder("10.77.0.0/24")
                        .router("10.77.0.1")
                        .pool("10.77.0.50", "10.77.0.150")
                        .build())
                .build();
    }

    private static CommandRun discover(InetSocketAddress server, String window, String... more) {
        String[] all = {"dhcp", "discover", "--server", HostAndPort.of(server).toString(), "--window", window};
        String[] arguments = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, arguments, all.length, more.length);
        return CommandRun.of(arguments);
    }

    /** From a server that answers. The whole window passes, so only where it was too short for a busy machine there is a longer one. */
    private static CommandRun found(InetSocketAddress server, String... more) {
        CommandRun run = discover(server, "0.5", more);
        return (run.exitCode() == 0 ? run : discover(server, "5", more)).assertDone();
    }

    @Test
    void showsWhatAServerOffers() throws Exception {
        try (DhcpServer server = server()) {
            CommandRun run = found(server.start());
            assertThat(run.out())
                    .contains("DHCP server 127.0.0.1, answered from 127.0.0.1:")
                    .containsPattern("address +10\\.77\\.0\\.")
                    .containsPattern("lease +\\d+ s")
                    .containsPattern("routers +10\\.77\\.0\\.1")
                    .containsPattern("boot file +\"snponly\\.efi\"")
                    .contains("1 answer from 127.0.0.1:");
        }
    }

    @Test
    void asksAsWhoItIsTold() throws Exception {
        try (DhcpServer server = server()) {
            InetSocketAddress address = server.start();
            assertThat(found(address, "--as", "bios").out()).doesNotContain("boot file");
            assertThat(found(address, "--as", "plain").out()).doesNotContain("boot file");
        }
    }

    @Test
    void showsAProxy() throws Exception {
        try (ProxyDhcpServer proxy = ProxyDhcpServer.builder()
                .bind("127.0.0.1")
                .port(0)
                .bootServerPort(0)
                .replyToSender()
                .policy(POLICY)
                .build()) {
            CommandRun run = found(proxy.start());
            assertThat(run.out())
                    .contains("proxy DHCP server 127.0.0.1")
                    .contains("vendor class  \"PXEClient\"")
                    .doesNotContain("    address");
        }
    }

    @Test
    void printsAnObjectForEachAnswer() throws Exception {
        try (DhcpServer server = server()) {
            CommandRun run = found(server.start(), "--json", "--mac", "52:54:00:77:00:01");
            JsonObject answer = JsonObject.parse(run.out().strip());
            assertThat(answer.text("kind")).isEqualTo("DHCP server");
            assertThat(answer.text("server")).isEqualTo("127.0.0.1");
            assertThat(answer.object("offers").text("next server")).isEqualTo("127.0.0.1");
            assertThat(answer.object("message").text("chaddr")).isEqualTo("52:54:00:77:00:01");
        }
    }

    @Test
    void showsADhcp6Server() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, loopback6())) {
            Thread server = new Thread(() -> advertise(socket), "DHCPv6 server");
            server.start();
            InetSocketAddress address = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
            CommandRun run = discover(address, "2", "-6", "--as", "http").assertDone();
            assertThat(run.out())
                    .contains("DHCPv6 server 00:03:00:01:52:54:00:77:00:f1")
                    .contains("boot file     \"http://[fd77::1]/boot.efi\"");
            server.join();
        }
    }

    private static InetAddress loopback6() throws java.net.UnknownHostException {
        byte[] octets = new byte[16];
        octets[15] = 1;
        return InetAddress.getByAddress(octets);
    }

    private static void advertise(DatagramSocket socket) {
        try {
            DatagramPacket question = new DatagramPacket(new byte[2048], 2048);
            socket.receive(question);
            Dhcp6Message solicit = Dhcp6Codec.decode(Arrays.copyOf(question.getData(), question.getLength()));
            byte[] octets = Dhcp6Codec.encode(Dhcp6Message.replyTo(solicit, Dhcp6MessageType.ADVERTISE)
                    .option(Dhcp6Option.SERVER_IDENTIFIER, Duid.parse("000300015254007700f1"))
                    .option(Dhcp6Option.BOOT_FILE_URL, "http://[fd77::1]/boot.efi")
                    .build());
            socket.send(new DatagramPacket(octets, octets.length, question.getSocketAddress()));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysWhatToLookAtIfNobodyAnswers() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            discover(new InetSocketAddress(silent.getLocalAddress(), silent.getLocalPort()), "0.5")
                    .assertFailed(
                            "no DHCP server answered from 127.0.0.1:",
                            "within 0.5 s",
                            "firewall",
                            "rp_filter",
                            "port 68");
        }
    }

    @Test
    void saysWhatIsWrongWithItsOptions() {
        CommandRun.of("dhcp", "discover", "--interface", "lo", "--mac", "wrong").assertWrongUsage("--mac: ");
        CommandRun.of("dhcp", "discover", "--interface", "lo", "--window", "601")
                .assertWrongUsage("--window: ");
        CommandRun.of("dhcp", "discover", "--interface", "lo", "--as", "toaster")
                .assertWrongUsage("--as", "toaster");
        CommandRun.of("dhcp", "discover", "--server", "[").assertWrongUsage("--server: ");
        CommandRun.of("dhcp", "discover", "--server", "::1", "-6", "--as", "raspberrypi")
                .assertWrongUsage("--as: raspberrypi is not known to ask by DHCPv6");
        CommandRun.of("dhcp", "discover", "--interface", "nowhere0").assertFailed("no interface nowhere0");
    }
}
