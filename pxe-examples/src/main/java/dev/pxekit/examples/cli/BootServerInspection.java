package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.examples.NetworkBootstrapPrograms;
import dev.pxekit.examples.cli.BootServerFacts.Firewall;
import dev.pxekit.examples.cli.BootServerFacts.Link;
import dev.pxekit.examples.cli.BootServerFacts.Port;
import dev.pxekit.examples.cli.BootServerFacts.PortState;
import dev.pxekit.examples.cli.BootServerFacts.Programs;
import dev.pxekit.examples.cli.BootServerFacts.Router;
import dev.pxekit.examples.cli.BootServerFacts.Servers;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at this machine. What only Linux tells is left out elsewhere. */
final class BootServerInspection {

    private static final int[] PORTS = {67, 69, 4011};
    private static final Path PROC = Path.of("/proc");
    private static final int TOOL_SECONDS = 10;

    private BootServerInspection() {}

    /**
     * Looks, which takes the time of the window.
     *
     * @param networkInterface where the machines are that will boot
     * @param window how long DHCP servers have to answer
     * @param directory where iPXE's programs are, or null for where distributions put them
     */
    static BootServerFacts of(NetworkInterface networkInterface, Duration window, @Nullable Path directory)
            throws IOException {
        Link link = link(networkInterface);
        List<Port> ports = new ArrayList<>();
        for (int port : PORTS) {
            ports.add(port(port));
        }
        return new BootServerFacts(
                link,
                List.copyOf(ports),
                servers(networkInterface, link, window),
                router(link.name()),
                programs(directory),
                firewall());
    }

    private static Link link(NetworkInterface networkInterface) throws SocketException {
        Path carrier = Path.of("/sys/class/net", networkInterface.getName(), "carrier");
        return new Link(
                networkInterface.getName(),
                networkInterface.isUp(),
                read(carrier).map(text -> text.strip().equals("1")),
                networkInterface.getInterfaceAddresses().stream()
                        .filter(address -> address.getAddress() instanceof Inet4Address)
                        .map(address -> address.getAddress().getHostAddress() + "/" + address.getNetworkPrefixLength())
                        .toList());
    }

    /** Binds the port and lets it go again. */
    static Port port(int number) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress("0.0.0.0", number));
            return new Port(number, PortState.FREE, List.of());
        } catch (SocketException e) {
            boolean inUse =
                    String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("in use");
            return inUse
                    ? new Port(number, PortState.TAKEN, new PortHolders(PROC).of(number))
                    : new Port(number, PortState.NOT_PERMITTED, List.of());
        }
    }

    private static Servers servers(NetworkInterface networkInterface, Link link, Duration window) {
        if (!link.up() || link.addresses().isEmpty()) {
            return new Servers(List.of(), Optional.of("it takes an interface that is up and has an address"));
        }
        Optional<NetworkInterface> asked = Optional.of(networkInterface);
        try {
            HardwareAddress mac = DhcpSurvey.hardwareAddress(asked);
            return new Servers(
                    DhcpSurvey.version4(asked, Optional.empty(), ClientKind.UEFI, mac, DhcpSurvey.machine(mac), window),
                    Optional.empty());
        } catch (IOException e) {
            return new Servers(List.of(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    private static Router router(String link) {
        Path settings = Path.of("/proc/sys/net/ipv6/conf", link);
        boolean disabled = read(settings.resolve("disable_ipv6"))
                .filter(text -> text.strip().equals("1"))
                .isPresent();
        Optional<Integer> acceptRa = disabled
                ? Optional.empty()
                : read(settings.resolve("accept_ra")).map(text -> Integer.valueOf(text.strip()));
        return new RouterEvidence(
                        read(PROC.resolve("net/ipv6_route")).orElse("").lines().toList(),
                        acceptRa,
                        read(settings.resolve("forwarding"))
                                .filter(text -> text.strip().equals("1"))
                                .isPresent(),
                        acceptRa.isPresent() ? solicited(link) : Optional.empty())
                .on(link);
    }

    /** Whether a router answers, where the program that can ask is installed. Its exit code 2 says that none does. */
    private static Optional<Boolean> solicited(String link) {
        return run("rdisc6", "-1", "-r", "2", "-w", "1500", link)
                .filter(result -> result.exitCode() == 0 || result.exitCode() == 2)
                .map(result -> result.exitCode() == 0);
    }

    private static Programs programs(@Nullable Path directory) {
        try {
            return new Programs(
                    directory == null ? NetworkBootstrapPrograms.installed() : NetworkBootstrapPrograms.in(directory),
                    Optional.empty());
        } catch (IOException e) {
            return new Programs(Optional.empty(), Optional.of("cannot be looked for: " + e));
        }
    }

    private static Firewall firewall() {
        return PacketFilter.of(
                run("nft", "list", "ruleset")
                        .filter(result -> result.exitCode() == 0)
                        .map(ToolResult::output),
                read(PROC.resolve("net/ip_tables_names")).orElse(""));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty(); // another system, or an interface that is down, whose carrier cannot be read
        }
    }

    private record ToolResult(int exitCode, String output) {}

    /** What a program of the system says, if it is installed and ends. */
    private static Optional<ToolResult> run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
                return Optional.of(new ToolResult(process.exitValue(), output));
            }
            process.destroyForcibly();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
