package dev.pxekit.media;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An install tree: which distribution it installs, what to boot for that, and what to write on the kernel command line.
 *
 * <pre>{@code
 * try (FileSystem image = IsoFileSystems.open(Path.of("rocky-9.iso"))) {
 *     InstallTree tree = InstallTree.detect(image.getPath("/")).orElseThrow();
 *     System.out.println(tree.name() + ": " + tree.kernel() + " " + tree.bootArguments(URI.create("http://10.0.0.1/rocky/")));
 * }
 * }</pre>
 *
 * <p>What is known comes from {@code .treeinfo}, {@code .discinfo}, {@code .disk/info} and {@code version.info}, and from
 * the places that distributions put their kernels in. Of such a file only the first 64 KiB are read. Paths in it that lead
 * out of the tree do not count. Immutable; the paths belong to the file system of the root.
 */
public final class InstallTree {

    private final Path root;
    private final DistributionFamily family;
    private final String name;
    private final @Nullable String version;
    private final @Nullable String architecture;
    private final Path kernel;
    private final List<Path> initrds;
    private final Installer installer;

    private InstallTree(Builder builder, Path kernel, List<Path> initrds) {
        this.root = builder.root;
        this.family = builder.family;
        this.name = builder.name;
        this.version = builder.version;
        this.architecture = builder.architecture;
        this.installer = builder.installer;
        this.kernel = kernel;
        this.initrds = List.copyOf(initrds);
    }

    /**
     * Tells what a tree is.
     *
     * @param root the root of the tree, in any file system
     * @return empty if it is no install tree that this class knows, or has no kernel
     * @throws IOException if the tree cannot be read
     */
    public static Optional<InstallTree> detect(Path root) throws IOException {
        for (TreeDetector detector : TreeDetector.ALL) {
            Optional<InstallTree> tree = detector.detect(root);
            if (tree.isPresent()) {
                return tree;
            }
        }
        return Optional.empty();
    }

    /** {@return the root of the tree} */
    public Path root() {
        return root;
    }

    /** {@return the family} */
    public DistributionFamily family() {
        return family;
    }

    /** {@return the name of the distribution as the tree spells it, such as "Rocky Linux"; else a general one} */
    public String name() {
        return name;
    }

    /** {@return the version as the tree spells it, such as "9.3"} */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** {@return the architecture in the word of the distribution, such as "x86_64" or "amd64"} */
    public Optional<String> architecture() {
        return Optional.ofNullable(architecture);
    }

    /** {@return the kernel} */
    public Path kernel() {
        return kernel;
    }

    /** {@return the initrds, to be loaded in this order; at least one} */
    public List<Path> initrds() {
        return initrds;
    }

    /**
     * {@return the kernel arguments that let the installer find this tree over the network} The rule:
     *
     * <ul>
     *   <li>Anaconda: {@code inst.repo=URL}; before Fedora 17 and version 6 and earlier of RHEL and its rebuilds,
     *       {@code method=URL}.
     *   <li>debian-installer: nothing. Its network initrd asks for a mirror, or an answer file names one; the initrd of a
     *       disc wants the disc and installs from the network only with the {@code netboot} initrd.
     *   <li>casper: {@code boot=casper ip=dhcp netboot=url url=URL}, where the URL is that of the <em>image file</em>, which
     *       the machine loads into its memory; needs casper 1.445 (Ubuntu 20.04). For an {@code nfs} URL of the tree:
     *       {@code boot=casper ip=dhcp netboot=nfs nfsroot=HOST:PATH}, which older ones know too.
     * </ul>
     *
     * @param treeUrl where the tree, with casper the image file, is served
     */
    public List<String> bootArguments(URI treeUrl) {
        return installer.bootArguments(treeUrl);
    }

    /**
     * {@return the kernel arguments that give the installer its answer file} The rule:
     *
     * <ul>
     *   <li>Anaconda: {@code inst.ks=URL}; where {@link #bootArguments} says {@code method=}, {@code ks=URL}.
     *   <li>debian-installer: {@code auto=true priority=critical url=URL}.
     *   <li>casper from Ubuntu 20.04 on: {@code autoinstall ds=nocloud-net;s=URL/}, where the URL is that of the directory
     *       with {@code user-data} and {@code meta-data} (GRUB wants the {@code ;} quoted); before that
     *       {@code automatic-ubiquity url=URL}.
     * </ul>
     *
     * @param answerFileUrl where the kickstart file, preseed file or cloud-init directory is served
     */
    public List<String> answerFileArguments(URI answerFileUrl) {
        return installer.answerFileArguments(answerFileUrl);
    }

    @Override
    public String toString() {
        return name
                + version().map(v -> " " + v).orElse("")
                + architecture().map(a -> " " + a).orElse("");
    }

    static final class Builder {
        private final Path root;
        private final DistributionFamily family;
        private final Installer installer;
        private String name;
        private @Nullable String version;
        private @Nullable String architecture;

        Builder(Path root, DistributionFamily family, Installer installer, String name) {
            this.root = root;
            this.family = family;
            this.installer = installer;
            this.name = name;
        }

        Builder name(Optional<String> value) {
            value.ifPresent(known -> this.name = known);
            return this;
        }

        Builder version(Optional<String> value) {
            value.ifPresent(known -> this.version = known);
            return this;
        }

        Builder architecture(Optional<String> value) {
            value.ifPresent(known -> this.architecture = known);
            return this;
        }

        InstallTree build(BootFiles files) {
            return new InstallTree(this, files.kernel(), files.initrds());
        }
    }
}
