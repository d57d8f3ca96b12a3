package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import java.io.IOException;
import java.net.Inet4Address;

/**
 * Finds out whether a machine that has no lease of it uses an address (RFC 2131 §2.2). A server that has one looks while the
 * client thinks about its offer: an OFFER never waits, an ACK for a tenth of a second at most. An address that is found in use
 * is refused and rests like a declined one.
 *
 * <p>Called on threads of the server, up to sixteen at once.
 */
@FunctionalInterface
public interface ConflictDetector {

    /**
     * Looks at an address for a second at most.
     *
     * @param address the address
     * @param client whose use of it is none that counts
     * @return whether another machine uses it
     * @throws IOException if it cannot be found out; the address then counts as free
     */
    boolean isInUse(Inet4Address address, HardwareAddress client) throws IOException;

    /**
     * Asks by ARP: the system resolves the address, and the table of neighbours, {@code /proc/net/arp}, tells who answered.
     * Needs Linux, no privileges, and that the address is on a link of this machine; all other addresses count as free. Of a
     * neighbour that the system remembers from before, it is asked whether it answers ICMP echo now, as {@link #ping} does.
     *
     * @return the detector
     */
    static ConflictDetector arp() {
        return new ArpProbe();
    }

    /**
     * Asks by ICMP echo, also behind relay agents. It needs root or {@code CAP_NET_RAW}; Java asks port 7 by TCP without it,
     * which finds fewer machines. It cannot tell who answers: the client itself counts as another machine if it uses the address
     * already.
     *
     * @return the detector
     */
    static ConflictDetector ping() {
        return (address, client) -> address.isReachable(500);
    }
}
