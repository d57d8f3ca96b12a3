package dev.pxekit.examples.cli;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.BootProtocol;
import dev.pxekit.media.InstallTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An install tree as {@code pxekit inspect} shows it, its paths below its root. */
record TreeReport(InstallTree tree) {

    /** Stands for the URL that only who serves the tree knows. */
    private static final URI URL = URI.create("URL");

    private static final URI NFS_URL = URI.create("nfs://HOST/PATH");

    /** For debian-installer, whose arguments have parts of it. */
    private static final URI HTTP_URL = URI.create("http://HOST/PATH");

    static Optional<TreeReport> of(Path root) throws IOException {
        return InstallTree.detect(root).map(TreeReport::new);
    }

    void print(LabelledLines lines) {
        lines.add(
                "installs",
                tree.name() + tree.version().map(version -> " " + version).orElse(""));
        lines.add("variant", tree.variant().orElse(""));
        lines.add("architectures", String.join(", ", tree.architectures()));
        lines.add("family", lower(tree.family()));
        lines.add("starts", tree.bootFiles().stream().map(this::start).toList());
        lines.add("with (" + (tree.needsNfs() ? "NFS" : urlOf()) + " URL)", String.join(" ", bootArguments()));
        lines.add("answers by", String.join(" ", tree.answerFileArguments(URL)));
        lines.add("repositories", names(tree.packageRepositories()));
        lines.add("BIOS loaders", names(tree.biosLoaders()));
        lines.add("UEFI loaders", names(tree.uefiLoaders()));
        lines.add("answer files", names(tree.answerFiles()));
        lines.add("boot menus", names(tree.bootMenus()));
    }

    private String urlOf() {
        return tree.loadsWholeImage() ? "image" : tree.needsNfs() ? "nfs" : "tree";
    }

    private List<String> bootArguments() {
        if (tree.needsNfs()) {
            return tree.bootArguments(NFS_URL);
        }
        List<String> arguments = tree.bootArguments(URL);
        return arguments.isEmpty() ? tree.bootArguments(HTTP_URL) : arguments;
    }

    private String start(BootFiles files) {
        List<String> modules = names(files.modules());
        // ESXi has some hundred modules.
        String loaded = tree.protocol() == BootProtocol.ESXI
                ? modules.size() + " modules from " + modules.get(0) + " to " + modules.get(modules.size() - 1)
                : String.join(" ", modules);
        return (files.label().isEmpty() ? "" : files.label() + ": ") + name(files.kernel()) + " with " + loaded;
    }

    String json() {
        return new JsonLine()
                .text("family", lower(tree.family()))
                .text("name", tree.name())
                .text("version", tree.version().orElse(""))
                .text("variant", tree.variant().orElse(""))
                .texts("architectures", tree.architectures())
                .text("protocol", lower(tree.protocol()))
                .objects("bootFiles", tree.bootFiles().stream().map(this::json).toList())
                .text("urlOf", urlOf())
                .texts("bootArguments", bootArguments())
                .texts("answerFileArguments", tree.answerFileArguments(URL))
                .texts("packageRepositories", names(tree.packageRepositories()))
                .texts("biosLoaders", names(tree.biosLoaders()))
                .texts("uefiLoaders", names(tree.uefiLoaders()))
                .texts("answerFiles", names(tree.answerFiles()))
                .texts("bootMenus", names(tree.bootMenus()))
                .toString();
    }

    private String json(BootFiles files) {
        return new JsonLine()
                .text("label", files.label())
                .text("kernel", name(files.kernel()))
                .texts("modules", names(files.modules()))
                .toString();
    }

    private List<String> names(List<Path> paths) {
        List<String> names = new ArrayList<>();
        paths.forEach(path -> names.add(name(path)));
        return names;
    }

    /** The root itself is {@code .}; elsewhere separators are those of the image. */
    private String name(Path path) {
        String name = tree.root()
                .relativize(path)
                .toString()
                .replace(path.getFileSystem().getSeparator(), "/");
        return name.isEmpty() ? "." : name;
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
