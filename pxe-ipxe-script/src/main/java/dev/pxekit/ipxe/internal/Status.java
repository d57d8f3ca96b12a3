package dev.pxekit.ipxe.internal;

/**
 * What a command returns.
 *
 * @param number 0 for success, else what {@code errno} becomes; iPXE's own numbers also say where in its code a failure
 *     arose, these only have the kind of error
 * @param message iPXE's words for it
 */
record Status(int number, String message) {

    static final Status OK = new Status(0, "No error");
    static final Status NO_ENTRY = new Status(0x2d000002, "No such file or directory");
    static final Status NOT_FOUND = new Status(0x2d006002, "Not found");
    static final Status INPUT_OUTPUT = new Status(0x1d000005, "Input/output error");
    static final Status EXEC_FORMAT = new Status(0x2e000008, "Exec format error");
    static final Status NO_DEVICE = new Status(0x2c000013, "No such device");
    static final Status INVALID = new Status(0x1c000016, "Invalid argument");
    static final Status RANGE = new Status(0x46000022, "Result too large");
    static final Status NOT_SUPPORTED = new Status(0x3c00005f, "Operation not supported");
    static final Status TIMED_OUT = new Status(0x4c00006e, "Connection timed out");
    static final Status CANCELLED = new Status(0x0b00007d, "Operation canceled");

    /** The status that {@code exit} was given. */
    static Status ofExit(int number) {
        return number == 0 ? OK : new Status(number, String.format("Error 0x%08x", Math.abs((long) number)));
    }

    boolean ok() {
        return number == 0;
    }
}
