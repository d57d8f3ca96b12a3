package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Clients that have something in common: what they are told beside the options of their subnet, how long their leases are, and
 * which pools are theirs. Immutable. The same class can be one of a {@link DhcpServer} and of a {@link Dhcp6Server}: options and times
 * are set for each of them.
 *
 * <pre>{@code
 * ClientClass phones = ClientClass.builder("phones", client -> client.vendorClass().filter("phone"::equals).isPresent())
 *         .option(DhcpOption.TFTP_SERVER_NAME, "10.77.0.9")
 *         .leaseTime(Duration.ofDays(7))
 *         .build();
 * }</pre>
 */
public final class ClientClass {

    private final String name;
    private final Predicate<BootClient> members;
    private final DhcpOptions options;
    private final Optional<Duration> leaseTime;
    private final Dhcp6Options options6;
    private final Optional<Lifetimes6> lifetimes;

    private ClientClass(Builder builder) {
        this.name = builder.name;
        this.members = builder.members;
        this.options = builder.options.build();
        this.leaseTime = builder.leaseTime;
        this.options6 = builder.options6.build();
        this.lifetimes = builder.lifetimes;
    }

    /**
     * {@return a builder}
     *
     * @param name what the class is called in messages
     * @param members whether a client is a member: called for every request, by several threads at once; if it throws, that
     *     request gets no answer
     */
    public static Builder builder(String name, Predicate<BootClient> members) {
        return new Builder(name, members);
    }

    /** {@return what the class is called in messages} */
    public String name() {
        return name;
    }

    /**
     * {@return whether a client is a member}
     *
     * @param client who asks
     */
    public boolean contains(BootClient client) {
        return members.test(client);
    }

    /** {@return what members are told over DHCPv4 beside the options of their subnet} */
    public DhcpOptions options() {
        return options;
    }

    /** {@return the lease time of members, if it is another than that of their subnet} */
    public Optional<Duration> leaseTime() {
        return leaseTime;
    }

    /** {@return what members who ask for it are told over DHCPv6 beside the options of their subnet} */
    public Dhcp6Options options6() {
        return options6;
    }

    /** {@return the preferred lifetime of members' IPv6 addresses, if it is another than that of their subnet} */
    public Optional<Duration> preferredLifetime() {
        return lifetimes.map(Lifetimes6::preferred);
    }

    /** {@return the valid lifetime of members' IPv6 addresses, if it is another than that of their subnet} */
    public Optional<Duration> validLifetime() {
        return lifetimes.map(Lifetimes6::valid);
    }

    Optional<Lifetimes6> lifetimes() {
        return lifetimes;
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }

    /** Builds a class. Not safe for use by several threads at once. */
    public static final class Builder {

        private final String name;
        private final Predicate<BootClient> members;
        private final DhcpOptions.Builder options = DhcpOptions.builder();
        private final Dhcp6Options.Builder options6 = Dhcp6Options.builder();
        private Optional<Duration> leaseTime = Optional.empty();
        private Optional<Lifetimes6> lifetimes = Optional.empty();

        private Builder(String name, Predicate<BootClient> members) {
            this.name = name;
            this.members = members;
        }

        /**
         * Sets an option that every member gets over DHCPv4, in place of that of its subnet.
         *
         * @param <T> the type of the value
         * @param option any option but those that the server sets by itself: 1, 50 to 59, 61 and 82
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the option is the server's own or the value out of its range
         */
        public <T> Builder option(DhcpOption<T> option, T value) {
            GivenOptions.put(options, option, value);
            return this;
        }

        /**
         * Sets the lease time of members over DHCPv4.
         *
         * @param leaseTime 60 seconds to 4294967295, the last of which means without end
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder leaseTime(Duration leaseTime) {
            this.leaseTime = Optional.of(LeaseTime.checked(leaseTime));
            return this;
        }

        /**
         * Sets an option that every member gets over DHCPv6 who asks for it, in place of that of its subnet.
         *
         * @param <T> the type of the value
         * @param option as {@link Subnet6.Builder#option} takes it
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the option cannot be set or the value is out of its range
         */
        public <T> Builder option(Dhcp6Option<T> option, T value) {
            GivenOptions.put(options6, option, value);
            return this;
        }

        /**
         * Sets how long members can use an IPv6 address without renewing.
         *
         * @param preferred for new connections, 60 seconds to 4294967295, the last of which means without end
         * @param valid at all, not shorter than that
         * @return this builder
         * @throws IllegalArgumentException if one is out of range, or preferred longer than valid
         */
        public Builder lifetimes(Duration preferred, Duration valid) {
            this.lifetimes = Optional.of(new Lifetimes6(preferred, valid));
            return this;
        }

        /** {@return the class} */
        public ClientClass build() {
            return new ClientClass(this);
        }
    }
}
