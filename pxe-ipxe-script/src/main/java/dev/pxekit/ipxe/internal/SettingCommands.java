package dev.pxekit.ipxe.internal;

import java.util.Optional;
import java.util.OptionalLong;

/** The commands {@code set clear show inc}. */
final class SettingCommands {

    /** The printed name of a setting is cut to this. */
    private static final int MAX_SHOWN_NAME = 31;

    private final Settings settings;
    private final Console console;

    SettingCommands(Settings settings, Console console) {
        this.settings = settings;
        this.console = console;
    }

    Status set(CommandLine line) {
        return store(line.arguments().get(0), line.joinedFrom(1).orElse(""));
    }

    Status store(String reference, String value) {
        SettingName name = SettingName.parse(reference);
        if (name.hasUnknownType()) {
            return invalidSetting(reference);
        }
        if (value.isEmpty()) {
            return couldNotStore(name, settings.delete(name));
        }
        SettingType type = name.type().orElse(SettingType.STRING);
        if (!type.canParse()) {
            return couldNotStore(name, Status.NOT_SUPPORTED);
        }
        Optional<byte[]> bytes = type.parse(value);
        return couldNotStore(name, bytes.isEmpty() ? Status.INVALID : settings.store(name, bytes.get(), type));
    }

    Status clear(CommandLine line) {
        SettingName name = SettingName.parse(line.arguments().get(0));
        return couldNotStore(name, settings.delete(name));
    }

    Status show(CommandLine line) {
        String reference = line.arguments().get(0);
        SettingName name = SettingName.parse(reference);
        if (name.hasUnknownType()) {
            return invalidSetting(reference);
        }
        Optional<SettingsBlock.Found> found = settings.find(name);
        if (found.isEmpty()) {
            console.printLine("Could not find \"" + name.displayName() + "\": " + Status.NO_ENTRY.message());
            return Status.NO_ENTRY;
        }
        if (line.has("quiet")) {
            console.printLine(settings.text(reference));
        } else {
            describe(reference).ifPresent(console::printLine);
        }
        return Status.OK;
    }

    /** The line that {@code show} prints. */
    Optional<String> describe(String reference) {
        SettingName name = SettingName.parse(reference);
        return settings.find(name)
                .flatMap(found -> Settings.readType(name, found).map(type -> {
                    String scope = found.block().fullName();
                    String shown = (scope.isEmpty() ? "" : scope + "/") + name.displayName() + ":" + type.typeName();
                    return shown.substring(0, Math.min(shown.length(), MAX_SHOWN_NAME)) + " = "
                            + settings.text(reference);
                }));
    }

    Status inc(CommandLine line) throws CommandLine.Refused {
        long increment = line.arguments().size() > 1 ? (int) line.number(1) : 1;
        String reference = line.arguments().get(0);
        SettingName name = SettingName.parse(reference);
        if (name.hasUnknownType() || !settings.hasScope(name.scope())) {
            return invalidSetting(reference);
        }
        Optional<SettingsBlock.Found> found = settings.find(name);
        SettingType type = found.flatMap(where -> Settings.readType(name, where))
                .or(name::type)
                .orElse(SettingType.INT32);
        if (!type.isInteger()) {
            return couldNotStore(name, Status.NOT_SUPPORTED);
        }
        OptionalLong old = found.flatMap(where -> SettingType.INT32.format(settings.bytes(where)))
                .map(ByteText::number)
                .orElse(OptionalLong.of(0));
        return couldNotStore(name, settings.store(name, type.encode(old.orElse(0) + increment), type));
    }

    private Status invalidSetting(String reference) {
        console.printLine("\"" + reference + "\": invalid setting");
        return Status.INVALID;
    }

    private Status couldNotStore(SettingName name, Status status) {
        if (!status.ok()) {
            console.printLine("Could not store \"" + name.displayName() + "\": " + status.message());
        }
        return status;
    }
}
