package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.lease.AddressPool;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A subnet that a server serves: its addresses, what its clients are told, and the pools to lease from. All of it is checked
 * when it is built, so that a server never starts with a subnet that cannot work. Immutable.
 *
 * <pre>{@code
 * Subnet subnet = Subnet.builder("10.77.0.0/24")
 *         .router("10.77.0.1")
 *         .domainNameServer("10.77.0.1")
 *         .pool("10.77.0.50", "10.77.0.150")
 *         .leaseTime(Duration.ofHours(8))
 *         .build();
 * }</pre>
 */
public final class Subnet {

    /** The lease time of a subnet for which none is set: one hour. */
    public static final Duration DEFAULT_LEASE_TIME = Duration.ofHours(1);

    private static final int MOST_EXCLUDED = 65_536;
    private static final int LONGEST_PREFIX = 30;

    private final int network;
    private final int prefixLength;
    private final List<ClassPool> pools;
    private final List<Inet4Address> relays;
    private final Duration leaseTime;
    private final DhcpOptions options;

    private Subnet(Builder builder, DhcpOptions options) {
        this.network = builder.network;
        this.prefixLength = builder.prefixLength;
        this.pools = builder.pools.stream()
                .map(pool -> pool.without(builder.excluded))
                .toList();
        this.relays = List.copyOf(builder.relays);
        this.leaseTime = builder.leaseTime;
        this.options = options;
    }

    /**
     * A builder for a subnet in CIDR form.
     *
     * @param cidr network and prefix length, such as {@code 10.77.0.0/24}
     * @return the builder
     * @throws IllegalArgumentException if it is not of this form, has host bits set, or the length is not 1 to 30
     */
    public static Builder builder(String cidr) {
        int slash = cidr.indexOf('/');
        String length = slash < 0 ? "" : cidr.substring(slash + 1);
        if (!length.matches("[0-9]{1,2}")) {
            throw new IllegalArgumentException("subnet: " + cidr + " (expected: network/length as in 10.77.0.0/24)");
        }
        return builder(Ipv4.parse(cidr.substring(0, slash)), Integer.parseInt(length));
    }

    /**
     * A builder for a subnet by network and prefix length.
     *
     * @param network the network's address, all host bits zero
     * @param prefixLength 1 to 30
     * @return the builder
     * @throws IllegalArgumentException if host bits are set, the length is out of range, or the addresses are no unicast ones
     */
    public static Builder builder(Inet4Address network, int prefixLength) {
        if (prefixLength < 1 || prefixLength > LONGEST_PREFIX) {
            throw new IllegalArgumentException("prefix length: " + prefixLength + " (expected: 1..30)");
        }
        int bits = Ipv4.toInt(network);
        if (!Ipv4.isUnicast(network)) {
            throw new IllegalArgumentException("subnet: " + network.getHostAddress() + "/" + prefixLength
                    + " (expected: one of unicast addresses, 1.0.0.0 to 223.255.255.255)");
        }
        if ((bits & ~maskBits(prefixLength)) != 0) {
            throw new IllegalArgumentException(network.getHostAddress() + "/" + prefixLength
                    + " has host bits set: the network is "
                    + Ipv4.of(bits & maskBits(prefixLength)).getHostAddress() + "/" + prefixLength);
        }
        return new Builder(bits, prefixLength);
    }

    /**
     * A builder for a subnet by network and mask.
     *
     * @param network the network's address, all host bits zero
     * @param mask the subnet mask, such as 255.255.255.0
     * @return the builder
     * @throws IllegalArgumentException if the mask is not contiguous or host bits are set
     */
    public static Builder builder(Inet4Address network, Inet4Address mask) {
        int bits = Ipv4.toInt(mask);
        int length = Integer.numberOfLeadingZeros(~bits);
        if (bits != maskBits(length)) {
            throw new IllegalArgumentException("mask " + mask.getHostAddress()
                    + " is not contiguous: the ones must come before the zeros, as in "
                    + Ipv4.of(maskBits(length)).getHostAddress() + " (/" + length + ") or "
                    + Ipv4.of(maskBits(length + 1)).getHostAddress() + " (/" + (length + 1) + ")");
        }
        return builder(network, length);
    }

    private static int maskBits(int prefixLength) {
        return prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
    }

    /** {@return the network's address, all host bits zero} */
    public Inet4Address network() {
        return Ipv4.of(network);
    }

    /** {@return the number of leading ones in the mask, 1 to 30} */
    public int prefixLength() {
        return prefixLength;
    }

    /** {@return the subnet mask} */
    public Inet4Address mask() {
        return Ipv4.of(maskBits(prefixLength));
    }

    /** {@return the broadcast address, all host bits one} */
    public Inet4Address broadcastAddress() {
        return Ipv4.of(network | ~maskBits(prefixLength));
    }

    /** {@return the pools, without the addresses that were excluded} */
    public List<AddressPool> pools() {
        return pools.stream().map(ClassPool::pool).toList();
    }

