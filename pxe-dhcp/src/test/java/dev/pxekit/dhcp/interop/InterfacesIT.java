package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.server.Transport;
import dev.pxekit.testkit.Needs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers on several interfaces, and replies to clients that do not have their address yet. */
@Tag("interop")
@Timeout(180)
class InterfacesIT {

    @TempDir
    private Path directory;

    private static Namespace hostOf(Lab lab) throws Exception {
        Namespace host = lab.namespace("server");
        for (int i = 7; i < 10; i++) {
            host.addBridge("br" + i, "10.7" + i + ".0.1/24");
        }
        return host;
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "EPOLL"})
    void answersOnTheInterfaceAndFromTheAddressAskedAndNotOnOthers(Transport transport) throws Exception {
        Udhcpc.need();
        Needs.networkNamespaces();
        try (Lab lab = new Lab()) {
            Namespace host = hostOf(lab);
            Program server = host.start(InterfacesProgram.class, transport.name(), "10.77.0", "10.78.0");
            server.await("READY");

            Namespace stranger = lab.client(host, "br9");
            assertThat(Udhcpc.start(stranger, directory, "-t", "2", "-n").awaitEnd())
                    .as("a client on the third interface gets nothing")
                    .isNotZero();

            for (String network : new String[] {"10.77.0", "10.78.0", "10.77.0"}) {
                Program client = Udhcpc.start(lab.client(host, "br" + network.charAt(4)), directory);
                assertThat(client.await("event bound"))
                        .contains(" " + network + ".")
                        .contains("server=" + network + ".1");
            }
            assertThat(server.toString())
                    .as("its packets were not even received")
                    .doesNotContain(stranger.hardwareAddress().toString());
        }
    }

    @Test
    void plainJavaRefusesWhatItCannotTellApart() throws Exception {
        Needs.networkNamespaces();
        try (Lab lab = new Lab()) {
            Program server = hostOf(lab).start(InterfacesProgram.class, "NIO", "10.77.0", "10.78.0");
            assertThat(server.await("REFUSED"))
                    .contains("br7")
                    .contains("br8")
                    .contains("netty-transport-native-epoll")
                    .contains("bind a single address");
        }
    }

    @Test
    void refusesTwoAddressesOfOneInterface() throws Exception {
        Needs.networkNamespaces();
        try (Lab lab = new Lab()) {
            Namespace host = hostOf(lab);
            host.run("ip", "address", "add", "10.76.0.1/24", "dev", "br7");
            Program server = host.start(InterfacesProgram.class, "AUTO", "10.77.0", "10.76.0");
            assertThat(server.await("REFUSED")).contains("one interface").contains("br7");
        }
    }

    @Test
    void sharesTheMachineWithAServerOfAnotherInterface() throws Exception {
        String dnsmasq = Needs.program("dnsmasq", "dnsmasq-base").toString();
        Udhcpc.need();
        Needs.networkNamespaces();
        try (Lab lab = new Lab()) {
            Namespace host = hostOf(lab);
            Program other = host.start(
                    dnsmasq,
                    "-k",
                    "--conf-file=/dev/null",
                    "--user=root",
                    "--log-facility=-",
                    "--port=0",
                    "--interface=br8",
                    "--bind-interfaces",
                    "--no-ping",
                    "--leasefile-ro",
                    "--dhcp-range=10.78.0.50,10.78.0.150,255.255.255.0,1h");
            other.await("DHCP, IP range");
            host.start(InterfacesProgram.class, "EPOLL", "10.77.0").await("READY");
            assertThat(Udhcpc.start(lab.client(host, "br7"), directory).await("event bound"))
                    .contains("server=10.77.0.1");
            assertThat(Udhcpc.start(lab.client(host, "br8"), directory).await("event bound"))
                    .contains("server=10.78.0.1");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NIO", "EPOLL"})
    void sendsToTheAddressThatTheClientDoesNotHoldYet(Transport transport) throws Exception {
        Udhcpc.need();
        Needs.program("tcpdump", "tcpdump");
        Needs.networkNamespaces();
        try (Lab lab = new Lab()) {
            Namespace host = hostOf(lab);
            host.start(InterfacesProgram.class, transport.name(), "10.77.0").await("READY");
            Wire wire = Wire.tap(host, "br7");

            Namespace client = lab.client(host, "br7");
            Conversation conversation = wire.conversation(client);
            Program udhcpc = Udhcpc.start(client, directory);
            for (String reply : new String[] {"OFFER", "ACK"}) {
                Message message = conversation.next(reply);
                assertThat(message.destination()).isEqualTo(message.packet().yourAddress());
                assertThat(message.datagram().destinationHardwareAddress()).contains(client.hardwareAddress());
            }
            udhcpc.await("event bound");

            Namespace broadcasting = lab.client(host, "br7");
            Conversation second = wire.conversation(broadcasting);
            Udhcpc.start(broadcasting, directory, "-B").await("event bound");
            assertThat(second.next("OFFER").isBroadcast()).as("as it asks for").isTrue();
        }
    }
}
