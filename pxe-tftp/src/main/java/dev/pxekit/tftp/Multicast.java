package dev.pxekit.tftp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * What a server answers to the option {@code multicast}: {@code addr,port,mc} (RFC 2090 §2). Immutable.
 *
 * @param group where the blocks are sent to: a multicast address and a port; empty if the client has been told before
 * @param master whether the client is the master, who acknowledges the blocks, {@code mc} 1
 */
public record Multicast(Optional<InetSocketAddress> group, boolean master) {

    /**
     * Checks the address.
     *
     * @param group where the blocks are sent to
     * @param master whether the client is the master
     * @throws IllegalArgumentException if the address is not a multicast one, or the port is 0
     */
    public Multicast {
        group.ifPresent(address -> {
            if (address.isUnresolved() || !address.getAddress().isMulticastAddress() || address.getPort() == 0) {
                throw new IllegalArgumentException(
                        "group: " + address + " (expected: a multicast address and a port in 1..65535)");
            }
        });
    }

    static Optional<Multicast> parse(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length != 3 || !(parts[2].equals("0") || parts[2].equals("1"))) {
            return Optional.empty();
        }
        boolean master = parts[2].equals("1");
        if (parts[0].isEmpty() && parts[1].isEmpty()) {
            return Optional.of(new Multicast(Optional.empty(), master));
        }
        return group(parts[0], parts[1]).map(group -> new Multicast(Optional.of(group), master));
    }

    private static Optional<InetSocketAddress> group(String addressText, String portText) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(addressText); // no name is looked up
        if (bytes == null || !portText.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            int port = Integer.parseInt(portText);
            return address.isMulticastAddress() && port >= 1 && port <= 0xFFFF
                    ? Optional.of(new InetSocketAddress(address, port))
                    : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty(); // a length that no address has
        }
    }

    /** The value as it is sent. */
    String format() {
        return group.map(address -> address.getAddress().getHostAddress() + "," + address.getPort())
                        .orElse(",")
                + (master ? ",1" : ",0");
    }
}
