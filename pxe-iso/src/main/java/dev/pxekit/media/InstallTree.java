package dev.pxekit.media;

import dev.pxekit.media.internal.detection.DetectedTree;
import dev.pxekit.media.internal.detection.Detection;
import dev.pxekit.media.internal.detection.Installer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An install tree: which system it installs, what to boot for that, and what to write on the kernel command line.
 *
 * <pre>{@code
 * try (FileSystem image = IsoFileSystems.open(Path.of("rocky-9.iso"))) {
 *     InstallTree tree = InstallTree.detect(image.getPath("/")).orElseThrow();
 *     System.out.println(tree.name() + ": " + tree.kernel() + " " + tree.bootArguments(URI.create("http://10.0.0.1/rocky/")));
 * }
 * }</pre>
 *
 * <p>A tree is an open image, a directory, an overlay of several: any {@link Path}. What is known comes from the files in which
 * systems describe themselves, and from the places that they put their kernels in:
 *
 * <table>
 * <caption>Installers, in the order in which they are tried</caption>
 * <tr><th>Installer</th><th>Found by</th><th>Described by</th></tr>
 * <tr><td>Windows from Vista on, WinPE</td><td>{@code sources/boot.wim}, a boot manager, {@code boot/bcd}, {@code boot/boot.sdi}; or all
 *     of them in {@code x64} and {@code x86}</td>
 *     <td>the XML data of {@code sources/install.wim}, {@code .esd}, {@code .swm} or {@code boot.wim}; {@code ei.cfg},
 *     {@code idwbinfo.txt}</td></tr>
 * <tr><td>VMware ESXi from 5.0 on</td><td>{@code boot.cfg}, and all that it names</td><td>{@code boot.cfg},
 *     {@code upgrade/metadata.xml}, {@code isolinux.cfg}</td></tr>
 * <tr><td>Fedora CoreOS, RHEL CoreOS</td><td>{@code images/pxeboot/rootfs.img}</td><td>the boot menus</td></tr>
 * <tr><td>YaST (SUSE up to 15)</td><td>{@code boot/ARCH/loader/linux} or {@code boot/ARCH/linux}</td><td>{@code media.1/products},
 *     {@code content}, {@code .treeinfo}</td></tr>
 * <tr><td>live systems of dracut: Fedora's, Agama (SUSE from 16 on)</td><td>{@code LiveOS/squashfs.img} without files of an install
 *     disc</td><td>the boot menus</td></tr>
 * <tr><td>Anaconda (Fedora, RHEL and its rebuilds, openEuler, Kylin Server)</td><td>a kernel where {@code .treeinfo} says, or in
 *     {@code images/pxeboot} or {@code isolinux}</td><td>{@code .treeinfo}, {@code .discinfo}, {@code .productinfo},
 *     {@code .kyinfo}</td></tr>
 * <tr><td>casper (Ubuntu, Linux Mint)</td><td>{@code casper/vmlinuz}</td><td>{@code .disk/info},
 *     {@code casper/install-sources.yaml}</td></tr>
 * <tr><td>live-boot (Debian live)</td><td>{@code live/filesystem.squashfs}</td><td>{@code .disk/info}</td></tr>
 * <tr><td>debian-installer (Debian, Ubuntu up to 20.04)</td><td>{@code debian-installer/ARCH/linux}, also in {@code netboot}
 *     directories of discs and mirrors; {@code install.amd/vmlinuz} and its like; {@code linux} at the root of a {@code mini.iso}</td>
 *     <td>{@code .disk/info}, {@code .disk/mini-info}, {@code version.info}, the first help screen</td></tr>
 * <tr><td>Arch Linux</td><td>{@code arch/boot/ARCH/vmlinuz-linux}</td><td>{@code arch/version}</td></tr>
 * <tr><td>Alpine Linux</td><td>{@code boot/vmlinuz-FLAVOR} with a {@code modloop-FLAVOR}</td><td>{@code .alpine-release}</td></tr>
 * </table>
 *
 * <p>A disc that no kernel is on, such as the second of two with packages, is no tree by itself; nor are rescue discs and memory tests.
 *
 * <p>Names are looked up as written, then without regard to case. Of a text file only the first 64 KiB are read, of the description of a
 * Windows image at most 1 MiB, of a directory at most 16384 names; of
 * each kind at most 256 files are told. Symbolic links are followed inside of the tree; paths that lead out of
 * it do not count. Immutable; the paths belong to the file system of the root, and hold no dots and no symbolic links below it.
 */
public final class InstallTree {

    private final DetectedTree detected;

    private InstallTree(DetectedTree detected) {
        this.detected = detected;
    }

    /**
     * Tells what a tree is.
     *
     * @param root the root of the tree, in any file system
     * @return empty if it is no install tree that this class knows, or lacks a file that it boots with
     * @throws IOException if the tree cannot be read
     */
    public static Optional<InstallTree> detect(Path root) throws IOException {
        return Detection.detect(root).map(InstallTree::new);
    }

