package dev.pxekit.dhcp.interop;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Path;

/** dhcpcd in a namespace, in the foreground. */
final class Dhcpcd {

    private static final String SCRIPT = """
            #!/bin/sh
            echo "event $reason $new_ip_address/$new_subnet_cidr routers=$new_routers dns=$new_domain_name_servers" \\
                "domain=$new_domain_name lease=$new_dhcp_lease_time"
            """;

    private static final String CONFIGURATION = """
            ipv4only
            noipv4ll
            clientid
            option routers, domain_name_servers, domain_name
            """;

    private Dhcpcd() {}

    static void need() {
        Needs.program("dhcpcd", "dhcpcd-base");
    }

    /** Starts it with files of its own under /run and the directory of leases that is given, which it wants to own. */
    static Program start(Namespace client, Path leases, String... options) throws IOException {
        String configuration =
                Scripts.write(leases.getParent(), "dhcpcd.conf", CONFIGURATION).toString();
        String script =
                Scripts.write(leases.getParent(), "dhcpcd-script", SCRIPT).toString();
        return client.start(
                "sh",
                "-ec",
                "mount -t tmpfs tmpfs /run; mkdir -p " + leases + "; chown dhcpcd " + leases + "; mount --bind "
                        + leases
                        + " /var/lib/dhcpcd; exec dhcpcd -B -f " + configuration + " -c " + script + " "
                        + String.join(" ", options) + " eth0");
    }
}
