package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Ipv6;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Leases as rows of the table {@code pxekit_lease}, whose columns the schema explains. */
final class LeaseRow {

    /** What {@link #read} reads. */
    static final String COLUMNS = "address, client, hardware_type, hardware_address, host_name, state, expires_at";

    /** What {@link #write} writes, the address last. */
    static final String WRITTEN =
            "client, client_hash, hardware_type, hardware_address, host_name, state, offered, expires_at, address";

    /** How many columns {@link #write} writes. */
    static final int WRITTEN_COLUMNS = 9;

    private static final byte IPV4 = 4;
    private static final byte IPV6 = 6;
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final int HEXADECIMAL = 16;

    private LeaseRow() {}

    static Lease read(ResultSet row) throws SQLException {
        return new Lease(
                address(row.getBytes(1)),
                ClientIdentifier.of(row.getBytes(2)),
                HardwareAddress.of(row.getShort(3), row.getBytes(4)),
                unescape(row.getString(5)),
                Lease.State.valueOf(row.getString(6)),
                Instant.ofEpochMilli(row.getLong(7)));
    }

    static void write(Lease lease, PreparedStatement statement) throws SQLException {
        statement.setBytes(1, lease.client().bytes());
        if (lease.state() == Lease.State.DECLINED) {
            statement.setNull(2, Types.BIGINT);
        } else {
            statement.setLong(2, hash(lease.client()));
        }
        statement.setShort(3, (short) lease.hardwareAddress().type());
        statement.setBytes(4, lease.hardwareAddress().bytes());
        statement.setString(5, escape(lease.hostName()));
        statement.setString(6, lease.state().name());
        statement.setBoolean(7, lease.state() == Lease.State.OFFERED);
        statement.setLong(8, lease.expiresAt().toEpochMilli());
        statement.setBytes(WRITTEN_COLUMNS, key(lease.address()));
    }

    static byte[] key(InetAddress address) {
        byte[] octets = address.getAddress();
        return ByteBuffer.allocate(1 + octets.length)
                .put(address instanceof Inet4Address ? IPV4 : IPV6)
                .put(octets)
                .array();
    }

    static InetAddress address(byte[] key) {
        return key[0] == IPV4 ? Ipv4.of(key, 1) : Ipv6.of(Arrays.copyOfRange(key, 1, key.length));
    }

    static long hash(ClientIdentifier client) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(client.bytes()))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** A moment as the column of the end has it; what is later than it can hold is never. */
    static long millis(Instant time) {
        return time.isAfter(Lease.NEVER) ? Long.MAX_VALUE : time.toEpochMilli();
    }

    /** A text of ASCII: a database may have any encoding, and PostgreSQL's text holds no NUL. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '\\') {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static String unescape(String escaped) {
        return ESCAPE.matcher(escaped)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(escape.group(1), HEXADECIMAL))));
    }
}