    /** {@return the root of the tree} */
    public Path root() {
        return detected.root();
    }

    /** {@return the family} */
    public DistributionFamily family() {
        return detected.family();
    }

    /** {@return the name of the system as the tree spells it, such as "Rocky Linux"; else a general one} */
    public String name() {
        return detected.name();
    }

    /** {@return the version as the tree spells it, such as "9.3"} */
    public Optional<String> version() {
        return detected.version();
    }

    /**
     * {@return which of several forms of the system it is, as the tree spells it, such as "Server" (Fedora), "NETINST" (Debian),
     * "ubuntu-server" or "Professional" (Windows)}
     */
    public Optional<String> variant() {
        return detected.variant();
    }

    /** {@return the architectures in the words of the system, such as "x86_64" or "amd64", the first boot files' first} */
    public List<String> architectures() {
        return detected.architectures();
    }

    /** {@return the first of the {@link #architectures()}} */
    public Optional<String> architecture() {
        return architectures().stream().findFirst();
    }

    /** {@return how a boot loader starts the installer} */
    public BootProtocol protocol() {
        return detected.protocol();
    }

    /**
     * {@return everything that a machine may load to start the installer: first what suits most, then other kernels and architectures,
     * such as Ubuntu's hardware enablement kernel ("hwe"), the kernel of a disc with files for network boot besides ("disc"), or both
     * halves of a disc for two architectures; at least one}
     */
    public List<BootFiles> bootFiles() {
        return detected.bootFiles();
    }

    /**
     * {@return the kernel of the first boot files: Linux's; with {@link BootProtocol#ESXI} the file that {@code boot.cfg} calls so; with
     * {@link BootProtocol#WINDOWS} the boot manager, which is what is started there}
     */
    public Path kernel() {
        return bootFiles().get(0).kernel();
    }

    /** {@return the initrds of the first boot files, to be loaded in this order; empty where the protocol is not Linux's} */
    public List<Path> initrds() {
        return protocol() == BootProtocol.LINUX ? bootFiles().get(0).modules() : List.of();
    }

    /**
     * {@return the directories that hold packages with their metadata, such as {@code BaseOS} and {@code AppStream}; a root with
     * {@code dists} of Debian; {@code apks} of Alpine}
     */
    public List<Path> packageRepositories() {
        return detected.packageRepositories();
    }

    /** {@return what BIOS boots from the disc or over the network, such as {@code isolinux/isolinux.bin} or {@code mboot.c32}} */
    public List<Path> biosLoaders() {
        return detected.biosLoaders();
    }

    /** {@return what UEFI boots: programs such as {@code EFI/BOOT/BOOTX64.EFI}, and images of EFI system partitions} */
    public List<Path> uefiLoaders() {
        return detected.uefiLoaders();
    }

    /** {@return kickstart, preseed, autoinstall, AutoYaST, Ignition and Windows answer files in the usual places} */
    public List<Path> answerFiles() {
        return detected.answerFiles();
    }

    /** {@return the menus of the boot loaders: {@code isolinux.cfg}, {@code grub.cfg} and what they include, {@code boot.cfg} …} */
    public List<Path> bootMenus() {
        return detected.bootMenus();
    }

    /**
     * {@return whether the installer loads the whole image over the network, so that {@link #bootArguments} takes the URL of the image
     * file for HTTP; else it takes that of the tree}
     */
    public boolean loadsWholeImage() {
        return detected.installer().source() == Installer.Source.IMAGE;
    }

    /** {@return whether the installer finds its tree over NFS alone, so that {@link #bootArguments} takes an {@code nfs} URL of it} */
    public boolean needsNfs() {
        return detected.installer().source() == Installer.Source.TREE_OVER_NFS;
    }

