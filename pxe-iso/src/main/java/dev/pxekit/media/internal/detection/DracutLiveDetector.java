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
 * Live discs that dracut boots: Fedora Workstation and its spins, and Agama, the installer of SUSE from version 16 on. The system is
 * {@code LiveOS/squashfs.img}; the kernel is where Anaconda's is (livemedia-creator) or where YaST's is (kiwi). Anaconda's discs may
 * have such an image as well, and say in files of their own that they are install discs.
 */
final class DracutLiveDetector implements TreeDetector {

    private static final String IMAGE = "LiveOS/squashfs.img";
    private static final List<String> NOT_LIVE =
            List.of(".treeinfo", ".discinfo", ".productinfo", ".kyinfo", "images/install.img", "repodata/repomd.xml");

    private static final List<String> TITLES =
            List.of("'Start ", "\"Start ", "^Start ", "'Install ", "\"Install ", "^Install ");
    private static final List<String> SUSE_NAMES = List.of("suse", "leap", "sles", "sle-", "sl-micro", "agama");

    private static final Installer LIVE = Installer.ofTree(DracutLiveDetector::arguments, file -> List.of());
    private static final Installer AGAMA =
            Installer.ofTree(DracutLiveDetector::arguments, file -> List.of("inst.auto=" + file));

    private static List<String> arguments(URI tree) {
        return List.of("root=live:" + Installer.below(tree, IMAGE), "rd.live.image", "ip=dhcp");
    }

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        if (!tree.hasFile(IMAGE)) {
            return Optional.empty();
        }
        for (String file : NOT_LIVE) {
            if (tree.hasFile(file)) {
                return Optional.empty();
            }
        }
        List<BootFiles> files = new ArrayList<>();
        CompleteBootFiles.pair(tree, "", "images/pxeboot", List.of("vmlinuz"), List.of("initrd.img"))
                .ifPresent(files::add);
        for (String directory : tree.expand("boot/*")) {
            for (String loader : List.of(directory + "/loader", directory)) {
                CompleteBootFiles.pair(tree, "", loader, List.of("linux"), List.of("initrd"))
                        .ifPresent(files::add);
            }
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Title title = title(tree);
        boolean suse = SUSE_NAMES.stream().anyMatch(title.name().toLowerCase(Locale.ROOT)::contains);
        return Optional.of(new DetectedTree.Builder(
                        tree,
                        suse ? DistributionFamily.SUSE : DistributionFamily.RED_HAT,
                        suse ? AGAMA : LIVE,
                        "a live system with dracut")
                .name(Optional.of(title.name()).filter(name -> !name.isEmpty()))
                .version(title.version())
                .variant(title.variant())
                .architectures(UefiArchitecture.of(tree, UefiArchitecture::linuxName))
                .build(files));
    }

    private static Title title(TreeFiles tree) throws IOException {
        for (String title : TITLES) {
            Optional<String> line = BootMenus.lineWith(tree, title);
            if (line.isPresent()) {
                return Title.parse(line.get().substring(title.length() - 1), title.charAt(0));
            }
        }
        return new Title("", Optional.empty(), Optional.empty());
    }

    /** The title of a menu entry, such as {@code Fedora-Workstation-Live 41}. */
    private record Title(String name, Optional<String> variant, Optional<String> version) {

        private static final String FEDORA = "Fedora-";

        static Title parse(String line, char quote) {
            int end = line.indexOf(quote);
            List<String> words =
                    List.of((end < 0 ? line : line.substring(0, end)).strip().split(" ", -1));
            int last = 0;
            while (last < words.size() && !Version.isLikely(words.get(last))) {
                last++;
            }
            String name = String.join(" ", words.subList(0, last));
            Optional<String> version = words.stream().skip(last).findFirst();
            return name.startsWith(FEDORA)
                    ? new Title("Fedora", Optional.of(name.substring(FEDORA.length())), version)
                    : new Title(name, Optional.empty(), version);
        }
    }
}
