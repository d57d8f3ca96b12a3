package dev.pxekit.iso;

import static dev.pxekit.iso.SystemUseBytes.component;
import static dev.pxekit.iso.SystemUseBytes.nm;
import static dev.pxekit.iso.SystemUseBytes.px;
import static dev.pxekit.iso.SystemUseBytes.sl;
import static dev.pxekit.iso.TestImage.directory;
import static dev.pxekit.iso.TestImage.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.iso.internal.IsoFileChannel;
import dev.pxekit.media.InstallTree;
import dev.pxekit.media.Overlay;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images over one another and under directories. */
class OverlaidImagesTest {

    private static final String TREEINFO = """
            [general]
            family = CentOS
            version = 6.10
            arch = x86_64
            [images-x86_64]
            kernel = images/pxeboot/vmlinuz
            initrd = images/pxeboot/initrd.img
            """;

    @TempDir
    private Path directory;

    private FileSystem image(String name, TestImage image) throws IOException {
        return IsoFileSystems.open(Files.write(directory.resolve(name), image.build()));
    }

    private static TestImage.Entry named(String name, String content) {
        return file(name.toUpperCase(java.util.Locale.ROOT), content).use(nm(name));
    }

    private FileSystem disc1() throws IOException {
        return image(
                "DVD1.iso",
                new TestImage(
                                named(".discinfo", "1\nCentOS 6.10\nx86_64\n1\n"),
                                named(".treeinfo", TREEINFO),
                                directory(
                                                "IMAGES",
                                                directory(
                                                                "PXEBOOT",
                                                                named("vmlinuz", "kernel"),
                                                                named("initrd.img", "initrd"))
                                                        .use(nm("pxeboot")))
                                        .use(nm("images")),
                                directory("PACKAGES", named("a.rpm", "a")).use(nm("Packages")),
                                directory("REPODATA", named("repomd.xml", "of both"))
                                        .use(nm("repodata")))
                        .rockRidge());
    }

    private FileSystem disc2() throws IOException {
        return image(
                "DVD2.iso",
                new TestImage(
                                named(".discinfo", "1\nCentOS 6.10\nx86_64\n2\n"),
                                directory("PACKAGES", named("b.rpm", "b")).use(nm("Packages")),
                                directory("REPODATA", named("repomd.xml", "of disc 2"))
                                        .use(nm("repodata")),
                                file("LATEST", "")
                                        .use(nm("latest"), px(0120777, 1, 0, 0), sl(0, component(0, "kernel"))),
                                file("KERNEL", "")
                                        .use(
                                                nm("kernel"),
                                                px(0120777, 1, 0, 0),
                                                sl(
                                                        0,
                                                        component(8, ""),
                                                        component(0, "images"),
                                                        component(0, "pxeboot"),
                                                        component(0, "vmlinuz"))))
                        .rockRidge());
    }

