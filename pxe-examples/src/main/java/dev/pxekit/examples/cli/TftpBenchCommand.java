package dev.pxekit.examples.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pxekit tftp bench}: measures a TFTP server under load. */
@Command(
        name = "bench",
        description =
                "Fetches a file with many clients at once, keeping none of it, and says how fast that went. Ends with exit"
                        + " code 1 if a transfer failed, or if not all of them had the same content.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TftpBenchCommand implements Callable<Integer> {

    private static final int MOST_CLIENTS = 4096;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RemoteFileParameters remote = new RemoteFileParameters();

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Transfers at once, each with a thread, 1.." + MOST_CLIENTS + ". Default: ${DEFAULT-VALUE}.")
    private int clients = 16;

    @Option(
            names = "--repeats",
            paramLabel = "R",
            description = "Transfers of each client, one after the other. Default: 1.")
    private @Nullable Integer repeats;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "Instead of --repeats: each client begins new transfers for so long.")
    private @Nullable Duration duration;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Option(names = "--json", description = "Print one line of JSON instead of text.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        CommandLine command = spec.commandLine();
        RemoteFile file = remote.parse(command);
        checkRanges(command);
        Bench bench = new Bench(
                options.client(command, file).server(file.server().resolve()).build(),
                file.name(),
                clients,
                duration == null ? Bench.times(repeats == null ? 1 : repeats) : Bench.during(duration));
        BenchReport report = bench.run();
        PrintWriter out = command.getOut();
        out.println(json ? report.json(file) : report.text(file));
        out.flush();
        return report.isHealthy() ? 0 : 1;
    }

    private void checkRanges(CommandLine command) {
        if (clients < 1 || clients > MOST_CLIENTS) {
            throw new ParameterException(command, "--clients: " + clients + " (expected: 1.." + MOST_CLIENTS + ")");
        }
        if (repeats != null && duration != null) {
            throw new ParameterException(command, "--repeats and --duration have no meaning together");
        }
        if (repeats != null && repeats < 1) {
            throw new ParameterException(command, "--repeats: " + repeats + " (expected: 1 or more)");
        }
    }
}
