package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ranges;

/**
 * A suboption as a typed key: its code, its name and how its value is read and written. The constants stand with the options
 * that hold them: {@link RelayAgentInformation}, {@link dev.pxekit.dhcp.pxe.PxeVendorOptions} and
 * {@link dev.pxekit.dhcp.pxe.IpxeOptions}; {@link #of} makes a key for any other.
 *
 * @param <S> the option that the suboption stands in
 * @param <T> the type of the value
 */
public final class Suboption<S extends EncapsulatedOptions<S>, T> extends OptionKey<T> {

    private Suboption(int code, String name, OptionFormat<T> format) {
        super("suboption", code, name, format);
    }

    /**
     * Makes a key for a suboption.
     *
     * @param <S> the option that the suboption stands in
     * @param <T> the type of the value
     * @param code 0 to 255; 0 and 255 are PAD and END in some options
     * @param name for messages
     * @param format how values are read and written
     * @return the key
     * @throws IllegalArgumentException if the code is out of range
     */
    public static <S extends EncapsulatedOptions<S>, T> Suboption<S, T> of(
            int code, String name, OptionFormat<T> format) {
        Ranges.check("suboption code", code, 255);
        return new Suboption<>(code, name, format);
    }
}
