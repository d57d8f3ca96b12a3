package dev.pxekit.examples.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server (Jetty) over trees of any file system, with ranges, HEAD, conditional requests and directory listings
 * (RFC 9110 §9.3.2, §13, §14), and over texts that are made for each request, such as boot scripts.
 *
 * <p>A file goes from its channel to the socket in pieces of 64 KiB at most. Thread safe once started; {@link #close()} is idempotent and waits
 * at most two seconds for requests under way. The trees are the caller's and stay open.
 */
public final class HttpFileServer implements AutoCloseable {

    private static final int MAX_THREADS = 64;
    private static final long STOP_TIMEOUT_MILLIS = 2_000;
    /** How long a kept-alive connection on which nothing happens holds up a stop. */
    private static final long SHUTDOWN_IDLE_MILLIS = 100;

    private final Server server;
    private final ServerConnector connector;
    private final InetAddress address;

    private HttpFileServer(Builder builder) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("pxekit-http");
        threads.setDaemon(true);
        server = new Server(threads);
        address = builder.address.getAddress();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.getHostAddress());
        connector.setPort(builder.address.getPort());
        connector.setReuseAddress(true);
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        server.addConnector(connector);
        server.setStopTimeout(STOP_TIMEOUT_MILLIS);

        List<ContextHandler> contexts = new ArrayList<>();
        for (Map.Entry<String, Path> tree : builder.trees.entrySet()) {
            ResourceHandler files = new ResourceHandler();
            files.setBaseResource(TreeResource.rootOf(tree.getValue()));
            files.setDirAllowed(true);
            files.setAcceptRanges(true);
            files.setEtags(true);
            files.setWelcomeFiles(List.of());
            ContextHandler context = new ContextHandler(files, tree.getKey());
            context.setBaseResource(files.getBaseResource());
            context.setAllowNullPathInContext(!files.getBaseResource().isDirectory());
            contexts.add(context);
        }
        for (Map.Entry<String, Function<URI, String>> text : builder.texts.entrySet()) {
            ContextHandler context = new ContextHandler(new TextHandler(text.getValue()), text.getKey());
            context.setAllowNullPathInContext(true);
            contexts.add(context);
        }
        ContextHandlerCollection all = new ContextHandlerCollection();
        contexts.forEach(all::addHandler);
        server.setHandler(builder.observer == null ? all : new Observed(all, builder.observer));
    }

    /**
     * A new builder: no trees, on an ephemeral port of the loopback address.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Binds and begins to serve.
     *
     * @return the address and port bound
     * @throws IOException if the address can't be bound
     */
    public InetSocketAddress start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw bindFailure(e);
        } catch (Exception e) { // Jetty's life cycle declares no less
            close();
            throw new IOException("the HTTP server did not start", e);
        }
        return new InetSocketAddress(address, connector.getLocalPort());
    }

    /** Jetty names the address but not the reason. */
    private IOException bindFailure(IOException failure) {
        String reason = failure.getCause() == null
                ? String.valueOf(failure.getMessage())
                : String.valueOf(failure.getCause().getMessage());
        String advice = reason.toLowerCase(Locale.ROOT).contains("in use")
                ? "; another server has this port: stop it (ss -tlpn names it) or choose another"
                : reason.toLowerCase(Locale.ROOT).contains("permission")
                        ? "; ports below 1024 need root or the capability CAP_NET_BIND_SERVICE; or choose a port above"
                        : "";
        BindException bind = new BindException("cannot bind TCP " + address.getHostAddress() + " port "
                + connector.getPort() + ": " + reason + advice);
        bind.initCause(failure);
        return bind;
    }

    /**
     * The root URL of a server.
     *
     * @param address where it listens
     * @return such as {@code http://10.77.0.1:8080/}
     */
    public static URI rootUrl(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
    }

    /** Stops serving; requests under way have two seconds to end. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // Jetty's life cycle declares no less
            throw new IllegalStateException("the HTTP server did not stop", e);
        }
    }

    /**
     * A request that was answered.
     *
     * @param client who asked
     * @param method such as {@code GET}
     * @param path the path of the URL
     * @param status the status code
     * @param bytes octets of the body that were sent
     */
    public record Exchange(InetSocketAddress client, String method, String path, int status, long bytes) {}

    /** Hears of every answered request, on a thread of the server; must not block. */
    @FunctionalInterface
    public interface Observer {

        /**
         * Called after an answer was sent.
         *
         * @param exchange what was asked and answered
         */
        void answered(Exchange exchange);
    }

    /** Sets up an {@link HttpFileServer}. Not thread safe. */
    public static final class Builder {

        private final Map<String, Path> trees = new LinkedHashMap<>();
        private final Map<String, Function<URI, String>> texts = new LinkedHashMap<>();
        private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        private @Nullable Observer observer;

        private Builder() {}

        /**
         * The address and port to listen on; port 0 takes a free one.
         *
         * @param listenAddress a resolved address
         * @return this builder
         */
        public Builder bind(InetSocketAddress listenAddress) {
            address = Objects.requireNonNull(listenAddress);
            return this;
        }

        /**
         * Serves a tree of files.
         *
         * @param prefix where, such as {@code /images/centos7}
         * @param root a directory of any file system; nothing outside it is reachable
         * @return this builder
         */
        public Builder tree(String prefix, Path root) {
            trees.put(requirePrefix(prefix), root);
            return this;
        }

        /**
         * Serves one file.
         *
         * @param path where, such as {@code /isos/ubuntu.iso}
         * @param file a file of any file system; nothing else of its directory is reachable
         * @return this builder
         */
        public Builder file(String path, Path file) {
            return tree(path, file);
        }

        /**
         * Serves a text that is made anew for each request.
         *
         * @param path where, such as {@code /boot.ipxe}
         * @param text the text, given the root URL under which the client reached us; sent as UTF-8
         * @return this builder
         */
        public Builder text(String path, Function<URI, String> text) {
            texts.put(requirePrefix(path), text);
            return this;
        }

        /**
         * Who hears of every answered request.
         *
         * @param requestObserver the observer
         * @return this builder
         */
        public Builder observer(Observer requestObserver) {
            observer = requestObserver;
            return this;
        }

        /**
         * Makes the server; it does not listen yet.
         *
         * @return the server
         * @throws IOException if the root of a tree can't be read
         */
        public HttpFileServer build() throws IOException {
            return new HttpFileServer(this);
        }

        private static String requirePrefix(String prefix) {
            if (!prefix.startsWith("/") || (prefix.length() > 1 && prefix.endsWith("/"))) {
                throw new IllegalArgumentException(
                        "prefix: " + prefix + " (expected: starts with / and does not end with one)");
            }
            return URI.create(prefix).getPath();
        }
    }

    /** Answers GET and HEAD with a text. */
    private static final class TextHandler extends Handler.Abstract {

        private final Function<URI, String> text;

        TextHandler(Function<URI, String> text) {
            this.text = text;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
                response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
                Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
                return true;
            }
            InetSocketAddress here =
                    (InetSocketAddress) request.getConnectionMetaData().getLocalSocketAddress();
            byte[] content = text.apply(rootUrl(here)).getBytes(StandardCharsets.UTF_8);
            response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8"));
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, content.length);
            boolean head = HttpMethod.HEAD.is(request.getMethod());
            response.write(true, head ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(content), callback);
            return true;
        }
    }

    /** Tells the observer of every answer once it is complete. */
    private static final class Observed extends Handler.Wrapper {

        private final Observer observer;

        Observed(Handler handler, Observer observer) {
            super(handler);
            this.observer = observer;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Request.addCompletionListener(
                    request,
                    failure -> observer.answered(new Exchange(
                            (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress(),
                            request.getMethod(),
                            request.getHttpURI().getPath(),
                            response.getStatus(),
                            HttpMethod.HEAD.is(request.getMethod()) ? 0 : Response.getContentBytesWritten(response))));
            return super.handle(request, response, callback);
        }
    }
}
