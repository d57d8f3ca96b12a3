package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Trees of the Red Hat family: {@code .treeinfo} (productmd, and its forerunner since Fedora 7 and RHEL 5), else
 * {@code .discinfo}, which all discs have, and Kylin's {@code .productinfo} and {@code .kyinfo}; kernels where one of these says, else
 * in {@code images/pxeboot} or {@code isolinux}. A second disc with packages alone has no kernel and is no tree by itself.
 */
final class AnacondaDetector implements TreeDetector {

    private static final List<String> TREEINFO = List.of(".treeinfo", "treeinfo");

    /** Where kernels are whatever a file may say; the last are those of IBM Z and of Power. */
    private static final List<List<String>> WELL_KNOWN = List.of(
            List.of("images/pxeboot/vmlinuz", "images/pxeboot/initrd.img"),
            List.of("isolinux/vmlinuz", "isolinux/initrd.img"),
            List.of("images/kernel.img", "images/initrd.img"),
            List.of("ppc/ppc64/vmlinuz", "ppc/ppc64/initrd.img"));

    private static final List<String> ANSWER_FILES =
            List.of("ks.cfg", "*.ks", "anaconda-ks.cfg", "isolinux/ks.cfg", "ks/*.cfg", "ks/*.ks", "kickstart/*");

    private static final Installer INSTALLER =
            Installer.ofTree(tree -> argument("inst.repo", tree), file -> argument("inst.ks", file));

    /** Before the arguments got the prefix {@code inst.}. */
    private static final Installer OLD_INSTALLER =
            Installer.ofTree(tree -> argument("method", tree), file -> argument("ks", file));

    private static final int FIRST_FEDORA_WITH_PREFIX = 17;
    private static final int FIRST_RHEL_WITH_PREFIX = 7;
    private static final List<String> REBUILDS =
            List.of("red hat", "rhel", "centos", "scientific", "oracle", "springdale", "cloudlinux");

    private static final int MOST_KERNELS = 16;

