package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Uuids;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What one client gets for itself: an address that nobody else is given, a host name, options. It applies beside the client's
 * classes and its boot policy and hides neither. Immutable.
 *
 * <pre>{@code
 * Reservation node1 = Reservation.builder(HardwareAddress.parse("52:54:00:77:00:01"))
 *         .address("10.77.0.20")
 *         .hostName("node1")
 *         .build();
 * }</pre>
 *
 * <p>A client is known by one of these, looked for in this order: client identifier (option 61), hardware address, machine UUID
 * (option 97), circuit (option 82, suboption 1). If there are several reservations for a client, one applies: the first in this
 * order that has an address on the network that the client is on, or, if none has, the first.
 *
 * <p>A client that is known by its hardware address, UUID or circuit has its address whatever client identifiers its ROM, its boot
 * program and its system send. Where several machines have the same UUID or circuit, the first one has the address until its lease
 * ends.
 */
public final class Reservation {

    private static final int LONGEST_CIRCUIT = 200;

    private final Object key;
    private final Function<HardwareAddress, ClientIdentifier> holder;
    private final List<Inet4Address> addresses;
    private final DhcpOptions options;
    private final Optional<Duration> leaseTime;

    private Reservation(Builder builder) {
        this.key = builder.key;
        this.holder = builder.holder;
        this.addresses = List.copyOf(builder.addresses);
        this.options = builder.options.build();
        this.leaseTime = builder.leaseTime;
    }

    /**
     * {@return a builder of what the client with a hardware address gets}
     *
     * @param client the hardware address
     */
    public static Builder builder(HardwareAddress client) {
        return new Builder(client, hardware -> ClientIdentifier.of(client));
    }

    /**
     * {@return a builder of what the client with a client identifier gets}
     *
     * @param client the client identifier, option 61
     */
    public static Builder builder(ClientIdentifier client) {
        return new Builder(client, hardware -> client);
    }

    /**
     * {@return a builder of what the machine with a UUID gets}
     *
     * @param machine the UUID as people read it; that of firmware's option 97
     */
    public static Builder builder(UUID machine) {
        byte[] octets = Uuids.octets(machine);
        return new Builder(machine, hardware -> holder(octets, hardware));
    }

    /**
     * {@return a builder of what the client behind a port of a relay agent or switch gets} The identifier counts whichever relay agent
     * sends it: give agents identifiers that differ (RFC 3046 §3.1 has each choose its own), and let them drop option 82 of
     * clients, which could otherwise name another's port.
     *
     * @param circuitId option 82, suboption 1; 1 to 200 octets
     * @throws IllegalArgumentException if the length is out of range
     */
    public static Builder circuit(byte[] circuitId) {
        if (circuitId.length < 1 || circuitId.length > LONGEST_CIRCUIT) {
            throw new IllegalArgumentException(
                    "circuit id of " + circuitId.length + " octets (expected: 1.." + LONGEST_CIRCUIT + ")");
        }
        byte[] octets = circuitId.clone();
        return new Builder(Circuit.of(octets), hardware -> holder(octets, hardware));
    }

    /** Of several machines with one UUID or behind one circuit each is a client of its own: the first one has the address. */
    private static ClientIdentifier holder(byte[] key, HardwareAddress hardware) {
        return ClientIdentifier.of(ByteBuffer.allocate(2 + key.length + hardware.length())
                .put((byte) 0)
                .put(key)
                .put((byte) hardware.type())
                .put(hardware.bytes())
                .array());
    }

    /**
     * Reads reservations from an ethers file, of lines {@code 52:54:00:77:00:01 node1} or {@code 52:54:00:77:00:01 10.77.0.20}
     * (ethers(5)), with the addresses of names from a hosts file, of lines {@code 10.77.0.20 node1 alias} (hosts(5)). {@code #}
     * begins a comment. A name of both files becomes the client's host name, too; IPv6 addresses of the hosts file are passed
     * over, and so are lines of the ethers file whose name the hosts file does not have.
     *
     * @param ethers such as {@code /etc/ethers}
     * @param hosts such as {@code /etc/hosts}
     * @return a reservation for each line
     * @throws IOException if a file cannot be read or a line is wrong; the message names file and line
     */
    public static List<Reservation> readEthers(Path ethers, Path hosts) throws IOException {
        return EthersFile.read(ethers, HostsFile.read(hosts));
    }

    /** What the client is found by: a HardwareAddress, ClientIdentifier, UUID, or Circuit. */
    Object key() {
        return key;
    }

    /** Who the client is to the lease store, whatever identifier it sends. */
    ClientIdentifier holder(HardwareAddress hardware) {
        return holder.apply(hardware);
    }

    /** {@return the addresses that are the client's, at most one of them in each subnet} */
    public List<Inet4Address> addresses() {
        return addresses;
    }

    /** {@return what the client is told beside the options of its classes and its subnet} */
    public DhcpOptions options() {
        return options;
    }

    /** {@return the client's lease time, if it is another than that of its classes and its subnet} */
    public Optional<Duration> leaseTime() {
        return leaseTime;
    }

    /** Who it is for, such as {@code 52:54:00:77:00:01}. */
    @Override
    public String toString() {
        return key.toString();
    }

    /**
     * A port of a relay agent.
     *
     * @param id the circuit id in hexadecimal
     */
    record Circuit(String id) {

        static Circuit of(byte[] id) {
            return new Circuit(HexFormat.ofDelimiter(":").formatHex(id));
        }

        @Override
        public String toString() {
            return "circuit " + id;
        }
    }

    /** Builds a reservation. Not safe for use by several threads at once. */
    public static final class Builder {

        private final Object key;
        private final Function<HardwareAddress, ClientIdentifier> holder;
        private final List<Inet4Address> addresses = new ArrayList<>();
        private final DhcpOptions.Builder options = DhcpOptions.builder();
        private Optional<Duration> leaseTime = Optional.empty();

        private Builder(Object key, Function<HardwareAddress, ClientIdentifier> holder) {
            this.key = key;
            this.holder = holder;
        }

        /**
         * Adds an address; of several, the client gets the one that is on its network.
         *
         * @param address an address of a subnet of the server, in a pool or not
         * @return this builder
         */
        public Builder address(Inet4Address address) {
            addresses.add(address);
            return this;
        }

        /**
         * Adds an address; of several, the client gets the one that is on its network.
         *
         * @param address such as {@code 10.77.0.20}
         * @return this builder
         * @throws IllegalArgumentException if it is no IPv4 address
         */
        public Builder address(String address) {
            return address(Ipv4.parse(address));
        }

        /**
         * Sets the client's host name, option 12.
         *
         * @param hostName such as {@code node1}
         * @return this builder
         */
        public Builder hostName(String hostName) {
            return option(DhcpOption.HOST_NAME, hostName);
        }

        /**
         * Sets an option that the client gets, in place of that of its classes and its subnet.
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
         * Sets the client's lease time.
         *
         * @param leaseTime 60 seconds to 4294967295, the last of which means without end
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder leaseTime(Duration leaseTime) {
            this.leaseTime = Optional.of(LeaseTime.checked(leaseTime));
            return this;
        }

        /** {@return the reservation} */
        public Reservation build() {
            return new Reservation(this);
        }
    }
}