    List<ClassPool> classPools() {
        return pools;
    }

    private List<Inet4Address> routers() {
        return options.get(DhcpOption.ROUTERS).orElse(List.of());
    }

    /** {@return the relay agents of the subnet; none for any that has an address of the subnet} */
    public List<Inet4Address> relays() {
        return relays;
    }

    /** {@return how long a client may use an address without renewing} */
    public Duration leaseTime() {
        return leaseTime;
    }

    /** {@return what every client is told, subnet mask first} */
    public DhcpOptions options() {
        return options;
    }

    /**
     * {@return whether an address is in the subnet}
     *
     * @param address any address
     */
    public boolean contains(Inet4Address address) {
        return (Ipv4.toInt(address) & maskBits(prefixLength)) == network;
    }

    /**
     * {@return whether the server may lease an address}
     *
     * @param address any address
     */
    public boolean leases(Inet4Address address) {
        return pools.stream().anyMatch(pool -> pool.pool().contains(address));
    }

    boolean overlaps(Subnet other) {
        return contains(other.network()) || other.contains(network());
    }

    /** Two subnets are equal if they are the same network, whatever else they say. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Subnet that && network == that.network && prefixLength == that.prefixLength;
    }

    @Override
    public int hashCode() {
        return 31 * network + prefixLength;
    }

    /** Network and prefix length, such as {@code 10.77.0.0/24}. */
    @Override
    public String toString() {
        return network().getHostAddress() + "/" + prefixLength;
    }

    /** Builds a subnet. Not safe for use by several threads at once. */
    public static final class Builder {

        private final int network;
        private final int prefixLength;
        private final List<Inet4Address> routers = new ArrayList<>();
        private final List<Inet4Address> domainNameServers = new ArrayList<>();
        private final List<ClassPool> pools = new ArrayList<>();
        private final List<Inet4Address> excluded = new ArrayList<>();
        private final List<Inet4Address> relays = new ArrayList<>();
        private final DhcpOptions.Builder options = DhcpOptions.builder();
        private Duration leaseTime = DEFAULT_LEASE_TIME;

        private Builder(int network, int prefixLength) {
            this.network = network;
            this.prefixLength = prefixLength;
        }

        /**
         * Adds a router, option 3; the first one added is the preferred one.
         *
         * @param router an address of the subnet outside its pools
         * @return this builder
         */
        public Builder router(Inet4Address router) {
            routers.add(router);
            return this;
        }

        /**
         * Adds a router, option 3.
         *
         * @param router an address such as {@code 10.77.0.1}
         * @return this builder
         * @throws IllegalArgumentException if it is no IPv4 address
         */
        public Builder router(String router) {
            return router(Ipv4.parse(router));
        }

        /**
         * Adds a domain name server, option 6; the first one added is the preferred one.
         *
         * @param server any address
         * @return this builder
         */
        public Builder domainNameServer(Inet4Address server) {
            domainNameServers.add(server);
            return this;
        }

        /**
         * Adds a domain name server, option 6.
         *
         * @param server an address such as {@code 10.77.0.1}
         * @return this builder
         * @throws IllegalArgumentException if it is no IPv4 address
         */
        public Builder domainNameServer(String server) {
            return domainNameServer(Ipv4.parse(server));
        }

        /**
         * Sets the domain name, option 15.
         *
         * @param domainName such as {@code lab.example}
         * @return this builder
         */
        public Builder domainName(String domainName) {
            return option(DhcpOption.DOMAIN_NAME, domainName);
        }

        /**
         * Sets the lease time; {@link Subnet#DEFAULT_LEASE_TIME} unless set. Clients renew at half of it.
         *
         * @param leaseTime 60 seconds to 4294967295, the last of which means without end
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder leaseTime(Duration leaseTime) {
            this.leaseTime = LeaseTime.checked(leaseTime);
            return this;
        }

        /**
         * Adds a pool to lease from. New clients are spread over all pools that they may have an address of.
         *
         * @param pool addresses of the subnet
         * @param onlyFor the classes whose members get its addresses; everyone unless one is given
         * @return this builder
         */
        public Builder pool(AddressPool pool, ClientClass... onlyFor) {
            pools.add(new ClassPool(pool, List.of(onlyFor)));
            return this;
        }

        /**
         * Adds a pool to lease from.
         *
         * @param first the lowest address, such as {@code 10.77.0.50}
         * @param last the highest address
         * @param onlyFor the classes whose members get its addresses; everyone unless one is given
         * @return this builder
         * @throws IllegalArgumentException if one is no IPv4 address or the last is below the first
         */
        public Builder pool(String first, String last, ClientClass... onlyFor) {
            return pool(AddressPool.of(first, last), onlyFor);
        }

