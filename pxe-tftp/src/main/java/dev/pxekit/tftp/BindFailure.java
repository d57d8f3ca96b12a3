package dev.pxekit.tftp;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** Why a port cannot be bound, and what to do about it. */
final class BindFailure {

    private BindFailure() {}

    static IOException of(InetSocketAddress address, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        String where = address.getAddress().getHostAddress() + " port " + address.getPort();
        BindException failure = new BindException("cannot bind UDP " + where + ": " + reason
                + advice(reason.toLowerCase(Locale.ROOT), address.getPort()));
        failure.initCause(cause);
        return failure;
    }

    /** Whether the address is why: no interface has it, or it cannot be used yet. */
    static boolean isOfAddress(IOException failure) {
        return isOfAddress(String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT));
    }

    private static boolean isOfAddress(String reason) {
        return reason.contains("cannot assign") || reason.contains("not available");
    }

    private static String advice(String reason, int port) {
        if (reason.contains("in use")) {
            return "; another server has this port: stop it (ss -ulpn 'sport = :" + port
                    + "' names it) or choose another";
        } else if (reason.contains("permission denied") || reason.contains("not permitted")) {
            return "; ports below 1024 need root or the capability CAP_NET_BIND_SERVICE; or choose a port above";
        } else if (isOfAddress(reason)) {
            return "; no network interface of this machine has this address (ip address lists them)";
        } else if (reason.contains("incompatible event loop")) {
            return "; the event loop group has to be one for NIO channels";
        }
        return "";
    }
}
