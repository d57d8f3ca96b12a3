package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a DHCPv6 lease with dhcpcd. */
@Tag("interop")
@Timeout(240)
class Dhcpcd6IT {

    private static final String SCRIPT = """
            #!/bin/sh
            echo "event $reason $new_dhcp6_ia_na1_ia_addr1 dns=$new_dhcp6_name_servers"
            """;

    /** It would wait for a router advertisement. */
    private static final String CONFIGURATION = """
            ipv6only
            noipv6rs
            duid
            option dhcp6_name_servers
            interface eth0
            ia_na 1
            """;

    @TempDir
    private Path directory;

    @Test
    void getsAndReleases() throws Exception {
        Needs.program("dhcpcd", "dhcpcd-base");
        try (Segment6 segment = Segment6.open()) {
            Namespace client = segment.client();
            String configuration =
                    Scripts.write(directory, "configuration", CONFIGURATION).toString();
            String script = Scripts.write(directory, "script", SCRIPT).toString();
            Path leases = directory.resolve("leases");
            Program running = client.start(
                    "sh",
                    "-ec",
                    "mount -t tmpfs tmpfs /run; mkdir -p " + leases + "; chown dhcpcd " + leases + "; mount --bind "
                            + leases + " /var/lib/dhcpcd; exec dhcpcd -6 -d -B -f " + configuration + " -c " + script
                            + " eth0");
            segment.server().await("leased fd77:");
            assertThat(running.await("event BOUND6")).contains("fd77::1:", "dns=fd77::1");
            running.runBeside("dhcpcd", "-6", "-k", "eth0");
            segment.server().await("released fd77:");
        }
    }
}
