package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TransferMode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a server.
 *
 * @param mode the mode that a URL asks for
 */
record RemoteFile(HostAndPort server, String name, Optional<TransferMode> mode) {

    private static final String SCHEME = "tftp://";
    private static final Pattern PATH_AND_MODE = Pattern.compile("/(.+?)(?:;mode=([^;/]*))?", Pattern.CASE_INSENSITIVE);

    static boolean isUrl(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    /**
     * Reads {@code tftp://host[:port]/path[;mode=octet|netascii]} (RFC 3617). The slash after the host is no part of the name;
     * {@code %20} and the like are decoded.
     *
     * @throws IllegalArgumentException if it is no such URL; the message says what is expected
     */
    static RemoteFile parseUrl(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL: " + e.getMessage(), e);
        }
        String path = Optional.ofNullable(url.getRawPath()).orElse("");
        Matcher matcher = PATH_AND_MODE.matcher(path);
        if (url.getRawAuthority() == null || !matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' names no file (expected: tftp://HOST[:PORT]/FILE)");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("'" + text + "': write ? as %3F and # as %23 in a tftp URL");
        }
        return new RemoteFile(
                HostAndPort.parse(url.getRawAuthority()),
                // a plus stands for itself in a path
                URLDecoder.decode(matcher.group(1).replace("+", "%2B"), StandardCharsets.UTF_8),
                Optional.ofNullable(matcher.group(2)).map(TransferMode::of));
    }

    /** A server and a name as they stand. */
    static RemoteFile of(String server, String name) {
        return new RemoteFile(HostAndPort.parse(server), name, Optional.empty());
    }

    /** The last part of the name, for a local file. */
    Optional<String> lastName() {
        String last = name.replaceFirst("[/\\\\]+$", "").replaceFirst("(?s)^.*[/\\\\]", "");
        return last.isEmpty() || last.equals(".") || last.equals("..") || last.indexOf('\0') >= 0
                ? Optional.empty()
                : Optional.of(last);
    }

    /** {@code pxelinux.0 from 192.0.2.1:69}. */
    @Override
    public String toString() {
        return TransferText.printable(name) + " from " + server;
    }
}
