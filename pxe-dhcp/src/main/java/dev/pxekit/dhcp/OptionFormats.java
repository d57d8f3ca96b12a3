package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.internal.PlainOptions;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The formats of single values, each with an end of its own but text and octets, which read all that is left. */
final class OptionFormats {

    private static final long LARGEST_UNSIGNED_INT = 0xffff_ffffL;

    static final OptionFormat<byte[]> BYTES = OptionFormat.of(byte[]::clone, Function.identity());
    static final OptionFormat<Octets> OCTETS = scalar(
            in -> Octets.of(in.readRemaining()),
            (value, out) -> out.writeBytes(value.bytes()),
            Octets::toString,
            plain -> Octets.parse(Plain.text(plain)));
    static final OptionFormat<String> TEXT = scalar(
            OptionReader::readText,
            (value, out) -> out.writeBytes(value.getBytes(StandardCharsets.UTF_8)),
            value -> value,
            Plain::text);
    static final OptionFormat<Boolean> PRESENCE = scalar(
            in -> true,
            (value, out) -> {
                if (!value) {
                    throw new IllegalArgumentException("value: false (expected: true; leave the option out for false)");
                }
            },
            value -> value,
            Plain::truth);
    static final OptionFormat<Boolean> FLAG =
            scalar(OptionFormats::readFlag, (value, out) -> out.writeByte(value ? 1 : 0), value -> value, Plain::truth);
    static final OptionFormat<Integer> UNSIGNED_BYTE = scalar(
            OptionReader::readUnsignedByte,
            (value, out) -> out.writeByte(inRange(value, 0xff)),
            value -> value,
            plain -> (int) Plain.number(plain, 0, 0xff));
    static final OptionFormat<Integer> UNSIGNED_SHORT = scalar(
            OptionReader::readUnsignedShort,
            (value, out) -> out.writeShort(inRange(value, 0xffff)),
            value -> value,
            plain -> (int) Plain.number(plain, 0, 0xffff));
    static final OptionFormat<Long> UNSIGNED_INT = scalar(
            OptionReader::readUnsignedInt,
            (value, out) -> out.writeInt(inRange(value, LARGEST_UNSIGNED_INT)),
            value -> value,
            plain -> Plain.number(plain, 0, LARGEST_UNSIGNED_INT));
    static final OptionFormat<Integer> SIGNED_INT =
            scalar(OptionReader::readInt, (value, out) -> out.writeInt(value), value -> value, plain ->
                    (int) Plain.number(plain, Integer.MIN_VALUE, Integer.MAX_VALUE));
    static final OptionFormat<Long> UNSIGNED_LONG = scalar(
            OptionReader::readLong,
            (value, out) -> out.writeLong(value),
            Long::toUnsignedString,
            plain -> Long.parseUnsignedLong(Plain.text(plain)));
    static final OptionFormat<Duration> SECONDS = scalar(
            in -> Duration.ofSeconds(in.readUnsignedInt()),
            (value, out) -> out.writeInt(inRange(value.toSeconds(), LARGEST_UNSIGNED_INT)),
            Duration::toSeconds,
            plain -> Duration.ofSeconds(Plain.number(plain, 0, LARGEST_UNSIGNED_INT)));
    static final OptionFormat<Duration> SIGNED_SECONDS = scalar(
            in -> Duration.ofSeconds(in.readInt()),
            (value, out) -> out.writeInt(inRange(value.toSeconds(), Integer.MIN_VALUE, Integer.MAX_VALUE)),
            Duration::toSeconds,
            plain -> Duration.ofSeconds(Plain.number(plain, Integer.MIN_VALUE, Integer.MAX_VALUE)));
    static final OptionFormat<Inet4Address> ADDRESS = scalar(
            OptionReader::readAddress,
            (value, out) -> out.writeInt(Ipv4.toInt(value)),
            Inet4Address::getHostAddress,
            plain -> Ipv4.parse(Plain.text(plain)));
    static final OptionFormat<Inet6Address> ADDRESS6 = scalar(
            in -> Ipv6.of(in.readBytes(Ipv6.LENGTH)),
            (value, out) -> out.writeBytes(value.getAddress()),
            Ipv6::toString,
            plain -> Ipv6.parse(Plain.text(plain)));
    static final OptionFormat<String> DOMAIN_NAME = scalar(
            in -> DomainNames.read(in), (value, out) -> DomainNames.write(value, out), value -> value, Plain::text);
    static final OptionFormat<List<Inet4Address>> ADDRESSES = OptionFormat.list(ADDRESS);

