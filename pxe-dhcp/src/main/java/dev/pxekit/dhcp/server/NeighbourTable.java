package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;

/**
 * The system's table of hardware addresses (ARP). A client that has no address yet does not answer when it is looked for, so
 * a reply reaches it as unicast only if its hardware address is in the table before. Java has no means to put it there, nor raw
 * sockets to do without; the system asks for the capability {@code CAP_NET_ADMIN}.
 *
 * <p>Safe for use by several threads; may block.
 */
@FunctionalInterface
public interface NeighbourTable {

    /**
     * Sets the hardware address of an address, whatever the table said before.
     *
     * @param address about to be offered to the client, or just leased
     * @param hardwareAddress the client's, of Ethernet
     * @param networkInterface where it is
     * @throws IOException if that cannot be done: the reply is broadcast then
     */
    void put(Inet4Address address, HardwareAddress hardwareAddress, NetworkInterface networkInterface)
            throws IOException;

    /**
     * A table that is set by the program {@code ip} of iproute2, so on Linux, for processes with {@code CAP_NET_ADMIN}. A call
     * takes a few milliseconds, and one second at most.
     *
     * @return the table
     */
    static NeighbourTable ipCommand() {
        return new IpCommandNeighbours();
    }
}
