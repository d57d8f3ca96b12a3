package dev.pxekit.dhcp.interop;

import dev.pxekit.testkit.Needs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A DHCPv6 lease for systemd-networkd, which asks for rapid commit and a prefix, too, and gives nothing back (version 252). */
@Tag("interop")
@Timeout(240)
class Networkd6IT {

    private static final String CONFIGURATION = """
            [Match]
            Name=eth0
            [Network]
            DHCP=ipv6
            LinkLocalAddressing=ipv6
            IPv6AcceptRA=no
            [DHCPv6]
            WithoutRA=solicit
            """;

    @TempDir
    private Path directory;

    @Test
    void getsAnAddress() throws Exception {
        Networkd.need();
        Needs.networkNamespaces();
        try (Segment6 segment = Segment6.open()) {
            Namespace client = segment.client();
            Program running = Networkd.start(client, directory, CONFIGURATION);
            segment.server().await("leased fd77:");
            running.await("DHCPv6 address fd77::1:");
        }
    }
}
