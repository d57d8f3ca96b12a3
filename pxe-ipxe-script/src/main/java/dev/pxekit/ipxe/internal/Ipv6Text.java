package dev.pxekit.ipxe.internal;

import java.util.Optional;

/** Addresses in the notation of RFC 4291 §2.2, written as RFC 5952 says. */
final class Ipv6Text {

    private Ipv6Text() {}

    static Optional<byte[]> parse(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        byte[] address = new byte[16];
        if (gap < 0) {
            return groups(text, address, 0) == 8 ? Optional.of(address) : Optional.empty();
        }
        String head = text.substring(0, gap);
        String tail = text.substring(gap + 2);
        int headGroups = head.isEmpty() ? 0 : groups(head, address, 0);
        int tailGroups = tail.isEmpty() ? 0 : tail.split(":", -1).length;
        if (headGroups < 0 || headGroups + tailGroups > 7) {
            return Optional.empty();
        }
        return tail.isEmpty() || groups(tail, address, 8 - tailGroups) == tailGroups
                ? Optional.of(address)
                : Optional.empty();
    }

    /** Stores groups from an index on and returns their number, or -1 if there is something else or too many. */
    private static int groups(String text, byte[] address, int first) {
        String[] groups = text.split(":", -1);
        if (first + groups.length > 8) {
            return -1;
        }
        for (int i = 0; i < groups.length; i++) {
            if (!groups[i].matches("[0-9A-Fa-f]{1,4}")) {
                return -1;
            }
            int value = Integer.parseInt(groups[i], 16);
            address[(first + i) * 2] = (byte) (value >> 8);
            address[(first + i) * 2 + 1] = (byte) value;
        }
        return groups.length;
    }

    static String format(byte[] address) {
        int[] groups = new int[8];
        int gapStart = -1;
        int gapLength = 1;
        int run = 0;
        for (int i = 0; i < 8; i++) {
            groups[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
            run = groups[i] == 0 ? run + 1 : 0;
            if (run > gapLength) {
                gapLength = run;
                gapStart = i - run + 1;
            }
        }
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < 8) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength;
            } else {
                if (text.length() > 0 && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
                i++;
            }
        }
        return text.toString();
    }
}
