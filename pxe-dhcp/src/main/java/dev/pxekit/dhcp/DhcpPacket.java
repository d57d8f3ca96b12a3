package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.PacketImage.BOOTREPLY;
import static dev.pxekit.dhcp.PacketImage.BOOTREQUEST;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Ranges;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One BOOTP or DHCP packet (RFC 951, RFC 2131 §2). The packet is its wire image: a decoded packet encodes to the octets it
 * came as, and two packets are equal if their octets are. Immutable.
 *
 * <pre>{@code
 * DhcpPacket offer = DhcpPacket.replyTo(discover, MessageType.OFFER)
 *         .yourAddress(address)
 *         .option(DhcpOption.SERVER_IDENTIFIER, server)
 *         .option(DhcpOption.BOOT_FILE_NAME, "snponly.efi")
 *         .build();
 * }</pre>
 */
public final class DhcpPacket {

    private final byte[] image;
    private final DhcpOptions options;

    /** Which fields hold options: bits of option 52. */
    private final int overload;

    /** Takes the image over; it is never written to again. */
    DhcpPacket(byte[] image, OptionIndex options, int overload) {
        this.image = image;
        this.options = new DhcpOptions(options);
        this.overload = overload;
    }

    /** {@return a builder of a BOOTREQUEST with Ethernet as hardware type and all else zero} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return a builder of the reply to a request: a BOOTREPLY with the request's hardware type and address,
     * transaction id, flags and relay agent (RFC 2131 table 3), and this message type as first option}
     *
     * @param request the request
     * @param type the message type
     */
    public static Builder replyTo(DhcpPacket request, MessageType type) {
        return new Builder(request).option(DhcpOption.MESSAGE_TYPE, type);
    }

    /**
     * {@return a builder that starts from this packet} Options that an overload put into {@code file} and {@code sname} come back to
     * the options field, and option 52 goes.
     */
    public Builder toBuilder() {
        return new Builder(image, options, overload);
    }

    /**
     * Reads the text form of a packet: what {@link #toText} gives, or lines written by hand. Fields that are left out are zero,
     * END and zeros up to 300 octets are added, and an option may stand with its value or as {@code hex} and octets:
     *
     * <pre>
     * op: BOOTREPLY
     * xid: 873cfe29
     * chaddr: 52:54:00:77:00:01
     * option 53: OFFER
     * option 3: [10.77.0.1]
     * option 224: hex 0a0b
     * </pre>
     *
     * @param text the lines
     * @return the packet
     * @throws IllegalArgumentException if a line is not one of these; the message has its number
     */
    public static DhcpPacket parse(String text) {
        return PacketParser.parse(text);
    }

    /**
     * {@return the packet as lines for people, which {@link #parse} reads back to the same octets} An option shows with its name and
     * value where the value gives its octets back, and as {@code hex} with the value as a remark where it does not.
     */
    public String toText() {
        return PacketPrinter.print(this);
    }

    /**
     * {@return the packet as JSON on one line, for logs} The header fields have the names of RFC 2131; {@code options} is a list of
     * objects with {@code option} (the code), {@code name}, {@code value} (text, number, truth value, list or object) and
     * {@code hex} where the value alone does not give the octets back; {@code snameHex} and {@code fileHex} are there where these
     * fields hold more than text; {@code diagnostics} is there if there are any.
     */
    public String toJson() {
        return PacketJson.print(this);
    }

    /**
     * {@return what is odd in the packet, by offset in its octets} Each known option's value is read; this is for logs and tools, a
     * server has no need of it.
     */
    public List<DhcpDiagnostic> diagnostics() {
        return PacketDiagnostics.of(this);
    }

    /** {@return whether a client or relay agent sent this: {@code op} is BOOTREQUEST} */
    public boolean isRequest() {
        return operation() == BOOTREQUEST;
    }

