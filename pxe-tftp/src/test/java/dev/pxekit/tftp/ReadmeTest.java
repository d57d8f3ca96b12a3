package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first snippet of the README, compiled and run. */
class ReadmeTest {

    @Test
    void snippetRuns(@TempDir Path root) throws Exception {
        Files.write(root.resolve("linux"), new byte[1000]);
        byte[] script = "#!ipxe\n".getBytes(UTF_8);
        // begin of the snippet
        try (TftpServer server = TftpServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)) // the usual port is 69
                .files(TftpFiles.under(root).orElse(TftpFiles.of("boot.ipxe", script)))
                .build()) {
            InetSocketAddress address = server.start();

            TftpClient client =
                    TftpClient.builder().server(address).windowSize(16).build();
            byte[] content = client.get("boot.ipxe");
            System.out.println(content.length + " bytes, and the kernel has "
                    + client.size("linux").orElseThrow());
        }
        // end of the snippet
    }

    @Test
    void snippetIsTheOneOfTheReadme() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String inReadme = readme.substring(readme.indexOf("```java") + "```java".length());
        String test = Files.readString(Path.of("src/test/java/dev/pxekit/tftp/ReadmeTest.java"));
        String inTest = test.substring(test.indexOf("// begin of the snippet") + "// begin of the snippet".length());
        assertThat(withoutBlanks(inTest.substring(0, inTest.indexOf("// end of the snippet"))))
                .isEqualTo(withoutBlanks(inReadme.substring(0, inReadme.indexOf("```"))));
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s", "");
    }
}
