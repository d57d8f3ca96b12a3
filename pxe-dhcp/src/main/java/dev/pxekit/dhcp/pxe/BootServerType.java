package dev.pxekit.dhcp.pxe;

import java.util.HashMap;
import java.util.Map;

/**
 * The type of a boot server, a number in boot server lists, boot menus and boot items (PXE 2.1 §2.2.3). It tells what a server
 * boots, so that a menu names a type and not an address. 9 to 32767 are reserved, 32768 to 65534 are free to use. An open
 * set: a number without a name here is kept as it is.
 */
public final class BootServerType {

    private static final String WHAT = "boot server type";

    private static final Map<Integer, BootServerType> NAMED = new HashMap<>();

    /** 0, the PXE bootstrap; in a boot menu, boot from the local disk. */
    public static final BootServerType BOOTSTRAP = named(0, "PXE bootstrap");

    /** 1, Microsoft Windows NT boot server. */
    public static final BootServerType WINDOWS_NT = named(1, "Microsoft Windows NT boot server");

    /** 2, Intel LCM boot server. */
    public static final BootServerType INTEL_LCM = named(2, "Intel LCM boot server");

    /** 3, DOS/UNDI boot server. */
    public static final BootServerType DOS_UNDI = named(3, "DOS/UNDI boot server");

    /** 4, NEC ESMPRO boot server. */
    public static final BootServerType NEC_ESMPRO = named(4, "NEC ESMPRO boot server");

    /** 5, IBM WSoD boot server. */
    public static final BootServerType IBM_WSOD = named(5, "IBM WSoD boot server");

    /** 6, IBM LCCM boot server. */
    public static final BootServerType IBM_LCCM = named(6, "IBM LCCM boot server");

    /** 7, CA Unicenter TNG boot server. */
    public static final BootServerType CA_UNICENTER = named(7, "CA Unicenter TNG boot server");

    /** 8, HP OpenView boot server. */
    public static final BootServerType HP_OPENVIEW = named(8, "HP OpenView boot server");

    /** 65535, PXE API server. */
    public static final BootServerType PXE_API = named(0xffff, "PXE API server");

    private final int code;
    private final String name;

    private BootServerType(int code, String name) {
        this.code = code;
        this.name = name;
    }

    private static BootServerType named(int code, String name) {
        BootServerType type = new BootServerType(code, name);
        NAMED.put(code, type);
        return type;
    }

    /**
     * {@return the type with this number}
     *
     * @param code 0 to 65535
     * @throws IllegalArgumentException if the number does not fit in two octets
     */
    public static BootServerType of(int code) {
        BootServerType named = NAMED.get(NumberedName.inRange(code, WHAT));
        return named != null ? named : new BootServerType(code, "type " + code);
    }

    /**
     * Parses a number, a name, or the two together as {@link #toString} gives them.
     *
     * @param text such as {@code 8}, {@code HP OpenView boot server} or {@code type 32768 (32768)}
     * @return the type
     * @throws IllegalArgumentException if the text is none of these
     */
    public static BootServerType parse(String text) {
        for (BootServerType type : NAMED.values()) {
            if (type.name.equalsIgnoreCase(text)) {
                return type;
            }
        }
        return of(NumberedName.number(text, WHAT, HP_OPENVIEW.toString()));
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
        return NumberedName.of(name, code);
    }
}
