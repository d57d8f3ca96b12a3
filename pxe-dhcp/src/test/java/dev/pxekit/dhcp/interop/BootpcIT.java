package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that knows BOOTP and nothing of DHCP (RFC 951, RFC 1533), bootpc of 1999. */
@Tag("interop")
@Timeout(240)
class BootpcIT {

    private static Lab lab;
    private static Namespace host;
    private static Wire wire;

    @BeforeAll
    static void open() throws Exception {
        Needs.program("bootpc", "bootpc");
        Needs.program("tcpdump", "tcpdump");
        Needs.networkNamespaces();
        lab = new Lab();
        host = lab.namespace("server");
        host.addBridge("br0", "10.77.0.1/24");
        wire = Wire.tap(host, "br0");
        host.start(BootpServerProgram.class).await("READY");
    }

    @AfterAll
    static void close() throws Exception {
        if (lab != null) {
            lab.close();
        }
    }

    /** Runs it in the foreground; it writes what it was told as variables of a shell. */
    private static String ask(Namespace client, String... more) throws IOException {
        // It sends through a socket of the system, which has to know where a broadcast goes.
        client.run("ip", "route", "replace", "default", "dev", "eth0");
        String command = "bootpc --dev eth0 --returniffail --timeoutwait 20 " + String.join(" ", more);
        return client.run("sh", "-c", command);
    }

    @Test
    void getsTheAddressReservedForItAndWhatToBoot() throws Exception {
        Namespace client = lab.client(host, "br0");
        client.run("ip", "link", "set", "eth0", "address", BootpServerProgram.KNOWN);
        Conversation conversation = wire.conversation(client);
        assertThat(ask(client))
                .contains("IPADDR='10.77.0.20'", "NETMASK='255.255.255.0'", "GATEWAYS='10.77.0.1'")
                .contains("DNSSRVS='10.77.0.1'", "DOMAIN='lab.example'", "HOSTNAME='node1'")
                .contains("SERVER='10.77.0.1'", "BOOTFILE='kernel.img'");
        Message request = conversation.next("BOOTREQUEST");
        Message reply = conversation.next("BOOTREPLY");
        assertThat(reply.packet().transactionId()).isEqualTo(request.packet().transactionId());
        assertThat(reply.datagram().payload().length)
                .as("RFC 1542 §2.1: no less than 300 octets")
                .isGreaterThanOrEqualTo(300);
        assertThat(reply.packet().options().codes()).as("RFC 1534 §2").doesNotContain(51, 53, 54, 58, 59);
    }

    @Test
    void getsTheSameAddressOfThePoolAgain() throws Exception {
        Namespace client = lab.client(host, "br0");
        String first = ask(client, "--serverbcast");
        assertThat(first).containsPattern("IPADDR='10\\.77\\.0\\.(5[0-9]|[6-9][0-9]|1[0-4][0-9]|150)'");
        assertThat(ask(client, "--serverbcast")).isEqualTo(first);
    }
}
