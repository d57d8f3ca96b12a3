package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.transport.DatagramService;
import dev.pxekit.dhcp.v6.Duid;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A DHCPv6 server (RFC 8415) that leases addresses, gives options to clients that have addresses of their own, and tells
 * clients what to boot (RFC 5970).
 *
 * <pre>{@code
 * Dhcp6Server server = Dhcp6Server.builder()
 *         .networkInterface("eth0")
 *         .subnet(Subnet6.builder("fd77::/64").pool("fd77::100", "fd77::1ff").build())
 *         .policy(BootPolicy.ipxe(URI.create("http://[fd77::1]:8080/boot.ipxe"))
 *                 .orElse(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi"))))
 *         .build();
 * server.start();
 * }</pre>
 *
 * <h2>What the network has to do: router advertisements</h2>
 *
 * In IPv6 it is the routers that tell a machine its default route, the prefix of its link and whether there is DHCPv6 (RFC 4861
 * §4.2); this server sends no router advertisements and DHCPv6 has no option for a router or a prefix length. Every link with
 * boot clients therefore needs a router, radvd, or dnsmasq's {@code enable-ra} that
 *
 * <ul>
 *   <li>sets the M flag (managed) for clients to ask for an address, or the O flag (other) alone for them to make their address
 *       themselves and ask for options. iPXE asks DHCPv6 for nothing without one of the flags (net/ndp.c);
 *   <li>announces the prefix as on-link (flag L), or the machines of one link reach each other through the router only;
 *   <li>answers solicitations at once. UEFI's PXE and HTTP boot ask DHCPv6 without waiting for an advertisement, but have no
 *       route, and to TFTP or HTTP servers of their own link none either, until one came. iPXE waits for one up to 16 seconds,
 *       even when it boots over IPv4.
 * </ul>
 *
 * <h2>What it does, and what it does not</h2>
 *
 * <ul>
 *   <li>SOLICIT, REQUEST, CONFIRM, RENEW, REBIND, RELEASE, DECLINE and INFORMATION-REQUEST are answered, directly and through up
 *       to nine relay agents, whose interface ids and other options go back with the answer. What RFC 8415 §16 forbids is
 *       dropped.
 *   <li>A client has one address for each of its identity associations (IA_NA), 16 at most. In the lease store an association is a client
 *       of its own: its identifier is an octet 255, the IAID and the DUID, the form of RFC 4361 §6.1.
 *   <li>A client that returns gets its address of before; a new one gets the address that it asks for, or one that follows from DUID and
 *       IAID, or any free one.
 *   <li>A client that renews or rebinds and that the server does not know keeps its address if that is in a pool and nobody else's:
 *       the server lost its leases. Else a renewal gets NoBinding, on which clients ask anew.
 *   <li>Temporary addresses (IA_TA, dropped by RFC 9915) are refused with NoAddrsAvail: clients make them themselves. Prefixes
 *       (IA_PD) are not delegated: NoPrefixAvail. In RENEW, RELEASE and DECLINE both get NoBinding.
 *   <li>Clients are never told that they may send by unicast (option 12, dropped by RFC 9915). What a client sends from an address that
 *       is not link-local, or to the one address that the server is bound to, came so (RFC 8415 §13.1): a REQUEST, RENEW, RELEASE or
 *       DECLINE gets UseMulticast (RFC 8415 §18.4), all else no answer (RFC 8415 §16). On {@code ::} Java does not tell how a
 *       datagram was addressed, and one from a link-local address is answered as if by multicast. With {@link Builder#replyToSender}
 *       unicast is taken.
 *   <li>Relay agents send by unicast or to ff05::1:3 from wherever they are; {@link Subnet6} tells how their clients' link is known.
 *   <li>If the lease store fails, the client gets UnspecFail and tries again; a SOLICIT gets no answer, so that another server is
 *       taken.
 *   <li>Of one client, told apart by its DUID, 10 messages a second are answered, and 50 at once after a time without any; of all
 *       together 50,000 a second. What is more is dropped unread. Of associations that have no lease yet 10,000 a second are taken on,
 *       on each link: more get no answer, while those that are known are served. All of these can be set.
 *   <li>Subnets can share a link ({@link Builder#sharedNetwork}), and {@linkplain ClientClass classes} have pools, lifetimes and options
 *       of their own. An association has one address, of one of the subnets, whose options the client is told.
 *   <li>Reservations are of addresses, and the subnet's: no options, lifetimes or names for single clients, other than by a class of one.
 *   <li>Addresses are not probed before they are leased: a client does so itself (RFC 4862 §5.4) and declines what it finds in use.
 *   <li>Reconfigure (RFC 8415 §18.3.11) is left out: without authentication clients may not take it. So are lease queries, DHCPv4
 *       over DHCPv6, address registration and DNS updates.
 * </ul>
 *
 * <h2>What clients boot</h2>
 *
 * The boot policy is asked as by {@link DhcpServer}, with what the client says of itself in options 15, 16, 61 and 62. A boot file by
 * TFTP becomes the URL {@code tftp://[address]/name}, which UEFI's PXE and iPXE read, with {@link Builder#bootServer} as its
 * address; a URL goes to iPXE, to UEFI HTTP boot if it is {@code http} or {@code https}, and to PXE firmware if it is {@code tftp}. HTTP
 * boot firmware gets its vendor class {@code HTTPClient} back, without which it takes no URL.
 *
 * <p>DHCPv6 has no boot menus and no boot servers to ask (RFC 5970): of a {@linkplain BootDecision#menu menu} the first choice is told,
 * which is what the end of its prompt takes. The {@linkplain BootDecision#localDisk local disk} is an answer without a boot file URL,
 * after which firmware goes on in its boot order. What {@link BootDecision#with} adds are options of DHCPv4, and not told. If a decision
 * cannot be told at all, the client gets its address without a boot file URL, and the listener the reason
 * ({@link Dhcp6ServerListener#bootNotTold}). The policy is asked before anything is leased: if it throws, the message gets no answer and
 * nothing has changed.
 *
 * <p>The server listens on {@code ::} and joins the groups ff02::1:2 and, for relay agents, ff05::1:3 on its interfaces; requests
 * of link-local senders on others are not answered.
 *
 * <p>Safe for use by several threads. {@link #start} and {@link #close} block, the latter for 15 seconds at most. A lease
 * store, an executor and event loops that were given are the caller's to close.
 */
public final class Dhcp6Server implements AutoCloseable {

    /** All_DHCP_Relay_Agents_and_Servers and All_DHCP_Servers (RFC 8415 §7.1). */
    private static final List<Inet6Address> GROUPS = List.of(Ipv6.parse("ff02::1:2"), Ipv6.parse("ff05::1:3"));

    private final Builder settings;
    private final ServerLife life = new ServerLife("DHCPv6 server");

    private Dhcp6Server(Builder settings) {
        this.settings = settings;
    }

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens the socket and begins to serve.
     *
     * @return the address and port bound; the port that was chosen if it was set to 0
     * @throws IOException if there is no such interface, one has no hardware address to make the server identifier of, a subnet keeps an
     *     address of the server itself for a client, an interface has addresses of subnets that are not said to share a link, or the
     *     port cannot be bound; the message says what to do
     * @throws IllegalStateException if the server was started or closed before
     */
    public InetSocketAddress start() throws IOException {
        return life.start(settings, this::open);
    }

    private InetSocketAddress open(DatagramService service) throws IOException {
        Inet6Address bound = settings.address;
        Interfaces6 interfaces = bound == null ? Interfaces6.of(settings.interfaces) : Interfaces6.of(bound);
        Map<String, List<Inet6Address>> addresses = interfaces.addresses();
        checkReservations(addresses);
        if (bound == null) {
            Optional<String> ambiguity = new Networks6(settings.networks(List.of()), addresses).ambiguity();
            if (ambiguity.isPresent()) {
                throw new IOException(ambiguity.get());
            }
        }
        Duid identifier = settings.serverIdentifier == null ? interfaces.linkLayerDuid() : settings.serverIdentifier;
        MessageHandler handler = new MessageHandler(new Dhcp6Responder(settings, identifier, addresses), settings);
        return bound == null
                ? service.listen(Ipv6.ANY, settings.port(), GROUPS, interfaces.list(), handler)
                : service.listen(bound, settings.port(), List.of(), List.of(), handler);
    }

    private void checkReservations(Map<String, List<Inet6Address>> addresses) throws IOException {
        for (Subnet6 subnet : settings.subnets()) {
            for (List<Inet6Address> own : addresses.values()) {
                for (Inet6Address address : own) {
                    if (subnet.reservations().addresses().contains(address)) {
                        throw new IOException("subnet " + subnet + " keeps the server's own address "
                                + Ipv6.toString(address) + " for a client: reserve another one");
                    }
                }
            }
        }
    }

    /** {@return how many datagrams were dropped: malformed, failed, or too many at once} */
    public long droppedPackets() {
        return life.droppedPackets();
    }

    /**
     * Closes the socket and ends the server's own threads; does nothing the second time. No request is answered after that:
     * one that is being answered has two seconds to end, and is then interrupted if the thread is the server's own.
     */
    @Override
    public void close() {
        life.close();
    }

    /** Builds a DHCPv6 server. Not safe for use by several threads at once. */
    public static final class Builder extends LeasingServerBuilder<Builder, Dhcp6ServerListener> {

        private final List<List<Subnet6>> networks = new ArrayList<>();
        private final List<String> interfaces = new ArrayList<>();
        private final Map<ClientArchitecture, List<String>> bootFileParameters = new HashMap<>();
        private @Nullable Inet6Address address;
        private @Nullable Duid serverIdentifier;
        private @Nullable Inet6Address bootServer;
        private OptionalInt preference = OptionalInt.empty();

        private Builder() {
            super(547, 546, new Dhcp6ServerListener() {});
        }

        private Builder(Builder other) {
            this();
            copyFrom(other);
            networks.addAll(other.networks);
            interfaces.addAll(other.interfaces);
            bootFileParameters.putAll(other.bootFileParameters);
            address = other.address;
            serverIdentifier = other.serverIdentifier;
            bootServer = other.bootServer;
            preference = other.preference;
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        void tellDropped(String reason, long packets, InetSocketAddress sender) {
            boundary().tell(l -> l.dropped(reason, packets, sender));
        }

        /**
         * Adds an interface whose clients and relay agents are served.
         *
         * @param name such as {@code eth0}; it must be there and have an IPv6 address when the server starts
         * @return this builder
         */
        public Builder networkInterface(String name) {
            interfaces.add(name);
            return this;
        }

        /**
         * Sets the one address to listen on, in place of interfaces: no multicast is received, and so no client, only relay agents that
         * are given this address. For tests over loopback {@code ::1}, with {@link #replyToSender}.
         *
         * @param address one of this machine's own, not {@code ::} and not link-local
         * @return this builder
         * @throws IllegalArgumentException if it is {@code ::}, link-local or a multicast address
         */
        public Builder bind(Inet6Address address) {
            if (address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress()) {
                throw new IllegalArgumentException("server address: " + Ipv6.toString(address)
                        + " (expected: an address that relay agents send to; serve whole interfaces with"
                        + " networkInterface(name))");
            }
            this.address = address;
            return this;
        }

        /**
         * Sets the one address to listen on, as {@link #bind(Inet6Address)}.
         *
         * @param address such as {@code fd77::1}
         * @return this builder
         * @throws IllegalArgumentException if it is no IPv6 address, or none to listen on
         */
        public Builder bind(String address) {
            return bind(Ipv6.parse(address));
        }

        /**
         * Adds a subnet to serve; at least one must be added. {@link Subnet6} tells which clients are on which.
         *
         * @param subnet the subnet
         * @return this builder
         */
        public Builder subnet(Subnet6 subnet) {
            return sharedNetwork(subnet);
        }

        /**
         * Adds several subnets that share a link: clients that are on one of them are on all, and get an address of any.
         *
         * @param subnets one or more; the first one's options are for clients that get no address
         * @return this builder
         */
        public Builder sharedNetwork(Subnet6... subnets) {
            networks.add(List.of(subnets));
            return this;
        }

        /**
         * Sets the server's DUID (RFC 8415 §11), by which clients tell it from others and find it again to renew. It must
         * stay the same as long as there are leases, and no two servers may have the same. Unless set it is a DUID-LL of the hardware
         * address of the first interface: the same after every start without a file to keep, another one when that
         * interface is replaced; clients then rebind in place of renewing.
         *
         * @param identifier such as {@code Duid.uuid(…)} of the machine
         * @return this builder
         */
        public Builder serverIdentifier(Duid identifier) {
            this.serverIdentifier = identifier;
            return this;
        }

        /**
         * Sets the TFTP server in the URLs of boot files. Unless set it is an address of the server that is in the client's subnet, or
         * else any that is not link-local; if there is none, boot files are not told.
         *
         * @param server an address that clients reach
         * @return this builder
         * @throws IllegalArgumentException if it is {@code ::} or a multicast address
         */
        public Builder bootServer(Inet6Address server) {
            if (server.isAnyLocalAddress() || server.isMulticastAddress()) {
                throw new IllegalArgumentException(
                        "boot server: " + Ipv6.toString(server) + " (expected: the address of a TFTP server)");
            }
            this.bootServer = server;
            return this;
        }

        /**
         * Sets boot file parameters, option 60 (RFC 5970 §3.2), for clients of an architecture that are told a boot file. UEFI's PXE reads
         * the first one as the boot file's size in blocks of 512 octets if it is one to five digits (edk2, UefiPxeBcDxe).
         *
         * @param architecture option 61
         * @param parameters one or more, such as kernel arguments; 200 octets of ASCII in all at most
         * @return this builder
         * @throws IllegalArgumentException if there are none or they are too long
         */
        public Builder bootFileParameters(ClientArchitecture architecture, List<String> parameters) {
            int length = parameters.stream().mapToInt(String::length).sum();
            if (parameters.isEmpty() || length > 200) {
                throw new IllegalArgumentException("boot file parameters: " + parameters.size() + " of " + length
                        + " octets (expected: one or more of at most 200 octets)");
            }
            bootFileParameters.put(architecture, List.copyOf(parameters));
            return this;
        }

        /**
         * Sets the preference in offers, option 7; none unless set, which counts as 0. With 255 clients do not wait for other
         * servers' offers, which UEFI otherwise does for a second.
         *
         * @param preference 0 to 255
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder preference(int preference) {
            if (preference < 0 || preference > 255) {
                throw new IllegalArgumentException("preference: " + preference + " (expected: 0..255)");
            }
            this.preference = OptionalInt.of(preference);
            return this;
        }

        /**
         * The server, not started.
         *
         * @return the server
         * @throws IllegalArgumentException if there is no subnet, or none in a shared network; two subnets overlap, or are for the same
         *     interface or relay agent's interface and do not share a network; a subnet's options and those of a class are more than
         *     900 octets together; there are neither interfaces nor an address to listen on, or both; or a subnet is for an interface
         *     that is not served
         */
        public Dhcp6Server build() {
            new ConfigurationCheck6(networks, interfaces, clientClasses()).run();
            if (interfaces.isEmpty() && address == null) {
                throw new IllegalArgumentException("no interface to serve: add one with networkInterface(name)");
            }
            if (!interfaces.isEmpty() && address != null) {
                throw new IllegalArgumentException(
                        "both interfaces " + interfaces + " and the address " + Ipv6.toString(address)
                                + " to listen on: a socket on one address gets no multicast, leave one out");
            }
            return new Dhcp6Server(new Builder(this));
        }

        private List<Subnet6> subnets() {
            return networks.stream().flatMap(List::stream).toList();
        }

        /** @param own the server's own addresses, which no pool gives away */
        List<Network6> networks(Collection<Inet6Address> own) {
            return networks.stream().map(subnets -> new Network6(subnets, own)).toList();
        }

        Map<ClientArchitecture, List<String>> bootFileParameters() {
            return Map.copyOf(bootFileParameters);
        }

        Optional<Inet6Address> bootServer() {
            return Optional.ofNullable(bootServer);
        }

        OptionalInt preference() {
            return preference;
        }
    }
}
