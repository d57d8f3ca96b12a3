package dev.pxekit.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One tree in memory for each rule. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InstallTreeTest {

    private static final URI TREE = URI.create("http://10.0.0.1/tree/");
    private static final URI ANSWERS = URI.create("http://10.0.0.1/answers");

    private final Path root =
            Jimfs.newFileSystem(Configuration.unix()).getPath("/").resolve("tree");

    private InstallTreeTest has(String file, String... lines) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, String.join("\n", lines));
        return this;
    }

    private InstallTree detect() throws IOException {
        return InstallTree.detect(root).orElseThrow();
    }

    private InstallTreeTest hasAnacondaKernel() throws IOException {
        return has("images/pxeboot/vmlinuz").has("images/pxeboot/initrd.img");
    }

    @Test
    void isEmptyForOtherTrees() throws IOException {
        has("README.txt", "hello");
        assertThat(InstallTree.detect(root)).isEmpty();
        assertThat(InstallTree.detect(root.resolve("missing"))).isEmpty();
    }

    @Test
    void refusesBootFilesThatLinksLeadOutOfTheTree() throws IOException {
        Path outside = Files.writeString(root.resolveSibling("secret"), "secret");
        has("images/pxeboot/initrd.img");
        Path kernel = root.resolve("images/pxeboot/vmlinuz");
        Files.createSymbolicLink(kernel, outside);
        assertThat(InstallTree.detect(root)).isEmpty();
        Files.delete(kernel);
        has("images/real");
        Files.createSymbolicLink(kernel, kernel.getFileSystem().getPath("../real"));
        assertThat(detect().kernel()).isEqualTo(root.resolve("images/real"));
    }

    @Test
    void readsTitlesOfEndlessBlanksInBoundedTime() throws IOException {
        String title = "a" + " ".repeat(65_000) + "b";
        hasAnacondaKernel().has(".discinfo", "1", title, "x86_64");
        assertThat(InstallTree.detect(root)).isPresent();
        Path other = root.resolve("other");
        has("other/casper/vmlinuz").has("other/casper/initrd").has("other/.disk/info", title);
        assertThat(InstallTree.detect(other)).isPresent();
    }

    @Test
    void readsTreeinfoOfToday() throws IOException {
        hasAnacondaKernel()
                .has(
                        ".treeinfo",
                        "[general]",
                        "; WARNING.0 = This section provides compatibility with pre-productmd treeinfos.",
                        "arch = x86_64",
                        "family = Rocky Linux",
                        "name = Rocky Linux 9.3",
                        "version = 9.3",
                        "[release]",
                        "name = Rocky Linux",
                        "version = 9.3",
                        "[tree]",
                        "arch = x86_64",
                        "[images-x86_64]",
                        "initrd = images/pxeboot/initrd.img",
                        "kernel = images/pxeboot/vmlinuz");
        InstallTree tree = detect();
        assertThat(tree.family()).isEqualTo(DistributionFamily.RED_HAT);
        assertThat(tree.name()).isEqualTo("Rocky Linux");
        assertThat(tree.version()).contains("9.3");
        assertThat(tree.architecture()).contains("x86_64");
        assertThat(tree.kernel()).isEqualTo(root.resolve("images/pxeboot/vmlinuz"));
        assertThat(tree.initrds()).containsExactly(root.resolve("images/pxeboot/initrd.img"));
        assertThat(tree.bootArguments(TREE)).containsExactly("inst.repo=http://10.0.0.1/tree/");
        assertThat(tree.answerFileArguments(ANSWERS)).containsExactly("inst.ks=http://10.0.0.1/answers");
        assertThat(tree).hasToString("Rocky Linux 9.3 x86_64");
        assertThat(tree.root()).isEqualTo(root);
    }

    @Test
    void givesOldArgumentsToOldAnaconda() throws IOException {
        hasAnacondaKernel().has(".treeinfo", "[general]", "family = CentOS", "version = 6.10", "arch = i386");
        assertThat(detect().bootArguments(TREE)).containsExactly("method=http://10.0.0.1/tree/");
        assertThat(detect().answerFileArguments(ANSWERS)).containsExactly("ks=http://10.0.0.1/answers");
        has(".treeinfo", "[general]", "family = Fedora", "version = 16");
        assertThat(detect().bootArguments(TREE)).containsExactly("method=http://10.0.0.1/tree/");
    }

    @Test
    void givesNewArgumentsFromRhel7AndFedora17On() throws IOException {
        hasAnacondaKernel().has(".treeinfo", "[general]", "family = CentOS", "version = 7");
        assertThat(detect().bootArguments(TREE)).containsExactly("inst.repo=http://10.0.0.1/tree/");
        has(".treeinfo", "[general]", "family = Fedora", "version = 17");
        assertThat(detect().bootArguments(TREE)).containsExactly("inst.repo=http://10.0.0.1/tree/");
        has(".treeinfo", "[general]", "family = openEuler", "version = 22.03-LTS");
        assertThat(detect().bootArguments(TREE)).containsExactly("inst.repo=http://10.0.0.1/tree/");
    }

    @Test
    void writesNfsUrlsAsAnacondaReadsThem() throws IOException {
        URI tree = URI.create("nfs://10.0.0.1/srv/tree");
        URI answers = URI.create("nfs:10.0.0.1:/srv/ks.cfg");
        hasAnacondaKernel().has(".treeinfo", "[general]", "family = CentOS", "version = 7");
        assertThat(detect().bootArguments(tree)).containsExactly("inst.repo=nfs:10.0.0.1:/srv/tree");
        assertThat(detect().answerFileArguments(answers)).containsExactly("inst.ks=nfs:10.0.0.1:/srv/ks.cfg");
        has(".treeinfo", "[general]", "family = CentOS", "version = 6.10");
        assertThat(detect().bootArguments(tree)).containsExactly("method=nfs:10.0.0.1:/srv/tree");
        assertThat(detect().answerFileArguments(answers)).containsExactly("ks=nfs:10.0.0.1:/srv/ks.cfg");
    }

    @Test
    void readsDiscinfoWhereThereIsNoTreeinfo() throws IOException {
        has("isolinux/vmlinuz")
                .has("isolinux/initrd.img")
                .has(".discinfo", "1400.5", "CentOS 6.5 Final", "x86_64", "1");
        InstallTree tree = detect();
        assertThat(tree.name()).isEqualTo("CentOS");
        assertThat(tree.version()).contains("6.5 Final");
        assertThat(tree.architecture()).contains("x86_64");
        assertThat(tree.kernel()).isEqualTo(root.resolve("isolinux/vmlinuz"));
        assertThat(tree.bootArguments(TREE)).containsExactly("method=http://10.0.0.1/tree/");
    }

    @Test
    void readsDiscinfoWithVersionAlone() throws IOException {
        hasAnacondaKernel().has(".discinfo", "1700000000.0", "22.03LTS", "aarch64", "ALL");
        InstallTree tree = detect();
        assertThat(tree.name()).isEqualTo("a distribution with Anaconda");
        assertThat(tree.version()).contains("22.03LTS");
        assertThat(tree.architecture()).contains("aarch64");
    }

    @Test
    void knowsAnacondaByItsKernelAlone() throws IOException {
        InstallTree tree = hasAnacondaKernel().detect();
        assertThat(tree.family()).isEqualTo(DistributionFamily.RED_HAT);
        assertThat(tree.version()).isEmpty();
        assertThat(tree.architecture()).isEmpty();
    }

    @Test
    void ignoresPathsThatLeadOutOfTheTree() throws IOException {
        Files.createDirectories(root);
        Files.writeString(root.resolveSibling("secret"), "x");
        has(".treeinfo", "[general]", "arch = x86_64", "[images-x86_64]", "kernel = ../secret", "initrd = /secret");
        assertThat(InstallTree.detect(root)).isEmpty();
        hasAnacondaKernel();
        assertThat(detect().kernel()).isEqualTo(root.resolve("images/pxeboot/vmlinuz"));
    }

    @Test
    void readsNoMoreThanTheStartOfAHugeTreeinfo() throws IOException {
        hasAnacondaKernel().has(".treeinfo", "[general]", "family = Fedora", "#".repeat(1 << 16), "version = 39");
        assertThat(detect().name()).isEqualTo("Fedora");
        assertThat(detect().version()).isEmpty();
    }

    @Test
    void readsDebianDiscs() throws IOException {
        InstallTree tree = has("install.amd/vmlinuz")
                .has("install.amd/initrd.gz")
                .has(
                        ".disk/info",
                        "Debian GNU/Linux 12.5.0 \"Bookworm\" - Official amd64 DVD Binary-1 with firmware 20240210-11:28")
                .detect();
        assertThat(tree.family()).isEqualTo(DistributionFamily.DEBIAN);
        assertThat(tree.name()).isEqualTo("Debian GNU/Linux");
        assertThat(tree.version()).contains("12.5.0");
        assertThat(tree.architecture()).contains("amd64");
        assertThat(tree.kernel()).isEqualTo(root.resolve("install.amd/vmlinuz"));
        assertThat(tree.initrds()).containsExactly(root.resolve("install.amd/initrd.gz"));
        assertThat(tree.bootArguments(TREE)).isEmpty();
        assertThat(tree.answerFileArguments(ANSWERS))
                .containsExactly("auto=true", "priority=critical", "url=http://10.0.0.1/answers");
    }

    @Test
    void readsDebianNetboot() throws IOException {
        InstallTree tree = has("debian-installer/amd64/linux")
                .has("debian-installer/amd64/initrd.gz")
                .has("version.info", "Debian version:  12 (bookworm)", "Installer build: 20230607+deb12u5")
                .detect();
        assertThat(tree.family()).isEqualTo(DistributionFamily.DEBIAN);
        assertThat(tree.version()).contains("12");
        assertThat(tree.architecture()).contains("amd64");
        assertThat(tree.kernel()).isEqualTo(root.resolve("debian-installer/amd64/linux"));
        assertThat(tree.bootArguments(TREE)).isEmpty();
    }

    @Test
    void prefersNetbootOfOldUbuntuDiscs() throws IOException {
        InstallTree tree = has("install/vmlinuz")
                .has("install/initrd.gz")
                .has("install/netboot/ubuntu-installer/amd64/linux")
                .has("install/netboot/ubuntu-installer/amd64/initrd.gz")
                .has(".disk/info", "Ubuntu-Server 18.04.6 LTS \"Bionic Beaver\" - Release amd64 (20210915)")
                .detect();
        assertThat(tree.family()).isEqualTo(DistributionFamily.UBUNTU);
        assertThat(tree.name()).isEqualTo("Ubuntu-Server");
        assertThat(tree.version()).contains("18.04.6");
        assertThat(tree.kernel()).isEqualTo(root.resolve("install/netboot/ubuntu-installer/amd64/linux"));
        assertThat(tree.answerFileArguments(ANSWERS)).contains("url=http://10.0.0.1/answers");
    }

    @Test
    void readsUbuntuLiveServer() throws IOException {
        InstallTree tree = has("casper/vmlinuz")
                .has("casper/initrd")
                .has(".disk/info", "Ubuntu-Server 20.04.6 LTS \"Focal Fossa\" - Release amd64 (20230314)")
                .detect();
        assertThat(tree.family()).isEqualTo(DistributionFamily.UBUNTU);
        assertThat(tree.version()).contains("20.04.6");
        assertThat(tree.architecture()).contains("amd64");
        assertThat(tree.kernel()).isEqualTo(root.resolve("casper/vmlinuz"));
        assertThat(tree.initrds()).containsExactly(root.resolve("casper/initrd"));
        assertThat(tree.bootArguments(URI.create("http://10.0.0.1/ubuntu.iso")))
                .containsExactly(
                        "boot=casper",
                        "ip=dhcp",
                        "netboot=url",
                        "url=http://10.0.0.1/ubuntu.iso",
                        "cloud-config-url=/dev/null");
        assertThat(tree.bootArguments(URI.create("nfs://10.0.0.1/srv/ubuntu")))
                .containsExactly("boot=casper", "ip=dhcp", "netboot=nfs", "nfsroot=10.0.0.1:/srv/ubuntu");
        assertThat(tree.answerFileArguments(ANSWERS))
                .containsExactly("autoinstall", "ds=nocloud-net;s=http://10.0.0.1/answers/");
    }

    @Test
    void readsOldUbuntuDesktop() throws IOException {
        InstallTree tree = has("casper/vmlinuz.efi")
                .has("casper/initrd.lz")
                .has(".disk/info", "Ubuntu 14.04.6 LTS \"Trusty Tahr\" - Release i386 (20190304.1)")
                .detect();
        assertThat(tree.kernel()).isEqualTo(root.resolve("casper/vmlinuz.efi"));
        assertThat(tree.answerFileArguments(ANSWERS))
                .containsExactly("automatic-ubiquity", "url=http://10.0.0.1/answers");
    }

    @Test
    void linksInCirclesDoNotCount() throws IOException {
        hasAnacondaKernel();
        Files.createSymbolicLink(root.resolve("boot"), root.getFileSystem().getPath("boot"));
        Files.createSymbolicLink(root.resolve("ks.cfg"), root.getFileSystem().getPath("nowhere"));
        assertThat(detect().answerFiles()).isEmpty();
    }

    @Test
    void linksOutOfTheTreeAreNoAnswerFilesAndNoMenus() throws IOException {
        hasAnacondaKernel();
        Path outside = Files.createDirectory(root.resolveSibling("outside"));
        Files.writeString(outside.resolve("isolinux.cfg"), "secret");
        Files.createSymbolicLink(root.resolve("isolinux"), outside);
        Files.createSymbolicLink(root.resolve("ks.cfg"), outside.resolve("isolinux.cfg"));
        assertThat(detect().bootMenus()).isEmpty();
        assertThat(detect().answerFiles()).isEmpty();
    }

    @Test
    void tellsNoMoreThanTheFirstFilesOfAHugeDirectory() throws IOException {
        hasAnacondaKernel();
        for (int i = 0; i < 20_000; i++) {
            has("isolinux/" + i + ".cfg");
        }
        assertThat(detect().bootMenus()).hasSize(256);
    }

    @Test
    void readsOneLineOf64KiBInBoundedTime() throws IOException {
        String line = "menuentry '" + "Start \"'^<IMAGE --- ".repeat(3_000);
        hasAnacondaKernel().has("EFI/BOOT/grub.cfg", line).has("isolinux/isolinux.cfg", line);
        for (String file :
                new String[] {".treeinfo", ".discinfo", ".productinfo", ".kyinfo", ".disk/info", "boot.cfg"}) {
            has(file, line, "modules=" + line, "kernel=" + line, "[" + line + "]");
        }
        assertThat(InstallTree.detect(root)).isPresent();
    }
}
