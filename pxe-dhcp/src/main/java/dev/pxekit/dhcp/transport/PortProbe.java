package dev.pxekit.dhcp.transport;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;

/**
 * Finds out whether a port is free on several sockets. The sockets of a server share their port, and with SO_REUSEADDR the
 * system lets them share it with those of any other server too: only a socket without tells. Another process can still take
 * the port between the probe and the server's own sockets.
 */
final class PortProbe {

    private static final int ATTEMPTS = 16;

    /** One of the sockets, which is opened without SO_REUSEADDR and closed again. */
    @FunctionalInterface
    interface Probe {

        /**
         * Binds and closes.
         *
         * @param port 0 for any free one
         * @return the port
         * @throws IOException if it is not free; the message says what to do
         */
        int bind(int port) throws IOException;
    }

    private PortProbe() {}

    /**
     * The port, or if it is 0 one that is free on all sockets.
     *
     * @throws IOException if it is not free; the message says what to do
     */
    static int check(List<Probe> probes, int port) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int free = probes.get(0).bind(port);
            try {
                for (Probe probe : probes.subList(1, probes.size())) {
                    probe.bind(free);
                }
                return free;
            } catch (IOException e) {
                if (port != 0 || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** A probe of a socket on an address, of whatever interface. */
    static Probe on(Inet4Address address) {
        return port -> {
            InetSocketAddress wanted = new InetSocketAddress(address, port);
            try (DatagramSocket socket = new DatagramSocket(null)) {
                socket.setReuseAddress(false);
                socket.bind(wanted);
                return socket.getLocalPort();
            } catch (SocketException e) {
                throw BindFailure.of(wanted, e);
            }
        };
    }
}
