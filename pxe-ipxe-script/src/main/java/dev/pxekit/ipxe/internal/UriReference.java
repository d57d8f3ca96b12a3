package dev.pxekit.ipxe.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/**
 * A URI as iPXE reads it, which is laxer than RFC 3986 and resolves relative ones in its own way.
 *
 * @param scheme empty for a relative URI
 * @param opaque what follows the scheme if that does not start with a slash, as in {@code data:,text}
 * @param authority between {@code //} and the path; empty optional if there is none
 * @param path the path
 * @param query without the question mark
 */
record UriReference(
        String scheme, Optional<String> opaque, Optional<String> authority, String path, Optional<String> query) {

    /** Schemes that some build of iPXE can download from. */
    private static final Set<String> SCHEMES =
            Set.of("http", "https", "ftp", "tftp", "tftm", "mtftp", "slam", "nfs", "file", "data");

    static UriReference parse(String text) {
        int hash = text.indexOf('#');
        String rest = hash < 0 ? text : text.substring(0, hash);
        String scheme = "";
        int colon = rest.indexOf(':');
        if (colon > 0 && rest.substring(0, colon).matches("[A-Za-z_-]+")) {
            scheme = rest.substring(0, colon);
            rest = rest.substring(colon + 1);
            if (!rest.startsWith("/")) {
                return new UriReference(scheme, Optional.of(rest), Optional.empty(), "", Optional.empty());
            }
        }
        int question = rest.indexOf('?');
        Optional<String> query = question < 0 ? Optional.empty() : Optional.of(rest.substring(question + 1));
        String path = question < 0 ? rest : rest.substring(0, question);
        Optional<String> authority = Optional.empty();
        if (!scheme.isEmpty() && path.startsWith("//")) {
            int slash = path.indexOf('/', 2);
            authority = Optional.of(path.substring(2, slash < 0 ? path.length() : slash));
            path = slash < 0 ? "" : path.substring(slash);
        }
        return new UriReference(scheme, Optional.empty(), authority, path, query);
    }

    boolean isAbsolute() {
        return !scheme.isEmpty();
    }

    /** Resolves against a working URI: only leading {@code ./} and {@code ../} are folded. */
    UriReference resolveAgainst(UriReference base) {
        if (isAbsolute()) {
            return this;
        }
        if (path.isEmpty()) {
            return query.isPresent() ? base.with(base.path, query) : base;
        }
        return base.with(path.startsWith("/") ? path : fold(base.path, path), query);
    }

    private static String fold(String basePath, String relative) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part :
                basePath.substring(0, Math.max(0, basePath.lastIndexOf('/'))).split("/", -1)) {
            parts.addLast(part);
        }
        String rest = relative;
        while (rest.startsWith("./") || rest.startsWith("../")) {
            if (rest.startsWith("../") && parts.size() > 1) {
                parts.removeLast();
            }
            rest = rest.substring(rest.indexOf('/') + 1);
        }
        return String.join("/", parts) + "/" + rest;
    }

    private UriReference with(String newPath, Optional<String> newQuery) {
        return new UriReference(scheme, opaque, authority, newPath, newQuery);
    }

    /** What is wrong with it before any download; empty if nothing is. */
    Optional<Status> check() {
        if (!SCHEMES.contains(scheme.toLowerCase(java.util.Locale.ROOT))) {
            return Optional.of(Status.NOT_SUPPORTED);
        }
        boolean hostless = scheme.equalsIgnoreCase("data") || scheme.equalsIgnoreCase("file");
        if (!hostless && authority.filter(host -> !host.isEmpty()).isEmpty()) {
            return Optional.of(Status.INVALID);
        }
        return Optional.empty();
    }

    /** The name that an image downloaded from here gets: the last part of the path, decoded. */
    String imageName() {
        String named = opaque.orElse(path);
        return SettingType.percentDecode(named.substring(named.lastIndexOf('/') + 1));
    }

    /** As shown in messages: without user, password and query. */
    String display() {
        String host = authority
                .map(text -> "//" + text.substring(text.lastIndexOf('@') + 1))
                .orElse("");
        return (isAbsolute() ? scheme + ":" : "") + host + opaque.orElse(path);
    }

    /** The URI without its last part, query and fragment. */
    String directory() {
        return opaque.isPresent()
                ? ""
                : with(path.substring(0, path.lastIndexOf('/') + 1), Optional.empty())
                        .toString();
    }

    /** The same for the caller's world: characters that RFC 3986 does not allow are percent-encoded. */
    Optional<URI> toUri() {
        String text = toString();
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '%'
                    && i + 2 < text.length()
                    && ByteText.hexDigit(text.charAt(i + 1)) >= 0
                    && ByteText.hexDigit(text.charAt(i + 2)) >= 0;
            if (escape || (c > ' ' && c < 0x7f && "\"<>\\^`{|}%".indexOf(c) < 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        try {
            return Optional.of(new URI(encoded.toString()));
        } catch (URISyntaxException e) {
            // Such as a bracket in the wrong place: no server could be asked for it.
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return (isAbsolute() ? scheme + ":" : "")
                + opaque.orElse("")
                + authority.map(text -> "//" + text).orElse("")
                + path
                + query.map(text -> "?" + text).orElse("");
    }
}