    /** {@return the {@code op} field: 1 BOOTREQUEST, 2 BOOTREPLY} */
    public int operation() {
        return image[PacketImage.OP];
    }

    /** {@return the {@code htype} field: 1 is Ethernet} */
    public int hardwareType() {
        return image[PacketImage.HTYPE] & 0xff;
    }

    /** {@return the {@code hops} field: how many relay agents the packet came through} */
    public int hops() {
        return image[PacketImage.HOPS] & 0xff;
    }

    /** {@return the {@code xid} field} */
    public int transactionId() {
        return PacketImage.readInt(image, PacketImage.XID);
    }

    /** {@return the {@code secs} field: seconds since the client began, 0 to 65535} */
    public int secondsElapsed() {
        return PacketImage.readShort(image, PacketImage.SECS);
    }

    /** {@return the {@code flags} field; 0x8000 asks for replies by broadcast, the other bits must be ignored} */
    public int flags() {
        return PacketImage.readShort(image, PacketImage.FLAGS);
    }

    /** {@return whether the client asks for replies by broadcast (RFC 2131 §4.1)} */
    public boolean isBroadcast() {
        return (flags() & PacketImage.BROADCAST_FLAG) != 0;
    }

    /** {@return the {@code ciaddr} field: the address that the client has, or 0.0.0.0} */
    public Inet4Address clientAddress() {
        return Ipv4.of(image, PacketImage.CIADDR);
    }

    /** {@return the {@code yiaddr} field: the address that the client gets, or 0.0.0.0} */
    public Inet4Address yourAddress() {
        return Ipv4.of(image, PacketImage.YIADDR);
    }

    /** {@return the {@code siaddr} field: the next server, from which the client boots, or 0.0.0.0} */
    public Inet4Address nextServer() {
        return Ipv4.of(image, PacketImage.SIADDR);
    }

    /** {@return the {@code giaddr} field: the relay agent, or 0.0.0.0} */
    public Inet4Address relayAgent() {
        return Ipv4.of(image, PacketImage.GIADDR);
    }

    /** {@return the {@code chaddr} field, {@code hlen} octets of it} */
    public HardwareAddress clientHardwareAddress() {
        int length = image[PacketImage.HLEN];
        return HardwareAddress.of(
                hardwareType(), Arrays.copyOfRange(image, PacketImage.CHADDR, PacketImage.CHADDR + length));
    }

    /**
     * {@return the text of the {@code sname} field up to its NUL; empty if there is none or the field holds options}
     */
    public Optional<String> serverHostName() {
        return (overload & PacketImage.OVERLOAD_SNAME) != 0
                ? Optional.empty()
                : fieldText(PacketImage.SNAME, PacketImage.SNAME_LENGTH);
    }

    /**
     * {@return the text of the {@code file} field up to its NUL; empty if there is none or the field holds options}
     */
    public Optional<String> bootFileName() {
        return (overload & PacketImage.OVERLOAD_FILE) != 0
                ? Optional.empty()
                : fieldText(PacketImage.FILE, PacketImage.FILE_LENGTH);
    }

    /**
     * {@return the boot file name or URL that a client takes from this packet: option 67, else the {@code file} field}
     */
    public Optional<String> effectiveBootFileName() {
        return options.get(DhcpOption.BOOT_FILE_NAME)
                .filter(name -> !name.isEmpty())
                .or(this::bootFileName);
    }

    /** {@return the options} */
    public DhcpOptions options() {
        return options;
    }

    /** {@return the message type, option 53; empty for a BOOTP packet} */
    public Optional<MessageType> messageType() {
        return options.get(DhcpOption.MESSAGE_TYPE);
    }

    /** The wire image itself, for the codec. */
    byte[] image() {
        return image;
    }

    /** Which fields hold options: bits of option 52. */
    int overload() {
        return overload;
    }

