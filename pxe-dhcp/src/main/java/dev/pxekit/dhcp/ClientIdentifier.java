package dev.pxekit.dhcp;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Who a client is to a server: the value of option 61 (RFC 2132 §9.14), or its hardware type and address when it sends
 * none (RFC 2131 §4.2). The two forms meet: a client that sends no option 61 has the identifier that the usual option 61,
 * one octet of hardware type and the hardware address, would give. Firmware that sends none and iPXE that sends the usual
 * one are therefore one client.
 */
public final class ClientIdentifier {

    private static final int MINIMUM_LENGTH = 2;

    static final OptionFormat<ClientIdentifier> FORMAT =
            OptionFormat.of(ClientIdentifier::decode, ClientIdentifier::bytes, ClientIdentifier::parse);

    private final byte[] octets;

    private ClientIdentifier(byte[] octets) {
        this.octets = octets;
    }

    /**
     * {@return an identifier of these octets, the type octet first}
     *
     * @param octets the octets
     * @throws IllegalArgumentException if there are fewer than two
     */
    public static ClientIdentifier of(byte[] octets) {
        if (octets.length < MINIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "client identifier of " + octets.length + " octets (expected: 2 or more)");
        }
        return new ClientIdentifier(octets.clone());
    }

    /**
     * {@return the identifier of a client that sends no option 61: hardware type, hardware address}
     *
     * @param address the address
     */
    public static ClientIdentifier of(HardwareAddress address) {
        byte[] octets = new byte[1 + address.length()];
        octets[0] = (byte) address.type();
        System.arraycopy(address.bytes(), 0, octets, 1, address.length());
        return new ClientIdentifier(octets);
    }

    /**
     * {@return the identifier of the client that a packet is from or for}
     *
     * @param packet the packet
     */
    public static ClientIdentifier of(DhcpPacket packet) {
        return packet.options().get(DhcpOption.CLIENT_IDENTIFIER).orElseGet(() -> of(packet.clientHardwareAddress()));
    }

    /**
     * Reads a value of option 61.
     *
     * @param value the octets, the type octet first
     * @return what the octets say
     * @throws DhcpFormatException if there are fewer than two
     */
    public static ClientIdentifier decode(byte[] value) throws DhcpFormatException {
        if (value.length < MINIMUM_LENGTH) {
            throw new DhcpFormatException(
                    "client identifier of " + value.length + " octets (expected: 2 or more)", value.length);
        }
        return of(value);
    }

    /**
     * Parses octets in hexadecimal, with colons or without.
     *
     * @param text the text, such as {@code 01:52:54:00:77:00:01}
     * @return the identifier
     * @throws IllegalArgumentException if the text is none
     */
    public static ClientIdentifier parse(String text) {
        return of(Plain.octets(text.replace(":", "")));
    }

    /** {@return a copy of the octets, the type octet first} */
    public byte[] bytes() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientIdentifier that && Arrays.equals(octets, that.octets);
    }

    /**
     * FNV-1a. That of arrays has no more than some 8,000 values for machines whose addresses differ in the last two octets, as
     * those of a delivery do: tables of clients would become lists, and clients be led to the same addresses.
     */
    @Override
    public int hashCode() {
        int hash = 0x811c9dc5;
        for (byte octet : octets) {
            hash = (hash ^ (octet & 0xff)) * 0x01000193;
        }
        return hash;
    }

    /** The octets in hexadecimal with colons, such as {@code 01:52:54:00:77:00:01}. */
    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(octets);
    }
}
