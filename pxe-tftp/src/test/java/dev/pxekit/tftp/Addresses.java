package dev.pxekit.tftp;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/** Addresses for tests. */
final class Addresses {

    private Addresses() {}

    /** An address in text form, IPv4 or IPv6. */
    static InetAddress client(String address) throws UnknownHostException {
        return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(address));
    }

    /**
     * A port for a group, which nothing on this machine receives at. It is below those that sockets get which ask for any (RFC 6335
     * §6, and lower on Linux): the server's own, opened later, would share it.
     */
    static int groupPort() throws IOException {
        for (int tries = 0; tries < 1000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_768);
            try (DatagramSocket free = new DatagramSocket(port)) {
                return free.getLocalPort();
            } catch (BindException e) {
                // another one, then
            }
        }
        throw new BindException("no port of 10000 to 32767 is free");
    }

    /** Any free port of the loopback interface. */
    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
