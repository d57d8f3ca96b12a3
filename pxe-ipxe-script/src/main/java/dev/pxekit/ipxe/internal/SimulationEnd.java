package dev.pxekit.ipxe.internal;

import dev.pxekit.ipxe.BootOutcome;
import java.util.List;
import java.util.function.Function;

/** Unwinds all running scripts: something was booted, or the simulation cannot go on. Never leaves this package. */
final class SimulationEnd extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Function<List<String>, BootOutcome> outcome;

    SimulationEnd(Function<List<String>, BootOutcome> outcome) {
        super(null, null, false, false);
        this.outcome = outcome;
    }

    BootOutcome outcome(List<String> transcript) {
        return outcome.apply(transcript);
    }
}
