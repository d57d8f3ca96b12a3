package dev.pxekit.examples.cli;

import dev.pxekit.iso.BootEntry;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** One entry of an image's boot catalog, as {@code pxekit inspect} shows it. */
record BootReport(
        String platform,
        boolean bootable,
        String emulation,
        int loadSegment,
        long sector,
        long bytes,
        Optional<String> path) {

    static BootReport of(BootEntry entry) throws IOException {
        return new BootReport(
                entry.platform().toString(),
                entry.bootable(),
                entry.emulation().name().toLowerCase(Locale.ROOT),
                entry.loadSegment(),
                entry.loadSector(),
                entry.sizeInBytes(),
                entry.path().map(String::valueOf));
    }

    @Override
    public String toString() {
        return platform
                + (emulation.equals("none") ? "" : ", as " + emulation)
                + String.format(Locale.ROOT, ", %,d bytes at sector %d", bytes, sector)
                + (bootable ? "" : ", not bootable")
                + path.map(file -> ": " + file).orElse(": no file of the tree");
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
                .toString();
    }
}
