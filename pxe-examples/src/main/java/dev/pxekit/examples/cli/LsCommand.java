package dev.pxekit.examples.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pxekit ls}: lists what is in an image. */
@Command(
        name = "ls",
        description =
                "Lists what is in an image: a path from its root on each line, the directories' own entries sorted by name, and all"
                        + " that is below. Nothing is mounted.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LsCommand implements Callable<Integer> {

    private static final int BUFFER = 1 << 16;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "IMAGE", description = "An install image.")
    private Path image = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PATH",
            description = "Files or directories of the image. Default: all of it.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = {"-l", "--long"},
            description = "Show modes, owners, sizes, times (UTC) and targets of links.")
    private boolean details;

    @Option(
            names = {"-d", "--depth"},
            paramLabel = "N",
            description = "How deep to go: 1 is the directory itself, as ls does without -R. Default: to the end.")
    private int depth = Integer.MAX_VALUE;

    @Option(names = "--json", description = "Print an object on one line for each entry.")
    private boolean json;

    @Mixin
    private OverOption over = new OverOption();

    @Mixin
    private ImageSelection selection = new ImageSelection();

    private int problems;

    @Override
    public Integer call() throws CommandFailure, IOException {
        if (depth < 1) {
            throw new ParameterException(spec.commandLine(), "--depth: " + depth + " (expected: 1 or more)");
        }
        PrintWriter out = new PrintWriter(new BufferedWriter(spec.commandLine().getOut(), BUFFER));
        try (ImageTree tree = ImageTree.open(over.over(image), selection)) {
            List<Path> starts = new ArrayList<>();
            for (String path : paths) {
                starts.add(tree.find(path));
            }
            for (Path start : starts.isEmpty() ? List.of(tree.root()) : starts) {
                String name = tree.root().relativize(start).toString();
                if (Files.isDirectory(start)) {
                    list(start, name.isEmpty() ? "" : name.concat("/"), 1, out);
                } else {
                    print(start, name, out);
                }
            }
        }
        StandardOutput.flush(out);
        return problems == 0 ? 0 : 1;
    }

    private void list(Path directory, String prefix, int level, PrintWriter out) throws CommandFailure {
        if (level > depth) {
            return;
        }
        for (Path entry : entries(directory)) {
            String name = prefix.concat(String.valueOf(entry.getFileName()));
            print(entry, name, out);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                list(entry, name.concat("/"), level + 1, out);
            }
        }
    }

    /** The entries of a directory; of a damaged one those that are sound. */
    private List<Path> entries(Path directory) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            problem(directory, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            problem(directory, e);
        }
        entries.sort(Comparator.comparing(entry -> String.valueOf(entry.getFileName())));
        return entries;
    }

    private void print(Path entry, String name, PrintWriter out) throws CommandFailure {
        if (!details && !json) {
            out.println(Printable.of(name));
            return;
        }
        try {
            ListedEntry listed = ListedEntry.read(entry, name);
            out.println(json ? listed.json() : listed.longLine());
        } catch (IOException e) {
            problem(entry, e);
        }
        if (out.checkError()) {
            StandardOutput.flush(out);
        }
    }

    private void problem(Path path, IOException problem) {
        problems++;
        spec.commandLine().getErr().println("pxekit: " + Printable.of(path + ": " + problem.getMessage()));
    }
}
