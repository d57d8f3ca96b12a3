package dev.pxekit.dhcp.client;

import java.io.IOException;

/** A server answered with a NAK: the client's address is not, or no more, the client's. */
public final class DhcpRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes an exception for one NAK.
     *
     * @param message which server refused, and the text it gave
     */
    public DhcpRefusedException(String message) {
        super(message);
    }
}
