package dev.pxekit.examples.cli;

import dev.pxekit.iso.BootCatalog;
import dev.pxekit.iso.BootEntry;
import dev.pxekit.iso.IsoFileSystems;
import dev.pxekit.iso.IsoFormatException;
import dev.pxekit.iso.IsoView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code pxekit inspect} found out about an image or a directory; nothing of it stays open.
 *
 * @param name the path as given
 * @param disc the image as such; empty for a directory
 * @param tree what it installs, if that is known
 * @param treeFault what is wrong with the tree of an image, so that nobody can tell what it installs; empty if nothing
 */
record Inspection(String name, Optional<Disc> disc, Optional<TreeReport> tree, String treeFault) implements Reported {

    /**
     * An image as such.
     *
     * @param size in bytes
     * @param volume the volume identifier
     * @param views what it has, the richest first
     * @param view what is shown
     * @param boots what firmware boots from it
     * @param bootFault what is wrong with the boot catalog; empty if nothing
     * @param partitions those of a hybrid image
     */
    record Disc(
            long size,
            String volume,
            List<IsoView> views,
            IsoView view,
            List<BootReport> boots,
            String bootFault,
            List<Partition> partitions) {}

    static Inspection of(Path path, ImageSelection selection) throws CommandFailure, IOException {
        if (Files.notExists(path)) {
            throw new NoSuchFileException("no such image or directory: " + path);
        }
        if (Files.isDirectory(path)) {
            if (selection.isSet()) {
                throw new CommandFailure(
                        "--view, --session: " + path + " is a directory, which has neither (expected: an image)");
            }
            return new Inspection(path.toString(), Optional.empty(), TreeReport.of(path), "");
        }
        try (FileSystem image = IsoFileSystems.open(path, selection.options())) {
            return of(path, disc(path, image), image);
        } catch (IsoFormatException e) {
            throw new CommandFailure(path + " can't be read as an image: " + e.getMessage(), e);
        }
    }

    private static Inspection of(Path path, Disc disc, FileSystem image) throws IOException {
        Optional<TreeReport> tree = Optional.empty();
        String fault = "";
        try {
            tree = TreeReport.of(image.getPath("/"));
        } catch (IsoFormatException e) {
            fault = String.valueOf(e.getMessage()); // the image as such is known all the same
        }
        return new Inspection(path.toString(), Optional.of(disc), tree, fault);
    }

    private static Disc disc(Path path, FileSystem image) throws IOException {
        List<BootReport> boots = new ArrayList<>();
        String fault = "";
        try {
            Optional<BootCatalog> catalog = BootCatalog.read(image);
            if (catalog.isPresent()) {
                for (BootEntry entry : catalog.get().entries()) {
                    boots.add(BootReport.of(entry));
                }
            }
        } catch (IsoFormatException e) {
            fault = String.valueOf(e.getMessage()); // what else there is to see is not the worse for it
        }
        return new Disc(
                Files.size(path),
                Files.getFileStore(image.getPath("/")).name(),
                IsoFileSystems.views(image),
                IsoFileSystems.view(image),
                boots,
                fault,
                Partition.read(path));
    }

    @Override
    public void print(PrintWriter out) {
        out.println(Printable.of(name));
        LabelledLines lines = new LabelledLines(out);
        disc.ifPresent(known -> {
            lines.add("size", String.format(Locale.ROOT, "%,d bytes", known.size()));
            lines.add("volume", known.volume());
            lines.add(
                    "views",
                    known.views().stream()
                            .map(view -> name(view) + (view == known.view() ? " (shown)" : ""))
                            .toList());
            lines.add("boots", known.boots().stream().map(BootReport::toString).toList());
            lines.add("boot catalog", known.bootFault());
            lines.add(
                    "partitions",
                    known.partitions().stream().map(Partition::toString).toList());
        });
        if (tree.isPresent()) {
            tree.get().print(lines);
        } else if (!treeFault.isEmpty()) {
            lines.add("installs", "unknown: " + treeFault);
        } else {
            lines.add("installs", "nothing that PXE Kit knows");
        }
    }

    @Override
    public String json() {
        JsonLine line = new JsonLine().text("path", name).text("kind", disc.isPresent() ? "image" : "directory");
        disc.ifPresent(known -> line.number("size", known.size())
                .text("volume", known.volume())
                .texts("views", known.views().stream().map(Inspection::name).toList())
                .text("view", name(known.view()))
                .objects("boots", known.boots().stream().map(BootReport::json).toList())
                .text("bootFault", known.bootFault())
                .objects(
                        "partitions",
                        known.partitions().stream().map(Partition::json).toList()));
        return line.json("installTree", tree.map(TreeReport::json).orElse("null"))
                .text("treeFault", treeFault)
                .toString();
    }

    private static String name(IsoView view) {
        return view.name().toLowerCase(Locale.ROOT);
    }
}
