package dev.pxekit.examples.cli;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The two ends of a datagram, for people. */
final class Endpoints {

    private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

    private Endpoints() {}

    /** 4 or 6. */
    static int family(Seen seen) {
        return seen.source().getAddress() instanceof Inet6Address ? 6 : 4;
    }

    /** {@code 10.77.0.1:67} or {@code [fe80::1]:547}, the zeros of IPv6 as RFC 5952 §4.2 has them. */
    static String text(InetSocketAddress endpoint) {
        HostAndPort given = HostAndPort.of(endpoint);
        if (!(endpoint.getAddress() instanceof Inet6Address)) {
            return given.toString();
        }
        String longest = ZEROS.matcher(given.host())
                .results()
                .map(MatchResult::group)
                .reduce("", (a, b) -> b.length() > a.length() ? b : a);
        String host = longest.isEmpty() ? given.host() : given.host().replaceFirst(Pattern.quote(longest), "::");
        return new HostAndPort(host, given.port()).toString();
    }
}