    @Test
    void makesOneTreeOfTheTwoDiscsOfCentOs6() throws IOException {
        try (FileSystem disc1 = disc1();
                FileSystem disc2 = disc2();
                FileSystem centos = Overlay.of(disc2.getPath("/"), disc1.getPath("/"))) {
            InstallTree tree = InstallTree.detect(centos.getPath("/")).orElseThrow();
            assertThat(tree.version()).contains("6.10");
            assertThat(tree.kernel()).isEqualTo(centos.getPath("/images/pxeboot/vmlinuz"));
            assertThat(Images.list(centos.getPath("/Packages"))).containsExactly("a.rpm", "b.rpm");
            assertThat(Files.readString(centos.getPath("/.discinfo"))).endsWith("\n1\n");
            assertThat(Files.readString(centos.getPath("/repodata/repomd.xml"))).isEqualTo("of both");
            assertThat(Files.readString(centos.getPath("/latest"))).isEqualTo("kernel");
            assertThatThrownBy(() -> Files.size(disc2.getPath("/latest"))).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void givesTheChannelsOfTheImage() throws IOException {
        try (FileSystem disc1 = disc1();
                FileSystem overlay = Overlay.of(disc1.getPath("/"), Files.createDirectory(directory.resolve("over")));
                FileChannel channel = FileChannel.open(overlay.getPath("/images/pxeboot/vmlinuz"));
                SeekableByteChannel bytes = Files.newByteChannel(overlay.getPath("/images/pxeboot/vmlinuz"))) {
            assertThat(channel).isInstanceOf(IsoFileChannel.class);
            assertThat(bytes).isInstanceOf(IsoFileChannel.class);
            assertThat(channel.map(MapMode.READ_ONLY, 0, 6).get(5)).isEqualTo((byte) 'l');
            overlay.close();
            assertThat(channel.isOpen()).isFalse();
            assertThat(disc1.isOpen()).isTrue();
        }
    }

    @Test
    void putsFilesOfADirectoryOverAnImage() throws IOException {
        Path over = Files.createDirectories(directory.resolve("over/images/pxeboot"));
        Files.writeString(over.resolve("vmlinuz"), "patched");
        try (FileSystem disc1 = disc1();
                FileSystem overlay = Overlay.of(disc1.getPath("/"), directory.resolve("over"))) {
            assertThat(Files.readString(overlay.getPath("/images/pxeboot/vmlinuz")))
                    .isEqualTo("patched");
            assertThat(Files.readString(overlay.getPath("/images/pxeboot/initrd.img")))
                    .isEqualTo("initrd");
            assertThat(Images.list(overlay.getPath("/images/pxeboot"))).containsExactly("vmlinuz", "initrd.img");
        }
    }

    @Test
    void overlaysPartsOfImages() throws IOException {
        try (FileSystem disc1 = disc1();
                FileSystem disc2 = disc2();
                FileSystem overlay = Overlay.of(disc1.getPath("images"), disc2.getPath("/Packages"))) {
            assertThat(Images.walk(overlay))
                    .containsExactly("/b.rpm", "/pxeboot", "/pxeboot/vmlinuz", "/pxeboot/initrd.img");
            assertThat(Files.exists(overlay.getPath("/../Packages"))).isFalse();
        }
    }

    @Test
    void findsNamesOfPlainImagesRegardlessOfCase() throws IOException {
        TestImage one = new TestImage(directory("PACKAGES", file("A.RPM;1", "a"), file("BOTH;1", "one")));
        TestImage two = new TestImage(directory("packages", file("b.rpm;1", "b"), file("both;1", "two")));
        try (FileSystem first = image("1.iso", one);
                FileSystem second = image("2.iso", two);
                FileSystem overlay = Overlay.of(first.getPath("/"), second.getPath("/"))) {
            assertThat(Images.walk(overlay))
                    .containsExactly("/packages", "/packages/b.rpm", "/packages/both", "/packages/A.RPM");
            assertThat(Files.readString(overlay.getPath("/Packages/a.rpm"))).isEqualTo("a");
            assertThat(Files.readString(overlay.getPath("/PACKAGES/BOTH"))).isEqualTo("two");
            assertThat(overlay.getPath("/Packages/a.rpm").toRealPath()).hasToString("/packages/A.RPM");
            assertThat(overlay.getPathMatcher("glob:**.rpm").matches(overlay.getPath("/packages/A.RPM")))
                    .isTrue();
        }
    }

    @Test
    void tellsDamageOfOneImageAfterTheNamesOfAll() throws IOException {
        byte[] tooShort = new byte[20];
        tooShort[0] = 20;
        TestImage damaged = new TestImage(file("A;1", "a"), TestImage.raw(tooShort));
        TestImage sound = new TestImage(file("B;1", "b"));
        try (FileSystem first = image("1.iso", sound);
                FileSystem second = image("2.iso", damaged);
                FileSystem overlay = Overlay.of(first.getPath("/"), second.getPath("/"))) {
            assertThat(Files.readString(overlay.getPath("/A"))).isEqualTo("a");
            assertThatThrownBy(() -> Images.list(overlay.getPath("/")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("directory record length: 20");
            assertThatThrownBy(() -> Files.size(overlay.getPath("/B"))).isInstanceOf(IsoFormatException.class);
        }
    }

    @Test
    void failsAsTheImageWhenThatIsClosed() throws IOException {
        FileSystem disc1 = disc1();
        try (FileSystem overlay = Overlay.of(disc1.getPath("/"))) {
            FileChannel channel = FileChannel.open(overlay.getPath("/images/pxeboot/vmlinuz"));
            disc1.close();
            assertThat(channel.isOpen()).isFalse();
            assertThatThrownBy(() -> Images.walk(overlay)).isInstanceOf(ClosedFileSystemException.class);
        }
    }

    @Test
    void hasTheAttributeViewsOfImages() throws IOException {
        try (FileSystem disc1 = disc1();
                FileSystem disc2 = disc2();
                FileSystem overlay = Overlay.of(disc1.getPath("/"), disc2.getPath("/"))) {
            Path kernel = disc1.getPath("/images/pxeboot/vmlinuz");
            assertThat(overlay.supportedFileAttributeViews())
                    .containsExactlyInAnyOrder("basic", "owner", "posix", "unix", "iso");
            for (String view : overlay.supportedFileAttributeViews()) {
                assertThat(Files.readAttributes(overlay.getPath(kernel.toString()), view + ":*"))
                        .as(view)
                        .isEqualTo(Files.readAttributes(kernel, view + ":*"));
            }
            assertThat(Files.getAttribute(overlay.getPath("/kernel"), "isSymbolicLink", LinkOption.NOFOLLOW_LINKS))
                    .isEqualTo(true);
            assertThat(Files.getFileStore(overlay.getPath("/")).type()).isEqualTo("iso9660");
        }
    }
}
