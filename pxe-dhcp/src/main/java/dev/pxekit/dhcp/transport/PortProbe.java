package dev.pxekit.dhcp.transport;

import dev.pxekit.dhcp.internal.Ipv4;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;

/**
 * Finds out whether a port is free on an address and on 0.0.0.0. The two sockets of a server share their port, and with
 * SO_REUSEADDR the system lets them share it with those of any other server too: only a socket without tells. Another
 * process can still take the port between the probe and the server's own sockets.
 */
final class PortProbe {

    private static final int ATTEMPTS = 16;

    private PortProbe() {}

    /**
     * The port, or if it is 0 one that is free on both addresses.
     *
     * @throws IOException if it is not free; the message says what to do
     */
    static int check(Inet4Address address, int port) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int free = bind(address, port);
            try {
                return bind(Ipv4.ANY, free);
            } catch (IOException e) {
                if (port != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int bind(Inet4Address address, int port) throws IOException {
        InetSocketAddress wanted = new InetSocketAddress(address, port);
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.setReuseAddress(false);
            socket.bind(wanted);
            return socket.getLocalPort();
        } catch (SocketException e) {
            throw BindFailure.of(wanted, e);
        }
    }
}
