package dev.pxekit.tftp;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groups of one address of a server: one for each file that is being read in each block size. Thread safe. */
final class MulticastGroups {

    private static final Logger logger = LoggerFactory.getLogger(MulticastGroups.class);

    private final MulticastAddresses addresses;
    private final ServerPorts.OfAddress ports;
    private final PacketCache cache;
    private final Map<PacketImage.Layout, MulticastSender> senders = new HashMap<>();

    MulticastGroups(MulticastAddresses addresses, ServerPorts.OfAddress ports, PacketCache cache) {
        this.addresses = addresses;
        this.ports = ports;
        this.cache = cache;
    }

    /** A group that a transfer takes part in, and who it is to be at first. */
    record Joined(MulticastSender sender, Multicast answer) {}

    /** Takes part in the group of a file, for one transfer; empty if it would need one more address than there are. */
    synchronized Optional<Joined> join(PacketImage.Layout layout) {
        MulticastSender sender = senders.get(layout);
        if (sender == null) {
            Optional<InetSocketAddress> address = addresses.take();
            if (address.isEmpty()) {
                logger.atDebug().log("no multicast address is free: widen the range");
                return Optional.empty();
            }
            sender = new MulticastSender(layout, address.get(), addresses.timeToLive(), ports.own(), cache);
            senders.put(layout, sender);
        }
        sender.users++;
        return Optional.of(new Joined(sender, new Multicast(Optional.of(sender.address()), sender.users == 1)));
    }

    /** Called once for each {@link #join}. */
    synchronized void leave(MulticastSender sender) {
        sender.users--;
        if (sender.users == 0) {
            senders.remove(sender.layout());
            addresses.giveBack(sender.address());
            sender.close();
        }
    }
}