    private static List<String> argument(String name, URI url) {
        return List.of(name + "=" + Installer.kickstartUrl(url));
    }

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        Optional<Ini> treeinfo = treeinfo(tree);
        Ini info = treeinfo.orElseGet(() -> Ini.parse(""));
        List<BootFiles> files = bootFiles(tree, info);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Disc disc = treeinfo.isPresent() ? Disc.EMPTY : Disc.read(tree);
        Kylin kylin = Kylin.read(tree);
        Optional<String> name = info.get("release", "name")
                .or(() -> info.get("general", "family"))
                .or(disc::name)
                .or(kylin::name);
        Optional<String> version = moreExact(
                info.get("release", "version")
                        .or(() -> info.get("general", "version"))
                        .or(disc::version),
                kylin.version());
        return Optional.of(new DetectedTree.Builder(
                        tree,
                        DistributionFamily.RED_HAT,
                        isOld(name.orElse(""), version) ? OLD_INSTALLER : INSTALLER,
                        "a distribution with Anaconda")
                .name(name)
                .version(version)
                .variant(variant(info).or(kylin::variant))
                .architecture(architecture(info).or(disc::architecture).or(kylin::architecture))
                .packageRepositories(repositories(tree, info))
                .answerFiles(ANSWER_FILES)
                .build(files));
    }

    private static Optional<Ini> treeinfo(TreeFiles tree) throws IOException {
        for (String name : TREEINFO) {
            Optional<String> text = tree.text(name);
            if (text.isPresent()) {
                return text.map(Ini::parse);
            }
        }
        return Optional.empty();
    }

    /** Of a tree with several repositories, such as BaseOS and AppStream, each is a variant, and none is the system's. */
    private static Optional<String> variant(Ini treeinfo) {
        boolean several = treeinfo.get("tree", "variants")
                .filter(names -> names.contains(","))
                .isPresent();
        return several ? Optional.empty() : treeinfo.get("general", "variant");
    }

    private static Optional<String> architecture(Ini treeinfo) {
        return treeinfo.get("tree", "arch").or(() -> treeinfo.get("general", "arch"));
    }

    /** The pair of the tree's own architecture, then others that differ, such as Xen's of RHEL 5. */
    private static List<BootFiles> bootFiles(TreeFiles tree, Ini treeinfo) throws IOException {
        List<BootFiles> all = new ArrayList<>();
        String own = "images-" + architecture(treeinfo).orElse("");
        Stream<String> sections = Stream.concat(
                Stream.of(own),
                treeinfo.sections().stream().filter(name -> name.startsWith("images-") && !name.equals(own)));
        for (String section : sections.limit(MOST_KERNELS).toList()) {
            Optional<String> kernel = treeinfo.get(section, "kernel");
            Optional<String> initrd = treeinfo.get(section, "initrd");
            if (kernel.isPresent() && initrd.isPresent()) {
                String label = section.equals(own) ? "" : section.substring("images-".length());
                CompleteBootFiles.find(tree, label, kernel.get(), List.of(initrd.get()))
                        .filter(CompleteBootFiles.otherThan(all))
                        .ifPresent(all::add);
            }
        }
        for (int i = 0; all.isEmpty() && i < WELL_KNOWN.size(); i++) {
            List<String> pair = WELL_KNOWN.get(i);
            CompleteBootFiles.find(tree, "", pair.get(0), pair.subList(1, 2)).ifPresent(all::add);
        }
        return all;
    }

    /**
     * What {@code .treeinfo} names as variants, their addons and the repository of the tree, then what lies at the root or one level below
     * it; all that have metadata.
     */
    private static List<Path> repositories(TreeFiles tree, Ini treeinfo) throws IOException {
        Set<String> candidates = new LinkedHashSet<>();
        Stream.of(treeinfo.get("tree", "variants"), treeinfo.get("general", "variants"))
                .flatMap(Optional::stream)
                .flatMap(variants -> Stream.of(variants.split(",", -1)))
                .forEach(variant ->
                        treeinfo.get("variant-" + variant.strip(), "repository").ifPresent(candidates::add));
        for (String section : treeinfo.sections()) {
            if (section.startsWith("variant-") || section.startsWith("addon-")) {
                treeinfo.get(section, "repository").ifPresent(candidates::add);
            }
        }
        treeinfo.get("general", "repository").ifPresent(candidates::add);
        candidates.add(".");
        candidates.addAll(tree.names(""));
        return Repositories.withMetadata(
                tree, candidates.stream().map(AnacondaDetector::withoutMetadata).toList());
    }

    /** RHEL 6 names the directory of the metadata. */
    private static String withoutMetadata(String repository) {
        return repository.endsWith("/repodata")
                ? repository.substring(0, repository.length() - "/repodata".length())
                : repository;
    }

    /** "V10 (SP2)" rather than "V10". */
    private static Optional<String> moreExact(Optional<String> stated, Optional<String> product) {
        return stated.isPresent() && product.isPresent() && product.get().startsWith(stated.get())
                ? product
                : stated.or(() -> product);
    }

    private static boolean isOld(String name, Optional<String> version) {
        String lower = name.toLowerCase(Locale.ROOT);
        int major = version.flatMap(Version::major).orElse(Integer.MAX_VALUE);
        if (lower.startsWith("fedora")) {
            return major < FIRST_FEDORA_WITH_PREFIX;
        }
        return major < FIRST_RHEL_WITH_PREFIX && REBUILDS.stream().anyMatch(lower::startsWith);
    }

    /** A {@code .discinfo}; lines: time stamp, name and version or the version alone, architecture, disc numbers. */
    private record Disc(Optional<String> name, Optional<String> version, Optional<String> architecture) {

        private static final Disc EMPTY = new Disc(Optional.empty(), Optional.empty(), Optional.empty());

        static Disc read(TreeFiles tree) throws IOException {
            List<String> lines =
                    tree.text(".discinfo").orElse("").lines().limit(4).toList();
            Optional<String> title = line(lines, 1);
            return new Disc(
                    title.map(text -> text.replaceFirst("\\s*\\bV?\\d.*", "")).filter(text -> !text.isEmpty()),
                    title.map(text -> text.replaceFirst("^\\D*?(?=V?\\d|$)", ""))
                            .filter(text -> !text.isEmpty()),
                    line(lines, 2));
        }

        private static Optional<String> line(List<String> lines, int index) {
            return lines.stream().skip(index).findFirst().map(TextFile::title).filter(line -> !line.isEmpty());
        }
    }
}
