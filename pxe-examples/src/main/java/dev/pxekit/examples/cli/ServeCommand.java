package dev.pxekit.examples.cli;

import dev.pxekit.examples.BootImage;
import dev.pxekit.examples.BootServer;
import java.io.IOException;
import java.io.PrintWriter;
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

/** {@code pxekit serve}: boots the machines of a network from install images. */
@Command(
        name = "serve",
        description = "Serves install images to the machines of a network, until it is interrupted.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--iso",
            required = true,
            paramLabel = "FILE",
            description = "Install image; several give the machines a menu.")
    private List<Path> images = List.of();

    @Option(
            names = "--interface",
            paramLabel = "IF",
            description =
                    "Network interface to serve: whose address the servers listen on and name in their answers. Not needed"
                            + " with --proxy-dhcp if there is only one. Requests that are broadcast on other interfaces of this machine"
                            + " are heard too.")
    private @Nullable String interfaceName;

    @Option(
            names = "--proxy-dhcp",
            description = "Hand out no addresses: answer beside the DHCP server that the network has.")
    private boolean proxyDhcp;

    @Mixin
    private SubnetOptions addresses = new SubnetOptions();

    @Option(
            names = "--programs",
            paramLabel = "DIR",
            description =
                    "iPXE's network bootstrap programs (undionly.kpxe, snponly.efi, …). Default: where the package"
                            + " ipxe puts them.")
    private @Nullable Path programs;

    @Option(
            names = "--kickstart",
            paramLabel = "FILE",
            description =
                    "Kickstart for every machine. Default: one that names the install tree and leaves every question,"
                            + " disks above all, to whoever sits at the machine.")
    private @Nullable Path kickstart;

    @Option(
            names = "--append",
            paramLabel = "ARGUMENTS",
            description = "Kernel arguments to add, such as \"console=ttyS0 inst.text\".")
    private String append = "";

    @Option(names = "--http-port", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}.")
    private int httpPort = 8080;

    @Option(
            names = "--tftp-port",
            paramLabel = "PORT",
            description = "Default: ${DEFAULT-VALUE}; firmware asks no other.")
    private int tftpPort = 69;

    @Option(
            names = "--dhcp-port",
            paramLabel = "PORT",
            description = "Default: ${DEFAULT-VALUE}; firmware asks no other.")
    private int dhcpPort = 67;

    @Override
    public Integer call() throws CommandFailure, IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        refuseWhatHasNoMeaning();
        try (OpenImages open = OpenImages.open(images)) {
            Interfaces.Served served = interfaceName == null ? Interfaces.only() : Interfaces.named(interfaceName);
            try (EventPrinter events = new EventPrinter(out);
                    BootServer server = build(open.images(), served, events)) {
                BootServer.Endpoints endpoints = server.start();
                // Ctrl-C ends the virtual machine without unwinding this stack.
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server, events), "pxekit-close"));
                for (BootImage image : open.images()) {
                    out.println("image  " + image.name() + ": " + image.tree());
                }
                server.kickstartErrors().forEach(error -> out.println("WARNING the kickstart: " + error));
                out.println("ready  on " + served.name() + ", "
                        + served.address().getHostAddress() + ": " + (proxyDhcp ? "proxy DHCP" : "DHCP")
                        + endpoints.dhcp().map(dhcp -> " on " + dhcp.getPort()).orElse("") + ", TFTP on "
                        + endpoints.tftp().getPort() + ", " + endpoints.http() + "; Ctrl-C ends it");
                out.flush();
                Thread.currentThread().join();
            }
        }
        return 0;
    }

    private static void close(BootServer server, EventPrinter events) {
        server.close();
        events.close();
    }

    private void refuseWhatHasNoMeaning() {
        if (proxyDhcp && addresses.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--range, --exclude, --netmask, --router, --dns, --domain and --lease-time have no meaning with"
                            + " --proxy-dhcp: the network's own DHCP server hands out the addresses");
        }
        if (!proxyDhcp && interfaceName == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say with --interface IF which network to hand out addresses in, or leave that to the network's own DHCP"
                            + " server with --proxy-dhcp");
        }
    }

    private BootServer build(List<BootImage> open, Interfaces.Served served, EventPrinter events)
            throws CommandFailure, IOException {
        BootServer.Builder builder = BootServer.builder()
                .address(served.address())
                .programs(Programs.find(programs))
                .kernelArguments(
                        append.isBlank() ? List.of() : List.of(append.strip().split("\\s+")))
                .listener(events);
        if (kickstart != null) {
            builder.kickstart(TextFiles.read("--kickstart", kickstart));
        }
        try {
            open.forEach(builder::image);
            builder.ports(dhcpPort, tftpPort, httpPort);
            if (proxyDhcp) {
                builder.proxyDhcp();
            } else {
                builder.dhcp(addresses.subnet(served));
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
