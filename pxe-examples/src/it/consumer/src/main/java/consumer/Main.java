package consumer;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.ipxe.IpxeScript;
import dev.pxekit.iso.IsoFileSystems;
import dev.pxekit.iso.IsoFormatException;
import dev.pxekit.kickstart.Kickstart;
import dev.pxekit.kickstart.SyntaxVersion;
import dev.pxekit.tftp.TftpClient;
import dev.pxekit.tftp.TftpFiles;
import dev.pxekit.tftp.TftpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Calls into every module; leaves a file that says so. */
public final class Main {

    private Main() {}

    public static void main(String... args) throws Exception {
        Path result = Path.of(args[0]);
        String script = IpxeScript.builder()
                .kernel(URI.create("http://10.77.0.1/vmlinuz"), "quiet")
                .boot()
                .build()
                .toString();
        String kickstart = Kickstart.builder(SyntaxVersion.of("RHEL9")).lang("en_US.UTF-8").build().toString();
        byte[] fetched;
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (TftpServer server = TftpServer.builder()
                .bind(loopback)
                .files(TftpFiles.of("boot.ipxe", script.getBytes(StandardCharsets.UTF_8)))
                .build()) {
            fetched = TftpClient.builder().server(server.start()).build().get("boot.ipxe");
        }
        require(new String(fetched, StandardCharsets.UTF_8).equals(script), "TFTP");
        require(kickstart.contains("lang en_US.UTF-8"), "kickstart");
        try {
            DhcpCodec.decode(new byte[3]);
            throw new IllegalStateException("three octets are no packet");
        } catch (DhcpFormatException expected) {
            // as it should be
        }
        Path noImage = Files.writeString(result.resolveSibling("no.iso"), "no image");
        try {
            IsoFileSystems.open(noImage);
            throw new IllegalStateException("eight characters are no image");
        } catch (IsoFormatException expected) {
            // as it should be
        }
        boolean modules = Main.class.getModule().isNamed();
        Files.writeString(result, modules ? "module path" : "class path");
    }

    private static void require(boolean met, String what) {
        if (!met) {
            throw new IllegalStateException(what);
        }
    }
}
