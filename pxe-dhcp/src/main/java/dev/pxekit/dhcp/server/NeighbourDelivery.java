package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.transport.Received;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what would be broadcast to {@code yiaddr} at the client's hardware address, if the client does not ask for a broadcast
 * (RFC 2131 §4.1) and the address is one of the interface's own network: the system would send it to a router otherwise. Where
 * the entry cannot be made the reply is broadcast, and no other entry is tried for a minute.
 */
final class NeighbourDelivery implements ReplyDestination {

    private static final Logger LOG = LoggerFactory.getLogger(NeighbourDelivery.class);
    private static final long REST_NANOS = 60_000_000_000L;
    private static final int ETHERNET_LENGTH = 6;

    private final ReplyDestination broadcasting;
    private final NeighbourTable table;
    private final int clientPort;
    private final LongSupplier nanoTime;
    private final AtomicLong restUntil;

    NeighbourDelivery(ReplyDestination broadcasting, NeighbourTable table, int clientPort) {
        this(broadcasting, table, clientPort, System::nanoTime);
    }

    NeighbourDelivery(ReplyDestination broadcasting, NeighbourTable table, int clientPort, LongSupplier nanoTime) {
        this.broadcasting = broadcasting;
        this.table = table;
        this.clientPort = clientPort;
        this.nanoTime = nanoTime;
        this.restUntil = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public InetSocketAddress of(DhcpPacket request, DhcpPacket reply, Received received) {
        InetSocketAddress target = broadcasting.of(request, reply, received);
        HardwareAddress client = request.clientHardwareAddress();
        boolean canBeUnicast = target.getAddress().equals(Ipv4.BROADCAST)
                && !request.isBroadcast()
                && !reply.yourAddress().isAnyLocalAddress()
                && client.type() == HardwareAddress.ETHERNET
                && client.length() == ETHERNET_LENGTH;
        if (canBeUnicast && restUntil.get() - nanoTime.getAsLong() <= 0) {
            try {
                if (put(reply.yourAddress(), client, received.interfaceName())) {
                    return new InetSocketAddress(reply.yourAddress(), clientPort);
                }
            } catch (IOException e) {
                restUntil.set(nanoTime.getAsLong() + REST_NANOS);
                LOG.atWarn()
                        .addKeyValue("client", client)
                        .setCause(e)
                        .log("no neighbour entry: replies are broadcast for a minute");
            }
        }
        return target;
    }

    private boolean put(Inet4Address address, HardwareAddress client, String interfaceName) throws IOException {
        NetworkInterface networkInterface = NetworkInterface.getByName(interfaceName);
        if (networkInterface == null
                || networkInterface.getInterfaceAddresses().stream().noneMatch(own -> holds(own, address))) {
            return false;
        }
        table.put(address, client, networkInterface);
        return true;
    }

    private static boolean holds(InterfaceAddress network, Inet4Address address) {
        int shift = 32 - network.getNetworkPrefixLength();
        return network.getAddress() instanceof Inet4Address own
                && Ipv4.toLong(own) >> shift == Ipv4.toLong(address) >> shift;
    }
}
