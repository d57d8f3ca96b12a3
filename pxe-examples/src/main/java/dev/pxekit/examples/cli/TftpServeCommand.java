package dev.pxekit.examples.cli;

import dev.pxekit.tftp.DirectoryFiles;
import dev.pxekit.tftp.TftpFiles;
import dev.pxekit.tftp.TftpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pxekit tftp serve}: a TFTP server by itself. */
@Command(
        name = "serve",
        description =
                "Serves the files of a directory or of an install image, until it is interrupted. The first Ctrl-C lets"
                        + " running transfers go on for 10 seconds, the second one ends them.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TftpServeCommand implements Callable<Integer> {

    private static final Duration GRACE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "DIR",
            description = "A directory, or an ISO 9660 image whose files are served as they lie in it.")
    private Path served = Path.of("");

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(
            names = "--ignore-case",
            description = "Find files also where letters differ in case, as Windows' boot manager asks for them.")
    private boolean ignoringCase;

    @Option(
            names = "--per-client",
            description =
                    "A client whose address names a directory in DIR, such as DIR/192.0.2.7, reads from that in place of DIR."
                            + " Uploads go to DIR.")
    private boolean perClient;

    @Option(
            names = "--verbose",
            description = "Print a line for each transfer: client, file, bytes, rate, options, outcome.")
    private boolean verbose;

    @Mixin
    private UploadOptions uploads = new UploadOptions();

    @Mixin
    private MulticastOptions multicast = new MulticastOptions();

    @Override
    public Integer call() throws CommandFailure, IOException {
        PrintWriter out = spec.commandLine().getOut();
        TftpServer.Builder builder = TftpServer.builder();
        options.configure(spec.commandLine(), builder);
        uploads.check(spec.commandLine());
        multicast.configure(spec.commandLine(), builder);
        try (TransferPrinter transfers = new TransferPrinter(out);
                ServedFiles files = ServedFiles.open(served)) {
            if (verbose) {
                builder.listener(transfers);
            }
            builder.transport(options.transport()).files(found(files));
            uploads.configure(builder, files);
            try (TftpServer server = build(builder)) {
                serve(server, files, out);
            }
        }
        return 0;
    }

    /** Complains of options that do not go together. */
    private TftpServer build(TftpServer.Builder builder) {
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private TftpFiles found(ServedFiles files) {
        DirectoryFiles under = TftpFiles.under(files.root());
        under = perClient ? under.perClientAddress() : under;
        return ignoringCase ? under.ignoringCase() : under;
    }

    private static void serve(TftpServer server, ServedFiles files, PrintWriter out) throws IOException {
        InetSocketAddress address = server.start();
        StopSignals signals = StopSignals.listen(server::close);
        out.println("ready  on " + words(address) + " ("
                + server.transport().name().toLowerCase(Locale.ROOT) + "): serves " + files + "; Ctrl-C ends it");
        out.flush();
        try {
            signals.await();
            out.println("ending: running transfers have " + GRACE.toSeconds() + " seconds; Ctrl-C again ends them now");
            out.flush();
            server.close(GRACE);
        } catch (InterruptedException e) {
            server.close();
            Thread.currentThread().interrupt();
        }
    }

    private static String words(InetSocketAddress address) {
        return address.getAddress().isAnyLocalAddress()
                ? "all addresses, port " + address.getPort()
                : HostAndPort.of(address).toString();
    }
}
