package dev.pxekit.examples.cli;

import dev.pxekit.media.ExistingFiles;
import dev.pxekit.media.ExtractionProblem;
import dev.pxekit.media.ExtractionResult;
import dev.pxekit.media.Extractor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pxekit extract}: copies what is in images to a directory. */
@Command(
        name = "extract",
        description = {
            "Copies what is in an image to a directory, with modes and times. Nothing is mounted.",
            "Files that are there with the same size and time are kept, so that a run that was interrupted can be repeated; others of"
                    + " the same name are replaced. Links that lead out of the tree, devices, and names that the directory can't store"
                    + " are refused, reported, and make the exit code 1.",
            "A GLOB without a slash is about names in all directories, such as '*.rpm'; with a slash about paths from the root, such as"
                    + " 'images/**'. A directory that matches stands for all that is below."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExtractCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "IMAGE",
            arity = "1..*",
            description = "Install images; of several the last one that has a file counts.")
    private List<Path> images = new ArrayList<>();

    @Option(
            names = {"-C", "--directory"},
            paramLabel = "DIR",
            description = "Where to put it; made if it is not there. Default: here.")
    private Path directory = Path.of("");

    @Option(names = "--include", paramLabel = "GLOB", description = "Extract only what matches. May be repeated.")
    private List<String> include = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "GLOB", description = "Leave out what matches. May be repeated.")
    private List<String> exclude = new ArrayList<>();

    @ArgGroup
    private @Nullable Existing existing;

    @Option(
            names = "--no-permissions",
            description = "Give files the modes that new files have here, not those in the image.")
    private boolean noPermissions;

    @Option(names = "--owners", description = "Keep owners, by number. Needs root.")
    private boolean owners;

    @Option(names = "--outward-links", description = "Make symbolic links that lead out of the tree, too.")
    private boolean outwardLinks;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description =
                    "Refuse images with more content than this, such as 20G. Default: what the disk has room for.")
    private @Nullable Long maximumSize;

    @Option(
            names = "--max-entries",
            paramLabel = "N",
            description =
                    "Refuse images with more files, directories and links than this, left out ones included. Default: 1000000.")
    private @Nullable Long maximumEntries;

    @Option(
            names = "--max-depth",
            paramLabel = "N",
            description =
                    "Refuse images with more directories in one another than this. Each of them takes two open files. Default: 256.")
    private @Nullable Integer maximumDepth;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many files to copy at once, 1..64. Default: as many as there are processors, at most 4.")
    private @Nullable Integer threads;

    @Mixin
    private ImageSelection selection = new ImageSelection();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Option(
            names = "--json",
            description = "Print an object on one line for each problem, and one with what was done at the end.")
    private boolean json;

    /** What is done with files that are there. */
    private static final class Existing {

        @Option(
                names = "--verify",
                description = "Compare the content of files that are there, and replace those that differ.")
        private boolean verify;

        @Option(names = "--force", description = "Replace all files that are there.")
        private boolean force;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        ProgressLine line =
                progress.isWanted() ? new ProgressLine(spec.commandLine().getErr()) : null;
        ExtractionResult result;
        InterruptAtExit atExit = new InterruptAtExit();
        try (ImageTree tree = ImageTree.open(images, selection)) {
            Extractor.Builder builder = builder(tree.root().getFileSystem());
            if (line != null) {
                builder.listener(new ExtractionProgress(line));
            }
            result = builder.build().extract(tree.root(), directory);
        } finally {
            atExit.done();
            if (line != null) {
                line.end();
            }
        }
        print(result);
        return result.isComplete() ? 0 : 1;
    }

    private Extractor.Builder builder(FileSystem fileSystem) {
        Extractor.Builder builder = Extractor.builder()
                .existing(existingFiles())
                .keepPermissions(!noPermissions)
                .keepOwners(owners)
                .keepOutwardLinks(outwardLinks);
        try {
            if (!include.isEmpty()) {
                builder.include(new NamePatterns(fileSystem, include));
            }
            if (!exclude.isEmpty()) {
                builder.exclude(new NamePatterns(fileSystem, exclude));
            }
            if (maximumSize != null) {
                builder.maximumBytes(maximumSize);
            }
            if (maximumEntries != null) {
                builder.maximumEntries(maximumEntries);
            }
            if (maximumDepth != null) {
                builder.maximumDepth(maximumDepth);
            }
            if (threads != null) {
                builder.threads(threads);
            }
        } catch (PatternSyntaxException e) {
            throw new ParameterException(
                    spec.commandLine(), "'" + e.getPattern() + "' is no glob: " + e.getDescription());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        return builder;
    }

    private ExistingFiles existingFiles() {
        if (existing != null && existing.verify) {
            return ExistingFiles.KEEP_IF_SAME_CONTENT;
        }
        return existing != null && existing.force ? ExistingFiles.REPLACE : ExistingFiles.KEEP_IF_SAME_TIME;
    }

    private void print(ExtractionResult result) throws CommandFailure {
        PrintWriter out = spec.commandLine().getOut();
        for (ExtractionProblem problem : result.problems()) {
            if (json) {
                out.println(object(problem));
            } else {
                spec.commandLine().getErr().println("pxekit: " + Printable.of(problem.toString()));
            }
        }
        out.println(json ? object(result) : text(result));
        StandardOutput.flush(out);
    }

    private static JsonLine object(ExtractionProblem problem) {
        return new JsonLine()
                .text("path", problem.path().toString())
                .text("problem", problem.kind().name().toLowerCase(Locale.ROOT))
                .text("reason", problem.reason());
    }

    private static JsonLine object(ExtractionResult result) {
        return new JsonLine()
                .number("files", result.files())
                .number("directories", result.directories())
                .number("symbolicLinks", result.symbolicLinks())
                .number("hardLinks", result.hardLinks())
                .number("skipped", result.skipped())
                .number("bytes", result.bytes())
                .number("problems", result.problemCount())
                .number("milliseconds", result.elapsed().toMillis());
    }

    /** {@code 2,900 files, 42 directories and 3 links, 1,300,000,000 bytes in 512 ms (2539.1 MB/s); 7 were there already}. */
    private String text(ExtractionResult result) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d files, %,d directories and %,d links, %,d bytes in %,d ms (%.1f MB/s)",
                result.files(),
                result.directories(),
                result.symbolicLinks() + result.hardLinks(),
                result.bytes(),
                result.elapsed().toMillis(),
                TransferText.megabytesPerSecond(result.bytes(), result.elapsed())));
        if (result.skipped() > 0) {
            text.append(String.format(Locale.ROOT, "; %,d were there already", result.skipped()));
        }
        if (result.problemCount() > 0) {
            text.append(String.format(Locale.ROOT, "; %,d are missing", result.problemCount()));
        }
        return text.toString();
    }
}
