package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.pxe.BootClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Clients that have something in common: what they are told beside the options of their subnet, how long their leases are, and
 * which pools are theirs. Immutable.
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

    private ClientClass(Builder builder) {
        this.name = builder.name;
        this.members = builder.members;
        this.options = builder.options.build();
        this.leaseTime = builder.leaseTime;
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

    /** {@return what members are told beside the options of their subnet} */
    public DhcpOptions options() {
        return options;
    }

    /** {@return the lease time of members, if it is another than that of their subnet} */
    public Optional<Duration> leaseTime() {
        return leaseTime;
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
        private Optional<Duration> leaseTime = Optional.empty();

        private Builder(String name, Predicate<BootClient> members) {
            this.name = name;
            this.members = members;
        }

        /**
         * Sets an option that every member gets, in place of that of its subnet.
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
         * Sets the lease time of members.
         *
         * @param leaseTime 60 seconds to 4294967295, the last of which means without end
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder leaseTime(Duration leaseTime) {
            this.leaseTime = Optional.of(LeaseTime.checked(leaseTime));
            return this;
        }

        /** {@return the class} */
        public ClientClass build() {
            return new ClientClass(this);
        }
    }
}
