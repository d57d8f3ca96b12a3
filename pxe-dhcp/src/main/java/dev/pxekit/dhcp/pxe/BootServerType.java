package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.internal.NumberNames;

/**
 * The type of a boot server, a number in boot server lists, boot menus and boot items (PXE 2.1 §2.2.3). It tells what a server
 * boots, so that a menu names a type and not an address. 9 to 32767 are reserved, 32768 to 65534 are free to use. An open
 * set: a number without a name here is kept as it is.
 */
public final class BootServerType {

    private static final NumberNames<BootServerType> NAMES =
            new NumberNames<>("boot server type", 0xffff, "type ", BootServerType::new);

    /** 0, the PXE bootstrap; in a boot menu, boot from the local disk. */
    public static final BootServerType BOOTSTRAP = NAMES.name(0, "PXE bootstrap");

    /** 1, Microsoft Windows NT boot server. */
    public static final BootServerType WINDOWS_NT = NAMES.name(1, "Microsoft Windows NT boot server");

    /** 2, Intel LCM boot server. */
    public static final BootServerType INTEL_LCM = NAMES.name(2, "Intel LCM boot server");

    /** 3, DOS/UNDI boot server. */
    public static final BootServerType DOS_UNDI = NAMES.name(3, "DOS/UNDI boot server");

    /** 4, NEC ESMPRO boot server. */
    public static final BootServerType NEC_ESMPRO = NAMES.name(4, "NEC ESMPRO boot server");

    /** 5, IBM WSoD boot server. */
    public static final BootServerType IBM_WSOD = NAMES.name(5, "IBM WSoD boot server");

    /** 6, IBM LCCM boot server. */
    public static final BootServerType IBM_LCCM = NAMES.name(6, "IBM LCCM boot server");

    /** 7, CA Unicenter TNG boot server. */
    public static final BootServerType CA_UNICENTER = NAMES.name(7, "CA Unicenter TNG boot server");

    /** 8, HP OpenView boot server. */
    public static final BootServerType HP_OPENVIEW = NAMES.name(8, "HP OpenView boot server");

    /** 65535, PXE API server. */
    public static final BootServerType PXE_API = NAMES.name(0xffff, "PXE API server");

    private final int code;
    private final String name;

    private BootServerType(int code, String name) {
        this.code = code;
        this.name = name;
    }

    /**
     * {@return the type with this number}
     *
     * @param code 0 to 65535
     * @throws IllegalArgumentException if the number does not fit in two octets
     */
    public static BootServerType of(int code) {
        return NAMES.of(code);
    }

    /**
     * Parses a number, a name, or the two together as {@link #toString} gives them.
     *
     * @param text such as {@code 8}, {@code HP OpenView boot server} or {@code type 32768 (32768)}
     * @return the type
     * @throws IllegalArgumentException if the text is none of these
     */
    public static BootServerType parse(String text) {
        return NAMES.parseText(text, HP_OPENVIEW);
    }

    /** {@return the number on the wire, 0 to 65535} */
    public int code() {
        return code;
    }

    /** {@return the name in PXE 2.1, or the number with the word type before it} */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BootServerType that && code == that.code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /** Name and number, such as {@code HP OpenView boot server (8)}. */
    @Override
    public String toString() {
        return NumberNames.text(name, code);
    }
}
