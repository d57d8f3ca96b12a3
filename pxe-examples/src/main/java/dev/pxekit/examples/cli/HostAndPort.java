package dev.pxekit.examples.cli;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as it is written: {@code host}, {@code host:69}, {@code 2001:db8::1} or {@code [2001:db8::1]:69}. */
record HostAndPort(String host, int port) {

    /** Where TFTP servers are asked (RFC 1350 §4). */
    static final int TFTP_PORT = 69;

    private static final Pattern BRACKETS = Pattern.compile("\\[([0-9A-Fa-f:.]+(?:%[\\w.-]+)?)](?::(\\d{1,5}))?");
    private static final Pattern BARE_IPV6 =
            Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(?:%[\\w.-]+)?");
    private static final Pattern NAME = Pattern.compile("([^\\[\\]:/\\s]+)(?::(\\d{1,5}))?");

    /**
     * Reads a server, without looking up its name.
     *
     * @throws IllegalArgumentException if it is none; the message names what is expected
     */
    static HostAndPort parse(String text) {
        return parse(text, TFTP_PORT);
    }

    /** As {@link #parse(String)}, with another port if none is written. */
    static HostAndPort parse(String text, int usualPort) {
        if (BARE_IPV6.matcher(text).matches()) {
            return new HostAndPort(text, usualPort);
        }
        Matcher matcher = BRACKETS.matcher(text);
        if (!matcher.matches()) {
            matcher = NAME.matcher(text);
        }
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no server (expected: HOST, HOST:PORT, [IPV6] or [IPV6]:PORT)");
        }
        int port = matcher.group(2) == null ? usualPort : Integer.parseInt(matcher.group(2));
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("port " + port + " of '" + text + "' (expected: 1..65535)");
        }
        return new HostAndPort(matcher.group(1), port);
    }

    /** An address as it would be written, without looking up a name for it. */
    static HostAndPort of(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return new HostAndPort(host, address.getPort());
    }

    /** Looks up the name. */
    InetSocketAddress resolve() throws CommandFailure {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new CommandFailure("no address for the server " + host + ": is the name right?");
        }
        return address;
    }

    /** {@code 192.0.2.1:69} or {@code [2001:db8::1]:69}. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