        /**
         * Takes addresses out of the pools.
         *
         * @param first the lowest address
         * @param last the highest address
         * @return this builder
         * @throws IllegalArgumentException if one is no IPv4 address, the last is below the first, or there are more than 65,536
         */
        public Builder exclude(String first, String last) {
            AddressPool range = AddressPool.of(Ipv4.parse(first), Ipv4.parse(last));
            if (range.span() > MOST_EXCLUDED) {
                throw new IllegalArgumentException("excluded range " + range + " has " + range.span()
                        + " addresses (expected: at most " + MOST_EXCLUDED + "; make two pools around it)");
            }
            for (long i = 0; i < range.span(); i++) {
                if (range.address(i) instanceof Inet4Address address) {
                    excluded.add(address);
                }
            }
            return this;
        }

        /**
         * Takes an address out of the pools.
         *
         * @param address such as {@code 10.77.0.99}
         * @return this builder
         * @throws IllegalArgumentException if it is no IPv4 address
         */
        public Builder exclude(String address) {
            return exclude(address, address);
        }

        /**
         * Names a relay agent of the subnet, whose own address may be of another one. Once one is named, the subnet has no
         * others: requests that come by a relay agent of another address, which may be forged, get no answer.
         *
         * @param relay the address that the relay agent writes into {@code giaddr}
         * @return this builder
         * @throws IllegalArgumentException if it is no unicast address
         */
        public Builder relay(Inet4Address relay) {
            if (!Ipv4.isUnicast(relay)) {
                throw new IllegalArgumentException(
                        "relay agent: " + relay.getHostAddress() + " (expected: its own unicast address)");
            }
            relays.add(relay);
            return this;
        }

        /**
         * Names a relay agent of the subnet, as {@link #relay(Inet4Address)}.
         *
         * @param relay such as {@code 10.77.0.1}
         * @return this builder
         * @throws IllegalArgumentException if it is no unicast address of IPv4
         */
        public Builder relay(String relay) {
            return relay(Ipv4.parse(relay));
        }

        /**
         * Sets an option that every client of the subnet gets, whether it asks for it or not: boot programs read options
         * that the firmware before them did not ask for.
         *
         * @param <T> the type of the value
         * @param option any option but those that the server sets by itself: 1, 50 to 59, 61, 80 and 82
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the option is the server's own or the value out of its range
         */
        public <T> Builder option(DhcpOption<T> option, T value) {
            GivenOptions.put(options, option, value);
            return this;
        }

        /**
         * The subnet.
         *
         * @return the subnet
         * @throws IllegalArgumentException if an excluded address or a pool is not inside the subnet, a pool holds its network or broadcast address or a
         *     router that is not excluded, two pools overlap, or a router is not inside the subnet
         */
        public Subnet build() {
            Subnet subnet = new Subnet(this, buildOptions());
            for (Inet4Address router : subnet.routers()) {
                if (!subnet.contains(router)) {
                    throw new IllegalArgumentException(
                            "router " + router.getHostAddress() + " is outside of subnet " + subnet);
                }
            }
            excluded.stream()
                    .filter(address -> !subnet.contains(address))
                    .findFirst()
                    .ifPresent(address -> {
                        throw new IllegalArgumentException("excluded address " + address.getHostAddress()
                                + " is outside of subnet " + subnet + ", where it excludes nothing");
                    });
            List<AddressPool> leased = subnet.pools();
            for (int i = 0; i < leased.size(); i++) {
                checkPool(subnet, leased.get(i), leased.subList(0, i));
            }
            return subnet;
        }

        private static boolean isInside(Subnet subnet, InetAddress address) {
            return address instanceof Inet4Address four && subnet.contains(four);
        }

        private void checkPool(Subnet subnet, AddressPool pool, List<AddressPool> before) {
            if (!isInside(subnet, pool.first()) || !isInside(subnet, pool.last())) {
                throw new IllegalArgumentException("pool " + pool + " is not inside subnet " + subnet);
            }
            Stream.of(
                            Stream.of(subnet.network(), subnet.broadcastAddress()),
                            subnet.routers().stream(),
                            relays.stream())
                    .flatMap(each -> each)
                    .filter(pool::contains)
                    .findFirst()
                    .ifPresent(address -> {
                        throw new IllegalArgumentException("pool " + pool + " holds " + address.getHostAddress()
                                + ", the network, broadcast, a router's or a relay agent's address of subnet " + subnet
                                + ": exclude it");
                    });
            before.stream().filter(pool::overlaps).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException("pools " + other + " and " + pool + " overlap");
            });
        }

        private DhcpOptions buildOptions() {
            // The mask stands before the routers: RFC 2132 §3.3.
            int mask = maskBits(prefixLength);
            DhcpOptions.Builder all = DhcpOptions.builder()
                    .put(DhcpOption.SUBNET_MASK, Ipv4.of(mask))
                    .put(DhcpOption.BROADCAST_ADDRESS, Ipv4.of(network | ~mask));
            if (!routers.isEmpty()) {
                all.put(DhcpOption.ROUTERS, routers);
            }
            if (!domainNameServers.isEmpty()) {
                all.put(DhcpOption.DOMAIN_NAME_SERVERS, domainNameServers);
            }
            return all.putAll(options.build()).build();
        }
    }
}
