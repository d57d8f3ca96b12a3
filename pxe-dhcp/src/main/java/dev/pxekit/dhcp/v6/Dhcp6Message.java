package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.RawOption;
import dev.pxekit.dhcp.internal.Ipv6;
import io.netty.buffer.ByteBuf;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One DHCPv6 message: between client and server (RFC 8415 §8), or between relay agents and servers with another message
 * inside (RFC 8415 §9). The message is its wire image: a decoded message encodes to the octets it came as, and two messages
 * are equal if their octets are. Immutable.
 *
 * <pre>{@code
 * Dhcp6Message received = Dhcp6Codec.decode(octets);
 * Dhcp6Message reply = Dhcp6Message.replyTo(received, Dhcp6MessageType.REPLY)
 *         .option(Dhcp6Option.SERVER_IDENTIFIER, server)
 *         .option(Dhcp6Option.BOOT_FILE_URL, "http://[2001:db8::1]/snponly.efi")
 *         .build();
 * byte[] answer = Dhcp6Codec.encode(Dhcp6Message.relayReply(received, reply));
 * }</pre>
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------+-----------------------------------------------+
 *   |    msg-type   |               transaction-id                  |
 *   +---------------+-----------------------------------------------+
 *   |                       options (variable)                      |
 *   +---------------------------------------------------------------+
 *
 *   +---------------+---------------+-------------------------------+
 *   |    msg-type   |   hop-count   |       link-address (16) ...   |
 *   +---------------+---------------+-------------------------------+
 *   |           ...         |       peer-address (16) ...           |
 *   +-----------------------+---------------------------------------+
 *   |           ...         |       options (variable)              |
 *   +-----------------------+---------------------------------------+
 * </pre>
 */
public final class Dhcp6Message implements OptionHolder {

    /** A relay agent discards a RELAY-FORW that came through so many before (RFC 8415 §7.6). */
    public static final int HOP_COUNT_LIMIT = 8;

    private static final int HEADER_LENGTH = 4;
    private static final int HOP_COUNT = 1;
    private static final int LINK_ADDRESS = 2;
    private static final int PEER_ADDRESS = 18;
    private static final int RELAY_HEADER_LENGTH = 34;
    private static final int LARGEST_TRANSACTION_ID = 0xff_ffff;

    private final byte[] image;
    private final int start;
    private final Dhcp6Options options;

    /** A message in an image that is never written to again; the index of the options is filled. */
    private Dhcp6Message(Dhcp6OptionIndex index, int start) {
        this.image = index.octets();
        this.start = start;
        this.options = Dhcp6Options.of(index);
    }

    /** Reads a message out of octets that it takes over; their first stands at an offset of what is being read. */
    static Dhcp6Message read(byte[] image, int base) throws DhcpFormatException {
        int header = image.length == 0 ? HEADER_LENGTH : headerLength(image[0]);
        if (image.length < header) {
            throw new DhcpFormatException(cutHeader(image.length, header), base + image.length);
        }
        if (image.length > Dhcp6OptionIndex.MAXIMUM_LENGTH) {
            throw new DhcpFormatException(
                    "message of " + image.length + " octets (expected: at most " + Dhcp6OptionIndex.MAXIMUM_LENGTH
                            + ")",
                    base + Dhcp6OptionIndex.MAXIMUM_LENGTH);
        }
        Dhcp6OptionIndex index = new Dhcp6OptionIndex(image, header, image.length, base);
        return new Dhcp6Message(OptionFrames.check(index, isRelay(image[0])), 0);
    }

    static boolean isRelay(int type) {
        return type == Dhcp6MessageType.RELAY_FORW.code() || type == Dhcp6MessageType.RELAY_REPL.code();
    }

    static int headerLength(int type) {
        return isRelay(type) ? RELAY_HEADER_LENGTH : HEADER_LENGTH;
    }

    static String cutHeader(int length, int header) {
        return "message of " + length + " octets (expected: " + header + " or more)";
    }

