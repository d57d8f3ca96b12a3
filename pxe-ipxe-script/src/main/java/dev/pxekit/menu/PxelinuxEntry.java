package dev.pxekit.menu;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that a PXELINUX configuration can boot.
 *
 * @param label what the user types and {@code DEFAULT} names
 * @param title what a menu shows; {@code MENU LABEL}, else the label
 * @param kernel file name or URL; empty for an entry that does not load one
 * @param initrds file names or URLs of the initial ram disks, in order; from {@code INITRD} or {@code initrd=}
 * @param arguments the kernel's command line, without {@code initrd=}
 * @param localBoot whether the entry boots the local disk ({@code LOCALBOOT})
 */
public record PxelinuxEntry(
        String label,
        String title,
        Optional<String> kernel,
        List<String> initrds,
        String arguments,
        boolean localBoot) {

    /**
     * Checks the components.
     *
     * @param label what the user types and {@code DEFAULT} names
     * @param title what a menu shows
     * @param kernel file name or URL
     * @param initrds file names or URLs of the initial ram disks, in order
     * @param arguments the kernel's command line, without {@code initrd=}
     * @param localBoot whether the entry boots the local disk ({@code LOCALBOOT})
     */
    public PxelinuxEntry {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(kernel, "kernel");
        initrds = List.copyOf(initrds);
        Objects.requireNonNull(arguments, "arguments");
    }

    /** {@return whether the kernel is a module of SYSLINUX, such as a menu, which nothing else can run} */
    public boolean isModule() {
        return kernel.filter(PxelinuxEntry::isModule).isPresent();
    }

    static boolean isModule(String file) {
        String word = file.split("\\s", 2)[0];
        return word.endsWith(".c32") || word.endsWith(".C32");
    }
}
