package dev.pxekit.kickstart;

import dev.pxekit.kickstart.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Checks a document against a syntax version: everything that {@link KickstartParser} reports, commands that the version
 * refuses ({@code removed-command}) or warns of ({@code deprecated-command}), and sections that it warns of
 * ({@code deprecated-section}). What stands in a command's options is not looked at yet. Immutable.
 */
public final class KickstartValidator {

    private final SyntaxVersion version;

    private KickstartValidator(SyntaxVersion version) {
        this.version = version;
    }

    /**
     * Makes a validator.
     *
     * @param version the version to check against
     * @return the validator
     */
    public static KickstartValidator of(SyntaxVersion version) {
        return new KickstartValidator(Objects.requireNonNull(version, "version"));
    }

    /**
     * Checks a document, whatever version it was parsed in.
     *
     * @param kickstart the document
     * @return what there is to say, in the order of the text
     */
    public List<Diagnostic> validate(Kickstart kickstart) {
        KickstartReader reader = new KickstartReader(kickstart.toString(), version).read();
        List<Diagnostic> diagnostics = new ArrayList<>(reader.diagnostics());
        int offset = 0;
        for (KickstartItem item : reader.items()) {
            if (item instanceof KickstartCommand command) {
                check(command, offset, diagnostics);
            } else if (item instanceof Section section && SectionNames.isDeprecated(section.name(), version)) {
                String header = section.text().lines().findFirst().orElse("");
                diagnostics.add(KickstartReader.diagnostic(
                        Severity.WARNING,
                        "deprecated-section",
                        "the section " + section.name() + " is deprecated in " + version + ": remove it",
                        section.line(),
                        offset,
                        header));
            }
            offset += item.text().length();
        }
        diagnostics.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().offset()));
        return List.copyOf(diagnostics);
    }

    private void check(KickstartCommand command, int offset, List<Diagnostic> diagnostics) {
        CommandTable.Status status = CommandTable.status(command.name(), version);
        if (status == CommandTable.Status.REMOVED) {
            diagnostics.add(KickstartReader.diagnostic(
                    Severity.ERROR,
                    "removed-command",
                    "the command " + command.name() + " was removed before " + version + " or with it: remove it",
                    command.line(),
                    offset,
                    command.text()));
        } else if (status == CommandTable.Status.DEPRECATED) {
            diagnostics.add(KickstartReader.diagnostic(
                    Severity.WARNING,
                    "deprecated-command",
                    "the command " + command.name() + " is deprecated in " + version + " and will go away",
                    command.line(),
                    offset,
                    command.text()));
        }
    }
}
