package dev.pxekit.dhcp.server;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A proxy DHCP server (PXE 2.1 §2.4.3): it tells clients what to boot and leaves their addresses to the DHCP server that is
 * there already.
 *
 * <p>Clients that discover get an offer without an address and with the boot file on port 67; clients that ask its boot server
 * port, 4011, get the same in an acknowledgement, sent to the address and port they ask from. The boot policy is asked for
 * both. A client whose boot decision is {@link BootDecision#ignore} gets no answer at all.
 *
 * <pre>{@code
 * ProxyDhcpServer server = ProxyDhcpServer.builder()
 *         .bind("10.77.0.1")
 *         .policy(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi")))
 *         .build();
 * server.start();
 * }</pre>
 *
 * <p>What {@link DhcpServer} says of sockets, broadcasts and threads holds here too. One
 * server only has the port on a machine: beside another DHCP server it needs a network namespace of its own.
 */
public final class ProxyDhcpServer implements AutoCloseable {

    /** The port on which PXE clients ask boot servers. */
    public static final int BOOT_SERVER_PORT = 4011;

    private final Builder settings;
    private final ServerLife life = new ServerLife("proxy DHCP server");
    private volatile int boundBootServerPort;

    private ProxyDhcpServer(Builder settings) {
        this.settings = settings;
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens the sockets and begins to serve.
     *
     * @return the address and port bound for offers; the port that was chosen if it was set to 0
     * @throws IOException if a port cannot be bound or another server has it; the message says what to do, the cause what the system said
     * @throws IllegalStateException if the server was started or closed before
     */
    public InetSocketAddress start() throws IOException {
        Inet4Address address = settings.address();
        ProxyResponders responders = new ProxyResponders(address, settings.policy(), settings.safeListener());
        return life.start(settings, service -> {
            PacketHandler offers = new PacketHandler(
                    (request, received) -> responders.offer(request), settings.destination(), settings.safeListener());
            InetSocketAddress bound = service.listen(List.of(address), settings.port(), true, offers);
            PacketHandler acknowledgements = new PacketHandler(
                    (request, received) -> responders.acknowledge(request),
                    ReplyDestination.sender(),
                    settings.safeListener());
            boundBootServerPort = service.listen(List.of(address), settings.bootServerPort, false, acknowledgements)
                    .getPort();
            return bound;
        });
    }

    /**
     * {@return the boot server port bound, 0 before {@link #start}}
     */
    public int bootServerPort() {
        return boundBootServerPort;
    }

    /** {@return how many datagrams were dropped: malformed, failed, or too many at once} */
    public long droppedPackets() {
        return life.droppedPackets();
    }

    /**
     * Closes the sockets and ends the server's own threads; does nothing the second time. No request is answered after that:
     * one that is being answered has two seconds to end, and is then interrupted if the thread is the server's own.
     */
    @Override
    public void close() {
        life.close();
    }

    /** Builds a proxy DHCP server. Not safe for use by several threads at once. */
    public static final class Builder extends ServerBuilder<Builder> {

        private int bootServerPort = BOOT_SERVER_PORT;

        private Builder() {}

        private Builder(Builder other) {
            copyFrom(other);
            bootServerPort = other.bootServerPort;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets the boot server port; 4011 unless set, and real clients ask no other.
         *
         * @param port 0 to 65535; 0 for any free one
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder bootServerPort(int port) {
            this.bootServerPort = checkedPort("boot server port", port, 0);
            return this;
        }

        /**
         * The server, not started.
         *
         * @return the server
         * @throws IllegalArgumentException if there is no address
         */
        public ProxyDhcpServer build() {
            address();
            return new ProxyDhcpServer(new Builder(this));
        }
    }
}
