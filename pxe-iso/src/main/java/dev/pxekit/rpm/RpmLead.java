package dev.pxekit.rpm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The lead: the first 96 bytes of a package, kept for old programs. Only its magic number counts today; name and
 * architecture are better taken from the header.
 *
 * <pre>
 * 0           4     5     6      8             10       76   78              80
 * +-----------+-----+-----+------+-------------+--------+----+---------------+----------+
 * | ED AB EE  |major|minor| type | architecture| name   | OS | signature type| reserved |
 * | DB        |     |     |      | number      | 66, NUL|    | 5: header     |          |
 * +-----------+-----+-----+------+-------------+--------+----+---------------+----------+
 * </pre>
 *
 * @param major the major version of the format: 3, also for packages of version 4; newer writers put more
 * @param minor the minor version of the format
 * @param source whether the package is a source package (type 1)
 * @param name name-version-release, cut to 65 bytes
 */
public record RpmLead(int major, int minor, boolean source, String name) {

    static final int LENGTH = 96;

    private static final int MAGIC = 0xedabeedb;
    private static final int HEADER_SIGNATURE = 5;

    static RpmLead decode(ByteBuffer lead) throws RpmFormatException {
        if (lead.getInt(0) != MAGIC) {
            throw new RpmFormatException(
                    "magic number of the lead: %08x (expected: edabeedb); is this an RPM package?"
                            .formatted(lead.getInt(0)),
                    0);
        }
        int signatureType = lead.getShort(78) & 0xffff;
        if (signatureType != HEADER_SIGNATURE) {
            throw new RpmFormatException("signature type: " + signatureType + " (expected: 5, as since RPM 3)", 78);
        }
        byte[] name = new byte[66];
        lead.get(10, name);
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return new RpmLead(
                lead.get(4) & 0xff,
                lead.get(5) & 0xff,
                lead.getShort(6) == 1,
                new String(name, 0, end, StandardCharsets.UTF_8));
    }
}
