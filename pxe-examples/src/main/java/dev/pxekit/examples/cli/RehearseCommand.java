package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.server.Subnet;
import dev.pxekit.examples.BootImage;
import dev.pxekit.examples.BootRehearsal;
import dev.pxekit.examples.BootServer;
import dev.pxekit.examples.NetworkBootstrapPrograms;
import dev.pxekit.examples.RehearsedMachine;
import dev.pxekit.examples.Transcript;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pxekit rehearse}: boots three machines that it plays itself, on loopback, without root. */
@Command(
        name = "rehearse",
        description =
                "Starts a boot server on loopback and boots three machines through it, played by PXE Kit's own clients:"
                        + " needs no root, no network and no firmware.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RehearseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--iso",
            paramLabel = "FILE",
            description = "Install image. Default: a small one that PXE Kit brings, which can't be installed.")
    private @Nullable Path image;

    @Option(
            names = "--programs",
            paramLabel = "DIR",
            description =
                    "iPXE's network bootstrap programs. Default: where the package ipxe puts them, or else stand-ins.")
    private @Nullable Path programs;

    @Option(names = "--kickstart", paramLabel = "FILE", description = "Kickstart to check along the way.")
    private @Nullable Path kickstart;

    @Override
    public Integer call() throws CommandFailure, IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (DemoImage demo = DemoImage.unpack();
                BootImage served = BootImage.open(image == null ? demo.file() : image);
                BootImage standIns = BootImage.open(demo.file())) {
            NetworkBootstrapPrograms loaded = findPrograms(standIns);
            out.println(
                    "Image: " + served.tree() + (image == null ? " (the one that PXE Kit brings)" : " in " + image));
            out.println("Network bootstrap programs: "
                    + (loaded.directory().startsWith(standIns.root())
                            ? "stand-ins, as iPXE's are not installed here (a rehearsal only fetches them)"
                            : loaded.directory()));
            try (BootServer server = server(served, loaded)) {
                if (!server.kickstartErrors().isEmpty()) {
                    throw new CommandFailure(
                            "the kickstart: " + server.kickstartErrors().get(0));
                }
                return rehearse(out, server.start());
            }
        }
    }

    private static int rehearse(PrintWriter out, BootServer.Endpoints endpoints) {
        long start = System.nanoTime();
        out.println("Boot server on loopback: DHCP on port "
                + endpoints.dhcp().orElseThrow().getPort() + ", TFTP on port "
                + endpoints.tftp().getPort() + ", " + endpoints.http());
        BootRehearsal rehearsal = new BootRehearsal(endpoints, (machine, step) -> print(out, step));
        List<RehearsedMachine> machines = RehearsedMachine.usual();
        int booted = 0;
        for (RehearsedMachine machine : machines) {
            out.println();
            out.println(machine.name() + ", " + machine.firmware().hardwareAddress());
            Transcript transcript = rehearsal.rehearse(machine);
            if (transcript.isSuccess()) {
                booted++;
            }
            transcript.failure().ifPresent(failure -> out.println("  FAILED       " + failure));
        }
        out.println();
        out.println(String.format(
                Locale.ROOT,
                "%d of %d machines came to their installer, in %.1f s.",
                booted,
                machines.size(),
                (System.nanoTime() - start) / 1e9));
        out.flush();
        return booted == machines.size() ? 0 : 1;
    }

    private BootServer server(BootImage served, NetworkBootstrapPrograms loaded) throws CommandFailure, IOException {
        BootServer.Builder builder = BootServer.builder()
                .address(Ipv4.parse("loopback", "127.0.0.1"))
                .ports(0, 0, 0)
                .dhcp(Subnet.builder("10.77.0.0/24")
                        .pool("10.77.0.50", "10.77.0.150")
                        .build())
                .programs(loaded)
                .image(served);
        if (kickstart != null) {
            builder.kickstart(TextFiles.read("--kickstart", kickstart));
        }
        return builder.build();
    }

    /** The programs asked for, or installed, or the stand-ins of the demo image: a rehearsal only fetches them. */
    private NetworkBootstrapPrograms findPrograms(BootImage standIns) throws CommandFailure, IOException {
        if (programs != null) {
            return Programs.in(programs);
        }
        Optional<NetworkBootstrapPrograms> installed = NetworkBootstrapPrograms.installed();
        return installed.isPresent()
                ? installed.get()
                : Programs.in(standIns.root().resolve("ipxe"));
    }

    private static void print(PrintWriter out, Transcript.Step step) {
        String kind = step.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        out.println(String.format(Locale.ROOT, "  %-12s %s", kind, step.detail()));
        out.flush();
    }
}
