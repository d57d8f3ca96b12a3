package dev.pxekit.ipxe;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How a simulated script ended. */
public sealed interface BootOutcome {

    /** {@return what was printed, line by line: output of {@code echo}, progress of downloads, messages of failures} */
    List<String> transcript();

    /**
     * A kernel or other program was started.
     *
     * @param kernel where it was downloaded from
     * @param commandLine its arguments; under UEFI the kernel sees the name of its image before them
     * @param initrds every other image that was there, in order: this is what firmware hands over, scripts that were
     *     run before and not freed included
     * @param transcript what was printed
     */
    record Booted(URI kernel, String commandLine, List<Initrd> initrds, List<String> transcript)
            implements BootOutcome {
        /**
         * Checks the components.
         *
         * @param kernel where it was downloaded from
         * @param commandLine its arguments
         * @param initrds every other image that was there, in order
         * @param transcript what was printed
         */
        public Booted {
            Objects.requireNonNull(kernel, "kernel");
            Objects.requireNonNull(commandLine, "commandLine");
            initrds = List.copyOf(initrds);
            transcript = List.copyOf(transcript);
        }
    }

    /**
     * The script came to its end or to {@code exit}.
     *
     * @param status 0 for success; what {@code exit} was given otherwise
     * @param transcript what was printed
     */
    record Exited(int status, List<String> transcript) implements BootOutcome {
        /**
         * Checks the components.
         *
         * @param status 0 for success
         * @param transcript what was printed
         */
        public Exited {
            transcript = List.copyOf(transcript);
        }
    }

    /**
     * A line failed, which ends a script.
     *
     * @param message iPXE's words for the error, such as {@code No such file or directory}
     * @param line the line of the script that failed, counted from 1; a failure in a chained script has the line of the
     *     {@code chain}
     * @param transcript what was printed
     */
    record Failed(String message, int line, List<String> transcript) implements BootOutcome {
        /**
         * Checks the components.
         *
         * @param message iPXE's words for the error, such as {@code No such file or directory}
         * @param line the line of the script that failed, counted from 1
         * @param transcript what was printed
         */
        public Failed {
            Objects.requireNonNull(message, "message");
            transcript = List.copyOf(transcript);
        }
    }

    /**
     * The simulation cannot go on: a limit was reached, or the script runs a command that needs a machine.
     *
     * @param reason what to do about it or which command it is
     * @param line the line that was running, in the innermost script
     * @param transcript what was printed
     */
    record Stopped(String reason, int line, List<String> transcript) implements BootOutcome {
        /**
         * Checks the components.
         *
         * @param reason what to do about it or which command it is
         * @param line the line that was running, in the innermost script
         * @param transcript what was printed
         */
        public Stopped {
            Objects.requireNonNull(reason, "reason");
            transcript = List.copyOf(transcript);
        }
    }

    /**
     * An image that is handed to the kernel as, or as a part of, its initial ram disk.
     *
     * @param name name of the image
     * @param uri where it was downloaded from
     * @param arguments its command line, if it has one: iPXE then wraps the image into a cpio archive, under the path
     *     that is the first word
     */
    record Initrd(String name, URI uri, Optional<String> arguments) {
        /**
         * Checks the components.
         *
         * @param name name of the image
         * @param uri where it was downloaded from
         * @param arguments its command line, if it has one
         */
        public Initrd {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(arguments, "arguments");
        }
    }
}
