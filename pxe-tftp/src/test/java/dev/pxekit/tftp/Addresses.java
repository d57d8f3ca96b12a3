package dev.pxekit.tftp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses for tests. */
final class Addresses {

    private Addresses() {}

    /** An address in text form, IPv4 or IPv6. */
    static InetAddress client(String address) throws UnknownHostException {
        return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(address));
    }

    /** Any free port of the loopback interface. */
    static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }
}
