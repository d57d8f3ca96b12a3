package dev.pxekit.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pxekit doctor}: looks at a machine that is about to be a boot server. */
@Command(
        name = "doctor",
        description =
                "Looks at this machine and its segment before it is made a boot server: its interface, the ports, who"
                        + " else answers DHCP, whether an IPv6 router advertises, iPXE's programs, a packet filter. Each finding says"
                        + " what it means for a boot and what to do. Nothing is changed, and no address is taken.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Nothing was found that keeps a boot server from working.",
            "1:There is at least one problem, or it could not be looked.",
            "2:Wrong usage."
        },
        footerHeading = "%nWhat can't be known:%n",
        footer = {
            "  Only root sees who has a port, the rules of a packet filter, and may ask for DHCP servers (port 68).",
            "  Java can't ask for IPv6 routers: rdisc6 is used where it is installed (package ndisc6), else the kernel's",
            "  routes tell, where it listens. What a switch does (spanning tree, DHCP snooping) is not seen from here.",
            "",
            "Examples:",
            "  pxekit doctor --interface eth0",
            "  pxekit doctor --interface eth0 --json"
        })
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SegmentOptions segment = new SegmentOptions();

    @Option(
            names = "--programs",
            paramLabel = "DIR",
            description = "Directory of iPXE's programs. Default: where the packages of distributions put them.")
    private @Nullable Path programs;

    @Override
    public Integer call() throws CommandFailure, IOException {
        segment.check(spec.commandLine());
        List<Finding> findings =
                BootServerDiagnosis.of(BootServerInspection.of(segment.networkInterface(), segment.window(), programs));
        long problems = findings.stream()
                .filter(finding -> finding.level() == Finding.Level.PROBLEM)
                .count();
        segment.print(
                spec.commandLine().getOut(),
                findings,
                problems == 0
                        ? "nothing keeps a boot server from working here"
                        : problems == 1 ? "1 problem" : problems + " problems");
        return problems == 0 ? 0 : 1;
    }
}
