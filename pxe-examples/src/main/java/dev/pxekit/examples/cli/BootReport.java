package dev.pxekit.examples.cli;

import dev.pxekit.iso.BootEntry;
import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * One entry of an image's boot catalog, as {@code pxekit inspect} shows it.
 *
 * @param path the file of the tree that it boots
 * @param pathFault what is wrong with the tree, so that nobody can tell whether it has that file; empty if nothing
 */
record BootReport(
        String platform,
        boolean bootable,
        String emulation,
        int loadSegment,
        long sector,
        long bytes,
        Optional<String> path,
        String pathFault) {

    static BootReport of(BootEntry entry) throws IOException {
        Optional<String> path = Optional.empty();
        String fault = "";
        try {
            path = entry.path().map(String::valueOf);
        } catch (IsoFormatException e) {
            fault = String.valueOf(e.getMessage());
        }
        return new BootReport(
                entry.platform().toString(),
                entry.bootable(),
                entry.emulation().name().toLowerCase(Locale.ROOT),
                entry.loadSegment(),
                entry.loadSector(),
                entry.sizeInBytes(),
                path,
                fault);
    }

    @Override
    public String toString() {
        return platform
                + (emulation.equals("none") ? "" : ", as " + emulation)
                + String.format(Locale.ROOT, ", %,d bytes at sector %d", bytes, sector)
                + (bootable ? "" : ", not bootable")
                + ": "
                + path.orElse(pathFault.isEmpty() ? "no file of the tree" : "file unknown: " + pathFault);
    }

    String json() {
        return new JsonLine()
                .text("platform", platform)
                .json("bootable", String.valueOf(bootable))
                .text("emulation", emulation)
                .number("loadSegment", loadSegment)
                .number("sector", sector)
                .number("bytes", bytes)
                .text("path", path.orElse(""))
                .text("pathFault", pathFault)
                .toString();
    }
}