    private Optional<String> fieldText(int offset, int length) {
        return Optional.of(PacketImage.text(image, offset, length)).filter(text -> !text.isEmpty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpPacket that && Arrays.equals(image, that.image);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(image);
    }

    /** One line with message type, transaction id, hardware address, addresses that are set, and the option codes. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(messageType().map(MessageType::name).orElse(isRequest() ? "BOOTREQUEST" : "BOOTREPLY"));
        text.append(String.format(Locale.ROOT, " xid=%08x chaddr=%s", transactionId(), clientHardwareAddress()));
        appendAddress(text, "ciaddr", clientAddress());
        appendAddress(text, "yiaddr", yourAddress());
        appendAddress(text, "siaddr", nextServer());
        appendAddress(text, "giaddr", relayAgent());
        effectiveBootFileName().ifPresent(name -> text.append(" file=").append(name));
        text.append(" options=");
        options.forEach(entry -> text.append(entry.code()).append(','));
        return text.substring(0, text.length() - 1);
    }

    private static void appendAddress(StringBuilder text, String name, Inet4Address address) {
        if (!address.isAnyLocalAddress()) {
            text.append(' ').append(name).append('=').append(address.getHostAddress());
        }
    }

    /** Builds a packet. Not safe for use by several threads at once. */
    public static final class Builder {

        /** What every host takes (RFC 2131 §2). */
        private static final int SMALLEST_MESSAGE_SIZE = 576;

        private static final int IP_AND_UDP_HEADERS = 28;

        private final byte[] header = new byte[PacketImage.HEADER_LENGTH];
        private final DhcpOptions.Builder options;
        private int maximumLength = PacketImage.MAXIMUM_LENGTH;

        private Builder() {
            header[PacketImage.OP] = BOOTREQUEST;
            header[PacketImage.HTYPE] = HardwareAddress.ETHERNET;
            header[PacketImage.HLEN] = 6;
            options = DhcpOptions.builder();
        }

        /** The reply to a request. */
        private Builder(DhcpPacket request) {
            header[PacketImage.OP] = BOOTREPLY;
            copy(request.image, PacketImage.HTYPE, 2);
            copy(request.image, PacketImage.XID, 4);
            copy(request.image, PacketImage.FLAGS, 2);
            copy(request.image, PacketImage.GIADDR, 4);
            copy(request.image, PacketImage.CHADDR, HardwareAddress.MAXIMUM_LENGTH);
            options = DhcpOptions.builder();
        }

        private Builder(byte[] image, DhcpOptions options, int overload) {
            copy(image, 0, PacketImage.HEADER_LENGTH);
            if ((overload & PacketImage.OVERLOAD_FILE) != 0) {
                clear(PacketImage.FILE, PacketImage.FILE_LENGTH);
            }
            if ((overload & PacketImage.OVERLOAD_SNAME) != 0) {
                clear(PacketImage.SNAME, PacketImage.SNAME_LENGTH);
            }
            this.options = options.toBuilder();
            if (overload != 0) {
                this.options.remove(DhcpOption.OVERLOAD.code());
            }
        }

        /**
         * Sets {@code op}.
         *
         * @param operation 1 BOOTREQUEST or 2 BOOTREPLY
         * @return this builder
         */
        public Builder operation(int operation) {
            if (operation != BOOTREQUEST && operation != BOOTREPLY) {
                throw new IllegalArgumentException(
                        "operation: " + operation + " (expected: 1 BOOTREQUEST or 2 BOOTREPLY)");
            }
            header[PacketImage.OP] = (byte) operation;
            return this;
        }

        /**
         * Sets {@code hops}, 0 to 255.
         *
         * @param hops the number of relay agents
         * @return this builder
         */
        public Builder hops(int hops) {
            Ranges.check("hops", hops, 0xff);
            header[PacketImage.HOPS] = (byte) hops;
            return this;
        }

        /**
         * Sets {@code xid}.
         *
         * @param transactionId the transaction id
         * @return this builder
         */
        public Builder transactionId(int transactionId) {
            PacketImage.writeInt(header, PacketImage.XID, transactionId);
            return this;
        }

        /**
         * Sets {@code secs}, 0 to 65535.
         *
         * @param seconds the seconds
         * @return this builder
         */
        public Builder secondsElapsed(int seconds) {
            Ranges.check("secondsElapsed", seconds, 0xffff);
            PacketImage.writeShort(header, PacketImage.SECS, seconds);
            return this;
        }

        /**
         * Sets all 16 bits of {@code flags}.
         *
         * @param flags the 16 bits
         * @return this builder
         */
        public Builder flags(int flags) {
            Ranges.check("flags", flags, 0xffff);
            PacketImage.writeShort(header, PacketImage.FLAGS, flags);
            return this;
        }

        /**
         * Sets or clears the broadcast bit of {@code flags}.
         *
         * @param broadcast whether replies must be broadcast
         * @return this builder
         */
        public Builder broadcast(boolean broadcast) {
            int others = PacketImage.readShort(header, PacketImage.FLAGS) & ~PacketImage.BROADCAST_FLAG;
            return flags(broadcast ? others | PacketImage.BROADCAST_FLAG : others);
        }

        /**
         * Sets {@code ciaddr}.
         *
         * @param address the address
         * @return this builder
         */
        public Builder clientAddress(Inet4Address address) {
            return address(PacketImage.CIADDR, address);
        }

        /**
         * Sets {@code yiaddr}.
         *
         * @param address the address
         * @return this builder
         */
        public Builder yourAddress(Inet4Address address) {
            return address(PacketImage.YIADDR, address);
        }

        /**
         * Sets {@code siaddr}.
         *
         * @param address the address
         * @return this builder
         */
        public Builder nextServer(Inet4Address address) {
            return address(PacketImage.SIADDR, address);
        }

        /**
         * Sets {@code giaddr}.
         *
         * @param address the address
         * @return this builder
         */
        public Builder relayAgent(Inet4Address address) {
            return address(PacketImage.GIADDR, address);
        }

        /**
         * Sets {@code htype}, {@code hlen} and {@code chaddr}.
         *
         * @param address the address
         * @return this builder
         */
        public Builder clientHardwareAddress(HardwareAddress address) {
            header[PacketImage.HTYPE] = (byte) address.type();
            header[PacketImage.HLEN] = (byte) address.length();
            clear(PacketImage.CHADDR, HardwareAddress.MAXIMUM_LENGTH);
            System.arraycopy(address.bytes(), 0, header, PacketImage.CHADDR, address.length());
            return this;
        }

        /**
         * Sets the field for the server's host name.
         *
         * @param name the text
         * @return this builder
         * @throws IllegalArgumentException if the text has more than 63 octets or a NUL
         */
        public Builder serverHostName(String name) {
            return field("server host name", PacketImage.SNAME, PacketImage.SNAME_LENGTH, name);
        }

        /**
         * Sets the field for the boot file; option 67 is an option of its own.
         *
         * @param name the text
         * @return this builder
         * @throws IllegalArgumentException if the text has more than 127 octets or a NUL
         */
        public Builder bootFileName(String name) {
            return field("boot file name", PacketImage.FILE, PacketImage.FILE_LENGTH, name);
        }

        /**
         * Sets the message type, option 53.
         *
         * @param type the message type
         * @return this builder
         */
        public Builder messageType(MessageType type) {
            return option(DhcpOption.MESSAGE_TYPE, type);
        }

        /**
         * Sets an option: in place of the first one with its code, or at the end.
         *
         * @param <T> the type of the value
         * @param option the option
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the value is out of the option's range
         */
        public <T> Builder option(DhcpOption<T> option, T value) {
            options.put(option, value);
            return this;
        }

        /**
         * Sets an option to these octets; more than 255 are written as several options (RFC 3396).
         *
         * @param code the code
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the code is not 1 to 254
         */
        public Builder option(int code, byte[] value) {
            options.put(code, value);
            return this;
        }

        /**
         * Appends options in their order, repeated ones too. Option 52 is left out: it says how a packet is laid out, and this one
         * is laid out anew.
         *
         * @param added the options to append
         * @return this builder
         */
        public Builder addOptions(DhcpOptions added) {
            for (RawOption option : added) {
                if (option.code() != DhcpOption.OVERLOAD.code()) {
                    options.add(option.code(), option.value());
                }
            }
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
         * {@return whether an option with this code was set, whatever its value}
         *
         * @param code the code
         */
        public boolean hasOption(int code) {
            return options.contains(code);
        }

        /**
         * Keeps the packet within a size: options that do not fit in the options field go to the {@code file} field and then to
         * {@code sname}, as far as these are empty, and option 52 tells (RFC 2131 §4.1). Relay agent information stays in the
         * options field, where relay agents look for it.
         *
         * @param size the size in octets with IP and UDP headers, as in option 57; the smallest that counts is 576
         * @return this builder
         */
        public Builder maximumMessageSize(int size) {
            maximumLength =
                    Math.min(Math.max(size, SMALLEST_MESSAGE_SIZE) - IP_AND_UDP_HEADERS, PacketImage.MAXIMUM_LENGTH);
            return this;
        }

        /**
         * {@return the packet: END after the options, then zeros up to the 300 octets that BOOTP asks for (RFC 951, RFC 1542 §2.1)}
         *
         * @throws IllegalArgumentException if the options do not fit in a UDP datagram or in the
         *     {@linkplain #maximumMessageSize size} that was set, option 52 names a field that has text, or options 53 and 54
         *     have values that make the packet unreadable
         */
        public DhcpPacket build() {
            options.checkLength();
            int length = PacketImage.HEADER_LENGTH + options.length() + 1;
            if (length > maximumLength) {
                return read(OverloadLayout.write(header, options.build(), maximumLength));
            }
            byte[] image = Arrays.copyOf(header, Math.max(length, PacketImage.MINIMUM_ENCODED_LENGTH));
            PacketImage.writeInt(image, PacketImage.COOKIE, PacketImage.MAGIC_COOKIE);
            OptionIndex index = options.writeTo(image, PacketImage.HEADER_LENGTH);
            image[length - 1] = (byte) OptionIndex.END;
            try {
                DhcpPacket packet = PacketImage.of(image, index);
                checkOverload(packet.overload);
                return packet;
            } catch (DhcpFormatException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        /** Text that was set is no options. */
        private void checkOverload(int overload) {
            boolean file = (overload & PacketImage.OVERLOAD_FILE) != 0 && header[PacketImage.FILE] != 0;
            boolean name = (overload & PacketImage.OVERLOAD_SNAME) != 0 && header[PacketImage.SNAME] != 0;
            if (file || name) {
                throw new IllegalArgumentException("overload: " + overload + " with text in "
                        + (file ? "file" : "sname") + " (expected: leave option 52 out; maximumMessageSize sets it)");
            }
        }

        private static DhcpPacket read(byte[] image) {
            try {
                return PacketImage.read(image);
            } catch (DhcpFormatException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        private Builder address(int offset, Inet4Address address) {
            System.arraycopy(address.getAddress(), 0, header, offset, 4);
            return this;
        }

        private Builder field(String what, int offset, int length, String text) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            if (octets.length >= length || text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(what + " of " + octets.length + " octets (expected: 0.."
                        + (length - 1) + " without NUL): " + text);
            }
            clear(offset, length);
            System.arraycopy(octets, 0, header, offset, octets.length);
            return this;
        }

        private void copy(byte[] source, int offset, int length) {
            System.arraycopy(source, offset, header, offset, length);
        }

        private void clear(int offset, int length) {
            Arrays.fill(header, offset, offset + length, (byte) 0);
        }
    }
}
