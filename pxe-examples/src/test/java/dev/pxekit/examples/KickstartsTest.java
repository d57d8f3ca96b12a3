package dev.pxekit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.pxekit.media.InstallTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KickstartsTest {

    @ParameterizedTest
    @CsvSource({
        "CentOS, 6.10, RHEL6",
        "CentOS, 7, RHEL7",
        "Rocky Linux, 9.3, RHEL9",
        "Fedora, 39, F39",
        "Fedora, 6, FC6",
        "Fedora, 4711, F45",
        "openEuler, 22.03-LTS, RHEL9",
        "openEuler, 20.03-LTS, RHEL8",
        "Kylin Linux Advanced Server, V10, RHEL8"
    })
    void theSyntaxFollowsTheTree(String name, String version, String syntax) throws IOException {
        assertThat(Kickstarts.syntaxOf(tree(name, version)).name()).isEqualTo(syntax);
    }

    @Test
    void theDefaultNamesTheTreeAndLeavesDisksAlone() throws IOException {
        String text = Kickstarts.interactive(tree("CentOS", "7"), URI.create("http://10.77.0.1:8080/images/c7/"))
                .toString();
        assertThat(text).contains("url --url").contains("http://10.77.0.1:8080/images/c7/");
        assertThat(text.lines().map(line -> line.split(" ", 2)[0]))
                .doesNotContain("clearpart", "zerombr", "autopart", "part", "reboot", "rootpw");
        assertThat(Kickstarts.accept(text)).contains("RHEL7");
    }

    @Test
    void refusesAKickstartWithErrorsAndSaysWhere() {
        assertThatThrownBy(() -> Kickstarts.accept("#version=RHEL9\n%packages\nvim\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("RHEL9")
                .hasMessageContaining("%packages");
    }

    private static InstallTree tree(String name, String version) throws IOException {
        FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
        Path pxeboot = Files.createDirectories(memory.getPath("/tree/images/pxeboot"));
        Files.writeString(pxeboot.resolve("vmlinuz"), "kernel");
        Files.writeString(pxeboot.resolve("initrd.img"), "initrd");
        Files.writeString(
                memory.getPath("/tree/.treeinfo"),
                "[general]\nfamily = " + name + "\nversion = " + version + "\narch = x86_64\n[images-x86_64]\n"
                        + "kernel = images/pxeboot/vmlinuz\ninitrd = images/pxeboot/initrd.img\n");
        return InstallTree.detect(memory.getPath("/tree")).orElseThrow();
    }
}
