package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TftpClient;
import dev.pxekit.tftp.TftpErrorException;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pxekit tftp put}: sends a file. */
@Command(
        name = "put",
        description = "Sends a file. Most servers take none unless they are configured to.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TftpPutCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The file to send.")
    private Path source = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "URL|HOST[:PORT]",
            description = "tftp://HOST[:PORT]/NAME, or the server alone, whose port is 69 if none is given.")
    private String target = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Its name on the server. Default: its own.")
    private @Nullable String name;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Override
    public Integer call() throws CommandFailure, IOException {
        CommandLine command = spec.commandLine();
        boolean named = name != null || RemoteFile.isUrl(target);
        RemoteFile file =
                RemoteFileParameters.parse(command, target, named ? name : String.valueOf(source.getFileName()));
        TftpClient.Builder builder = options.client(command, file);
        progress.configure(command, builder);
        if (!Files.isRegularFile(source)) {
            throw new CommandFailure((Files.exists(source) ? "not a file: " : "no such file: ") + source);
        }
        TftpClient client = builder.server(file.server().resolve()).build();
        try {
            PrintWriter out = command.getOut();
            out.println(source + ": " + TransferText.measured(client.put(source, file.name())));
            out.flush();
        } catch (TftpErrorException e) {
            throw new CommandFailure(file.name() + " to " + file.server() + ": " + e.getMessage(), e);
        }
        return 0;
    }
}
