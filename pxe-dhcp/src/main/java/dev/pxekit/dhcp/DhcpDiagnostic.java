package dev.pxekit.dhcp;

/**
 * Something in a packet or message that is read all the same: a value that does not fit its option's type, suboptions that run
 * past their option, text without an end. What cannot be read at all is a {@link DhcpFormatException} instead.
 *
 * @param code what kind of fault, stable from release to release: one of the constants here
 * @param message what was read, what was found and what was expected
 * @param offset where, counted from 0 in the packet or message; for a part of one that stands alone, in that part
 */
public record DhcpDiagnostic(String code, String message, int offset) {

    /** The octets of an option or suboption are no value of its type; the option counts as absent. */
    public static final String VALUE = "value";

    /** A suboption runs past the option that it stands in; those before it are read. */
    public static final String CUT = "cut";

    /** Options without END. */
    public static final String NO_END = "no-end";

    /** Octets other than 0 after END, which are not read. */
    public static final String AFTER_END = "after-end";

    /** Text that fills its field and has no NUL. */
    public static final String UNTERMINATED = "unterminated";

    /** An overload (option 52) in a field that is overloaded itself; it is not followed. */
    public static final String NESTED_OVERLOAD = "nested-overload";

    /** A combination of type and content that RFC 2131 or RFC 8415 does not have: servers and clients must drop it. */
    public static final String INVALID = "invalid";

    /** The same in octets that begin so many earlier. */
    DhcpDiagnostic movedTo(int place) {
        return new DhcpDiagnostic(code, message, place);
    }

    /** Message and offset. */
    @Override
    public String toString() {
        return message + " at offset " + offset + " (" + code + ")";
    }
}
