package dev.pxekit.dhcp.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Why a port cannot be bound, and what to do about it: one line. */
final class BindFailure {

    private BindFailure() {}

    static IOException of(InetSocketAddress address, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        BindException failure = new BindException("cannot bind UDP "
                + address.getAddress().getHostAddress() + " port " + address.getPort() + ": " + reason
                + advice(reason.toLowerCase(Locale.ROOT), address.getPort()));
        failure.initCause(cause);
        return failure;
    }

    private static String advice(String reason, int port) {
        if (reason.contains("in use")) {
            return "; another server has this port: stop it (ss -ulpn 'sport = :" + port
                    + "' names it) or choose another";
        }
        if (reason.contains("permission denied") || reason.contains("not permitted")) {
            return "; ports below 1024 need root or the capability CAP_NET_BIND_SERVICE";
        }
        if (reason.contains("cannot assign") || reason.contains("not available")) {
            return "; no interface of this machine has this address (ip address lists them)";
        }
        if (reason.contains("incompatible event loop")) {
            return "; the event loop group has to be one of the transport that is chosen";
        }
        return "";
    }
}
