package dev.pxekit.dhcp;

import java.util.Arrays;

/**
 * Lays options out over the options field, {@code file} and {@code sname} when they do not fit in the first (RFC 2131 §4.1,
 * RFC 2132 §9.3). Options keep their order in each field, but relay agent information is last. Parts of one value stay in order over the fields, as they are joined
 * in the order options, {@code file}, {@code sname} (RFC 3396 §5).
 */
final class OverloadLayout {

    private static final int RELAY_AGENT_INFORMATION = 82;

    /** Code, length and value of option 52. */
    private static final int OVERLOAD_OPTION_LENGTH = 3;

    /** The fields in the order in which a reader joins them; but for the first they are the bits of option 52. */
    private static final int OPTIONS = 0;

    private static final int FILE = 1;
    private static final int FIELDS = 3;

    private final byte[] image;
    private final OptionIndex options;
    private final int[] position = {PacketImage.HEADER_LENGTH, PacketImage.FILE, PacketImage.SNAME};

    /** Where END of each field may stand at the latest. */
    private final int[] end;

    /** The earliest field that the next part of a code may go to. */
    private final int[] earliest = new int[256];

    private OverloadLayout(byte[] header, DhcpOptions options, int maximumLength) {
        this.image = Arrays.copyOf(header, maximumLength);
        this.options = options.index();
        this.end = new int[] {
            maximumLength - 1 - OVERLOAD_OPTION_LENGTH,
            isEmpty(header, PacketImage.FILE, PacketImage.FILE_LENGTH) ? PacketImage.FILE + 127 : -1,
            isEmpty(header, PacketImage.SNAME, PacketImage.SNAME_LENGTH) ? PacketImage.SNAME + 63 : -1
        };
    }

    /**
     * The image of a packet of at most this length.
     *
     * @throws IllegalArgumentException if the options do not fit
     */
    static byte[] write(byte[] header, DhcpOptions options, int maximumLength) {
        if (options.contains(DhcpOption.OVERLOAD)) {
            throw new IllegalArgumentException("options of more than " + maximumLength
                    + " octets with option 52 among them (expected: none, as it is set where it is needed)");
        }
        return new OverloadLayout(header, options, maximumLength).write();
    }

    private static boolean isEmpty(byte[] header, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (header[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private byte[] write() {
        PacketImage.writeInt(image, PacketImage.COOKIE, PacketImage.MAGIC_COOKIE);
        // Room for what must not move is kept until it is written.
        end[OPTIONS] -= reserved();
        for (int i = 0; i < options.size(); i++) {
            if (options.code(i) != RELAY_AGENT_INFORMATION) {
                place(i);
            }
        }
        int used = 0;
        for (int field = FILE; field < FIELDS; field++) {
            if (position[field] > (field == FILE ? PacketImage.FILE : PacketImage.SNAME)) {
                image[position[field]] = (byte) OptionIndex.END;
                used |= field;
            }
        }
        int overload = position[OPTIONS];
        image[overload] = (byte) DhcpOption.OVERLOAD.code();
        image[overload + 1] = 1;
        image[overload + 2] = (byte) used;
        position[OPTIONS] += OVERLOAD_OPTION_LENGTH;
        placeRelayAgentInformation();
        image[position[OPTIONS]] = (byte) OptionIndex.END;
        return Arrays.copyOf(image, Math.max(position[OPTIONS] + 1, PacketImage.MINIMUM_ENCODED_LENGTH));
    }

    /** Behind all other options (RFC 3046 §2.2). */
    private void placeRelayAgentInformation() {
        for (int i = 0; i < options.size(); i++) {
            if (options.code(i) == RELAY_AGENT_INFORMATION) {
                if (2 + options.length(i) > image.length - 1 - position[OPTIONS]) {
                    throw tooLarge(i);
                }
                copy(i, OPTIONS);
            }
        }
    }

    private int reserved() {
        int length = 0;
        for (int i = 0; i < options.size(); i++) {
            if (options.code(i) == RELAY_AGENT_INFORMATION) {
                length += 2 + options.length(i);
            }
        }
        return length;
    }

    private void place(int i) {
        int code = options.code(i);
        int length = 2 + options.length(i);
        for (int field = earliest[code]; field < FIELDS; field++) {
            if (length <= end[field] - position[field]) {
                earliest[code] = field;
                copy(i, field);
                return;
            }
        }
        throw tooLarge(i);
    }

    private void copy(int i, int field) {
        int length = 2 + options.length(i);
        System.arraycopy(options.octets(), options.offset(i) - 2, image, position[field], length);
        position[field] += length;
    }

    private IllegalArgumentException tooLarge(int i) {
        return new IllegalArgumentException("option " + options.code(i) + " of " + options.length(i)
                + " octets does not fit in a packet of " + image.length
                + "; send fewer options, or leave the file and sname fields empty");
    }
}
