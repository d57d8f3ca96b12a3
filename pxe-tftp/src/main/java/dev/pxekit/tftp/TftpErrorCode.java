package dev.pxekit.tftp;

/**
 * The code of an ERROR packet (RFC 1350 appendix I, RFC 2347). An open set: codes without a name here are kept as they are.
 *
 * @param value 0..65535, as on the wire
 */
public record TftpErrorCode(int value) {

    /** 0, the message says what it is. */
    public static final TftpErrorCode NOT_DEFINED = new TftpErrorCode(0);
    /** 1, the file does not exist. */
    public static final TftpErrorCode FILE_NOT_FOUND = new TftpErrorCode(1);
    /** 2, the file may not be read or written. */
    public static final TftpErrorCode ACCESS_VIOLATION = new TftpErrorCode(2);
    /** 3, no room for the file. */
    public static final TftpErrorCode DISK_FULL = new TftpErrorCode(3);
    /** 4, a packet that does not belong here. */
    public static final TftpErrorCode ILLEGAL_OPERATION = new TftpErrorCode(4);
    /** 5, a packet from a port that no transfer is with. */
    public static final TftpErrorCode UNKNOWN_TRANSFER_ID = new TftpErrorCode(5);
    /** 6, the file to write is there already. */
    public static final TftpErrorCode FILE_EXISTS = new TftpErrorCode(6);
    /** 7, of the obsolete mail mode. */
    public static final TftpErrorCode NO_SUCH_USER = new TftpErrorCode(7);
    /** 8, the options are not acceptable (RFC 2347); firmware also ends a size probe with it. */
    public static final TftpErrorCode OPTION_NEGOTIATION = new TftpErrorCode(8);

    /**
     * Checks the range.
     *
     * @param value 0..65535
     * @throws IllegalArgumentException if the value is not in 0..65535
     */
    public TftpErrorCode {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException("error code: " + value + " (expected: 0..65535)");
        }
    }

    /**
     * The code with this number.
     *
     * @param value 0..65535
     * @return the code, whether it has a name or not
     */
    public static TftpErrorCode of(int value) {
        return new TftpErrorCode(value);
    }

    /**
     * What the code means, in the words of the standard.
     *
     * @return a few words in lower case; {@code "unknown code"} for one without a name here
     */
    public String description() {
        return switch (value) {
            case 0 -> "not defined";
            case 1 -> "file not found";
            case 2 -> "access violation";
            case 3 -> "disk full or allocation exceeded";
            case 4 -> "illegal TFTP operation";
            case 5 -> "unknown transfer ID";
            case 6 -> "file already exists";
            case 7 -> "no such user";
            case 8 -> "option negotiation failed";
            default -> "unknown code";
        };
    }

    @Override
    public String toString() {
        return value + " (" + description() + ")";
    }
}