    /** Code, length and value, as they are; any code, and lengths of one octet. */
    static final OptionFormat<List<RawOption>> RAW_OPTIONS = OptionFormat.listOrNone(rawOption(0));

    /** As {@link #RAW_OPTIONS}, with lengths that count code and length, too (RFC 2865 §5). */
    static final OptionFormat<List<RawOption>> RADIUS_ATTRIBUTES = OptionFormat.listOrNone(rawOption(2));

    /** Two octets of ASCII. */
    static final OptionFormat<String> COUNTRY_CODE = scalar(
            in -> new String(in.readBytes(2), StandardCharsets.ISO_8859_1),
            (value, out) -> out.writeBytes(ofLength(value.getBytes(StandardCharsets.ISO_8859_1), 2)),
            value -> value,
            Plain::text);

    private OptionFormats() {}

    /** Reads one value. */
    interface Read<T> {
        T read(OptionReader in) throws DhcpFormatException;
    }

    /** Writes one value. */
    interface Write<T> {
        void write(T value, OptionWriter out);
    }

    /** A format from its four parts. */
    static <T> OptionFormat<T> scalar(
            Read<T> read, Write<T> write, Function<T, Object> toPlain, Function<Object, T> fromPlain) {
        return new OptionFormat<>() {
            @Override
            public T read(OptionReader in) throws DhcpFormatException {
                return read.read(in);
            }

            @Override
            public void write(T value, OptionWriter out) {
                write.write(value, out);
            }

            @Override
            public Object toPlain(T value) {
                return toPlain.apply(value);
            }

            @Override
            public T fromPlain(Object plain) {
                return fromPlain.apply(plain);
            }
        };
    }

    /** Octets of a fixed number. */
    static OptionFormat<byte[]> octets(int length) {
        return scalar(
                in -> in.readBytes(length),
                (value, out) -> out.writeBytes(ofLength(value, length)),
                BYTES::toPlain,
                plain -> ofLength(BYTES.fromPlain(plain), length));
    }

    private static byte[] ofLength(byte[] value, int length) {
        if (value.length != length) {
            throw new IllegalArgumentException("value of " + value.length + " octets (expected: " + length + ")");
        }
        return value;
    }

    /** A suboption whose length counts so many octets more than its value. */
    private static OptionFormat<RawOption> rawOption(int counted) {
        return scalar(
                in -> {
                    int code = in.readUnsignedByte();
                    int offset = in.offset();
                    int length = in.readUnsignedByte();
                    if (length < counted) {
                        throw new DhcpFormatException("length: " + length + " (expected: 2 or more)", offset);
                    }
                    return RawOption.of(code, in.readBytes(length - counted));
                },
                (value, out) -> out.writeByte(inRange(value.code(), 0xff))
                        .writeByte(inRange(value.length() + counted, 0xff))
                        .writeBytes(value.value()),
                value -> PlainOptions.entry(value, null),
                plain -> {
                    Map<?, ?> entry = Plain.map(plain);
                    Object code = entry.get(PlainOptions.CODE);
                    int number = (int) Plain.number(code == null ? "no code" : code, 0, 0xff);
                    return RawOption.of(number, PlainOptions.octets(number, entry, null));
                });
    }

    private static boolean readFlag(OptionReader in) throws DhcpFormatException {
        int offset = in.offset();
        int value = in.readUnsignedByte();
        if (value > 1) {
            throw new DhcpFormatException("truth value " + value + " (expected: 0 or 1)", offset);
        }
        return value == 1;
    }

    private static int inRange(int value, int largest) {
        return (int) inRange((long) value, largest);
    }

    private static long inRange(long value, long largest) {
        return inRange(value, 0, largest);
    }

    private static long inRange(long value, long least, long largest) {
        if (value < least || value > largest) {
            throw new IllegalArgumentException("value: " + value + " (expected: " + least + ".." + largest + ")");
        }
        return value;
    }
}
