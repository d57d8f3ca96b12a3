package dev.pxekit.dhcp;

/**
 * What typed keys of options have in common: a code, a name and how values are read and written. The keys of each family are
 * of a class of their own, so that one cannot be used for the other: {@link DhcpOption}, {@link Suboption} and
 * {@link dev.pxekit.dhcp.v6.Dhcp6Option}. Immutable.
 *
 * @param <T> the type of the value
 */
public abstract class OptionKey<T> {

    private final String kind;
    private final int code;
    private final String name;
    private final OptionFormat<T> format;

    /**
     * Makes a key.
     *
     * @param kind what the key is of, such as {@code option}, for messages
     * @param code the code
     * @param name the name in plain words, for messages and the text form
     * @param format how values are read and written
     */
    protected OptionKey(String kind, int code, String name, OptionFormat<T> format) {
        this.kind = kind;
        this.code = code;
        this.name = name;
        this.format = format;
    }

    /** {@return the code} */
    public final int code() {
        return code;
    }

    /** {@return the name in plain words} */
    public final String name() {
        return name;
    }

    /** {@return how values are read and written} */
    public final OptionFormat<T> format() {
        return format;
    }

    /**
     * Reads a value.
     *
     * @param value the octets
     * @return what the octets say
     * @throws DhcpFormatException if the octets are not one; the offset counts from the start of the value
     */
    public final T decode(byte[] value) throws DhcpFormatException {
        return decode(OptionReader.of(value));
    }

    /**
     * Reads a value that takes up all that is left in a reader.
     *
     * @param in the octets
     * @return what the octets say
     * @throws DhcpFormatException if the octets are not one; the offset counts from the start of the value
     */
    public final T decode(OptionReader in) throws DhcpFormatException {
        try {
            T value = format.read(in);
            in.requireEnd();
            return value;
        } catch (DhcpFormatException e) {
            throw e.in(toString());
        }
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return the octets
     * @throws IllegalArgumentException if it is out of range
     */
    public final byte[] encode(T value) {
        OptionWriter out = new OptionWriter();
        format.write(value, out);
        return out.toByteArray();
    }

    /** Kind, code and name, such as {@code option 67 (boot file name)}. */
    @Override
    public final String toString() {
        return kind + " " + code + " (" + name + ")";
    }
}
