package dev.pxekit.dhcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.internal.Ipv4;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortProbeTest {

    private static final Inet4Address LOOPBACK = Ipv4.parse("127.0.0.1");

    private static DatagramSocket shared(Inet4Address address) throws SocketException {
        DatagramSocket socket = new DatagramSocket(null);
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(address, 0));
        return socket;
    }

    @Test
    void findsAPortThatIsFree() throws Exception {
        boolean free = false;
        // Another process may take one of them in between.
        for (int attempt = 0; !free && attempt < 10; attempt++) {
            int port = PortProbe.check(List.of(PortProbe.on(LOOPBACK), PortProbe.on(Ipv4.ANY)), 0);
            assertThat(port).isPositive();
            free = isFree(port);
        }
        assertThat(free).isTrue();
    }

    private static boolean isFree(int port) throws SocketException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, port))) {
            return socket.getLocalPort() == port;
        } catch (BindException e) {
            return false;
        }
    }

    @Test
    void seesServersThatShareTheirPort() throws Exception {
        for (Inet4Address address : new Inet4Address[] {LOOPBACK, Ipv4.ANY, Ipv4.parse("127.0.0.2")}) {
            try (DatagramSocket other = shared(address)) {
                int port = other.getLocalPort();
                assertThatThrownBy(() -> PortProbe.check(List.of(PortProbe.on(LOOPBACK), PortProbe.on(Ipv4.ANY)), port))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("cannot bind UDP ")
                        .hasMessageContaining(" port " + port + ": ")
                        .hasMessageContaining("another server has this port: stop it (ss -ulpn 'sport = :" + port)
                        .hasCauseInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void saysThatTheAddressIsNotThisMachines() {
        assertThatThrownBy(() ->
                        PortProbe.check(List.of(PortProbe.on(Ipv4.parse("192.0.2.77")), PortProbe.on(Ipv4.ANY)), 0))
                .hasMessageContaining("192.0.2.77")
                .hasMessageContaining("no interface of this machine has this address");
    }

    @Test
    void saysWhoMayHaveLowPorts() {
        InetSocketAddress address = new InetSocketAddress(LOOPBACK, 67);
        assertThat(BindFailure.of(address, new SocketException("Permission denied")))
                .hasMessage("cannot bind UDP 127.0.0.1 port 67: Permission denied;"
                        + " ports below 1024 need root or the capability CAP_NET_BIND_SERVICE");
    }
}
