package dev.pxekit.ipxe.internal;

import dev.pxekit.ipxe.BootOutcome;
import dev.pxekit.ipxe.IpxeCommand;
import dev.pxekit.ipxe.IpxeCommand.Operator;
import dev.pxekit.ipxe.IpxeScript;
import dev.pxekit.ipxe.IpxeWord;
import dev.pxekit.ipxe.ResourceFetcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One machine that runs one script, and those that it chains. Used once, by one thread. */
public final class Machine {

    private final Budget budget;
    private final Settings settings;
    private final Console console;
    private final Expansion expansion;
    private final SettingCommands settingCommands;
    private final ImageCommands imageCommands;
    private final int maxChainDepth;
    private final Map<String, String> initialSettings;
    private final Deque<RunningScript> running = new ArrayDeque<>();
    private Optional<UriReference> workingUri = Optional.empty();

    /**
     * Makes a machine with one network interface, {@code net0}.
     *
     * @param initialSettings stored as {@code set} does
     * @param fetcher answers downloads
     * @param platform value of the setting
     * @param buildArchitecture value of the setting {@code buildarch}
     * @param maxSteps how many commands may run
     * @param maxChainDepth how deep scripts may chain scripts
     */
    public Machine(
            Map<String, String> initialSettings,
            ResourceFetcher fetcher,
            String platform,
            String buildArchitecture,
            int maxSteps,
            int maxChainDepth) {
        this.budget = new Budget(maxSteps);
        this.settings = new Settings(budget);
        this.console = new Console(budget);
        this.expansion = new Expansion(settings, budget);
        this.settingCommands = new SettingCommands(settings, console);
        boolean userspace = platform.equals("linux");
        this.imageCommands =
                new ImageCommands(this, new Downloads(fetcher, !userspace, budget), console, budget, userspace);
        this.maxChainDepth = maxChainDepth;
        settings.builtin("platform", ByteText.of(platform));
        settings.builtin("buildarch", ByteText.of(buildArchitecture));
        settings.builtin("version", "2.0.0+");
        settings.errno(0);
        this.initialSettings = new LinkedHashMap<>(initialSettings);
    }

    /**
     * Checks that a setting can be stored.
     *
     * @param name reference to the setting
     * @param value its text
     * @throws IllegalArgumentException if not
     */
    public static void checkSetting(String name, String value) {
        Budget budget = new Budget(1);
        SettingCommands commands = new SettingCommands(new Settings(budget), new Console(budget));
        Status status;
        try {
            status = commands.store(ByteText.of(name), ByteText.of(value));
        } catch (SimulationEnd e) {
            // Too deep or too large for a setting.
            status = Status.RANGE;
        }
        if (!status.ok()) {
            throw new IllegalArgumentException("setting " + name + ": \"" + value + "\" cannot be stored ("
                    + status.message() + "): give it in the notation of the setting's type");
        }
    }

    /**
     * Runs a script to its end.
     *
     * @param script its bytes
     * @param uri where it came from
     */
    public BootOutcome run(byte[] script, Optional<String> uri) {
        if (!IpxeScript.parse(ByteText.of(script)).value().hasMagic()) {
            return new BootOutcome.Failed(Status.EXEC_FORMAT.message(), 1, List.of());
        }
        try {
            initialSettings.forEach((name, value) -> settingCommands.store(ByteText.of(name), ByteText.of(value)));
            RunningScript main = new RunningScript(script);
            Status status = run(main, uri.map(text -> UriReference.parse(ByteText.of(text))));
            boolean exited = main.exited() && main.replacement().isEmpty();
            if (main.replacement().isPresent()) {
                status = imageCommands.execute(main.replacement().get());
            }
            if (status.ok() || exited) {
                return new BootOutcome.Exited(status.number(), console.lines());
            }
            return new BootOutcome.Failed(status.message(), budget.line(), console.lines());
        } catch (SimulationEnd end) {
            return end.outcome(console.lines());
        }
    }

    /** Runs a script and comes back; the caller goes on with what replaces it. */
    Status run(RunningScript script, Optional<UriReference> uri) {
        if (running.size() > maxChainDepth) {
            throw budget.stop("scripts chain each other more than " + maxChainDepth
                    + " deep: they loop, or maxChainDepth is too low");
        }
        Optional<UriReference> outerUri = workingUri;
        int outerLine = budget.line();
        changeWorkingUri(uri);
        running.push(script);
        Status status = runLines(script);
        running.pop();
        changeWorkingUri(outerUri);
        if (!running.isEmpty()) {
            budget.line(outerLine);
        }
        return status;
    }

    private void changeWorkingUri(Optional<UriReference> uri) {
        workingUri = uri;
        settings.builtin("cwuri", uri.map(UriReference::toString).orElse(""));
        settings.builtin("cwduri", uri.map(UriReference::directory).orElse(""));
    }

    Optional<UriReference> workingUri() {
        return workingUri;
    }

    RunningScript currentScript() {
        return running.element();
    }

