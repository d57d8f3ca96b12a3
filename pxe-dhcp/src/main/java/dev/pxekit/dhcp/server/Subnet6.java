package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import dev.pxekit.dhcp.v6.Duid;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An IPv6 subnet that a {@link Dhcp6Server} serves: its prefix, what its clients are told, the pools to lease from and the
 * addresses that are kept for single machines. All of it is checked when it is built. Immutable.
 *
 * <pre>{@code
 * Subnet6 subnet = Subnet6.builder("fd77::/64")
 *         .pool("fd77::100", "fd77::1ff")
 *         .domainNameServer("fd77::1")
 *         .lifetimes(Duration.ofHours(4), Duration.ofHours(8))
 *         .build();
 * }</pre>
 *
 * <p>A subnet without pools and reservations gives options only: its clients make their addresses themselves (SLAAC). There is no
 * router here: in IPv6 routers announce themselves and the prefixes of their links, see {@link Dhcp6Server}.
 *
 * <h2>Which clients it is for</h2>
 *
 * A client behind relay agents is on the subnet with the interface id (option 18) of one of them, or else on the one that holds
 * the first link-address, from the client outwards, that is not zero or link-local (RFC 8415 §13.1, RFC 6221 §5). Any other
 * client is on the subnet of the interface that its message came in by, or else on the one that holds an address of that interface. A
 * message that came by unicast from an address that is not link-local tells no interface: where those are taken at all
 * ({@link Dhcp6Server} says when), a client is on the subnet that holds its address. If none of this names a subnet, it is the
 * server's only one, or the message is not answered: a relay agent from afar that gives neither interface id nor link-address says
 * nothing of its clients' link.
 *
 * <p>Subnets that were added as a {@linkplain Dhcp6Server.Builder#sharedNetwork shared network} are one link: what names one of them
 * names all.
 */
public final class Subnet6 {

    /** How long an address of a subnet without lifetimes of its own is preferred: one hour. Clients renew at half of it. */
    public static final Duration DEFAULT_PREFERRED_LIFETIME = Duration.ofHours(1);

    /** How long an address of a subnet without lifetimes of its own is valid: two hours. */
    public static final Duration DEFAULT_VALID_LIFETIME = Duration.ofHours(2);

    private final Prefix6 prefix;
    private final List<ClassPool> pools;
    private final Lifetimes6 lifetimes;
    private final Dhcp6Options options;
    private final Reservations6 reservations;
    private final Optional<String> interfaceName;
    private final Set<Octets> interfaceIds;

    private Subnet6(Builder builder, Dhcp6Options options) {
        this.prefix = builder.prefix;
        this.lifetimes = builder.lifetimes;
        this.options = options;
        this.reservations = new Reservations6(builder.reservations);
        this.interfaceName = Optional.of(builder.interfaceName).filter(name -> !name.isEmpty());
        this.interfaceIds = Set.copyOf(builder.interfaceIds);
        this.pools = builder.pools.stream()
                .map(pool -> pool.without(reservations.addresses()))
                .toList();
    }

    /**
     * A builder for a subnet.
     *
     * @param prefix prefix and length, such as {@code fd77::/64}
     * @return the builder
     * @throws IllegalArgumentException if it is not of this form, has host bits set, the length is not 1 to 128, or it is no
     *     prefix of unicast addresses that routers forward
     */
    public static Builder builder(String prefix) {
        Prefix6 parsed = Prefix6.parse(prefix);
        InetAddress address = parsed.address();
        if (address.isMulticastAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress()) {
            throw new IllegalArgumentException(
                    "prefix: " + prefix + " (expected: a prefix of unicast addresses that are not link-local)");
        }
        return new Builder(parsed);
    }

    /** {@return the prefix's address, all host bits zero} */
    public Inet6Address prefix() {
        return prefix.address();
    }

    /** {@return how many bits the prefix has, 1 to 128} */
    public int prefixLength() {
        return prefix.length();
    }

    /** {@return the pools, without the addresses that are reserved; none for a subnet that gives options only} */
    public List<AddressPool> pools() {
        return pools.stream().map(ClassPool::pool).toList();
    }

    List<ClassPool> classPools() {
        return pools;
    }

    /** {@return how long a client may use an address for new connections; half of it is T1, four fifths are T2} */
    public Duration preferredLifetime() {
        return lifetimes.preferred();
    }

    /** {@return how long a client may use an address at all} */
    public Duration validLifetime() {
        return lifetimes.valid();
    }

    Lifetimes6 lifetimes() {
        return lifetimes;
    }

    /** {@return what a client is told that asks for it} */
    public Dhcp6Options options() {
        return options;
    }

    /** {@return the server's interface whose clients are on this subnet, if it is set} */
    public Optional<String> interfaceName() {
        return interfaceName;
    }

    /**
     * {@return whether an address is in the subnet}
     *
     * @param address any address
     */
    public boolean contains(Inet6Address address) {
        return prefix.contains(address);
    }

    /** The addresses that are kept for single machines. */
    Reservations6 reservations() {
        return reservations;
    }

    /** The interfaces of relay agents whose clients are on this subnet. */
    Set<Octets> interfaceIds() {
        return interfaceIds;
    }

    boolean overlaps(Subnet6 other) {
        return prefix.overlaps(other.prefix);
    }

    /** Two subnets are equal if they have the same prefix, whatever else they say. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Subnet6 that && prefix.equals(that.prefix);
    }

    @Override
    public int hashCode() {
        return prefix.hashCode();
    }

    /** The prefix and its length, such as {@code fd77::/64}. */
    @Override
    public String toString() {
        return prefix.toString();
    }

    /** Builds a subnet. Not safe for use by several threads at once. */
    public static final class Builder {

        private final Prefix6 prefix;
        private final List<ClassPool> pools = new ArrayList<>();
        private final Dhcp6Options.Builder options = Dhcp6Options.builder();
        private final List<Inet6Address> domainNameServers = new ArrayList<>();
        private final List<String> searchDomains = new ArrayList<>();
        private final Reservations6 reservations = new Reservations6();
        private final Set<Octets> interfaceIds = new HashSet<>();
        private Lifetimes6 lifetimes = new Lifetimes6(DEFAULT_PREFERRED_LIFETIME, DEFAULT_VALID_LIFETIME);
        private String interfaceName = "";

        private Builder(Prefix6 prefix) {
            this.prefix = prefix;
        }

        /**
         * Adds a pool to lease from. New clients are spread over all pools that they may have an address of.
         *
         * @param pool addresses of the subnet
         * @param onlyFor classes whose members get its addresses, and nobody else; none for everyone
         * @return this builder
         */
        public Builder pool(AddressPool pool, ClientClass... onlyFor) {
            pools.add(new ClassPool(pool, List.of(onlyFor)));
            return this;
        }

        /**
         * Adds a pool to lease from.
         *
         * @param first the lowest address, such as {@code fd77::100}
         * @param last the highest address, in the same /64
         * @param onlyFor classes whose members get its addresses, and nobody else; none for everyone
         * @return this builder
         * @throws IllegalArgumentException if one is no address or the last is below the first
         */
        public Builder pool(String first, String last, ClientClass... onlyFor) {
            return pool(AddressPool.of(first, last), onlyFor);
        }

        /**
         * Keeps an address for the client with a DUID, for the first of its identity associations that asks. Firmware, iPXE and
         * installed systems have DUIDs of their own each: to know a machine all the way, go by its hardware address.
         *
         * @param client the client's DUID
         * @param address an address of the subnet, in a pool or outside
         * @return this builder
         * @throws IllegalArgumentException if client or address are reserved before
         */
        public Builder reserve(Duid client, Inet6Address address) {
            reservations.add(client, address);
            return this;
        }

        /**
         * Keeps an address for the machine with a hardware address, whatever DUIDs it has. The address is that of option 79 of the
         * relay agent (RFC 6939), of the DUID (DUID-LLT and DUID-LL, which can be of another interface of the machine), or what the link-local
         * address that it sends from was made of (EUI-64: OVMF's and iPXE's are).
         *
         * @param client the hardware address
         * @param address an address of the subnet, in a pool or outside
         * @return this builder
         * @throws IllegalArgumentException if client or address are reserved before
         */
        public Builder reserve(HardwareAddress client, Inet6Address address) {
            reservations.add(client, address);
            return this;
        }

        /**
         * Keeps an address for the machine with a UUID, which firmware and iPXE send in their DUID and installed systems do not.
         *
         * @param machine the UUID as people read it
         * @param address an address of the subnet, in a pool or outside
         * @return this builder
         * @throws IllegalArgumentException if machine or address are reserved before
         */
        public Builder reserve(UUID machine, Inet6Address address) {
            reservations.add(machine, address);
            return this;
        }

        /**
         * Sets how long addresses can be used without renewing. Clients renew at half the preferred lifetime (T1) with this server
         * and at four fifths (T2) with any (RFC 8415 §14.2).
         *
         * @param preferred for new connections, 60 seconds to 4294967295, the last of which means without end
         * @param valid at all, not shorter than that
         * @return this builder
         * @throws IllegalArgumentException if one is out of range, or preferred longer than valid
         */
        public Builder lifetimes(Duration preferred, Duration valid) {
            lifetimes = new Lifetimes6(preferred, valid);
            return this;
        }

        /**
         * Adds a domain name server, option 23; the first one added is the preferred one.
         *
         * @param server any address
         * @return this builder
         */
        public Builder domainNameServer(Inet6Address server) {
            domainNameServers.add(server);
            return this;
        }

        /**
         * Adds a domain name server, option 23.
         *
         * @param server an address such as {@code fd77::1}
         * @return this builder
         * @throws IllegalArgumentException if it is no IPv6 address
         */
        public Builder domainNameServer(String server) {
            return domainNameServer(Ipv6.parse(server));
        }

        /**
         * Adds a domain to look names up in, option 24.
         *
         * @param domain such as {@code lab.example}
         * @return this builder
         */
        public Builder searchDomain(String domain) {
            searchDomains.add(domain);
            return this;
        }

        /**
         * Sets an option that clients get who ask for it in their option request (RFC 8415 §21.7), unless a
         * {@linkplain ClientClass class} of theirs says something else.
         *
         * @param <T> the type of the value
         * @param option any option but those that servers set for each client, clients and relay agents send, or the boot
         *     policy decides on (59 to 62)
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the option is one of those or the value out of its range
         */
        public <T> Builder option(Dhcp6Option<T> option, T value) {
            GivenOptions.put(options, option, value);
            return this;
        }

        /**
         * Sets the server's interface whose clients are on this subnet; found out by the interface's addresses unless set.
         *
         * @param name such as {@code eth0}
         * @return this builder
         * @throws IllegalArgumentException if it is empty
         */
        public Builder networkInterface(String name) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("interface without a name (expected: one as in eth0)");
            }
            interfaceName = name;
            return this;
        }

        /**
         * Adds an interface of a relay agent whose clients are on this subnet, by the octets of its option 18. Needed where the
         * relay agent gives no link-address, or one of another prefix.
         *
         * @param interfaceId the octets, 1 or more
         * @return this builder
         * @throws IllegalArgumentException if there are none
         */
        public Builder relayInterfaceId(byte[] interfaceId) {
            if (interfaceId.length == 0) {
                throw new IllegalArgumentException("interface id of 0 octets (expected: 1 or more)");
            }
            interfaceIds.add(Octets.of(interfaceId));
            return this;
        }

        /**
         * The subnet.
         *
         * @return the subnet
         * @throws IllegalArgumentException if a pool or reserved address is not inside the subnet or is its routers' anycast
         *     address, two pools overlap, or the options are more than 900 octets
         */
        public Subnet6 build() {
            List<AddressPool> all = pools.stream().map(ClassPool::pool).toList();
            for (int i = 0; i < all.size(); i++) {
                checkPool(all.get(i), all.subList(0, i));
            }
            for (Inet6Address address : reservations.addresses()) {
                if (!prefix.contains(address) || isRouters(address)) {
                    throw new IllegalArgumentException("reserved address " + Ipv6.toString(address)
                            + " is no address of a machine in subnet " + prefix);
                }
            }
            return new Subnet6(this, buildOptions());
        }

        private void checkPool(AddressPool pool, List<AddressPool> before) {
            if (!isInside(pool.first()) || !isInside(pool.last())) {
                throw new IllegalArgumentException("pool " + pool + " is not inside subnet " + prefix);
            }
            if (isRouters(pool.first())) {
                throw new IllegalArgumentException("pool " + pool + " holds " + Ipv6.toString(prefix.address())
                        + ", the anycast address of the routers of subnet " + prefix + ": begin with the next one");
            }
            before.stream().filter(pool::overlaps).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException("pools " + other + " and " + pool + " overlap");
            });
        }

        private boolean isInside(InetAddress address) {
            return address instanceof Inet6Address six && prefix.contains(six);
        }

        /** The address with no host bits set is every router's (RFC 4291 §2.6.1), unless the link has two at most (RFC 6164). */
        private boolean isRouters(InetAddress address) {
            return prefix.length() < 127 && address.equals(prefix.address());
        }

        private Dhcp6Options buildOptions() {
            Dhcp6Options.Builder all = Dhcp6Options.builder();
            if (!domainNameServers.isEmpty()) {
                all.put(Dhcp6Option.DNS_SERVERS, domainNameServers);
            }
            if (!searchDomains.isEmpty()) {
                all.put(Dhcp6Option.DOMAIN_SEARCH_LIST, searchDomains);
            }
            Dhcp6Options built = all.putAll(options.build()).build();
            ConfigurationCheck6.checkLength("options of subnet " + prefix, built);
            return built;
        }
    }
}
