package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pxekit dhcp leases}: shows the leases of a journal. */
@Command(
        name = "leases",
        description =
                "Shows the leases of a journal, also while a server has it open: address, state, end, hardware address,"
                        + " host name.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DhcpLeasesCommand implements Callable<Integer> {

    private static final Comparator<byte[]> BY_FAMILY_AND_NUMBER =
            Comparator.<byte[]>comparingInt(address -> address.length).thenComparing(Arrays::compareUnsigned);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The journal: what pxekit dhcp serve was given as --leases.")
    private Path file = Path.of("");

    @Option(names = "--active", description = "Leave out what has ended or was given back.")
    private boolean active;

    @Option(names = "--json", description = "Print an object on one line for each lease.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure, IOException {
        List<Lease> leases = new ArrayList<>();
        LeaseStore.readJournal(file, leases::add);
        Instant now = Instant.now();
        if (active) {
            leases.removeIf(lease -> !lease.isActive(now));
        }
        leases.sort(Comparator.comparing(lease -> lease.address().getAddress(), BY_FAMILY_AND_NUMBER));
        PrintWriter out = spec.commandLine().getOut();
        leases.forEach(lease -> out.println(json ? object(lease, now) : line(lease, now)));
        if (!json) {
            out.println(leases.size() + (leases.size() == 1 ? " lease" : " leases"));
        }
        StandardOutput.flush(out);
        return 0;
    }

    private static String line(Lease lease, Instant now) {
        return String.format(
                Locale.ROOT,
                "%-15s  %-8s  %-20s  %-17s  %s",
                lease.address().getHostAddress(),
                state(lease, now),
                end(lease),
                lease.hardwareAddress(),
                Printable.of(lease.hostName()));
    }

    /** What was given back ended at that moment, and says so. */
    private static String state(Lease lease, Instant now) {
        return lease.isActive(now) || lease.state() == Lease.State.RELEASED
                ? lease.state().name().toLowerCase(Locale.ROOT)
                : "ended";
    }

    private static String end(Lease lease) {
        return lease.expiresAt().equals(Lease.NEVER)
                ? "never"
                : Instant.ofEpochSecond(lease.expiresAt().getEpochSecond()).toString();
    }

    private static String object(Lease lease, Instant now) {
        return new JsonLine()
                .text("address", lease.address().getHostAddress())
                .text("state", state(lease, now))
                .text("expiresAt", end(lease))
                .text("hardwareAddress", lease.hardwareAddress().toString())
                .text("client", lease.client().toString())
                .text("hostName", lease.hostName())
                .toString();
    }
}
