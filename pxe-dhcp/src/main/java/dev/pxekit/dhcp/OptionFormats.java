package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The formats of RFC 2132 values and those of RFC 3004 and RFC 4578. */
final class OptionFormats {

    private static final long LARGEST_SECONDS = 0xffff_ffffL;

    static final OptionFormat<byte[]> BYTES = of(byte[]::clone, byte[]::clone);
    static final OptionFormat<String> TEXT = of(OptionFormats::text, OptionFormats::textOctets);
    static final OptionFormat<Inet4Address> ADDRESS =
            of(value -> Ipv4.of(exactly(4, value, "address"), 0), Inet4Address::getAddress);
    static final OptionFormat<List<Inet4Address>> ADDRESSES =
            of(OptionFormats::decodeAddresses, OptionFormats::encodeAddresses);
    static final OptionFormat<Integer> UNSIGNED_BYTE =
            of(value -> exactly(1, value, "number")[0] & 0xff, value -> new byte[] {(byte) inRange(value, 0xff)});
    static final OptionFormat<List<Integer>> UNSIGNED_BYTES =
            of(OptionFormats::decodeOctets, OptionFormats::encodeOctets);
    static final OptionFormat<Integer> UNSIGNED_SHORT = of(
            value -> ByteBuffer.wrap(exactly(2, value, "number")).getShort() & 0xffff,
            value -> ByteBuffer.allocate(2)
                    .putShort((short) inRange(value, 0xffff))
                    .array());
    static final OptionFormat<Duration> SECONDS = of(OptionFormats::decodeSeconds, OptionFormats::encodeSeconds);
    static final OptionFormat<MessageType> MESSAGE_TYPE =
            of(value -> MessageType.of(exactly(1, value, "message type")[0] & 0xff), type ->
                    new byte[] {(byte) type.code()});
    static final OptionFormat<ClientIdentifier> CLIENT_IDENTIFIER =
            of(value -> ClientIdentifier.of(atLeast(2, value, "client identifier")), ClientIdentifier::bytes);
    static final OptionFormat<List<String>> USER_CLASSES =
            of(OptionFormats::decodeUserClasses, OptionFormats::encodeUserClasses);
    static final OptionFormat<List<ClientArchitecture>> ARCHITECTURES =
            of(OptionFormats::decodeArchitectures, OptionFormats::encodeArchitectures);

    private OptionFormats() {}

    static <T> OptionFormat<T> of(OptionFormat.Decoder<T> decoder, OptionFormat.Encoder<T> encoder) {
        return new OptionFormat<>() {
            @Override
            public T decode(byte[] value) throws DhcpFormatException {
                return decoder.decode(value);
            }

            @Override
            public byte[] encode(T value) {
                return encoder.encode(value);
            }
        };
    }

    private static String text(byte[] value) {
        int end = value.length;
        while (end > 0 && value[end - 1] == 0) {
            end--;
        }
        return new String(value, 0, end, StandardCharsets.UTF_8);
    }

    private static byte[] textOctets(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Inet4Address> decodeAddresses(byte[] value) throws DhcpFormatException {
        multipleOf(4, value, "addresses");
        List<Inet4Address> addresses = new ArrayList<>(value.length / 4);
        for (int i = 0; i < value.length; i += 4) {
            addresses.add(Ipv4.of(value, i));
        }
        return List.copyOf(addresses);
    }

    private static byte[] encodeAddresses(List<Inet4Address> addresses) {
        notEmpty(addresses, "addresses");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        addresses.forEach(address -> out.writeBytes(address.getAddress()));
        return out.toByteArray();
    }

    private static List<Integer> decodeOctets(byte[] value) throws DhcpFormatException {
        atLeast(1, value, "list");
        List<Integer> octets = new ArrayList<>(value.length);
        for (byte octet : value) {
            octets.add(octet & 0xff);
        }
        return List.copyOf(octets);
    }

    private static byte[] encodeOctets(List<Integer> octets) {
        notEmpty(octets, "list");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        octets.forEach(octet -> out.write(inRange(octet, 0xff)));
        return out.toByteArray();
    }

    private static Duration decodeSeconds(byte[] value) throws DhcpFormatException {
        return Duration.ofSeconds(Integer.toUnsignedLong(
                ByteBuffer.wrap(exactly(4, value, "seconds")).getInt()));
    }

    private static byte[] encodeSeconds(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 0 || seconds > LARGEST_SECONDS) {
            throw new IllegalArgumentException("seconds: " + seconds + " (expected: 0..4294967295)");
        }
        return ByteBuffer.allocate(4).putInt((int) seconds).array();
    }

    /**
     * RFC 3004 §4 gives each class a length octet; iPXE and others send bare text. Octets that are a row of lengths and
     * classes are read as such, all else as one class of bare text. Classes of length 0 are left out.
     */
    private static List<String> decodeUserClasses(byte[] value) throws DhcpFormatException {
        atLeast(1, value, "user class");
        return tiledUserClasses(value).orElseGet(() -> List.of(text(value)));
    }

    private static Optional<List<String>> tiledUserClasses(byte[] value) {
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

    private static byte[] encodeUserClasses(List<String> classes) {
        notEmpty(classes, "user classes");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String name : classes) {
            byte[] octets = textOctets(name);
            if (octets.length < 1 || octets.length > 255) {
                throw new IllegalArgumentException(
                        "user class of " + octets.length + " octets (expected: 1..255): " + name);
            }
            out.write(octets.length);
            out.writeBytes(octets);
        }
        return out.toByteArray();
    }

    private static List<ClientArchitecture> decodeArchitectures(byte[] value) throws DhcpFormatException {
        multipleOf(2, value, "architectures");
        List<ClientArchitecture> architectures = new ArrayList<>(value.length / 2);
        for (int i = 0; i < value.length; i += 2) {
            architectures.add(ClientArchitecture.of((value[i] & 0xff) << 8 | (value[i + 1] & 0xff)));
        }
        return List.copyOf(architectures);
    }

    private static byte[] encodeArchitectures(List<ClientArchitecture> architectures) {
        notEmpty(architectures, "architectures");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ClientArchitecture architecture : architectures) {
            out.write(architecture.code() >>> 8);
            out.write(architecture.code());
        }
        return out.toByteArray();
    }

    static byte[] exactly(int length, byte[] value, String what) throws DhcpFormatException {
        if (value.length != length) {
            throw new DhcpFormatException(what + " of " + value.length + " octets (expected: " + length + ")", 0);
        }
        return value;
    }

    private static byte[] atLeast(int length, byte[] value, String what) throws DhcpFormatException {
        if (value.length < length) {
            throw new DhcpFormatException(
                    what + " of " + value.length + " octets (expected: " + length + " or more)", 0);
        }
        return value;
    }

    private static void multipleOf(int unit, byte[] value, String what) throws DhcpFormatException {
        if (value.length == 0 || value.length % unit != 0) {
            throw new DhcpFormatException(
                    what + " of " + value.length + " octets (expected: a multiple of " + unit + ", not 0)",
                    value.length - value.length % unit);
        }
    }

    private static void notEmpty(List<?> values, String what) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(what + ": none (expected: one or more; leave the option out for none)");
        }
    }

    private static int inRange(int value, int largest) {
        if (value < 0 || value > largest) {
            throw new IllegalArgumentException("value: " + value + " (expected: 0.." + largest + ")");
        }
        return value;
    }
}
