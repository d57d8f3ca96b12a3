package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.DhcpFormatException;

/**
 * The value of option 94, client network interface identifier (RFC 4578 §2.2): three octets.
 *
 * @param type 1 for UNDI, the universal network device interface; 0 to 255
 * @param majorVersion the interface's major version, 0 to 255
 * @param minorVersion the interface's minor version, 0 to 255
 */
public record ClientNetworkInterface(int type, int majorVersion, int minorVersion) {

    private static final int LENGTH = 3;

    /**
     * Checks the ranges.
     *
     * @param type 1 for UNDI; 0 to 255
     * @param majorVersion the interface's major version, 0 to 255
     * @param minorVersion the interface's minor version, 0 to 255
     * @throws IllegalArgumentException if a number is out of range
     */
    public ClientNetworkInterface {
        if ((type | majorVersion | minorVersion) >>> 8 != 0) {
            throw new IllegalArgumentException("client network interface: " + type + " " + majorVersion + " "
                    + minorVersion + " (expected: 0..255 each)");
        }
    }

    /**
     * Reads a value of option 94.
     *
     * @param value the value
     * @return what the octets say
     * @throws DhcpFormatException if it has not three octets
     */
    public static ClientNetworkInterface decode(byte[] value) throws DhcpFormatException {
        if (value.length != LENGTH) {
            throw new DhcpFormatException(
                    "client network interface of " + value.length + " octets (expected: " + LENGTH + ")", 0);
        }
        return new ClientNetworkInterface(value[0] & 0xff, value[1] & 0xff, value[2] & 0xff);
    }

    /**
     * Writes the three octets.
     *
     * @return the octets
     */
    public byte[] encode() {
        return new byte[] {(byte) type, (byte) majorVersion, (byte) minorVersion};
    }
}
