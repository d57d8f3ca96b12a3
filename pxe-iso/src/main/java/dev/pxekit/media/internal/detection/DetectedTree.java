package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.BootProtocol;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an {@code InstallTree} tells, under the same names.
 *
 * @param bootFiles at least one
 * @param installer what the arguments are made by
 */
public record DetectedTree(
        Path root,
        DistributionFamily family,
        String name,
        Optional<String> version,
        Optional<String> variant,
        List<String> architectures,
        BootProtocol protocol,
        List<BootFiles> bootFiles,
        List<Path> packageRepositories,
        List<Path> biosLoaders,
        List<Path> uefiLoaders,
        List<Path> answerFiles,
        List<Path> bootMenus,
        Installer installer) {

    /** Takes what a detector finds out, and finds what is sought alike in all trees. */
    static final class Builder {
        private final TreeFiles tree;
        private final DistributionFamily family;
        private final Installer installer;
        private String name;
        private Optional<String> version = Optional.empty();
        private Optional<String> variant = Optional.empty();
        private List<String> architectures = List.of();
        private BootProtocol protocol = BootProtocol.LINUX;
        private List<Path> packageRepositories = List.of();
        private List<String> answerFiles = List.of();

        Builder(TreeFiles tree, DistributionFamily family, Installer installer, String name) {
            this.tree = tree;
            this.family = family;
            this.installer = installer;
            this.name = name;
        }

        /** Words that come out of the tree are no longer than a title, and on one line. */
        private static Optional<String> title(Optional<String> value) {
            return value.map(TextFile::title).filter(text -> !text.isEmpty());
        }

        Builder name(Optional<String> value) {
            title(value).ifPresent(known -> this.name = known);
            return this;
        }

        Builder version(Optional<String> value) {
            this.version = title(value).or(() -> version);
            return this;
        }

        Builder variant(Optional<String> value) {
            this.variant = title(value).or(() -> variant);
            return this;
        }

        Builder architecture(Optional<String> value) {
            title(value).ifPresent(known -> this.architectures = List.of(known));
            return this;
        }

        Builder architectures(List<String> values) {
            this.architectures = List.copyOf(values);
            return this;
        }

        Builder architecturesIfUnknown(List<String> values) {
            return architectures.isEmpty() ? architectures(values) : this;
        }

        Builder describe(Optional<DiskInfo> info) {
            info.ifPresent(known -> name(known.name())
                    .version(known.version())
                    .variant(known.variant())
                    .architectures(known.architectures()));
            return this;
        }

        Builder protocol(BootProtocol value) {
            this.protocol = value;
            return this;
        }

        Builder packageRepositories(List<Path> values) {
            this.packageRepositories = List.copyOf(values);
            return this;
        }

        /** Names of files and patterns as {@link TreeFiles#matching} takes them. */
        Builder answerFiles(List<String> names) {
            this.answerFiles = names;
            return this;
        }

        /** Finds loaders, answer files and menus. */
        DetectedTree build(List<BootFiles> files) throws IOException {
            return new DetectedTree(
                    tree.root(),
                    family,
                    name,
                    version,
                    variant,
                    architectures,
                    protocol,
                    List.copyOf(files),
                    packageRepositories,
                    BootLoaders.bios(tree),
                    BootLoaders.uefi(tree),
                    tree.matching(answerFiles),
                    BootMenus.find(tree),
                    installer);
        }
    }
}
