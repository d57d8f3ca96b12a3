package dev.pxekit.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFileServerTest {

    private final FileSystem memory = Jimfs.newFileSystem(Configuration.unix());
    private final HttpClient client = HttpClient.newHttpClient();
    private final LinkedBlockingQueue<HttpFileServer.Exchange> exchanges = new LinkedBlockingQueue<>();
    private HttpFileServer server;
    private InetSocketAddress address;

    @BeforeEach
    void serveAnInMemoryTree() throws IOException {
        Path root = Files.createDirectories(memory.getPath("/image/images/pxeboot"));
        Files.writeString(root.resolve("vmlinuz"), "0123456789");
        Files.writeString(root.resolve("a b+c~^.rpm"), "odd name");
        Files.write(root.resolve("empty"), new byte[0]);
        Files.writeString(memory.getPath("/secret"), "not for anybody");
        Files.createSymbolicLink(memory.getPath("/image/out"), memory.getPath("/secret"));
        Files.createSymbolicLink(memory.getPath("/image/kernel"), memory.getPath("images/pxeboot/vmlinuz"));
        server = HttpFileServer.builder()
                .tree("/tree", memory.getPath("/image"))
                .file("/isos/one.iso", memory.getPath("/image/images/pxeboot/vmlinuz"))
                .text("/boot.ipxe", here -> "#!ipxe\necho " + here + "\n")
                .observer(exchanges::add)
                .build();
        address = server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        memory.close();
    }

    @Test
    void servesAFileWithItsLength() throws Exception {
        HttpResponse<String> response = get("/tree/images/pxeboot/vmlinuz");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("0123456789");
        assertThat(response.headers().firstValue("Content-Length")).contains("10");
        assertThat(response.headers().firstValue("Accept-Ranges")).contains("bytes");
    }

    @Test
    void servesOneFileAndNothingBesideIt() throws Exception {
        assertThat(get("/isos/one.iso").body()).isEqualTo("0123456789");
        assertThat(send(request("/isos/one.iso").header("Range", "bytes=8-").build())
                        .body())
                .isEqualTo("89");
        assertThat(get("/isos/one.iso/empty").statusCode()).isEqualTo(404);
        assertThat(get("/isos/empty").statusCode()).isEqualTo(404);
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        HttpResponse<String> response = send(request("/tree/images/pxeboot/vmlinuz")
                .method("HEAD", BodyPublishers.noBody())
                .build());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("10");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void servesRanges() throws Exception {
        HttpResponse<String> middle = send(request("/tree/images/pxeboot/vmlinuz")
                .header("Range", "bytes=2-4")
                .build());
        assertThat(middle.statusCode()).isEqualTo(206);
        assertThat(middle.body()).isEqualTo("234");
        assertThat(middle.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
        HttpResponse<String> beyond = send(request("/tree/images/pxeboot/vmlinuz")
                .header("Range", "bytes=10-")
                .build());
        assertThat(beyond.statusCode()).isEqualTo(416);
    }

    @Test
    void answersNotModifiedForAMatchingTag() throws Exception {
        String tag =
                get("/tree/images/pxeboot/vmlinuz").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = send(request("/tree/images/pxeboot/vmlinuz")
                .header("If-None-Match", tag)
                .build());
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void servesEmptyFilesAndOddNames() throws Exception {
        assertThat(get("/tree/images/pxeboot/empty").statusCode()).isEqualTo(200);
        assertThat(get("/tree/images/pxeboot/empty").headers().firstValue("Content-Length"))
                .contains("0");
        assertThat(get("/tree/images/pxeboot/a%20b+c~%5E.rpm").body()).isEqualTo("odd name");
    }

    @Test
    void listsADirectoryWithLinksThatWork() throws Exception {
        HttpResponse<String> listing = get("/tree/images/pxeboot/");
        assertThat(listing.statusCode()).isEqualTo(200);
        assertThat(listing.body()).contains("vmlinuz").contains("a%20b+c~%5E.rpm");
    }

    @Test
    void followsLinksInsideTheTreeOnly() throws Exception {
        assertThat(get("/tree/kernel").body()).isEqualTo("0123456789");
        assertThat(get("/tree/out").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tree/../secret",
                "/tree/%2e%2e/secret",
                "/tree/images/../../secret",
                "/tree/..%2fsecret",
                "/tree/%2e%2e%2fsecret",
                "/tree//secret",
                "/tree/..;/secret",
                "/tree/\\..\\secret",
                "/tree/%00",
                "/secret"
            })
    void nothingOutsideTheTreeIsReachable(String path) throws Exception {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("not for anybody");
    }

    @Test
    void rendersATextThatKnowsWhereItIsServed() throws Exception {
        HttpResponse<String> script = get("/boot.ipxe");
        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.body()).isEqualTo("#!ipxe\necho http://127.0.0.1:" + address.getPort() + "/\n");
        HttpResponse<String> post =
                send(request("/boot.ipxe").POST(BodyPublishers.ofString("x")).build());
        assertThat(post.statusCode()).isEqualTo(405);
    }

    @Test
    void tellsTheObserverWhatWasAnswered() throws Exception {
        get("/tree/images/pxeboot/vmlinuz");
        HttpFileServer.Exchange exchange = exchanges.poll(10, TimeUnit.SECONDS);
        assertThat(exchange).isNotNull();
        assertThat(List.of(exchange.method(), exchange.path(), exchange.status(), exchange.bytes()))
                .isEqualTo(List.of("GET", "/tree/images/pxeboot/vmlinuz", 200, 10L));
    }

    @Test
    void reportsAPortThatIsTaken() throws Exception {
        HttpFileServer second = HttpFileServer.builder().bind(address).build();
        assertThatThrownBy(second::start).isInstanceOf(IOException.class);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** Sends octets that a well-behaved client would not. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            try (InputStream in = socket.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }
    }
}
