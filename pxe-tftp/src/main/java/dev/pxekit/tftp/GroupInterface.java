package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;

/** The network interface where a client joins a group. */
@FunctionalInterface
interface GroupInterface {

    /** The one for a server. */
    NetworkInterface towards(InetSocketAddress server) throws IOException;

    /** The interface of the local address from which packets go to the server. */
    static NetworkInterface routed(InetSocketAddress server) throws IOException {
        try (DatagramChannel route = DatagramChannel.open()) {
            route.connect(server); // sends nothing
            InetAddress local = ((InetSocketAddress) route.getLocalAddress()).getAddress();
            NetworkInterface found = NetworkInterface.getByInetAddress(local);
            if (found == null) {
                throw new SocketException("no network interface has the address " + local.getHostAddress());
            }
            return found;
        }
    }
}
