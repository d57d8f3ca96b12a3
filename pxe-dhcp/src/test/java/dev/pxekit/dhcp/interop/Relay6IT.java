package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ISC's relay agent between our server on fd77::1 and a client on fd78::/64. */
@Tag("interop")
@Timeout(240)
class Relay6IT {

    private static final String SCRIPT = """
            #!/bin/sh
            echo "event $reason $new_ip6_address"
            """;

    @TempDir
    private Path directory;

    @Test
    void leasesFromTheSubnetOfTheRelayAgent() throws Exception {
        Needs.program("dhcrelay", "isc-dhcp-relay");
        Needs.program("dhclient", "isc-dhcp-client");
        Needs.networkNamespaces();
        try (Lab lab = new Lab()) {
            Namespace host = lab.namespace("server");
            host.addBridge("br0", "10.77.0.1/24");
            host.run("ip", "address", "add", "fd77::1/64", "dev", "br0", "nodad");
            Namespace relay = lab.client(host, "br0");
            relay.run("ip", "address", "add", "fd77::2/64", "dev", "eth0", "nodad");
            relay.addBridge("br1", "10.78.0.1/24");
            relay.run("ip", "address", "add", "fd78::1/64", "dev", "br1", "nodad");
            Namespace client = lab.client(relay, "br1");
            Segment6.awaitLinkLocalAddress(host, "br0");
            Segment6.awaitLinkLocalAddress(relay, "eth0");
            Segment6.awaitLinkLocalAddress(relay, "br1");
            Segment6.awaitLinkLocalAddress(client, "eth0");
            Program server = host.start(ServerProgram6.class, "br0", "fd77", "fd78");
            server.await("READY");
            Program dhcrelay = relay.start("dhcrelay", "-6", "-d", "--no-pid", "-I", "-l", "br1", "-u", "fd77::1%eth0");
            dhcrelay.await("Sending on   Socket/eth0");

            Program dhclient = client.start(
                    "dhclient",
                    "-6",
                    "-d",
                    "-cf",
                    "/dev/null",
                    "-lf",
                    directory.resolve("leases").toString(),
                    "-pf",
                    directory.resolve("pid").toString(),
                    "-sf",
                    Scripts.write(directory, "script", SCRIPT).toString(),
                    "eth0");
            assertThat(server.await("leased fd78:")).contains("RELAY-FORW");
            dhclient.await("event BOUND6 fd78::1:");
        }
    }
}
