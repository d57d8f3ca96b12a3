package dev.pxekit.ipxe.internal;

import dev.pxekit.ipxe.BootOutcome;
import dev.pxekit.ipxe.internal.Downloads.DownloadException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The list of images and the commands on it. */
final class ImageCommands {

    /** Images that a script may have at a time. */
    private static final int MAX_IMAGES = 1000;

    private final Machine machine;
    private final Downloads downloads;
    private final Console console;
    private final Budget budget;
    private final boolean scriptsOnly;
    private final List<Image> images = new ArrayList<>();
    private Optional<Image> selected = Optional.empty();

    ImageCommands(Machine machine, Downloads downloads, Console console, Budget budget, boolean scriptsOnly) {
        this.machine = machine;
        this.downloads = downloads;
        this.console = console;
        this.budget = budget;
        this.scriptsOnly = scriptsOnly;
    }

    Status run(String command, CommandLine line) {
        try {
            return switch (command) {
                case "imgfetch", "initrd", "module" -> {
                    prepare(download(line), line);
                    yield Status.OK;
                }
                case "kernel", "imgload", "imgselect" -> select(line);
                case "imgargs" -> {
                    Image image = acquire(line);
                    image.arguments(Optional.empty());
                    image.charge(budget);
                    prepare(image, line);
                    yield Status.OK;
                }
                case "imgstat" -> stat(line);
                case "imgfree" -> free(line);
                case "chain", "imgexec", "boot" -> exec(line);
                default -> throw new AssertionError("no such image command: " + command);
            };
        } catch (DownloadException e) {
            return e.status();
        }
    }

    private Optional<Image> find(String name) {
        return images.stream().filter(image -> image.name().equals(name)).findFirst();
    }

    /** The image that the first argument names, downloaded if there is none of that name. */
    private Image acquire(CommandLine line) throws DownloadException {
        Optional<Image> known = find(line.arguments().get(0));
        return known.isPresent() ? known.get() : download(line);
    }

    private Image download(CommandLine line) throws DownloadException {
        UriReference reference = UriReference.parse(line.arguments().get(0));
        UriReference uri = machine.workingUri().map(reference::resolveAgainst).orElse(reference);
        String progress = line.has("quiet") ? "" : reference.display() + "... ";
        try {
            Image image = downloads.fetch(uri, line.option("name"));
            if (images.size() >= MAX_IMAGES) {
                throw budget.stop("more than " + MAX_IMAGES + " images were downloaded and not freed");
            }
            image.charge(budget);
            images.add(image);
            console.print(progress.isEmpty() ? "" : progress + "ok\n");
            return image;
        } catch (DownloadException e) {
            if (!e.started()) {
                console.printLine("Could not start download: " + e.status().message());
            } else if (!progress.isEmpty()) {
                console.printLine(progress + e.status().message());
            }
            throw e;
        }
    }

    private void prepare(Image image, CommandLine line) {
        Optional<String> arguments = line.joinedFrom(1);
        if (arguments.isPresent()) {
            image.arguments(arguments);
            image.charge(budget);
        }
        if (line.has("autofree")) {
            image.markAutofree();
        }
    }

    private boolean isExecutable(Image image) {
        return image.type() == Image.Type.SCRIPT || !scriptsOnly;
    }

    private Status select(CommandLine line) throws DownloadException {
        Image image = acquire(line);
        prepare(image, line);
        if (!isExecutable(image)) {
            console.printLine("Could not select: " + Status.EXEC_FORMAT.message());
            return Status.EXEC_FORMAT;
        }
        selected = Optional.of(image);
        return Status.OK;
    }

    private Status stat(CommandLine line) {
        if (line.arguments().isEmpty()) {
            images.forEach(this::printStat);
            return Status.OK;
        }
        for (String name : line.arguments()) {
            Optional<Image> image = find(name);
            if (image.isEmpty()) {
                return noSuchImage(name);
            }
            printStat(image.get());
        }
        return Status.OK;
    }