    /**
     * {@return a builder of a message without options, its transaction id or relay header zero}
     *
     * @param type the message type
     */
    public static Builder builder(Dhcp6MessageType type) {
        return new Builder(type);
    }

    /**
     * {@return a builder of a server's answer to a message, or to the one that relay agents sent in it: with its transaction id and
     * its client identifier as the first option, if there is one (RFC 8415 §18.3)} The server identifier is left to the caller;
     * {@link #relayReply} puts the answer into the messages that relay agents want.
     *
     * @param request what was received
     * @param type the type of the answer, such as ADVERTISE or REPLY
     */
    public static Builder replyTo(Dhcp6Message request, Dhcp6MessageType type) {
        Dhcp6Message asked = request.innermost();
        Builder builder = new Builder(type);
        // A DHCPv4 message in DHCPv6 has flags in place of the transaction id; an answer sets none (RFC 7341 §8).
        if (!type.equals(Dhcp6MessageType.DHCPV4_RESPONSE)) {
            builder.transactionId(asked.transactionId());
        }
        int client = Dhcp6Option.CLIENT_IDENTIFIER.code();
        asked.options.raw(client).ifPresent(octets -> builder.option(client, octets));
        return builder;
    }

    /**
     * {@return a builder of the RELAY-FORW in which a relay agent sends a message on (RFC 8415 §19.1)} Its hop count is 0, or one more
     * than that of a RELAY-FORW that is sent on.
     *
     * @param message what was received
     * @param linkAddress an address on the link that it came from, or {@code ::}
     * @param peerAddress who it came from
     * @throws IllegalArgumentException if the message is a RELAY-FORW with a hop count of {@link #HOP_COUNT_LIMIT} or more
     */
    public static Builder relay(Dhcp6Message message, Inet6Address linkAddress, Inet6Address peerAddress) {
        int hops = message.type().equals(Dhcp6MessageType.RELAY_FORW) ? message.hopCount() + 1 : 0;
        if (hops > HOP_COUNT_LIMIT) {
            throw new IllegalArgumentException(
                    "hop count: " + message.hopCount() + " (expected: less than " + HOP_COUNT_LIMIT + ")");
        }
        return builder(Dhcp6MessageType.RELAY_FORW)
                .relayHeader(new RelayHeader(hops, linkAddress, peerAddress))
                .option(Dhcp6Option.RELAY_MESSAGE, message);
    }

    /**
     * {@return a server's answer on the way back through the relay agents that a message came through: a RELAY-REPL for each
     * RELAY-FORW, with its hop count and addresses, its interface id (RFC 8415 §19.3), its relay source port (RFC 8357) and the
     * options that it asks to have echoed (RFC 4994); the answer itself if the message came from the client}
     *
     * @param received what was received
     * @param answer the answer to its innermost message
     * @throws IllegalArgumentException if it gets longer than 65535 octets
     */
    public static Dhcp6Message relayReply(Dhcp6Message received, Dhcp6Message answer) {
        List<Dhcp6Message> relays = received.relayChain();
        Dhcp6Message message = answer;
        for (int i = relays.size() - 1; i >= 0; i--) {
            Dhcp6Message relay = relays.get(i);
            Builder builder = builder(Dhcp6MessageType.RELAY_REPL);
            relay.relayHeader().ifPresent(builder::relayHeader);
            Set<Integer> echoed =
                    new HashSet<>(List.of(Dhcp6Option.INTERFACE_ID.code(), Dhcp6Option.RELAY_SOURCE_PORT.code()));
            relay.options.get(Dhcp6Option.ECHO_REQUEST).ifPresent(echoed::addAll);
            echoed.remove(Dhcp6Option.RELAY_MESSAGE.code());
            for (RawOption option : relay.options) {
                if (echoed.contains(option.code())) {
                    builder.options.add(option.code(), option.value());
                }
            }
            message = builder.option(Dhcp6Option.RELAY_MESSAGE, message).build();
        }
        return message;
    }

