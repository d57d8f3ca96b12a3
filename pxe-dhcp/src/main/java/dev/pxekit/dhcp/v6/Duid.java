package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Uuids;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A DHCP unique identifier (RFC 8415 §11): a type of two octets and up to 128 octets of identifier. Servers must compare
 * DUIDs as octets and not look inside; the accessors for what is inside serve logs and inventories. Immutable.
 */
public final class Duid {

    /** Type 1, link-layer address plus time (RFC 8415 §11.2). */
    public static final int LINK_LAYER_TIME = 1;

    /** Type 2, assigned by vendor based on enterprise number (RFC 8415 §11.3). */
    public static final int ENTERPRISE = 2;

    /** Type 3, link-layer address (RFC 8415 §11.4). */
    public static final int LINK_LAYER = 3;

    /** Type 4, universally unique identifier (RFC 6355). */
    public static final int UNIVERSALLY_UNIQUE = 4;

    private static final int MINIMUM_LENGTH = 3;
    private static final int MAXIMUM_LENGTH = 130;

    static final OptionFormat<Duid> FORMAT = OptionFormat.of(Duid::decode, Duid::encode, Duid::parse);

    /** The second from which DUID-LLT counts: 2000-01-01T00:00:00Z. */
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private final byte[] octets;

    private Duid(byte[] octets) {
        if (octets.length < MINIMUM_LENGTH || octets.length > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("DUID of " + octets.length + " octets (expected: 3..130)");
        }
        this.octets = octets;
    }

    /**
     * Reads a DUID, as it stands in options 1 and 2.
     *
     * @param octets the octets
     * @return what the octets say
     * @throws DhcpFormatException if it has not 3 to 130 octets
     */
    public static Duid decode(byte[] octets) throws DhcpFormatException {
        if (octets.length < MINIMUM_LENGTH || octets.length > MAXIMUM_LENGTH) {
            throw new DhcpFormatException("DUID of " + octets.length + " octets (expected: 3..130)", 0);
        }
        return new Duid(octets.clone());
    }

    /**
     * Parses octets in hexadecimal, with colons or without, as {@link #toString} gives them.
     *
     * @param text the text, such as {@code 00:03:00:01:52:54:00:77:00:01}
     * @return the DUID
     * @throws IllegalArgumentException if the text is none, or has not 3 to 130 octets
     */
    public static Duid parse(String text) {
        return new Duid(Octets.parse(text).bytes());
    }

    /**
     * {@return a DUID-LLT}
     *
     * @param address the address
     * @param time when it was made; written as seconds since the start of 2000, modulo 2^32
     */
    public static Duid linkLayerTime(HardwareAddress address, Instant time) {
        int seconds = (int) (time.getEpochSecond() - EPOCH.getEpochSecond());
        return new Duid(ByteBuffer.allocate(8 + address.length())
                .putShort((short) LINK_LAYER_TIME)
                .putShort((short) address.type())
                .putInt(seconds)
                .put(address.bytes())
                .array());
    }

    /**
     * {@return a DUID-EN}
     *
     * @param enterprise the enterprise number, unsigned 32 bits
     * @param identifier 1 to 124 octets
     */
    public static Duid enterprise(int enterprise, byte[] identifier) {
        if (identifier.length < 1) {
            throw new IllegalArgumentException("identifier of 0 octets (expected: 1..124)");
        }
        return new Duid(ByteBuffer.allocate(6 + identifier.length)
                .putShort((short) ENTERPRISE)
                .putInt(enterprise)
                .put(identifier)
                .array());
    }

    /**
     * {@return a DUID-LL}
     *
     * @param address the address
     */
    public static Duid linkLayer(HardwareAddress address) {
        return new Duid(ByteBuffer.allocate(4 + address.length())
                .putShort((short) LINK_LAYER)
                .putShort((short) address.type())
                .put(address.bytes())
                .array());
    }

    /**
     * {@return a DUID-UUID, all octets in network order}
     *
     * @param uuid the UUID
     */
    public static Duid uuid(UUID uuid) {
        return new Duid(ByteBuffer.allocate(18)
                .putShort((short) UNIVERSALLY_UNIQUE)
                .put(Uuids.octets(uuid))
                .array());
    }

    /** {@return the type, 0 to 65535; one of the constants or another} */
    public int type() {
        return ByteBuffer.wrap(octets).getShort() & 0xffff;
    }

    /**
     * {@return the link-layer address of a DUID-LLT or DUID-LL; empty for other types and for addresses that DHCPv4 has no room for
     * (hardware types over 255, more than 16 octets)}
     */
    public Optional<HardwareAddress> linkLayerAddress() {
        int start = type() == LINK_LAYER_TIME ? 8 : 4;
        boolean linkLayer = type() == LINK_LAYER_TIME || type() == LINK_LAYER;
        if (!linkLayer || octets.length < start || octets.length > start + 16 || octets[2] != 0) {
            return Optional.empty();
        }
        return Optional.of(HardwareAddress.of(octets[3] & 0xff, Arrays.copyOfRange(octets, start, octets.length)));
    }

    /** {@return the UUID of a DUID-UUID} */
    public Optional<UUID> uuid() {
        if (type() != UNIVERSALLY_UNIQUE || octets.length != 18) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(octets, 2, 16);
        return Optional.of(new UUID(buffer.getLong(), buffer.getLong()));
    }

    /** {@return a copy of the octets, 3 to 130} */
    public byte[] encode() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Duid that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The octets in hexadecimal with colons. */
    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(octets);
    }
}
