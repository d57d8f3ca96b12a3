package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Addresses;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads hosts(5): an address, its name, other names. */
final class HostsFile {

    private HostsFile() {}

    /** The IPv4 address of each name, in lower case; the first one counts. */
    static Map<String, Inet4Address> read(Path file) throws IOException {
        Map<String, Inet4Address> addresses = new HashMap<>();
        for (ColumnLines.Line line : ColumnLines.read(file)) {
            InetAddress address = address(line);
            if (address instanceof Inet4Address four) {
                line.columns().stream()
                        .skip(1)
                        .forEach(name -> addresses.putIfAbsent(name.toLowerCase(Locale.ROOT), four));
            }
        }
        return addresses;
    }

    private static InetAddress address(ColumnLines.Line line) throws IOException {
        String text = line.columns().get(0);
        try {
            // A link-local address has its interface behind a per cent sign.
            int scope = text.contains(":") ? text.indexOf('%') : -1;
            return Addresses.parse(scope < 0 ? text : text.substring(0, scope));
        } catch (IllegalArgumentException e) {
            throw line.fault(text + " is no address (expected: an address, then names, as in 10.77.0.20 node1)", e);
        }
    }
}
