package dev.pxekit.examples;

import dev.pxekit.ipxe.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A file that was fetched over HTTP to its end, as a client that boots would. Only its beginning is kept, so that an initrd of any
 * size costs no more memory than a script.
 */
final class Download implements Resource {

    private static final int KEPT = 1 << 20;
    private static final int WORTH_A_RATE = 32 << 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final byte[] beginning;
    private final long size;
    private final Duration duration;

    private Download(byte[] beginning, long size, Duration duration) {
        this.beginning = beginning;
        this.size = size;
        this.duration = duration;
    }

    /** Fetches a URL; any status but 200 is a failure. */
    static Download fetch(HttpClient client, URI uri) throws IOException {
        long start = System.nanoTime();
        HttpResponse<InputStream> response = send(client, request(uri));
        try (InputStream body = response.body()) {
            requireOk(uri, response);
            byte[] beginning = body.readNBytes(KEPT);
            long size = beginning.length + body.transferTo(OutputStream.nullOutputStream());
            return new Download(beginning, size, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Asks for the length with HEAD, as UEFI firmware does first and needs answered. */
    static long length(HttpClient client, URI uri) throws IOException {
        HttpResponse<InputStream> response =
                send(client, HttpRequest.newBuilder(uri).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        response.body().close();
        requireOk(uri, response);
        return response.headers()
                .firstValueAsLong("Content-Length")
                .orElseThrow(() -> new IOException(uri + " has no Content-Length in the answer to HEAD"));
    }

    private static HttpRequest.Builder request(URI uri) throws IOException {
        try {
            return HttpRequest.newBuilder(uri);
        } catch (IllegalArgumentException e) {
            throw new IOException(uri + " is no http URL, which is all that a rehearsal can fetch", e);
        }
    }

    private static HttpResponse<InputStream> send(HttpClient client, HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void requireOk(URI uri, HttpResponse<?> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException(uri + " answered with status " + response.statusCode());
        }
    }

    @Override
    public long sizeInBytes() {
        return size;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(beginning);
    }

    /** The text, if all of it was kept. */
    String text(URI uri) throws IOException {
        if (size > beginning.length) {
            throw new IOException(uri + " has " + size + " bytes (expected: a text of at most " + KEPT + ")");
        }
        return new String(beginning, StandardCharsets.UTF_8);
    }

    /** Size, time and rate, for people. */
    String summary() {
        return summary(size, duration);
    }

    /** Size, time and, where it means something, rate of any transfer, for people. */
    static String summary(long bytes, Duration duration) {
        double seconds = Math.max(1e-6, duration.toNanos() / 1e9);
        String rate = bytes < WORTH_A_RATE ? "" : String.format(Locale.ROOT, " (%.1f MB/s)", bytes / seconds / 1e6);
        return String.format(Locale.ROOT, "%,d bytes in %.0f ms%s", bytes, seconds * 1e3, rate);
    }
}