    /** {@return a builder that starts from this message} */
    public Builder toBuilder() {
        Builder builder = new Builder(type());
        System.arraycopy(image, start, builder.header, 0, builder.header.length);
        builder.options.addAll(options);
        return builder;
    }

    /**
     * Reads the text form of a message: what {@link #toText} gives, or lines written by hand, as
     *
     * <pre>
     * type: SOLICIT
     * xid: 10a0b0
     * option 8 (elapsed time): 0
     * option 6: [59, 60]
     * option 65000: hex 0a0b
     * </pre>
     *
     * @param text the lines
     * @return the message
     * @throws IllegalArgumentException if a line is not one of these; the message has its number
     */
    public static Dhcp6Message parse(String text) {
        return MessageText.parse(text);
    }

    /**
     * {@return the message as lines for people, which {@link #parse} reads back to the same octets} An option shows with its name and
     * value where the value gives its octets back, and as {@code hex} with the value as a remark where it does not.
     */
    public String toText() {
        return MessageText.print(this);
    }

    /**
     * {@return the message as JSON on one line, for logs} {@code options} is a list of objects with {@code option} (the code),
     * {@code name}, {@code value} and {@code hex} where the value alone does not give the octets back; a value with options has
     * the like in it; {@code diagnostics} is there if there are any.
     */
    public String toJson() {
        return MessageText.json(this);
    }

    /** {@return the message type} */
    public Dhcp6MessageType type() {
        return Dhcp6MessageType.of(image[start] & 0xff);
    }

    /** {@return whether this is a relay agent message, RELAY-FORW or RELAY-REPL} */
    public boolean isRelay() {
        return isRelay(image[start]);
    }

    /**
     * {@return the transaction id, 0 to 0xffffff: the client's, if this is a relay agent message; 0 if that holds none} In DHCPV4-QUERY
     * and DHCPV4-RESPONSE these octets are flags (RFC 7341).
     */
    public int transactionId() {
        Dhcp6Message message = innermost();
        return message.isRelay()
                ? 0
                : (message.image[message.start + 1] & 0xff) << 16
                        | OptionFrames.readShort(message.image, message.start + 2);
    }

    /** {@return the options, those of the relay agent if this is a relay agent message} */
    @Override
    public Dhcp6Options options() {
        return options;
    }

    /** {@return the header of a relay agent message; empty for a message between client and server} */
    public Optional<RelayHeader> relayHeader() {
        return isRelay()
                ? Optional.of(new RelayHeader(hopCount(), address(LINK_ADDRESS), address(PEER_ADDRESS)))
                : Optional.empty();
    }

    private int hopCount() {
        return image[start + HOP_COUNT] & 0xff;
    }

    private Inet6Address address(int offset) {
        int from = start + offset;
        return Ipv6.of(Arrays.copyOfRange(image, from, from + Ipv6.LENGTH));
    }

    /**
     * {@return the message inside a relay agent message, in its first option 9; empty for a message between client and server, and if
     * the option is absent or has no octets}
     */
    public Optional<Dhcp6Message> relayed() {
        Dhcp6OptionIndex index = options.index();
        int option = isRelay() ? index.find(Dhcp6Option.RELAY_MESSAGE.code(), 0) : -1;
        if (option < 0 || index.length(option) == 0) {
            return Optional.empty();
        }
        int from = index.offset(option);
        Dhcp6OptionIndex inner = new Dhcp6OptionIndex(
                image, from + headerLength(image[from]), from + index.length(option), index.base());
        return Optional.of(new Dhcp6Message(OptionFrames.fill(inner), from));
    }

    /**
     * {@return the client's or server's message, however many relay agent messages it stands in: this one, if it is none of those; a
     * relay agent message only if that holds no message}
     */
    public Dhcp6Message innermost() {
        Dhcp6Message message = this;
        Optional<Dhcp6Message> next = message.relayed();
        while (next.isPresent()) {
            message = next.get();
            next = message.relayed();
        }
        return message;
    }

