package dev.pxekit.dhcp;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * How the value of an option is read and written. The static methods are the formats that options are made of; implement the
 * interface, or use {@link #of}, for one of your own. Formats have no state.
 *
 * <p>Beside its octets a value has a <i>plain form</i>, of which the text and JSON forms of packets are made: a
 * {@link Boolean}, {@link Number} or {@link String}, or a {@link List} of plain forms, or a {@link java.util.Map} from names
 * to plain forms. {@link #fromPlain} also takes the text of a number or truth value.
 *
 * @param <T> the type of the value; an array is copied on both ways
 */
public interface OptionFormat<T> {

    /**
     * Reads a value from where the reader stands. Formats without a length of their own read all that is left.
     *
     * @param in the octets of the option, without code and length, parts joined (RFC 3396)
     * @return what the octets say
     * @throws DhcpFormatException if they are not a value of this format
     */
    T read(OptionReader in) throws DhcpFormatException;

    /**
     * Writes a value.
     *
     * @param value the value
     * @param out what to write to
     * @throws IllegalArgumentException if the value is out of the format's range
     */
    void write(T value, OptionWriter out);

    /**
     * {@return the plain form of a value; unless a format has a better one, its octets in hexadecimal}
     *
     * @param value the value
     */
    default Object toPlain(T value) {
        OptionWriter out = new OptionWriter();
        write(value, out);
        return HexFormat.of().formatHex(out.toByteArray());
    }

    /**
     * {@return the value of a plain form}
     *
     * @param plain what {@link #toPlain} gives
     * @throws IllegalArgumentException if it is not the plain form of a value of this format
     */
    default T fromPlain(Object plain) {
        try {
            return read(OptionReader.of(Plain.octets(plain)));
        } catch (DhcpFormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The reading half of a format.
     *
     * @param <T> the type of the value
     */
    @FunctionalInterface
    interface Decoder<T> {

        /**
         * Reads a value.
         *
         * @param value the octets
         * @return what the octets say
         * @throws DhcpFormatException if the octets are not a value of the format; the offset counts from the start of the
         *     value
         */
        T decode(byte[] value) throws DhcpFormatException;
    }

    /**
     * {@return a format of values that take up all octets, whose plain form are these octets in hexadecimal}
     *
     * @param <T> the type of the value
     * @param decoder reads values
     * @param encoder writes values
     */
    static <T> OptionFormat<T> of(Decoder<T> decoder, Function<T, byte[]> encoder) {
        return new WholeFormat<>(decoder, encoder);
    }

    /**
     * {@return a format of values that take up all octets and have a text}
     *
     * @param <T> the type of the value
     * @param decoder reads values
     * @param encoder writes values
     * @param parser reads the text of a value and throws IllegalArgumentException if it is none; the text itself is that of
     *     {@link Object#toString}
     */
    static <T> OptionFormat<T> of(Decoder<T> decoder, Function<T, byte[]> encoder, Function<String, T> parser) {
        return new TextualFormat<>(new WholeFormat<>(decoder, encoder), parser);
    }

    /** {@return any octets} */
    static OptionFormat<byte[]> bytes() {
        return OptionFormats.BYTES;
    }

    /** {@return any octets, as a value that can be compared} */
    static OptionFormat<Octets> octets() {
        return OptionFormats.OCTETS;
    }

    /**
     * {@return text: ASCII by RFC 2132, read as UTF-8; NUL octets at the end are dropped on reading and none is written}
     */
    static OptionFormat<String> text() {
        return OptionFormats.TEXT;
    }

    /** {@return no octets: the option is there or not, and its value is true} */
    static OptionFormat<Boolean> presence() {
        return OptionFormats.PRESENCE;
    }

    /** {@return one octet, 0 or 1} */
    static OptionFormat<Boolean> flag() {
        return OptionFormats.FLAG;
    }

    /** {@return one octet, 0 to 255} */
    static OptionFormat<Integer> unsignedByte() {
        return OptionFormats.UNSIGNED_BYTE;
    }

    /** {@return two octets, 0 to 65535} */
    static OptionFormat<Integer> unsignedShort() {
        return OptionFormats.UNSIGNED_SHORT;
    }

    /** {@return four octets, 0 to 4294967295} */
    static OptionFormat<Long> unsignedInt() {
        return OptionFormats.UNSIGNED_INT;
    }

    /** {@return four octets, -2147483648 to 2147483647} */
    static OptionFormat<Integer> signedInt() {
        return OptionFormats.SIGNED_INT;
    }

    /** {@return four octets of whole seconds, 0 to 4294967295; the largest means without end for a lease} */
    static OptionFormat<Duration> seconds() {
        return OptionFormats.SECONDS;
    }

    /** {@return one IPv4 address, four octets} */
    static OptionFormat<Inet4Address> address() {
        return OptionFormats.ADDRESS;
    }

    /** {@return one IPv6 address, sixteen octets} */
    static OptionFormat<Inet6Address> address6() {
        return OptionFormats.ADDRESS6;
    }

    /** {@return one IPv4 address or more} */
    static OptionFormat<List<Inet4Address>> addresses() {
        return OptionFormats.ADDRESSES;
    }

    /**
     * {@return a domain name as labels, without compression (RFC 1035 §3.1)} Its text has no dot at the end; octets of a label
     * that are no letters, digits, hyphens or underscores are written as {@code \DDD} in decimal (RFC 1035 §5.1).
     */
    static OptionFormat<String> domainName() {
        return OptionFormats.DOMAIN_NAME;
    }

    /**
     * {@return a domain name as labels, to the end of the octets} Its text is as that of {@link #domainName}, with a dot at
     * the end if the name is closed by the root; one that just ends is the first labels of a name, or empty (RFC 4704 §4.2).
     */
    static OptionFormat<String> partialDomainName() {
        return DomainNames.PARTIAL;
    }

    /**
     * {@return one value or more, to the end of the octets}
     *
     * @param <E> the type of an element
     * @param element the format of an element, which has an end of its own and takes up one octet at least
     */
    static <E> OptionFormat<List<E>> list(OptionFormat<E> element) {
        return new ListFormat<>(element, 1);
    }

    /**
     * {@return any number of values, to the end of the octets}
     *
     * @param <E> the type of an element
     * @param element the format of an element, which has an end of its own
     */
    static <E> OptionFormat<List<E>> listOrNone(OptionFormat<E> element) {
        return new ListFormat<>(element, 0);
    }

    /**
     * {@return a value with its length in one octet before it}
     *
     * @param <T> the type of the value
     * @param format the format of the value
     */
    static <T> OptionFormat<T> prefixed8(OptionFormat<T> format) {
        return new PrefixedFormat<>(format, 1);
    }

    /**
     * {@return a value with its length in two octets before it}
     *
     * @param <T> the type of the value
     * @param format the format of the value
     */
    static <T> OptionFormat<T> prefixed16(OptionFormat<T> format) {
        return new PrefixedFormat<>(format, 2);
    }
}
