package dev.pxekit.examples;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What happened in the rehearsed boot of one machine. Immutable.
 *
 * @param machine the machine
 * @param steps in order
 * @param failure why it did not get to its installer; none if it did
 */
public record Transcript(RehearsedMachine machine, List<Step> steps, Optional<String> failure) {

    /**
     * Copies the list.
     *
     * @param machine the machine
     * @param steps in order
     * @param failure why it did not get to its installer, if it did not
     */
    public Transcript {
        Objects.requireNonNull(machine, "machine");
        steps = List.copyOf(steps);
        Objects.requireNonNull(failure, "failure");
    }

    /**
     * Whether the machine got to its installer.
     *
     * @return true if nothing failed
     */
    public boolean isSuccess() {
        return failure.isEmpty();
    }

    /**
     * The first step of a kind.
     *
     * @param kind the kind
     * @return the step, if there was one
     */
    public Optional<Step> step(Step.Kind kind) {
        return steps.stream().filter(step -> step.kind() == kind).findFirst();
    }

    /**
     * One thing that happened.
     *
     * @param kind what it was
     * @param detail for people: addresses, sizes, rates
     */
    public record Step(Kind kind, String detail) {

        /** What can happen in a boot, in the order in which it does. */
        public enum Kind {
            /** An address was offered and acknowledged, with something to boot. */
            OFFER,
            /** The network bootstrap program was fetched. */
            PROGRAM,
            /** The iPXE script was fetched and ran to its {@code boot}. */
            SCRIPT,
            /** The kernel was fetched. */
            KERNEL,
            /** An initrd was fetched. */
            INITRD,
            /** The command line that the kernel would see. */
            COMMAND_LINE,
            /** The install tree that the command line names answered. */
            INSTALL_TREE,
            /** The kickstart that the command line names was fetched and has no error. */
            KICKSTART
        }
    }
}