    private Status runLines(RunningScript script) {
        Status status = Status.OK;
        while (script.hasNext()) {
            budget.line(script.nextLineNumber());
            if (script.nextIsBroken()) {
                return failed(Status.INVALID);
            }
            status = runCommands(script, script.advance().commands());
            if (!status.ok()) {
                return status;
            }
        }
        return status;
    }

    /** From left to right: the status of the last command that ran decides whether the next one runs. */
    private Status runCommands(RunningScript script, List<IpxeCommand> commands) {
        Status status = Status.OK;
        for (IpxeCommand command : commands) {
            Operator operator = command.operator();
            boolean skipped = (operator == Operator.AND && !status.ok()) || (operator == Operator.OR && status.ok());
            if (!skipped) {
                budget.step();
                status = command.isEmpty() ? Status.OK : failed(runCommand(command));
                if (script.leavesLine()) {
                    return status;
                }
            }
        }
        return status;
    }

    /** Keeps the number of a failure, which success does not reset. */
    private Status failed(Status status) {
        if (!status.ok()) {
            settings.errno(status.number());
        }
        return status;
    }

    private Status runCommand(IpxeCommand command) {
        List<String> words = new ArrayList<>(command.words().size());
        for (IpxeWord word : command.words()) {
            words.add(expansion.expand(word.text()));
        }
        String name = words.remove(0);
        Optional<CommandSyntax> syntax = CommandSyntax.of(name);
        if (syntax.isEmpty()) {
            if (CommandSyntax.isNotSimulated(name)) {
                throw budget.stop("the command " + name + " is not simulated");
            }
            console.printLine(name + ": command not found");
            return Status.EXEC_FORMAT;
        }
        try {
            return dispatch(syntax.get(), CommandLine.parse(syntax.get(), words));
        } catch (CommandLine.Refused refused) {
            if (!refused.text().isEmpty()) {
                console.printLine(refused.text());
            }
            if (refused.withUsage()) {
                console.print("Usage:\n\n" + syntax.get().usageLine() + "\n");
            }
            return refused.status();
        }
    }

    private Status dispatch(CommandSyntax syntax, CommandLine line) throws CommandLine.Refused {
        return switch (syntax.name()) {
            case "echo" -> {
                console.print(line.joinedFrom(0).orElse("") + (line.has("n") ? "" : "\n"));
                yield Status.OK;
            }
            case "set" -> settingCommands.set(line);
            case "clear" -> settingCommands.clear(line);
            case "show" -> settingCommands.show(line);
            case "inc" -> settingCommands.inc(line);
            case "isset" -> line.arguments().get(0).isEmpty() ? Status.NO_ENTRY : Status.OK;
            case "iseq" -> line.arguments().get(0).equals(line.arguments().get(1)) ? Status.OK : Status.RANGE;
            case "goto" -> currentScript().jumpTo(line.arguments().get(0)) ? Status.OK : Status.NO_ENTRY;
            case "exit" -> exit(line);
            case "sleep" -> {
                line.number(0);
                yield Status.OK;
            }
            case "prompt" -> prompt(line);
            case "dhcp", "ifconf" -> configure(line);
            case "ifopen" -> openInterfaces(line);
            default -> imageCommands.run(syntax.name(), line);
        };
    }

    private Status exit(CommandLine line) throws CommandLine.Refused {
        Status status = line.arguments().isEmpty() ? Status.OK : Status.ofExit((int) line.number(0));
        currentScript().exit();
        return status;
    }

    /** Nobody is there to press a key. */
    private Status prompt(CommandLine line) {
        long timeout = line.option("timeout")
                .map(text -> ByteText.number(text).orElse(0))
                .orElse(0L);
        if (timeout == 0) {
            throw budget.stop("prompt waits for a key for ever; give it a --timeout");
        }
        return Status.TIMED_OUT;
    }

    private Status configure(CommandLine line) {
        Optional<String> configurator = line.option("configurator");
        if (configurator
                .filter(name -> !List.of("dhcp", "ipv6", "eapol", "lldp").contains(name))
                .isPresent()) {
            console.printLine("\"" + configurator.get() + "\": no such configurator");
            return Status.NO_ENTRY;
        }
        Status status = Status.NO_DEVICE;
        for (String name : line.arguments().isEmpty() ? List.of("net0") : line.arguments()) {
            status = checkInterface(name);
            if (status.ok()) {
                String which = configurator.map(text -> " [" + text + "]").orElse("");
                console.printLine("Configuring" + which + " (net0 " + settings.text("net0/mac") + ")...... ok");
                return status;
            }
        }
        return status;
    }

    private Status openInterfaces(CommandLine line) {
        Status status = Status.OK;
        for (String name : line.arguments()) {
            status = checkInterface(name);
        }
        return status;
    }

    private Status checkInterface(String name) {
        if (name.equals("net0") || name.equals("netX")) {
            return Status.OK;
        }
        console.printLine("\"" + name + "\": no such network device");
        return Status.NO_DEVICE;
    }

    /** What {@code show} prints for a setting; empty if there is none. For tests. */
    Optional<String> show(String reference) {
        return settingCommands.describe(ByteText.of(reference));
    }
}
