package dev.pxekit.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Option 77. RFC 3004 §4 gives each class a length octet; iPXE and others send bare text. Octets that are a row of lengths and
 * classes are read as such, all else as one class of bare text. Classes of length 0 are left out. Written is the form of the
 * RFC.
 */
final class UserClasses {

    static final OptionFormat<List<String>> FORMAT = OptionFormats.scalar(
            UserClasses::read,
            UserClasses::write,
            classes -> classes,
            plain -> Plain.list(plain).stream().map(Plain::text).toList());

    private UserClasses() {}

    private static List<String> read(OptionReader in) throws DhcpFormatException {
        if (!in.hasRemaining()) {
            throw in.fault("user class of 0 octets (expected: 1 or more)");
        }
        int offset = in.offset();
        byte[] value = in.readRemaining();
        List<String> classes =
                tiled(value).orElseGet(() -> List.of(OptionReader.of(value).readText()));
        if (classes.equals(List.of(""))) {
            throw new DhcpFormatException("no user class (expected: one or more)", offset);
        }
        return classes;
    }

    private static Optional<List<String>> tiled(byte[] value) {
        List<String> classes = new ArrayList<>();
        int position = 0;
        while (position < value.length) {
            int length = value[position] & 0xff;
            if (length > value.length - position - 1) {
                return Optional.empty();
            }
            if (length > 0) {
                classes.add(new String(value, position + 1, length, StandardCharsets.UTF_8));
            }
            position += 1 + length;
        }
        return classes.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(classes));
    }

    private static void write(List<String> classes, OptionWriter out) {
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(
                    "no user classes (expected: one or more; leave the option out for none)");
        }
        for (String name : classes) {
            byte[] octets = name.getBytes(StandardCharsets.UTF_8);
            if (octets.length < 1 || octets.length > 255) {
                throw new IllegalArgumentException(
                        "user class of " + octets.length + " octets (expected: 1..255): " + name);
            }
            out.writeByte(octets.length).writeBytes(octets);
        }
    }
}
