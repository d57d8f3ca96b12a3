package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Install discs of openSUSE and SUSE Linux Enterprise up to version 15, with YaST: {@code boot/ARCH/loader/linux} on PCs,
 * {@code boot/ARCH/linux} elsewhere, beside {@code media.1/} or {@code content}.
 */
final class SuseDetector implements TreeDetector {

    private static final List<String> MARKS = List.of("media.1/products", "media.1/media", "content", "control.xml");
    private static final List<String> KERNELS = List.of("linux", "linux64", "vmlinuz");
    private static final List<String> INITRDS = List.of("initrd", "initrd64");
    private static final List<String> ANSWER_FILES =
            List.of("autoinst.xml", "autoyast.xml", "autoyast/*.xml", "rules/rules.xml");

    private static final Installer INSTALLER =
            Installer.ofTree(SuseDetector::arguments, file -> List.of("autoyast=" + file));

    private static List<String> arguments(URI tree) {
        return List.of("install=" + tree);
    }

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        if (!isMarked(tree)) {
            return Optional.empty();
        }
        List<BootFiles> files = new ArrayList<>();
        List<String> architectures = new ArrayList<>();
        for (String architecture : tree.names("boot")) {
            String directory = "boot/" + architecture;
            Optional<BootFiles> found =
                    CompleteBootFiles.pair(tree, architecture, directory + "/loader", KERNELS, INITRDS);
            if (found.isEmpty()) {
                found = CompleteBootFiles.pair(tree, architecture, directory, KERNELS, INITRDS);
            }
            if (found.isPresent()) {
                files.add(found.get());
                architectures.add(architecture);
            }
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        DetectedTree.Builder builder =
                new DetectedTree.Builder(tree, DistributionFamily.SUSE, INSTALLER, "a distribution with YaST");
        describe(builder, tree);
        return Optional.of(builder.architectures(architectures)
                .packageRepositories(Repositories.withMetadata(tree))
                .answerFiles(ANSWER_FILES)
                .build(files));
    }

    private static boolean isMarked(TreeFiles tree) throws IOException {
        for (String mark : MARKS) {
            if (tree.hasFile(mark)) {
                return true;
            }
        }
        return tree.text(".treeinfo")
                .filter(text -> text.toLowerCase(Locale.ROOT).contains("suse"))
                .isPresent();
    }

    /** {@code media.1/products} ("/ SLES 15.4-0"), {@code content} (version 12 and before), {@code .treeinfo}. */
    private static void describe(DetectedTree.Builder builder, TreeFiles tree) throws IOException {
        Ini treeinfo = Ini.parse(tree.text(".treeinfo").orElse(""));
        builder.name(treeinfo.get("release", "name")).version(treeinfo.get("release", "version"));
        String product = tree.text("media.1/products")
                .flatMap(text -> text.lines().findFirst())
                .map(TextFile::title)
                .orElse("");
        String[] words = product.split(" ", -1);
        if (words.length >= 3) {
            int dash = words[2].lastIndexOf('-');
            builder.name(Optional.of(words[1])).version(Optional.of(dash < 0 ? words[2] : words[2].substring(0, dash)));
        }
        for (String line :
                (Iterable<String>) tree.text("content").orElse("").lines().map(TextFile::title)::iterator) {
            if (line.startsWith("LABEL ")) {
                builder.name(Optional.of(line.substring("LABEL ".length())));
            } else if (line.startsWith("DISTRO ") && line.contains(",")) {
                builder.name(Optional.of(line.substring(line.indexOf(',') + 1)));
            } else if (line.startsWith("VERSION ")) {
                builder.version(Optional.of(line.substring("VERSION ".length())));
            }
        }
    }
}
