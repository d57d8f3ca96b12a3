package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.pxe.BootClient;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that writes down what it hears. */
final class Recorder implements DhcpServerListener {

    final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void bootDecided(BootClient client, BootDecision decision) {
        events.add("boot " + decision);
    }

    @Override
    public void offered(DhcpPacket request, DhcpPacket offer) {
        events.add("offer");
    }

    @Override
    public void acknowledged(DhcpPacket request, DhcpPacket acknowledgement) {
        events.add("ack");
    }

    @Override
    public void refused(DhcpPacket request, DhcpPacket refusal, String reason) {
        events.add("nak: " + reason);
    }

    @Override
    public void released(DhcpPacket request, Lease lease) {
        events.add("released");
    }

    @Override
    public void declined(DhcpPacket request, Lease lease) {
        events.add("declined");
    }

    @Override
    public void conflictFound(DhcpPacket request, Lease lease) {
        events.add("conflict");
    }

    @Override
    public void proxyOffered(DhcpPacket request, DhcpPacket offer) {
        events.add("proxy offer");
    }

    @Override
    public void bootServerAcknowledged(DhcpPacket request, DhcpPacket acknowledgement) {
        events.add("boot server ack");
    }

    @Override
    public void ignored(DhcpPacket request, String reason) {
        events.add("ignored: " + reason);
    }

    @Override
    public void malformed(InetSocketAddress sender, DhcpFormatException fault) {
        events.add("malformed");
    }
}
