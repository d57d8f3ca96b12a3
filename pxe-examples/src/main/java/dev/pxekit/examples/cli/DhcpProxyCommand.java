package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.server.ProxyDhcpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pxekit dhcp proxy}: a proxy DHCP server by itself. */
@Command(
        name = "proxy",
        description =
                "Tells machines what to boot beside the DHCP server that the network has, until it is interrupted. No"
                        + " addresses are handed out.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = {
            "  pxekit dhcp proxy --boot bios=undionly.kpxe --boot x64=snponly.efi --ipxe http://10.77.0.1:8080/boot.ipxe"
        })
final class DhcpProxyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--interface",
            paramLabel = "IF",
            description = "Interface to serve. Default: the one that is up and has an address, if there is one only.")
    private @Nullable String interfaceName;

    @Mixin
    private BootOptions boot = new BootOptions();

    @Mixin
    private DhcpPortOptions ports = new DhcpPortOptions();

    @Option(
            names = "--boot-server-port",
            paramLabel = "PORT",
            description = "Default: ${DEFAULT-VALUE}; firmware asks no other.")
    private int bootServerPort = ProxyDhcpServer.BOOT_SERVER_PORT;

    @Override
    public Integer call() throws CommandFailure, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Interfaces.Served served = interfaceName == null ? Interfaces.only() : Interfaces.named(interfaceName);
        try (EventPrinter events = new EventPrinter(out);
                ProxyDhcpServer server = build(served, events)) {
            InetSocketAddress address = server.start();
            StopSignals signals = StopSignals.listen(server::close);
            out.println("ready  on " + served.name() + ", " + HostAndPort.of(address) + " and "
                    + server.bootServerPort() + ": proxy DHCP; Ctrl-C ends it");
            out.flush();
            signals.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private ProxyDhcpServer build(Interfaces.Served served, EventPrinter events) {
        try {
            ProxyDhcpServer.Builder builder = ProxyDhcpServer.builder()
                    .bootServerPort(bootServerPort)
                    .bind(served.address())
                    .port(ports.port())
                    .policy(boot.policy())
                    .listener(events);
            if (ports.isReplyToSender()) {
                builder.replyToSender();
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