    /**
     * {@return the relay agent messages that this message is made of, the outermost, which is this one, first; empty for a message
     * between client and server}
     */
    public List<Dhcp6Message> relayChain() {
        List<Dhcp6Message> chain = new ArrayList<>();
        Optional<Dhcp6Message> next = Optional.of(this).filter(Dhcp6Message::isRelay);
        while (next.isPresent()) {
            chain.add(next.get());
            next = next.get().relayed().filter(Dhcp6Message::isRelay);
        }
        return List.copyOf(chain);
    }

    /**
     * {@return the address that the client sent its message from: what the relay agent nearest to it says, or else the sender}
     *
     * @param sender the address that this message came from
     */
    public Inet6Address clientAddress(Inet6Address sender) {
        List<Dhcp6Message> relays = relayChain();
        return relays.isEmpty()
                ? sender
                : relays.get(relays.size() - 1)
                        .relayHeader()
                        .map(RelayHeader::peerAddress)
                        .orElse(sender);
    }

    /**
     * {@return what is wrong with the message and those inside it, outermost first: values that are none of their option's type, and
     * what breaks the rules by which servers and clients must drop a message ({@link DhcpDiagnostic#INVALID}: RFC 8415 §16, and
     * the like in later documents)} What depends on the receiver, such as its own identifier, is left to it. The offsets count in
     * the octets that were handed to the decoder.
     */
    public List<DhcpDiagnostic> diagnostics() {
        List<DhcpDiagnostic> diagnostics = new ArrayList<>();
        Optional<Dhcp6Message> next = Optional.of(this);
        while (next.isPresent()) {
            Dhcp6Message message = next.get();
            message.options.addFaults(diagnostics, message.isRelay() ? Dhcp6Option.RELAY_MESSAGE.code() : -1);
            next = message.relayed();
        }
        MessageRules.check(this, diagnostics);
        return List.copyOf(diagnostics);
    }

    /**
     * {@return whether a server may answer this message: it is of a type for servers, straight from a client or in RELAY-FORW messages
     * only, and nothing in {@link #diagnostics} is {@link DhcpDiagnostic#INVALID}} A server must drop any other.
     */
    public boolean isValidForServer() {
        return MessageRules.isForServer(this) && isValid();
    }

    /**
     * {@return whether a client may take this message: it is of a type for clients, and nothing in {@link #diagnostics} is
     * {@link DhcpDiagnostic#INVALID}} A client must drop any other.
     */
    public boolean isValidForClient() {
        return MessageRules.isForClient(this) && isValid();
    }

    private boolean isValid() {
        List<DhcpDiagnostic> broken = new ArrayList<>();
        MessageRules.check(this, broken);
        return broken.isEmpty();
    }

    /** Where the message begins in the octets that were handed to the decoder. */
    int offset() {
        return options.index().base() + start;
    }

    byte[] encode() {
        return Arrays.copyOfRange(image, start, end());
    }

    void encode(ByteBuf target) {
        target.writeBytes(image, start, end() - start);
    }

    private int end() {
        return options.index().end();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dhcp6Message that
                && Arrays.equals(image, start, end(), that.image, that.start, that.end());
    }

    @Override
    public int hashCode() {
        int headerHash = 0;
        for (int i = start; i < options.index().start(); i++) {
            headerHash = 31 * headerHash + image[i];
        }
        return 31 * headerHash + options.hashCode();
    }

    /** One line with message type, transaction id or relay header, and the option codes; then the message inside. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        Optional<Dhcp6Message> next = Optional.of(this);
        while (next.isPresent()) {
            Dhcp6Message message = next.get();
            text.append(text.isEmpty() ? "" : " > ").append(message.type());
            message.relayHeader()
                    .ifPresentOrElse(
                            header -> text.append(" hops=")
                                    .append(header.hopCount())
                                    .append(" link=")
                                    .append(Ipv6.toString(header.linkAddress()))
                                    .append(" peer=")
                                    .append(Ipv6.toString(header.peerAddress())),
                            () -> text.append(String.format(Locale.ROOT, " xid=%06x", message.transactionId())));
            text.append(" options=").append(message.options.codes());
            next = message.relayed();
        }
        return text.toString();
    }

    /** Builds a message. Not safe for use by several threads at once. */
    public static final class Builder {

