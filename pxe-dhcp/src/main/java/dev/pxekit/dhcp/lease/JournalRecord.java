package dev.pxekit.dhcp.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Ipv6;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record of a journal: one lease, numbers most significant octet first.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+-----------------------------------------------+
 * |  mark (0xB7)  |          octets of this record, 32..          |
 * +---------------+-----------------------------------------------+
 * |           octets of its group that precede the record         |
 * +---------------------------------------------------------------+
 * |       end of the lease, milliseconds since 1970, signed       |
 * |                                                               |
 * +---------------+---------------+---------------+---------------+
 * |     state     | address octets| hardware type |hardware octets|
 * +---------------+---------------+---------------+---------------+
 * |        host name octets       |  address, hardware address,
 * +-------------------------------+  host name in UTF-8, client identifier ...
 * |        CRC-32C of the journal's number and all the above      |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * The state is 1 bound, 2 released or 3 declined. A group is what was written and forced together: a record that has none of
 * its group before it tells that all that precedes it was forced. The number of the journal is a secret of it: no client can
 * send octets that would be taken for a record if what is around them got lost.
 */
final class JournalRecord {

    /** The longest client identifier that can be written. No option of a packet is longer. */
    static final int LONGEST_CLIENT_IDENTIFIER = 65_535;

    private static final int MARK = 0xB7;
    private static final int FIXED = 26;
    private static final int CHECKSUM = 4;

    static final int SHORTEST = FIXED + 4 + 2;
    static final int LONGEST = FIXED + 16 + 16 + 255 * 3 + LONGEST_CLIENT_IDENTIFIER;

    private JournalRecord() {}

    /** Refuses what does not fit in a record. */
    static void check(Lease lease) {
        int length = lease.client().bytes().length;
        if (length > LONGEST_CLIENT_IDENTIFIER) {
            throw new IllegalArgumentException(
                    "client identifier of " + length + " octets (expected: at most " + LONGEST_CLIENT_IDENTIFIER + ")");
        }
    }

    /** Appends a record, of at most {@link #LONGEST} octets. */
    static void encode(Lease lease, long journal, int precedingOfGroup, ByteBuffer target) {
        int start = target.position();
        byte[] address = lease.address().getAddress();
        byte[] hardware = lease.hardwareAddress().bytes();
        byte[] hostName = lease.hostName().getBytes(UTF_8);
        byte[] client = lease.client().bytes();
        int length = FIXED + address.length + hardware.length + hostName.length + client.length;
        target.putInt(MARK << 24 | length)
                .putInt(precedingOfGroup)
                .putLong(lease.expiresAt().toEpochMilli())
                .put((byte) code(lease.state()))
                .put((byte) address.length)
                .put((byte) lease.hardwareAddress().type())
                .put((byte) hardware.length)
                .putShort((short) hostName.length)
                .put(address)
                .put(hardware)
                .put(hostName)
                .put(client)
                .putInt(checksum(journal, target.duplicate().flip().position(start)));
    }

    private static int checksum(long journal, ByteBuffer octets) {
        CRC32C crc = new CRC32C();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (journal >>> shift) & 0xff);
        }
        crc.update(octets);
        return (int) crc.getValue();
    }

    /** How many octets a record of such first four octets has; 0 if no record begins with them. */
    static int length(int head) {
        int length = head & 0xff_ffff;
        return head >>> 24 == MARK && length >= SHORTEST && length <= LONGEST ? length : 0;
    }

    static int precedingOfGroup(byte[] octets, int offset) {
        return ByteBuffer.wrap(octets).getInt(offset + 4);
    }

    /** The lease of a record of this length; null if it is none. */
    static @Nullable Lease decode(byte[] octets, int offset, int length, long journal) {
        ByteBuffer source = ByteBuffer.wrap(octets, offset, length - CHECKSUM);
        Instant expiresAt = Instant.ofEpochMilli(source.getLong(offset + 8));
        source.position(offset + 16);
        Lease.State state = state(source.get());
        int addressLength = source.get() & 0xff;
        int hardwareType = source.get() & 0xff;
        int hardwareLength = source.get() & 0xff;
        int hostNameLength = source.getShort() & 0xffff;
        int clientLength = source.remaining() - addressLength - hardwareLength - hostNameLength;
        boolean wellFormed =
                (addressLength == 4 || addressLength == Ipv6.LENGTH) && hardwareLength <= 16 && clientLength >= 2;
        if (state == null
                || !wellFormed
                || checksum(journal, ByteBuffer.wrap(octets, offset, length - CHECKSUM))
                        != ByteBuffer.wrap(octets).getInt(offset + length - CHECKSUM)) {
            return null;
        }
        InetAddress address = address(take(source, addressLength));
        HardwareAddress hardware = HardwareAddress.of(hardwareType, take(source, hardwareLength));
        String hostName = new String(take(source, hostNameLength), UTF_8);
        ClientIdentifier client = ClientIdentifier.of(take(source, clientLength));
        return new Lease(address, client, hardware, hostName, state, expiresAt);
    }

    private static InetAddress address(byte[] octets) {
        return octets.length == Ipv6.LENGTH ? Ipv6.of(octets) : Ipv4.of(octets, 0);
    }

    private static byte[] take(ByteBuffer source, int length) {
        byte[] octets = new byte[length];
        source.get(octets);
        return octets;
    }

    private static int code(Lease.State state) {
        return switch (state) {
            case BOUND -> 1;
            case RELEASED -> 2;
            case DECLINED -> 3;
            case OFFERED -> throw new IllegalArgumentException("offers are not written");
        };
    }

    private static Lease.@Nullable State state(int code) {
        return switch (code) {
            case 1 -> Lease.State.BOUND;
            case 2 -> Lease.State.RELEASED;
            case 3 -> Lease.State.DECLINED;
            default -> null;
        };
    }
}
