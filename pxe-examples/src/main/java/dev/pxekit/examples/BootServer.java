package dev.pxekit.examples;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.DhcpServer;
import dev.pxekit.dhcp.server.ProxyDhcpServer;
import dev.pxekit.dhcp.server.Subnet;
import dev.pxekit.examples.http.HttpFileServer;
import dev.pxekit.tftp.TftpFiles;
import dev.pxekit.tftp.TftpServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything between power on and the running installer, in one object: DHCP (or proxy DHCP beside somebody else's server), TFTP
 * for the network bootstrap programs, HTTP for scripts, kernels, packages and kickstarts, all out of install images as they are.
 *
 * <pre>{@code
 * try (BootImage image = BootImage.open(Path.of("rocky-9.iso"));
 *         BootServer server = BootServer.builder()
 *                 .address(address)
 *                 .dhcp(subnet)
 *                 .programs(NetworkBootstrapPrograms.installed().orElseThrow())
 *                 .image(image)
 *                 .build()) {
 *     server.start();
 *     // machines boot
 * }
 * }</pre>
 *
 * <p>What a machine is told: iPXE gets the URL of our script, so that it never loads itself again; UEFI that boots over HTTP gets the URL
 * of the network bootstrap program for its architecture; any other PXE firmware the name of that program, over TFTP.
 *
 * <p>Thread safe. {@link #start()} binds all ports or none; {@link #close()} is idempotent, ends all servers within a few seconds
 * and leaves the images open.
 */
public final class BootServer implements AutoCloseable {

    private final Inet4Address address;
    private final NetworkBootstrapPrograms programs;
    private final List<BootImage> images;
    private final List<String> kernelArguments;
    private final @Nullable String kickstart;
    private final @Nullable Subnet subnet;
    private final boolean proxyDhcp;
    private final UnaryOperator<BootPolicy> policyChange;
    private final BootServerListener listener;
    private final int dhcpPort;
    private final int tftpPort;
    private final int httpPort;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private BootServer(Builder builder, Inet4Address address, NetworkBootstrapPrograms programs) {
        this.address = address;
        this.programs = programs;
        images = List.copyOf(builder.images);
        kernelArguments = builder.kernelArguments;
        kickstart = builder.kickstart;
        subnet = builder.subnet;
        proxyDhcp = builder.proxyDhcp;
        policyChange = builder.policyChange;
        listener = builder.listener;
        dhcpPort = builder.dhcpPort;
        tftpPort = builder.tftpPort;
        httpPort = builder.httpPort;
    }

    /**
     * A new builder: no DHCP, ports 69 for TFTP and 8080 for HTTP.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where the servers of a {@link BootServer} listen.
     *
     * @param dhcp the DHCP or proxy DHCP server, if there is one
     * @param tftp the TFTP server
     * @param http the root of the HTTP server
     */
    public record Endpoints(Optional<InetSocketAddress> dhcp, InetSocketAddress tftp, URI http) {}

    /**
     * Binds all ports and begins to serve.
     *
     * @return where the servers listen
     * @throws IOException if a port can't be bound: the message says which one and what to do. Nothing stays bound then
     * @throws IllegalStateException if it was started before
     */
    public synchronized Endpoints start() throws IOException {
        if (!running.isEmpty()) {
            throw new IllegalStateException("started already");
        }
        try {
            URI http = startHttp();
            InetSocketAddress tftp = startTftp();
            return new Endpoints(startDhcp(policyChange.apply(policy(scripts(http)))), tftp, http);
        } catch (IOException | RuntimeException e) {
            try {
                close();
            } catch (RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    /**
     * What the installers of the images would refuse in the kickstart that was given: a machine that boots from these would stop there.
     * The server hands it out all the same, as it may know less than a distribution's own installer.
     *
     * @return for people, an error each; empty if there is none, or no kickstart was given
     */
    public List<String> kickstartErrors() {
        if (kickstart == null) {
            return List.of();
        }
        List<BootImage> readers = images.stream().filter(Kickstarts::isFor).toList();
        if (readers.isEmpty()) {
            return List.of("no image has an installer that reads kickstarts");
        }
        return readers.stream()
                .map(image -> Kickstarts.syntaxOf(image.tree()))
                .distinct()
                .flatMap(syntax -> Kickstarts.errors(kickstart, syntax).stream())
                .toList();
    }

    /** Ends all servers. The images stay open. */
    @Override
    public synchronized void close() {
        RuntimeException failure = null;
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (RuntimeException e) {
                failure = withSuppressed(failure, e);
            } catch (Exception e) { // none of ours throws a checked one
                failure = withSuppressed(failure, new IllegalStateException("a server did not end", e));
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static RuntimeException withSuppressed(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    /** What machines are told; see the class comment. */
    private BootPolicy policy(BootScripts scripts) {
        Map<ClientArchitecture, URI> urls = new LinkedHashMap<>();
        Map<ClientArchitecture, String> names = new LinkedHashMap<>();
        programs.fileNames().forEach((architecture, name) -> {
            if (architecture.isHttp()) {
                urls.put(architecture, scripts.program(name));
            } else {
                names.put(architecture, name);
            }
        });
        return BootPolicy.firstOf(
                BootPolicy.ipxe(scripts.firstScript()), BootPolicy.httpBoot(urls), BootPolicy.byArchitecture(names));
    }

    private URI startHttp() throws IOException {
        HttpFileServer.Builder http = HttpFileServer.builder()
                .bind(new InetSocketAddress(address, httpPort))
                .tree(BootScripts.PROGRAMS_PATH, programs.directory())
                .observer(listener);
        http.text(BootScripts.SCRIPT_PATH, root -> scripts(root).first(images).toString());
        for (BootImage image : images) {
            http.tree(BootScripts.treePath(image), image.root());
            http.file(BootScripts.imagePath(image), image.file());
            http.text(
                    BootScripts.scriptPath(image),
                    root -> scripts(root).boot(image).toString());
            if (Kickstarts.isFor(image)) {
                http.text(
                        BootScripts.kickstartPath(image),
                        root -> kickstart(image, scripts(root).tree(image)));
            }
        }
        HttpFileServer server = http.build();
        InetSocketAddress bound = server.start();
        running.push(server);
        return HttpFileServer.rootUrl(bound);
    }

    private BootScripts scripts(URI root) {
        return new BootScripts(root, kernelArguments);
    }

    private String kickstart(BootImage image, URI tree) {
        return kickstart != null
                ? kickstart
                : Kickstarts.interactive(image.tree(), tree).toString();
    }

    private InetSocketAddress startTftp() throws IOException {
        TftpServer server = TftpServer.builder()
                .bind(new InetSocketAddress(address, tftpPort))
                .files(TftpFiles.under(programs.directory()))
                .listener(listener)
                .build();
        InetSocketAddress bound = server.start();
        running.push(server);
        return bound;
    }

    /** Own DHCP, proxy DHCP, or neither, in which case somebody else's DHCP server names our script or program. */
    private Optional<InetSocketAddress> startDhcp(BootPolicy policy) throws IOException {
        if (subnet != null) {
            DhcpServer.Builder dhcp = DhcpServer.builder()
                    .bind(address)
                    .port(dhcpPort)
                    .subnet(subnet)
                    .policy(policy)
                    .listener(listener);
            if (address.isLoopbackAddress()) {
                dhcp.replyToSender(); // nothing is broadcast on loopback
            }
            DhcpServer server = dhcp.build();
            InetSocketAddress bound = server.start();
            running.push(server);
            return Optional.of(bound);
        }
        if (proxyDhcp) {
            ProxyDhcpServer server = ProxyDhcpServer.builder()
                    .bind(address)
                    .port(dhcpPort)
                    .policy(policy)
                    .listener(listener)
                    .build();
            InetSocketAddress bound = server.start();
            running.push(server);
            return Optional.of(bound);
        }
        return Optional.empty();
    }

    /** Sets up a {@link BootServer}. Not thread safe. */
    public static final class Builder {

        private final List<BootImage> images = new ArrayList<>();
        private List<String> kernelArguments = List.of();
        private BootServerListener listener = new BootServerListener() {};
        private UnaryOperator<BootPolicy> policyChange = UnaryOperator.identity();
        private @Nullable Inet4Address address;
        private @Nullable NetworkBootstrapPrograms programs;
        private @Nullable Subnet subnet;
        private @Nullable String kickstart;
        private boolean proxyDhcp;
        private int dhcpPort = 67;
        private int tftpPort = 69;
        private int httpPort = 8080;

        private Builder() {}

        /**
         * Our address, under which the machines reach us; all servers listen on it.
         *
         * @param serverAddress an address of this machine; on the loopback address DHCP answers go to the sender
         * @return this builder
         */
        public Builder address(Inet4Address serverAddress) {
            address = Objects.requireNonNull(serverAddress);
            return this;
        }

        /**
         * Hands out addresses of a subnet, and boot answers with them.
         *
         * @param served the subnet
         * @return this builder
         */
        public Builder dhcp(Subnet served) {
            subnet = Objects.requireNonNull(served);
            proxyDhcp = false;
            return this;
        }

        /**
         * Gives boot answers only, beside a DHCP server that hands out the addresses.
         *
         * @return this builder
         */
        public Builder proxyDhcp() {
            proxyDhcp = true;
            subnet = null;
            return this;
        }

        /**
         * Adds an image. With one, machines boot it at once; with several, they show a menu.
         *
         * @param image an open image, which stays the caller's
         * @return this builder
         * @throws IllegalArgumentException if there is one of that name already
         */
        public Builder image(BootImage image) {
            if (images.stream().anyMatch(other -> other.name().equals(image.name()))) {
                throw new IllegalArgumentException(
                        "image: a second one called " + image.name() + " (expected: file names that differ)");
            }
            images.add(image);
            return this;
        }

        /**
         * The network bootstrap programs for firmware that is not iPXE.
         *
         * @param networkBootPrograms the programs
         * @return this builder
         */
        public Builder programs(NetworkBootstrapPrograms networkBootPrograms) {
            programs = Objects.requireNonNull(networkBootPrograms);
            return this;
        }

        /**
         * The kickstart for every machine, in place of one that names the install tree and leaves all questions to the installer.
         *
         * @param text the kickstart
         * @return this builder
         */
        public Builder kickstart(String text) {
            kickstart = Objects.requireNonNull(text);
            return this;
        }

        /**
         * What every kernel gets at the end of its command line.
         *
         * @param arguments a word each, such as {@code console=ttyS0}
         * @return this builder
         */
        public Builder kernelArguments(List<String> arguments) {
            kernelArguments = List.copyOf(arguments);
            return this;
        }

        /**
         * Changes what machines are told, for instance for one of them.
         *
         * @param change given the policy of the class comment, returns the one to use
         * @return this builder
         */
        public Builder policy(UnaryOperator<BootPolicy> change) {
            policyChange = Objects.requireNonNull(change);
            return this;
        }

        /**
         * Who hears of all that happens.
         *
         * @param serverListener the listener
         * @return this builder
         */
        public Builder listener(BootServerListener serverListener) {
            listener = Objects.requireNonNull(serverListener);
            return this;
        }

        /**
         * The ports; 0 takes a free one. Firmware looks for DHCP on 67 and for TFTP on 69 only.
         *
         * @param dhcp UDP port of the DHCP server, by default 67
         * @param tftp UDP port of the TFTP server, by default 69
         * @param http TCP port of the HTTP server, by default 8080
         * @return this builder
         */
        public Builder ports(int dhcp, int tftp, int http) {
            dhcpPort = requirePort("dhcp", dhcp);
            tftpPort = requirePort("tftp", tftp);
            httpPort = requirePort("http", http);
            return this;
        }

        /**
         * Makes the server; it does not listen yet.
         *
         * @return the server
         * @throws IllegalStateException if the address, the programs or an image is missing
         * @throws IllegalArgumentException if the subnet does not go with the address, as when a pool holds it
         */
        public BootServer build() {
            if (address == null) {
                throw new IllegalStateException("no address: call address(Inet4Address)");
            }
            if (programs == null) {
                throw new IllegalStateException(
                        "no network bootstrap programs: call programs(NetworkBootstrapPrograms)");
            }
            if (images.isEmpty()) {
                throw new IllegalStateException("no image: call image(BootImage)");
            }
            if (subnet != null) {
                DhcpServer.builder()
                        .bind(address)
                        .subnet(subnet)
                        .build(); // refuses here what it would refuse at the start
            }
            return new BootServer(this, address, programs);
        }

        private static int requirePort(String name, int port) {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException(name + " port: " + port + " (expected: 0..65535)");
            }
            return port;
        }
    }
}
