package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.client.Client6Identity;
import dev.pxekit.dhcp.client.Dhcp6Client;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pxekit dhcp discover}: shows every server that answers. */
@Command(
        name = "discover",
        description =
                "Asks for an address as firmware does, and shows every server that answers: DHCP servers, proxy DHCP"
                        + " servers, DHCPv6 servers. No address is taken.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:At least one server answered.", "1:None did, or it could not be asked.", "2:Wrong usage."},
        footerHeading = "%nWhat can't be heard:%n",
        footer = {
            "  Plain Java has no raw sockets: it sends from an interface that has an address (any will do), and asks for",
            "  replies by broadcast. A server that replies by unicast all the same is not heard. Ports 68 and 546 take",
            "  root or CAP_NET_BIND_SERVICE. Some servers try an address with a ping of three seconds before they offer it.",
            "",
            "Examples:",
            "  pxekit dhcp discover --interface eth0",
            "  pxekit dhcp discover --interface eth0 --as bios --window 10",
            "  pxekit dhcp discover -6 --interface eth0 --as http --json"
        })
final class DhcpDiscoverCommand implements Callable<Integer> {

    private static final int SERVER_PORT = 67;
    private static final int VERSION_6_SERVER_PORT = 547;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SegmentOptions segment = new SegmentOptions();

    @Option(
            names = "--as",
            paramLabel = "CLIENT",
            description = "Who to ask as: ${COMPLETION-CANDIDATES}. Servers answer some and not others; proxy DHCP"
                    + " servers answer those that boot. Default: ${DEFAULT-VALUE}, which is x64.")
    private ClientKind kind = ClientKind.UEFI;

    @Option(
            names = {"-6", "--ipv6"},
            description = "Ask by DHCPv6.")
    private boolean version6;

    @Option(
            names = "--mac",
            paramLabel = "MAC",
            description = "Hardware address to ask with. Default: the interface's own, which servers may know.")
    private @Nullable String hardwareAddress;

    @Option(
            names = "--uuid",
            paramLabel = "UUID",
            description = "Machine UUID to ask with. Default: one made of the MAC.")
    private @Nullable UUID uuid;

    @Option(
            names = "--server",
            paramLabel = "ADDRESS[:PORT]",
            description = "Ask this server alone, by unicast; it has to reply to the sender, which few do but ours.")
    private @Nullable String server;

    @Override
    public Integer call() throws CommandFailure, IOException {
        segment.check(spec.commandLine());
        Optional<NetworkInterface> asked = server == null ? Optional.of(networkInterface()) : Optional.empty();
        HardwareAddress mac = mac(asked);
        UUID machine = uuid != null ? uuid : DhcpSurvey.machine(mac);
        List<FoundServer> found = version6 ? survey6(asked, machine) : survey4(asked, mac, machine);
        String where = server != null
                ? "from " + server
                : "on " + asked.map(NetworkInterface::getName).orElse("");
        if (found.isEmpty()) {
            throw new CommandFailure(nobody(where));
        }
        segment.print(
                spec.commandLine().getOut(),
                found,
                String.format(
                        Locale.ROOT,
                        "%d answer%s %s within %s",
                        found.size(),
                        found.size() == 1 ? "" : "s",
                        where,
                        words(segment.window())));
        return 0;
    }

    private NetworkInterface networkInterface() throws CommandFailure, IOException {
        return version6 ? segment.networkInterface6() : segment.networkInterface();
    }

    private HardwareAddress mac(Optional<NetworkInterface> asked) throws IOException {
        if (hardwareAddress != null) {
            try {
                return HardwareAddress.parse(hardwareAddress);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--mac: " + e.getMessage(), e);
            }
        }
        return DhcpSurvey.hardwareAddress(asked);
    }

    private List<FoundServer> survey4(Optional<NetworkInterface> asked, HardwareAddress mac, UUID machine)
            throws CommandFailure, IOException {
        Optional<InetSocketAddress> named =
                server == null ? Optional.empty() : Optional.of(serverAddress(server, SERVER_PORT));
        return DhcpSurvey.version4(asked, named, kind, mac, machine, segment.window());
    }

    private List<FoundServer> survey6(Optional<NetworkInterface> asked, UUID machine)
            throws CommandFailure, IOException {
        Client6Identity identity = kind.identity6(machine)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "--as: " + kind + " is not known to ask by DHCPv6; try uefi or ipxe"));
        Dhcp6Client.Builder builder = Dhcp6Client.builder(identity);
        asked.ifPresent(builder::networkInterface);
        if (server != null) {
            builder.server(serverAddress(server, VERSION_6_SERVER_PORT));
        }
        try (Dhcp6Client client = builder.open()) {
            return client.survey(segment.window()).stream()
                    .map(FoundServer::of6)
                    .toList();
        }
    }

    private InetSocketAddress serverAddress(String text, int port) throws CommandFailure {
        try {
            return HostAndPort.parse(text, port).resolve();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--server: " + e.getMessage(), e);
        }
    }

    private String nobody(String where) {
        String port = version6 ? "546" : "68";
        return "no " + (version6 ? "DHCPv6 " : "DHCP ") + "server answered " + where + " within "
                + words(segment.window())
                + ": is there one on this segment that serves " + kind
                + " clients? Does a firewall of this machine drop UDP to port " + port
                + (version6
                        ? ""
                        : ", or its reverse path filter the server's address (sysctl net.ipv4.conf.IF.rp_filter)")
                + "? tcpdump -i IF udp port " + port + " shows what arrives";
    }

    private static String words(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