    /**
     * {@return the kernel arguments that let the installer find this tree over the network} The rule:
     *
     * <ul>
     *   <li>Anaconda: {@code inst.repo=URL}; before Fedora 17 and version 6 and earlier of RHEL and its rebuilds,
     *       {@code method=URL}. An {@code nfs} URL becomes {@code nfs:HOST:PATH} (Anaconda Boot Options).
     *   <li>Live systems of dracut: {@code root=live:URL/LiveOS/squashfs.img rd.live.image ip=dhcp} (dracut.cmdline(7)).
     *   <li>CoreOS: {@code coreos.live.rootfs_url=URL/images/pxeboot/rootfs.img ignition.firstboot ignition.platform.id=metal} (Fedora
     *       CoreOS, "Live ISO and PXE image reference").
     *   <li>debian-installer: nothing. Its network initrd asks for a mirror, or an answer file names one; the initrd of a
     *       disc wants the disc and installs from the network only with the {@code netboot} initrd. Ubuntu's server discs that have that
     *       and {@code install/filesystem.squashfs} are a mirror themselves over HTTP:
     *       {@code mirror/country=manual mirror/http/hostname=HOST mirror/http/directory=PATH mirror/http/proxy=
     *       live-installer/net-image=URL/install/filesystem.squashfs}. These are for the first boot files, which are those of the
     *       {@code netboot} directory; the disc's own still want the disc.
     *   <li>live-boot: {@code boot=live components fetch=URL/live/filesystem.squashfs}, where the host must be an address; for an
     *       {@code nfs} URL {@code netboot=nfs nfsroot=HOST:PATH} (live-boot(7)).
     *   <li>casper: {@code boot=casper ip=dhcp netboot=url url=URL}, where the URL is that of the <em>image file</em>, which
     *       the machine loads into its memory, and must end with {@code .iso}; with subiquity {@code cloud-config-url=/dev/null} besides,
     *       without which cloud-init loads the image once more. For an {@code nfs} URL of the tree:
     *       {@code boot=casper ip=dhcp netboot=nfs nfsroot=HOST:PATH}, where the host must be an address (casper(7)). Before Ubuntu
     *       20.04 and Linux Mint 20 there is NFS alone ({@link #needsNfs()}), for desktops and for live servers.
     *   <li>YaST: {@code install=URL} (linuxrc).
     *   <li>Arch: {@code archisobasedir=arch archiso_http_srv=URL/ ip=dhcp}, for NFS {@code archiso_nfs_srv=HOST:PATH}
     *       (mkinitcpio-archiso, README.bootparams).
     *   <li>Alpine: {@code ip=dhcp modules=loop,squashfs modloop=URL/boot/modloop-FLAVOR alpine_repo=URL/apks} for the first boot files'
     *       flavor (Alpine wiki, "PXE boot").
     *   <li>ESXi: the {@code kernelopt} of {@code boot.cfg} without {@code cdromBoot} and {@code ks=cdrom:}. Its loader finds the
     *       modules by the {@code prefix=} of a {@code boot.cfg} that is written for it, not by an argument (VMware, "Network Booting the ESXi
     *       Installer").
     *   <li>Windows: nothing. Setup starts from {@code boot.wim}; who runs it there says where {@code install.wim} is.
     * </ul>
     *
     * @param treeUrl where the tree, where {@link #loadsWholeImage()} the image file, is served
     * @throws IllegalArgumentException if it is no {@code nfs} URL where {@link #needsNfs()}
     */
    public List<String> bootArguments(URI treeUrl) {
        if (needsNfs() && !Installer.isNfs(treeUrl)) {
            throw new IllegalArgumentException("treeUrl: " + treeUrl + " (expected: an nfs URL)");
        }
        return detected.installer().bootArguments().apply(treeUrl);
    }

    /**
     * {@return the kernel arguments that give the installer its answer file} The rule:
     *
     * <ul>
     *   <li>Anaconda: {@code inst.ks=URL}; where {@link #bootArguments} says {@code method=}, {@code ks=URL}; an {@code nfs} URL as
     *       there.
     *   <li>CoreOS: {@code ignition.config.url=URL}, which configures the live system. To let that install without questions,
     *       {@code coreos.inst.install_dev=} and {@code coreos.inst.ignition_url=} take its place.
     *   <li>debian-installer: {@code auto=true priority=critical url=URL}. Ubuntu's up to 18.04 reads kickstart files as well
     *       (kickseed): {@code ks=URL} for a file whose name ends with {@code .ks} or is that of {@code ks.cfg}, {@code ks-web.cfg} and
     *       the like.
     *   <li>casper with subiquity (servers, and desktops with {@code casper/install-sources.yaml}, from 23.04 on):
     *       {@code autoinstall ds=nocloud-net;s=URL/}, where the URL is that of the directory
     *       with {@code user-data} and {@code meta-data} (GRUB wants the {@code ;} quoted); before 20.04 nothing, since it reads no
     *       answers. With ubiquity (other desktops) {@code automatic-ubiquity url=URL}, which casper tells from the URL of an image by
     *       its end: it must not be {@code .iso}.
     *   <li>YaST: {@code autoyast=URL}; Agama: {@code inst.auto=URL}.
     *   <li>Arch: {@code script=URL}, a script that the live system runs.
     *   <li>Alpine: {@code apkovl=URL}, an overlay that the live system unpacks.
     *   <li>ESXi: {@code ks=URL}.
     *   <li>Windows and the live systems of Fedora and Debian: nothing. Windows' setup looks for {@code autounattend.xml} by itself; they
     *       read none.
     * </ul>
     *
     * @param answerFileUrl where the kickstart file, preseed file or cloud-init directory is served
     */
    public List<String> answerFileArguments(URI answerFileUrl) {
        return detected.installer().answerFileArguments().apply(answerFileUrl);
    }

    @Override
    public String toString() {
        return name()
                + version().map(v -> " " + v).orElse("")
                + architecture().map(a -> " " + a).orElse("");
    }
}
