package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.server.BootDecision;
import dev.pxekit.examples.BootServerListener;
import dev.pxekit.examples.http.HttpFileServer.Exchange;
import dev.pxekit.tftp.TransferOutcome;
import dev.pxekit.tftp.TransferResult;
import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints what a boot server does, a line for each event, for whoever watches. Thread safe. */
final class EventPrinter implements BootServerListener {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final PrintWriter out;

    EventPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void bootDecided(BootClient client, BootDecision decision) {
        print(
                "dhcp",
                client.hardwareAddress() + " is " + client.firmware() + ", boots "
                        + (decision.isIgnore() ? "nothing of ours" : decision));
    }

    @Override
    public void offered(DhcpPacket request, DhcpPacket offer) {
        print(
                "dhcp",
                request.clientHardwareAddress() + " offered "
                        + offer.yourAddress().getHostAddress());
    }

    @Override
    public void acknowledged(DhcpPacket request, DhcpPacket acknowledgement) {
        print(
                "dhcp",
                request.clientHardwareAddress() + " has "
                        + acknowledgement.yourAddress().getHostAddress());
    }

    @Override
    public void refused(DhcpPacket request, DhcpPacket refusal, String reason) {
        print("dhcp", request.clientHardwareAddress() + " refused: " + reason);
    }

    @Override
    public void proxyOffered(DhcpPacket request, DhcpPacket offer) {
        print("proxy", request.clientHardwareAddress() + " offered boot options");
    }

    @Override
    public void bootServerAcknowledged(DhcpPacket request, DhcpPacket acknowledgement) {
        print("proxy", request.clientHardwareAddress() + " told its boot file on port 4011");
    }

    @Override
    public void ended(TransferResult result) {
        String what = result.transfer().peer().getAddress().getHostAddress() + " "
                + result.transfer().fileName();
        TransferOutcome outcome = result.outcome();
        if (outcome instanceof TransferOutcome.Failed failed) {
            print("tftp", what + ": " + failed.reason());
        } else if (outcome instanceof TransferOutcome.Probe) {
            print("tftp", what + ": asked for the size");
        } else {
            print(
                    "tftp",
                    String.format(
                            Locale.ROOT,
                            "%s: %,d bytes, %.1f s, %d retransmissions",
                            what,
                            result.bytes(),
                            result.duration().toMillis() / 1000.0,
                            result.retransmissions()));
        }
    }

    @Override
    public void answered(Exchange exchange) {
        print(
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

    /** Names come off the wire: what would steer a terminal or forge a line is shown as a question mark. */
    private void print(String protocol, String what) {
        out.println(String.format(
                Locale.ROOT,
                "%s %-5s %s",
                LocalTime.now(ZoneId.systemDefault()).format(TIME),
                protocol,
                what.replaceAll("\\p{Cntrl}", "?")));
        out.flush();
    }
}
