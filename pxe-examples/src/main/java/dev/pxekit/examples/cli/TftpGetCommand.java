package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TftpClient;
import dev.pxekit.tftp.TftpErrorException;
import dev.pxekit.tftp.TransferResult;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pxekit tftp get}: fetches a file. */
@Command(
        name = "get",
        description = "Fetches a file. It appears under its name when all of it has arrived.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TftpGetCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RemoteFileParameters remote = new RemoteFileParameters();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "Where to put it: a file, a directory, or - for standard output. Default: its own name, here.")
    private @Nullable String output;

    @Option(
            names = "--multicast",
            arity = "0..1",
            paramLabel = "INTERFACE",
            preprocessor = AttachedValue.class,
            description =
                    "Receive the file together with other clients, if the server offers a group. INTERFACE: where to join"
                            + " it; default: the one that leads to the server. Octet mode only, and not to standard output.")
    private @Nullable String multicast;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Override
    public Integer call() throws CommandFailure, IOException {
        CommandLine command = spec.commandLine();
        RemoteFile file = remote.parse(command);
        TftpClient.Builder builder = options.client(command, file);
        progress.configure(command, builder);
        boolean toStandardOutput = STANDARD_OUTPUT.equals(output);
        if (multicast != null) {
            requireAnyOrder(file, toStandardOutput);
            joinGroups(builder, multicast);
        }
        Path target = toStandardOutput ? Path.of("") : target(file);
        TftpClient client = builder.server(file.server().resolve()).build();
        TransferResult result;
        try {
            result = toStandardOutput ? toStandardOutput(client, file.name()) : client.get(file.name(), target);
        } catch (TftpErrorException e) {
            throw new CommandFailure(file + ": " + e.getMessage(), e);
        }
        PrintWriter summary = toStandardOutput ? command.getErr() : command.getOut();
        summary.println((toStandardOutput ? "" : target + ": ") + TransferText.measured(result));
        summary.flush();
        return 0;
    }

    private void requireAnyOrder(RemoteFile file, boolean toStandardOutput) {
        if (toStandardOutput) {
            throw new ParameterException(
                    spec.commandLine(), "--multicast: blocks come in any order, which standard output cannot take");
        }
        if (options.isText(file)) {
            throw new ParameterException(
                    spec.commandLine(), "--multicast: blocks come in any order, in which text cannot be converted");
        }
    }

    private static void joinGroups(TftpClient.Builder builder, String network) throws CommandFailure, IOException {
        if (network.isEmpty()) {
            builder.multicast();
        } else {
            builder.multicast(Interfaces.find(network));
        }
    }

    private Path target(RemoteFile file) {
        Path named = Path.of(output == null ? "" : output);
        if (output != null && !Files.isDirectory(named)) {
            return named;
        }
        return named.resolve(file.lastName()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "the name of the file is no name for a file here: give one with -o")));
    }

    private static TransferResult toStandardOutput(TftpClient client, String name) throws IOException {
        // System.out would swallow the failure of a pipe that is closed.
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            return client.get(name, out.getChannel());
        }
    }
}
