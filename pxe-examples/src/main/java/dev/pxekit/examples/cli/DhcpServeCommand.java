package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.server.ConflictDetector;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.Reservation;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pxekit dhcp serve}: a DHCP server by itself. */
@Command(
        name = "serve",
        description = "Hands out addresses and boot files in the network of an interface, until it is interrupted.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pxekit dhcp serve --interface eth1 --leases leases.journal",
            "  pxekit dhcp serve --interface eth1 --boot bios=undionly.kpxe --boot x64=snponly.efi \\",
            "      --ipxe http://10.77.0.1:8080/boot.ipxe --reserve 52:54:00:77:00:01=10.77.0.20,node1"
        })
final class DhcpServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--interface",
            required = true,
            paramLabel = "IF",
            description =
                    "Interface to serve, which has an address. Requests that are broadcast on other interfaces of this"
                            + " machine are answered too, unless epoll can be used.")
    private String interfaceName = "";

    @Mixin
    private SubnetOptions addresses = new SubnetOptions();

    @Mixin
    private BootOptions boot = new BootOptions();

    @Option(
            names = "--leases",
            paramLabel = "FILE",
            description = "Keep leases in this journal. Default: in memory, forgotten in the end.")
    private @Nullable Path leases;

    @Option(
            names = "--reserve",
            paramLabel = "MAC=ADDRESS[,NAME]",
            converter = ReservedAddress.class,
            description = "An address that only one machine gets, and its host name; may be repeated.")
    private List<Reservation> reservations = List.of();

    @Option(
            names = "--ethers",
            paramLabel = "FILE",
            description = "Reservations from a file as /etc/ethers; names are looked up in --hosts.")
    private @Nullable Path ethers;

    @Option(names = "--hosts", paramLabel = "FILE", description = "Default: ${DEFAULT-VALUE}.")
    private Path hosts = Path.of("/etc/hosts");

    @Option(
            names = "--authoritative",
            description = "There is no other server here: tell machines at once that an address of elsewhere is wrong.")
    private boolean authoritative;

    @Option(names = "--rapid-commit", description = "Answer clients that want it in one step (RFC 4039).")
    private boolean rapidCommit;

    @Option(
            names = "--conflict-check",
            description = "Look by ARP whether another machine uses an address that is offered.")
    private boolean conflictCheck;

    @Mixin
    private DhcpPortOptions ports = new DhcpPortOptions();

    @Override
    public Integer call() throws CommandFailure, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Interfaces.Served served = Interfaces.named(interfaceName);
        try (LeaseStore store = leases == null ? LeaseStore.inMemory() : LeaseStore.journal(leases);
                EventPrinter events = new EventPrinter(out);
                DhcpServer server = build(served, store, events)) {
            InetSocketAddress address = server.start();
            StopSignals signals = StopSignals.listen(server::close);
            out.println("ready  on " + served.name() + ", " + HostAndPort.of(address) + ": DHCP, leases "
                    + (leases == null ? "in memory" : "in " + leases) + "; Ctrl-C ends it");
            out.flush();
            signals.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private DhcpServer build(Interfaces.Served served, LeaseStore store, EventPrinter events) throws IOException {
        try {
            DhcpServer.Builder builder = DhcpServer.builder()
                    .subnet(addresses.subnet(served))
                    .leaseStore(store)
                    .reservations(reservations)
                    .authoritative(authoritative)
                    .rapidCommit(rapidCommit)
                    .policy(boot.policy())
                    .listener(events);
            if (ethers != null) {
                builder.reservations(Reservation.readEthers(ethers, hosts));
            }
            if (conflictCheck) {
                builder.conflictDetector(ConflictDetector.arp());
            }
            builder.bind(served.address()).port(ports.port());
            if (ports.isReplyToSender()) {
                builder.replyToSender();
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
