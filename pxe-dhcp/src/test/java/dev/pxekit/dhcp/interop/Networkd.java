package dev.pxekit.dhcp.interop;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Path;

/** systemd's network manager, which runs in a namespace as it does in a container: without D-Bus and udev. */
final class Networkd {

    private static final String PROGRAM = "/lib/systemd/systemd-networkd";

    private static final String CONFIGURATION = """
            [Match]
            Name=eth0
            [Network]
            DHCP=ipv4
            LinkLocalAddressing=no
            IPv6AcceptRA=no
            [DHCPv4]
            ClientIdentifier=mac
            """;

    /** A file system of its own under /run; one under /sys that cannot be written to, or it waits for udev. */
    private static final String START = """
            mount -t tmpfs tmpfs /run
            mount -o remount,bind,ro /sys
            install -d /run/systemd/network
            install -d -o systemd-network -g systemd-network /run/systemd/netif \\
                /run/systemd/netif/links /run/systemd/netif/leases /run/systemd/netif/lldp
            cp "$1" /run/systemd/network/eth0.network
            SYSTEMD_LOG_LEVEL=debug SYSTEMD_LOG_TARGET=console exec %s
            """.formatted(PROGRAM);

    private Networkd() {}

    static void need() {
        Needs.file(PROGRAM, "systemd");
    }

    static Program start(Namespace client, Path directory) throws IOException {
        return start(client, directory, CONFIGURATION);
    }

    static Program start(Namespace client, Path directory, String network) throws IOException {
        Path configuration = Scripts.write(directory, "eth0.network", network);
        return client.start("sh", "-ec", START, "sh", configuration.toString());
    }
}
