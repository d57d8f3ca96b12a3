package dev.pxekit.dhcp.internal;

import java.nio.ByteBuffer;
import java.util.UUID;

/** UUIDs as octets. */
public final class Uuids {

    private Uuids() {}

    /** {@return the sixteen octets of a UUID in the order in which it is written} */
    public static byte[] octets(UUID uuid) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }
}