        private final byte[] header;
        private final Dhcp6Options.Builder options = Dhcp6Options.builder();

        private Builder(Dhcp6MessageType type) {
            header = new byte[headerLength(type.code())];
            header[0] = (byte) type.code();
        }

        /**
         * Sets the transaction id of a message between client and server.
         *
         * @param transactionId 0 to 0xffffff
         * @return this builder
         * @throws IllegalArgumentException if it is out of range, or this is a relay agent message
         */
        public Builder transactionId(int transactionId) {
            requireRelay(false, "transaction id");
            if (transactionId < 0 || transactionId > LARGEST_TRANSACTION_ID) {
                throw new IllegalArgumentException(
                        String.format(Locale.ROOT, "transaction id: %x (expected: 0..ffffff)", transactionId));
            }
            header[1] = (byte) (transactionId >>> 16);
            header[2] = (byte) (transactionId >>> 8);
            header[3] = (byte) transactionId;
            return this;
        }

        /**
         * Sets the header of a relay agent message.
         *
         * @param relay hop count and addresses
         * @return this builder
         * @throws IllegalArgumentException if this is a message between client and server
         */
        public Builder relayHeader(RelayHeader relay) {
            requireRelay(true, "relay header");
            header[HOP_COUNT] = (byte) relay.hopCount();
            System.arraycopy(relay.linkAddress().getAddress(), 0, header, LINK_ADDRESS, Ipv6.LENGTH);
            System.arraycopy(relay.peerAddress().getAddress(), 0, header, PEER_ADDRESS, Ipv6.LENGTH);
            return this;
        }

        private void requireRelay(boolean relay, String what) {
            if (Dhcp6Message.isRelay(header[0]) != relay) {
                throw new IllegalArgumentException(what + " in " + Dhcp6MessageType.of(header[0] & 0xff));
            }
        }

        /**
         * Sets an option: in place of all with its code, where the first one stood, or at the end.
         *
         * @param <T> the type of the value
         * @param option the option
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the value is out of the option's range
         */
        public <T> Builder option(Dhcp6Option<T> option, T value) {
            options.put(option, value);
            return this;
        }

        /**
         * Sets an option to these octets: in place of all with its code, where the first one stood, or at the end.
         *
         * @param code the code
         * @param value the octets
         * @return this builder
         * @throws IllegalArgumentException if the code is not 0 to 65535 or there are more than 65535 octets
         */
        public Builder option(int code, byte[] value) {
            options.put(code, value);
            return this;
        }

        /**
         * Appends an option even if one with its code is there, such as a second identity association.
         *
         * @param <T> the type of the value
         * @param option the option
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the value is out of the option's range
         */
        public <T> Builder addOption(Dhcp6Option<T> option, T value) {
            options.add(option, value);
            return this;
        }

        /**
         * Appends options in their order, repeated ones too.
         *
         * @param added the options to append
         * @return this builder
         */
        public Builder addOptions(Dhcp6Options added) {
            options.addAll(added);
            return this;
        }

        /**
         * Takes every option with this code out.
         *
         * @param code the code
         * @return this builder
         */
        public Builder removeOption(int code) {
            options.remove(code);
            return this;
        }

        /**
         * {@return the message}
         *
         * @throws IllegalArgumentException if it is longer than 65535 octets, or what stands inside an option runs past it
         */
        public Dhcp6Message build() {
            byte[] image = Arrays.copyOf(header, options.checkedLength(header.length));
            options.writeTo(image, header.length);
            try {
                return read(image, 0);
            } catch (DhcpFormatException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }
}
