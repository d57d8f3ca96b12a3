package dev.pxekit.dhcp;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;

/**
 * How the value of an option is read and written. The static methods are the formats of RFC 2132; implement the interface,
 * or use {@link #of}, for one of your own.
 *
 * @param <T> the type of the value; an array is copied on both ways
 */
public interface OptionFormat<T> {

    /**
     * Reads a value.
     *
     * @param value the octets of the option, without code and length, parts joined (RFC 3396)
     * @return what the octets say
     * @throws DhcpFormatException if they are not a value of this format; the offset counts from the start of the value
     */
    T decode(byte[] value) throws DhcpFormatException;

    /**
     * Writes a value.
     *
     * @param value the value
     * @return the octets
     * @throws IllegalArgumentException if the value is out of the format's range
     */
    byte[] encode(T value);

    /**
     * The reading half of a format.
     *
     * @param <T> the type of the value
     */
    @FunctionalInterface
    interface Decoder<T> {

        /**
         * Reads a value, as {@link OptionFormat#decode}.
         *
         * @param value the value
         * @return what the octets say
         * @throws DhcpFormatException if the octets are not a value of the format
         */
        T decode(byte[] value) throws DhcpFormatException;
    }

    /**
     * The writing half of a format.
     *
     * @param <T> the type of the value
     */
    @FunctionalInterface
    interface Encoder<T> {

        /**
         * Writes a value, as {@link OptionFormat#encode}.
         *
         * @param value the value
         * @return the octets
         */
        byte[] encode(T value);
    }

    /**
     * {@return a format from its two halves}
     *
     * @param <T> the type of the value
     * @param decoder reads values
     * @param encoder writes values
     */
    static <T> OptionFormat<T> of(Decoder<T> decoder, Encoder<T> encoder) {
        return OptionFormats.of(decoder, encoder);
    }

    /** {@return any octets} */
    static OptionFormat<byte[]> bytes() {
        return OptionFormats.BYTES;
    }

    /**
     * {@return text: ASCII by RFC 2132, read as UTF-8; NUL octets at the end are dropped on reading and none is written}
     */
    static OptionFormat<String> text() {
        return OptionFormats.TEXT;
    }

    /** {@return one IPv4 address, exactly four octets} */
    static OptionFormat<Inet4Address> address() {
        return OptionFormats.ADDRESS;
    }

    /** {@return one IPv4 address or more} */
    static OptionFormat<List<Inet4Address>> addresses() {
        return OptionFormats.ADDRESSES;
    }

    /** {@return one octet, 0 to 255} */
    static OptionFormat<Integer> unsignedByte() {
        return OptionFormats.UNSIGNED_BYTE;
    }

    /** {@return one octet or more, each 0 to 255} */
    static OptionFormat<List<Integer>> unsignedBytes() {
        return OptionFormats.UNSIGNED_BYTES;
    }

    /** {@return two octets, most significant first, 0 to 65535} */
    static OptionFormat<Integer> unsignedShort() {
        return OptionFormats.UNSIGNED_SHORT;
    }

    /** {@return four octets of whole seconds, 0 to 4294967295; the largest means without end for a lease} */
    static OptionFormat<Duration> seconds() {
        return OptionFormats.SECONDS;
    }
}
