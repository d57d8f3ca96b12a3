package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.internal.Addresses;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Status;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that writes down what it hears. */
final class Recorder6 implements Dhcp6ServerListener {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void bootDecided(BootClient client, BootDecision decision) {
        events.add("boot " + decision);
    }

    @Override
    public void bootNotTold(BootClient client, BootDecision decision, String reason) {
        events.add("not told: " + reason);
    }

    @Override
    public void dropped(String reason, long packets, InetSocketAddress sender) {
        events.add("dropped: " + reason);
    }

    @Override
    public void advertised(Dhcp6Message request, Dhcp6Message advertise) {
        events.add("advertise");
    }

    @Override
    public void replied(Dhcp6Message request, Dhcp6Message reply) {
        events.add("reply");
    }

    @Override
    public void leased(Dhcp6Message request, Lease lease) {
        events.add("leased " + Addresses.toString(lease.address()));
    }

    @Override
    public void refused(Dhcp6Message request, long iaid, Status status) {
        events.add("refused " + iaid + ": " + status.code().name());
    }

    @Override
    public void released(Dhcp6Message request, Lease lease) {
        events.add("released " + Addresses.toString(lease.address()));
    }

    @Override
    public void declined(Dhcp6Message request, Lease lease) {
        events.add("declined " + Addresses.toString(lease.address()));
    }

    @Override
    public void ignored(Dhcp6Message request, String reason) {
        events.add("ignored: " + reason);
    }

    @Override
    public void malformed(InetSocketAddress sender, DhcpFormatException fault) {
        events.add("malformed");
    }
}
