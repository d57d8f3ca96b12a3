package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.server.BootDecision;
import dev.pxekit.examples.BootServerListener;
import dev.pxekit.examples.http.HttpFileServer.Exchange;
import dev.pxekit.tftp.TransferResult;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Prints what a boot server does, a line for each event, for whoever watches. Thread safe. */
final class EventPrinter implements BootServerListener, AutoCloseable {

    private final EventLines lines;

    EventPrinter(PrintWriter out) {
        this.lines = new EventLines(out);
    }

    /** Waits a moment for the lines that were not printed yet. */
    @Override
    public void close() {
        lines.close();
    }

    @Override
    public void bootDecided(BootClient client, BootDecision decision) {
        lines.print(
                "dhcp",
                client.hardwareAddress() + " is " + client.firmware() + ", boots "
                        + (decision.isIgnore() ? "nothing of ours" : decision));
    }

    @Override
    public void offered(DhcpPacket request, DhcpPacket offer) {
        lines.print(
                "dhcp",
                request.clientHardwareAddress() + " offered "
                        + offer.yourAddress().getHostAddress());
    }

    @Override
    public void acknowledged(DhcpPacket request, DhcpPacket acknowledgement) {
        String what = acknowledgement.yourAddress().isAnyLocalAddress()
                ? " told the options of " + request.clientAddress().getHostAddress()
                : " has " + acknowledgement.yourAddress().getHostAddress();
        lines.print("dhcp", request.clientHardwareAddress() + what);
    }

    @Override
    public void refused(DhcpPacket request, DhcpPacket refusal, String reason) {
        lines.print("dhcp", request.clientHardwareAddress() + " refused: " + reason);
    }

    @Override
    public void released(DhcpPacket request, Lease lease) {
        lines.print(
                "dhcp",
                request.clientHardwareAddress() + " gave back "
                        + lease.address().getHostAddress());
    }

    @Override
    public void declined(DhcpPacket request, Lease lease) {
        lines.print(
                "dhcp",
                request.clientHardwareAddress() + " found another machine at "
                        + lease.address().getHostAddress() + ", which rests now");
    }

    @Override
    public void conflictFound(DhcpPacket request, Lease lease) {
        lines.print("dhcp", "another machine uses " + lease.address().getHostAddress() + ", which rests now");
    }

    @Override
    public void dropped(String reason, long packets, InetSocketAddress sender) {
        lines.print("dhcp", packets + " packets dropped, the last one of " + HostAndPort.of(sender) + ": " + reason);
    }

    @Override
    public void proxyOffered(DhcpPacket request, DhcpPacket offer) {
        lines.print("proxy", request.clientHardwareAddress() + " offered boot options");
    }

    @Override
    public void bootServerAcknowledged(DhcpPacket request, DhcpPacket acknowledgement) {
        lines.print("proxy", request.clientHardwareAddress() + " told its boot file");
    }

    @Override
    public void ended(TransferResult result) {
        lines.print(
                "tftp",
                result.transfer().peer().getAddress().getHostAddress() + " "
                        + result.transfer().fileName() + ": " + TransferText.of(result));
    }

    @Override
    public void answered(Exchange exchange) {
        lines.print(
                "http",
                String.format(
                        Locale.ROOT,
                        "%s %s %s: %d, %,d bytes",
                        exchange.client().getAddress().getHostAddress(),
                        exchange.method(),
                        exchange.path(),
                        exchange.status(),
                        exchange.bytes()));
    }
}
