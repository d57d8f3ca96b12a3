package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.client.DhcpClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Asks who serves a segment. */
final class DhcpSurvey {

    private static final byte[] MADE_UP = {0x52, 0x54, 0, 0x70, 0x78, 0x65};

    private DhcpSurvey() {}

    /** The hardware address to ask with: the interface's own, which servers may know. */
    static HardwareAddress hardwareAddress(Optional<NetworkInterface> asked) throws SocketException {
        byte[] own = asked.isPresent() ? asked.get().getHardwareAddress() : null;
        return HardwareAddress.of(own != null ? own : MADE_UP);
    }

    /** The machine UUID to ask with if there is no other. */
    static UUID machine(HardwareAddress hardwareAddress) {
        return UUID.nameUUIDFromBytes(hardwareAddress.bytes());
    }

    /** All that answer on an interface, or the one server that is named, within a time. */
    static List<FoundServer> version4(
            Optional<NetworkInterface> asked,
            Optional<InetSocketAddress> server,
            ClientKind kind,
            HardwareAddress hardwareAddress,
            UUID machine,
            Duration window)
            throws IOException {
        DhcpClient.Builder builder = DhcpClient.builder(kind.identity(hardwareAddress, machine));
        asked.ifPresent(builder::networkInterface);
        server.ifPresent(builder::server);
        try (DhcpClient client = builder.open()) {
            return client.survey(window).stream().map(FoundServer::of).toList();
        }
    }
}
