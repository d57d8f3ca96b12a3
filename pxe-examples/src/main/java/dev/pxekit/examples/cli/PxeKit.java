package dev.pxekit.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * The {@code pxekit} command. Exit codes: 0 done, 1 failed (one line on standard error says why and what to do), 2 wrong usage.
 */
@Command(
        name = "pxekit",
        description = "Boots machines over the network from install images that are neither mounted nor unpacked.",
        mixinStandardHelpOptions = true,
        versionProvider = PxeKit.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class PxeKit {

    /** In the order in which they are listed. */
    private static final List<Map.Entry<String, Class<?>>> COMMANDS = List.of(
            Map.entry("serve", ServeCommand.class),
            Map.entry("rehearse", RehearseCommand.class),
            Map.entry("doctor", DoctorCommand.class),
            Map.entry("inspect", InspectCommand.class),
            Map.entry("ls", LsCommand.class),
            Map.entry("cat", CatCommand.class),
            Map.entry("extract", ExtractCommand.class),
            Map.entry("dhcp", DhcpCommand.class),
            Map.entry("tftp", TftpCommand.class));

    private PxeKit() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its options; {@code --help} lists them
     */
    public static void main(String... args) {
        System.exit(commandLine(args).execute(args));
    }

    /**
     * The command line as it is run; tests give it writers of their own. If the arguments begin with the name of a command, it
     * knows no other one: to learn the options of all of them takes a large part of a second.
     */
    static CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(new PxeKit());
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean isKnown = COMMANDS.stream().anyMatch(command -> command.getKey().equals(first));
        COMMANDS.stream()
                .filter(command -> !isKnown || command.getKey().equals(first))
                .forEach(command -> line.addSubcommand(command.getKey(), command.getValue()));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(PxeKit::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static int wrongUsage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("pxekit: " + failure.getMessage());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailure || failure instanceof IOException) {
            err.println("pxekit: " + message(failure));
        } else {
            err.println("pxekit: this is a defect of pxekit, please report it with what follows");
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** The JDK's file system exceptions say nothing but a path, and their class what is wrong with it. */
    private static String message(Exception failure) {
        String message = Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
        if (failure instanceof FileSystemException file && message.equals(file.getFile()) && !message.contains(" ")) {
            String problem = file instanceof AccessDeniedException
                    ? "no permission for "
                    : file instanceof NoSuchFileException ? "no such file: " : "can't use ";
            return problem + message;
        }
        return message;
    }

    /** Reads the version from the archive's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = PxeKit.class.getPackage().getImplementationVersion();
            return new String[] {"pxekit " + (version == null ? "(built from source)" : version)};
        }
    }
}
