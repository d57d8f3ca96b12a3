package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.internal.Uuids;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The value of option 97, client machine identifier (RFC 4578 §2.3): a type octet and the identifier of 16 octets. Type 0 is
 * the machine's UUID as SMBIOS stores it, with the first three of its fields little-endian:
 *
 * <pre>
 *    octet  0     1..4             5..6            7..8              9..16
 *         type  time_low (LE)   time_mid (LE)   time_hi (LE)   clock_seq, node (BE)
 * </pre>
 *
 * Machines without a UUID send sixteen zeros. Immutable.
 */
public final class ClientMachineIdentifier {

    private static final int UUID_TYPE = 0;
    private static final int UUID_LENGTH = 16;
    private static final int UUID_TEXT_LENGTH = 36;

    /** Where each octet of the UUID in its written order stands in the option, counted after the type octet. */
    private static final int[] WIRE_POSITION = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

    private final byte[] value;

    private ClientMachineIdentifier(byte[] value) {
        this.value = value;
    }

    /**
     * {@return the identifier of type 0 for a UUID, as it is written by {@code dmidecode} and on labels}
     *
     * @param uuid the UUID
     */
    public static ClientMachineIdentifier of(UUID uuid) {
        byte[] octets = Uuids.octets(uuid);
        byte[] value = new byte[1 + UUID_LENGTH];
        for (int i = 0; i < UUID_LENGTH; i++) {
            value[1 + WIRE_POSITION[i]] = octets[i];
        }
        return new ClientMachineIdentifier(value);
    }

    /** The identifier of type 0 of what was read as a UUID, but has its octets in the order of SMBIOS. */
    static ClientMachineIdentifier ofSmbios(UUID misread) {
        return new ClientMachineIdentifier(ByteBuffer.allocate(1 + UUID_LENGTH)
                .put((byte) UUID_TYPE)
                .put(Uuids.octets(misread))
                .array());
    }

    /**
     * Reads a value of option 97.
     *
     * @param value the value
     * @return what the octets say
     * @throws DhcpFormatException if it has not 17 octets
     */
    public static ClientMachineIdentifier decode(byte[] value) throws DhcpFormatException {
        if (value.length != 1 + UUID_LENGTH) {
            throw new DhcpFormatException("client machine identifier of " + value.length + " octets (expected: 17)", 0);
        }
        return new ClientMachineIdentifier(value.clone());
    }

    /**
     * Parses a UUID, or octets in hexadecimal with the type octet first.
     *
     * @param text what {@link #toString} gives
     * @return the identifier
     * @throws IllegalArgumentException if the text is neither
     */
    public static ClientMachineIdentifier parse(String text) {
        if (text.length() == UUID_TEXT_LENGTH && text.indexOf('-') >= 0) {
            return of(UUID.fromString(text));
        }
        try {
            return decode(HexFormat.of().parseHex(text));
        } catch (DhcpFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Writes the type octet and the identifier.
     *
     * @return the octets
     */
    public byte[] encode() {
        return value.clone();
    }

    /** {@return the type octet, 0 to 255; 0 is a UUID} */
    public int type() {
        return value[0] & 0xff;
    }

    /** {@return the UUID; empty for other types, and for the sixteen zeros that stand for none} */
    public Optional<UUID> uuid() {
        if (type() != UUID_TYPE) {
            return Optional.empty();
        }
        long most = 0;
        long least = 0;
        for (int i = 0; i < UUID_LENGTH; i++) {
            long octet = value[1 + WIRE_POSITION[i]] & 0xff;
            if (i < 8) {
                most = most << 8 | octet;
            } else {
                least = least << 8 | octet;
            }
        }
        return most == 0 && least == 0 ? Optional.empty() : Optional.of(new UUID(most, least));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientMachineIdentifier that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** The UUID in its usual form, or the octets in hexadecimal. */
    @Override
    public String toString() {
        return uuid().map(UUID::toString).orElseGet(() -> HexFormat.of().formatHex(value));
    }
}