    private void printStat(Image image) {
        StringBuilder stat = new StringBuilder(image.name())
                .append(" : ")
                .append(image.resource().sizeInBytes())
                .append(" bytes");
        if (!image.type().label().isEmpty()) {
            stat.append(" [").append(image.type().label()).append(']');
        }
        if (selected.filter(chosen -> chosen == image).isPresent()) {
            stat.append(" [SELECTED]");
        }
        if (image.isAutofree()) {
            stat.append(" [AUTOFREE]");
        }
        image.arguments().ifPresent(text -> stat.append(" \"").append(text).append('"'));
        console.printLine(stat.toString());
    }

    private Status free(CommandLine line) {
        if (line.arguments().isEmpty()) {
            images.forEach(image -> image.release(budget));
            images.clear();
            selected = Optional.empty();
            return Status.OK;
        }
        for (String name : line.arguments()) {
            Optional<Image> image = find(name);
            if (image.isEmpty()) {
                return noSuchImage(name);
            }
            image.get().release(budget);
            drop(image.get());
        }
        return Status.OK;
    }

    private void drop(Image image) {
        images.removeIf(other -> other == image);
        if (selected.filter(chosen -> chosen == image).isPresent()) {
            selected = Optional.empty();
        }
    }

    private Status noSuchImage(String name) {
        console.printLine("\"" + name + "\": no such image");
        return Status.NO_ENTRY;
    }

    private Status exec(CommandLine line) throws DownloadException {
        if (line.arguments().isEmpty() && selected.isEmpty()) {
            console.printLine("No image selected");
            return Status.OK;
        }
        Image image = line.arguments().isEmpty() ? selected.get() : acquire(line);
        prepare(image, line);
        if (line.has("replace") && isExecutable(image)) {
            machine.currentScript().replaceBy(image);
            return Status.OK;
        }
        Status status = execute(image);
        if (!status.ok()) {
            console.printLine("Could not boot: " + status.message());
        }
        return status;
    }

    /** Runs a script, and what replaces it, and comes back; boots anything else and does not. */
    Status execute(Image image) {
        Optional<Image> next = Optional.of(image);
        Status status = Status.OK;
        while (next.isPresent()) {
            Image current = next.get();
            budget.step();
            if (!isExecutable(current)) {
                return Status.EXEC_FORMAT;
            }
            if (current.type() != Image.Type.SCRIPT) {
                throw boot(current);
            }
            try {
                RunningScript script = new RunningScript(downloads.readScript(current));
                status = executeScript(current, script);
                next = script.replacement();
            } catch (DownloadException e) {
                return e.status();
            }
        }
        return status;
    }

    /** While it runs an image is not in the list; afterwards it is the last one. It stays selected if it was. */
    private Status executeScript(Image image, RunningScript script) {
        boolean wasSelected = selected.filter(chosen -> chosen == image).isPresent();
        drop(image);
        Status status = machine.run(script, Optional.of(image.uri()));
        if (image.isAutofree()) {
            image.release(budget);
        } else {
            images.add(image);
            if (wasSelected && selected.isEmpty()) {
                selected = Optional.of(image);
            }
        }
        return status;
    }

    private SimulationEnd boot(Image kernel) {
        List<BootOutcome.Initrd> initrds = images.stream()
                .filter(image -> image != kernel)
                .map(image -> new BootOutcome.Initrd(
                        ByteText.display(image.name()),
                        address(image),
                        image.arguments().map(ByteText::display)))
                .toList();
        String commandLine = ByteText.display(kernel.arguments().orElse(""));
        URI address = address(kernel);
        return new SimulationEnd(transcript -> new BootOutcome.Booted(address, commandLine, initrds, transcript));
    }

    private static URI address(Image image) {
        return image.uri().toUri().orElseThrow(() -> new AssertionError("an image was downloaded from " + image.uri()));
    }
}
