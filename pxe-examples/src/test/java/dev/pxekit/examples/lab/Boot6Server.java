package dev.pxekit.examples.lab;

import com.sun.net.httpserver.HttpServer;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.server.BootDecision;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.Dhcp6Server;
import dev.pxekit.dhcp.server.Dhcp6ServerListener;
import dev.pxekit.dhcp.server.Subnet6;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.tftp.TftpFiles;
import dev.pxekit.tftp.TftpServer;
import dev.pxekit.tftp.TransferListener;
import dev.pxekit.tftp.TransferResult;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A boot server that speaks IPv6 only, on fd77::1: a DHCPv6 server, and the files of one directory by TFTP and HTTP. UEFI gets
 * {@code snponly.efi}, by whichever of the two it asks for, and iPXE {@code boot.ipxe}.
 *
 * <p>Arguments: directory, interface.
 */
final class Boot6Server {

    private Boot6Server() {}

    public static void main(String... args) throws Exception {
        Path directory = Path.of(args[0]);
        InetAddress address = InetAddress.getByName("fd77::1");
        HttpServer http = HttpServer.create(new InetSocketAddress(address, 8080), 0);
        http.createContext("/", exchange -> {
            Path file = directory.resolve(exchange.getRequestURI().getPath().substring(1));
            System.out.println("http " + exchange.getRequestMethod() + " " + file.getFileName());
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Length", Long.toString(Files.size(file)));
            exchange.sendResponseHeaders(200, head ? -1 : Files.size(file));
            try (OutputStream body = exchange.getResponseBody()) {
                if (!head) {
                    Files.copy(file, body);
                }
            }
        });
        http.start();
        try (TftpServer tftp = TftpServer.builder()
                        .bind(new InetSocketAddress(address, 69))
                        .files(TftpFiles.under(directory))
                        .listener(new Transfers())
                        .build();
                Dhcp6Server dhcp = Dhcp6Server.builder()
                        .networkInterface(args[1])
                        .subnet(Subnet6.builder("fd77::/64")
                                .pool("fd77::100", "fd77::1ff")
                                .build())
                        .preference(255)
                        .policy(BootPolicy.ipxe(URI.create("tftp://[fd77::1]/boot.ipxe"))
                                .orElse(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi")))
                                .orElse(BootPolicy.httpBoot(Map.of(
                                        ClientArchitecture.X64_UEFI_HTTP,
                                        URI.create("http://[fd77::1]:8080/snponly.efi")))))
                        .listener(new Decisions())
                        .build()) {
            tftp.start();
            System.out.println("ready " + dhcp.start());
            Thread.currentThread().join();
        } catch (IOException e) {
            http.stop(0);
            throw e;
        }
    }

    private static final class Transfers implements TransferListener {

        @Override
        public void ended(TransferResult result) {
            System.out.println("tftp " + result);
        }
    }

    private static final class Decisions implements Dhcp6ServerListener {

        @Override
        public void bootDecided(BootClient client, BootDecision decision) {
            System.out.println("boot " + decision + " for " + client);
        }

        @Override
        public void advertised(Dhcp6Message request, Dhcp6Message advertise) {
            System.out.println(request + " -> " + advertise.toJson());
        }

        @Override
        public void replied(Dhcp6Message request, Dhcp6Message reply) {
            System.out.println(request + " -> " + reply.toJson());
        }

        @Override
        public void ignored(Dhcp6Message request, String reason) {
            System.out.println(request + " ignored: " + reason);
        }
    }
}
