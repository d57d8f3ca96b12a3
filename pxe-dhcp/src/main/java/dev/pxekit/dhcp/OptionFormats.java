package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Ipv6;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The formats of single values, each with an end of its own but text and octets, which read all that is left. */
final class OptionFormats {

    private static final long LARGEST_UNSIGNED_INT = 0xffff_ffffL;

    static final OptionFormat<byte[]> BYTES = OptionFormat.of(byte[]::clone, Function.identity());
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
    static final OptionFormat<Duration> SECONDS = scalar(
            in -> Duration.ofSeconds(in.readUnsignedInt()),
            (value, out) -> out.writeInt(inRange(value.toSeconds(), LARGEST_UNSIGNED_INT)),
            Duration::toSeconds,
            plain -> Duration.ofSeconds(Plain.number(plain, 0, LARGEST_UNSIGNED_INT)));
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
        if (value < 0 || value > largest) {
            throw new IllegalArgumentException("value: " + value + " (expected: 0.." + largest + ")");
        }
        return value;
    }
}
